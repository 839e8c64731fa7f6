// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>

#include "app/cli/verb.h"
#include "app/cli/verbs.h"
#include "app/cli/worker.h"
#include "core/base/error.h"

namespace pimento {

namespace {

void addOptions(VerbParser &parser) {
  const auto option = [&](const char *name, const char *help, const char *value, const char *otherwise = "") {
    parser.option(QString::fromLatin1(name), QString::fromUtf8(help), QString::fromLatin1(value),
                  QString::fromLatin1(otherwise));
  };
  option("network", "As listed by pimento networks, or a file; without a variant: all that it names.", "N[:VARIANT]");
  option("weights", "A .safetensors file.", "FILE");
  option("data", "Data set: a name or folder as in pimento data.", "SET", "fashion-mnist");
  option("mean", "Normalisation: mean of each channel, 0 to 1 (default: of the training images).", "M,M,M");
  option("std", "Normalisation: standard deviation of each channel.", "S,S,S");
  option("images", "N images drawn from the test set (default: all).", "N");
  option("scale", "Scales images to the network's input; else smaller ones get a border.", "");
  option("crop", "Folders of pictures: crops to N x N pixels.", "N");
  option("resize", "Folders of pictures: scales the shorter side to N pixels first.", "N");
  option("partial", "Evaluates although tensors are missing or of another shape.", "");
  option("shortcut-padding",
         "Where the weights' padded shortcuts have their zero channels: end, middle (half of them before), or auto: "
         "what classifies more of 1,000 training images right (default).",
         "WHERE", "auto");
  option("threads", "Threads (default: the machine's cores).", "N");
}

// The worker takes the same options; it is asked for lines of JSON always.
QStringList workerWords(const VerbParser &parser) {
  QStringList words{QStringLiteral("evaluate")};
  for (const char *name :
       {"network", "weights", "data", "mean", "std", "images", "crop", "resize", "shortcut-padding", "threads"}) {
    const QString option = QString::fromLatin1(name);
    if (parser.isSet(option)) words << QStringLiteral("--") + option << parser.value(option);
  }
  for (const char *name : {"scale", "partial"})
    if (parser.isSet(QString::fromLatin1(name))) words << QStringLiteral("--") + QString::fromLatin1(name);
  return words;
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
       interval[0].toDouble(), interval[1].toDouble(), text("kind"), joined(result[QStringLiteral("missing")]),
       joined(result[QStringLiteral("other_shape")]), joined(result[QStringLiteral("left_over")])});
}

// What a reader of the table must know about the weights.
void note(const QJsonObject &result) {
  const auto list = [&](const char *key, const char *what) {
    const QJsonArray names = result[QLatin1String(key)].toArray();
    if (!names.isEmpty())
      printError(QStringLiteral("%1: %2 %3: %4\n")
                     .arg(result[QStringLiteral("variant")].toString())
                     .arg(names.size())
                     .arg(QString::fromUtf8(what), joined(names)));
  };
  list("missing", "tensors are missing and keep their first values");
  list("other_shape", "tensors have another shape and were not read");
  list("left_over", "tensors of the file are of no use to the network");
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
                     "count and 95 % Wilson interval. Reads safetensors with torchvision's names and\n"
                     "those of common CIFAR ResNets (fc or linear, with or without module.), and the\n"
                     "files of pimento train. With --json an object a variant: accuracy_pct, correct,\n"
                     "n, interval_pct, and the tensors that are missing, left_over or of other_shape."));
  addOptions(parser);
  if (!parser.parse(arguments)) return 0;
  for (const char *name : {"network", "weights"})
    if (!parser.isSet(QString::fromLatin1(name)))
      throw Error(parser.place(), QStringLiteral("--%1 is not given").arg(QString::fromLatin1(name)),
                  QStringLiteral("see --help"));
  const bool lines = parser.isSet(QStringLiteral("json"));
  ReportTable table;
  for (const char *name : {"network", "variant", "data", "accuracy_pct", "correct", "n", "interval_low_pct",
                           "interval_high_pct", "kind", "missing", "other_shape", "left_over"})
    table.columns << QString::fromLatin1(name);
  const int code = runWorker(workerWords(parser), [&](const QByteArray &line, const QJsonObject &result) {
    if (lines) return printOut(QString::fromUtf8(line) + QLatin1Char('\n'));
    append(table, result);
    if (parser.isText()) note(result);
  });
  if (lines || table.rows.empty()) return code;
  if (parser.isText())  // told in the notes
    for (int i = 0; i < 3; ++i) {
      table.columns.removeLast();
      for (auto &row : table.rows) row.pop_back();
    }
  parser.print(table);
  return code;
}

}  // namespace pimento
