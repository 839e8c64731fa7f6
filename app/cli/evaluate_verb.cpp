// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>

#include "app/cli/picture_options.h"
#include "app/cli/verb.h"
#include "app/cli/verbs.h"
#include "app/cli/worker.h"
#include "core/base/error.h"
#include "core/weights/load_report.h"

namespace pimento {

namespace {

void addEvaluateOptions(VerbParser &parser) {
  const auto option = [&](const char *name, const char *help, const char *value, const char *otherwise = "") {
    parser.option(QString::fromLatin1(name), QString::fromUtf8(help), QString::fromLatin1(value),
                  QString::fromLatin1(otherwise));
  };
  option("network", "As listed by pimento networks, or a file; without a variant: all that it names.", "N[:VARIANT]");
  option("weights", "A .safetensors file, or one of torch.save (.pth, .pt, .th).", "FILE");
  option("data", "Data set: a name or folder as in pimento data.", "SET", "fashion-mnist");
  option("mean", "Normalisation: mean of each channel, 0 to 1 (default: of the training images).", "M,M,M");
  option("std", "Normalisation: standard deviation of each channel.", "S,S,S");
  option("images", "N images drawn from the test set (default: all).", "N");
  option("scale", "Scales images to the network's input; else smaller ones get a border.", "");
  addPictureOptions(parser);
  option("ignore",
         "Leaves out tensors of layers that the network does not have, which are an error otherwise: their names, * "
         "for any text, parted by commas: 'layer*.downsample.*'.",
         "PATTERN,…");
  option("partial", "Evaluates although tensors are missing or of another shape.", "");
  option("shortcut-padding",
         "Where the weights' padded shortcuts have their zero channels: end, middle (half of them before), or auto: "
         "what classifies more of 1,000 training images right (default).",
         "WHERE", "auto");
  option("recalibrate-norms",
         "Takes the statistics of batch norms anew from N training images (1,000 are enough). So any width can be "
         "evaluated, as --network N:0.37: it is the first channels of what the file holds.",
         "N");
  option("threads", "Threads (default: the machine's cores).", "N");
}

QString joined(const QJsonValue &list) {
  QStringList texts;
  for (const QJsonValue &value : list.toArray()) texts << value.toString();
  return texts.join(QStringLiteral("; "));
}

void append(ReportTable &table, const QJsonObject &result) {
  const QJsonArray interval = result[QStringLiteral("interval_pct")].toArray();
  const auto text = [&](const char *key) { return result[QLatin1String(key)].toString(); };
  table.rows.push_back(
      {text("network"), text("variant"), text("data"), result[QStringLiteral("accuracy_pct")].toDouble(),
       qint64(result[QStringLiteral("correct")].toInteger()), qint64(result[QStringLiteral("n")].toInteger()),
       interval[0].toDouble(), interval[1].toDouble(), text("kind"),
       qint64(result[QStringLiteral("recalibrated_norms")].toInteger()), text("sliced_from"),
       joined(result[QStringLiteral("missing")]), joined(result[QStringLiteral("other_shape")]),
       joined(result[QStringLiteral("left_over")]), joined(result[QStringLiteral("ignored")])});
}

QString sliceText(const QJsonObject &result) {
  const QString from = result[QStringLiteral("sliced_from")].toString();
  return from.isEmpty() ? QString() : QStringLiteral("; its weights are the first channels of %1").arg(from);
}

// What a reader of the table must know about the weights. A refusal names the first tensors itself.
void note(const QJsonObject &weights) {
  const QString variant = weights[QStringLiteral("variant")].toString();
  if (const QString entry = weights[QStringLiteral("entry")].toString(); !entry.isEmpty())
    printError(QStringLiteral("%1: read from %2 of the checkpoint\n").arg(variant, quoted(entry)));
  for (const QString &line : loadNotes(loadReportFromJson(weights)))
    printError(QStringLiteral("%1: %2\n").arg(variant, line));
}

void noteChanges(const QJsonObject &result) {
  if (const auto images = result[QStringLiteral("recalibrated_norms")].toInteger(); images > 0)
    printError(QStringLiteral("%1: statistics of batch norms were taken anew from %2 training images%3\n")
                   .arg(result[QStringLiteral("variant")].toString())
                   .arg(images)
                   .arg(sliceText(result)));
  if (result[QStringLiteral("shortcut_padding")].toString() == QStringLiteral("middle"))
    printError(QStringLiteral("%1: the weights were trained with shortcuts padded on both sides; their channels were "
                              "renumbered\n")
                   .arg(result[QStringLiteral("variant")].toString()));
}

}  // namespace

int evaluateVerb(const QStringList &arguments) {
  VerbParser parser(
      "evaluate", QStringLiteral("--network N[:VARIANT] --weights FILE"),
      QStringLiteral("Accuracy of a network with the weights of a file on a data set's test images, with\n"
                     "count and 95 % Wilson interval. Reads safetensors and the files of torch.save\n"
                     "(.pth, .pt, .th; nothing in them is executed): with torchvision's names, those\n"
                     "of common CIFAR ResNets (fc or linear, with or without module. and the like),\n"
                     "those of the public slimmable networks (a batch norm a width), and the files of\n"
                     "pimento train. With --json an object a line: first \"weights\" for each variant,\n"
                     "what became of the tensors (missing, left_over, foreign, other_shape, ignored);\n"
                     "then \"result\": accuracy_pct, correct, n, interval_pct, and the same again,\n"
                     "with --recalibrate-norms also recalibrated_norms and sliced_from."));
  addEvaluateOptions(parser);
  if (!parser.parse(arguments)) return 0;
  for (const char *name : {"network", "weights"})
    if (!parser.isSet(QString::fromLatin1(name)))
      throw Error(parser.place(), QStringLiteral("--%1 is not given").arg(QString::fromLatin1(name)),
                  QStringLiteral("see --help"));
  static_cast<void>(pictureOptionsOf(parser));  // or refused
  const bool lines = parser.isSet(QStringLiteral("json"));
  ReportTable table;
  std::vector<QJsonObject> weights;
  for (const char *name :
       {"network", "variant", "data", "accuracy_pct", "correct", "n", "interval_low_pct", "interval_high_pct", "kind",
        "recalibrated_norms", "sliced_from", "missing", "other_shape", "left_over", "ignored"})
    table.columns << QString::fromLatin1(name);
  const QStringList words = workerWords(parser, QStringLiteral("evaluate"), evaluateOptions());
  const int code = runWorker(words, [&](const QByteArray &line, const QJsonObject &result) {
    if (lines) return printOut(QString::fromUtf8(line) + QLatin1Char('\n'));
    if (result[QStringLiteral("event")].toString() == QStringLiteral("weights")) return weights.push_back(result);
    if (table.rows.empty() && parser.isText())
      for (const QJsonObject &one : weights) note(one);
    append(table, result);
    if (parser.isText()) noteChanges(result);
  });
  if (lines || table.rows.empty()) return code;
  if (parser.isText())  // told in the notes
    for (int i = 0; i < 6; ++i) {
      table.columns.removeLast();
      for (auto &row : table.rows) row.pop_back();
    }
  parser.print(table);
  return code;
}

}  // namespace pimento
