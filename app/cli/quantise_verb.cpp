// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <QJsonArray>

#include "app/cli/network_argument.h"
#include "app/cli/picture_options.h"
#include "app/cli/verbs.h"
#include "app/cli/worker.h"
#include "core/base/error.h"
#include "core/jobs/run_results.h"

namespace pimento {

namespace {

void addQuantiseOptions(VerbParser &parser) {
  parser.positional(QStringLiteral("RUN"), QStringLiteral("the directory of a run of pimento train"));
  const auto option = [&](const char *name, const char *help, const char *value, const char *otherwise = "") {
    parser.option(QString::fromLatin1(name), QString::fromUtf8(help), QString::fromLatin1(value),
                  QString::fromLatin1(otherwise));
  };
  addBitsOption(parser);
  option("method",
         "post-training (default): ranges from calibration images; quantisation-aware: the weights are fine-tuned with "
         "the integers' roundings.",
         "METHOD", "post-training");
  option("variants", "Only these, parted by commas (default: all that were trained).", "V,V");
  option("calibration", "Training images that ranges are taken from (default 512).", "N");
  option("epochs", "quantisation-aware: passes over the training images (default 1).", "N");
  option("train-images", "quantisation-aware: images a pass (default: all).", "N");
  option("learning-rate", "quantisation-aware: at the start (default 0.001).", "R");
  option("images", "N images drawn from the test set (default: as the run, or all).", "N");
  option("threads", "Threads (default: the machine's cores).", "N");
  option("output", "File to write (default: quantised-WxA.safetensors in the run's directory).", "FILE");
  option("network", "Without a run: as listed by pimento networks, or a file.", "N[:VARIANT]");
  option("weights", "Without a run: a file as pimento evaluate reads it.", "FILE");
  option("ignore", "Without a run: as in pimento evaluate.", "PATTERN,…");
  option("data", "Without a run: data set, a name or folder as in pimento data (default fashion-mnist).", "SET");
  option("mean", "Without a run: mean of each channel, as in pimento evaluate.", "M,M,M");
  option("std", "Without a run: standard deviation of each channel.", "S,S,S");
  option("scale", "Without a run: scales images to the network's input.", "");
  option("crop", "Without a run: folders of pictures are cropped to N x N pixels.", "N");
  option("resize", "Without a run: folders of pictures: scales the shorter side to N pixels first.", "N");
  option("shortcut-padding", "Without a run: as in pimento evaluate.", "WHERE");
  option("recalibrate-norms", "Without a run: as in pimento evaluate.", "N");
}

void check(const VerbParser &parser) {
  static_cast<void>(integerBitsOf(parser));  // or refused
  const QString aware = resultHowName(ResultHow::QuantisationAware);
  const QString method = parser.choice(QStringLiteral("method"), resultHowNames().mid(1));
  for (const char *name : {"epochs", "train-images", "learning-rate"})
    if (parser.isSet(QString::fromLatin1(name)) && method != aware)
      throw Error(parser.place(), QStringLiteral("--%1 has no effect after training").arg(QString::fromLatin1(name)),
                  QStringLiteral("add --method %1 or leave it out").arg(aware));
  if (!parser.argument(0).isEmpty()) return;
  for (const char *name : {"network", "weights", "output"})
    if (!parser.isSet(QString::fromLatin1(name)))
      throw Error(parser.place(), QStringLiteral("names neither a run nor --%1").arg(QString::fromLatin1(name)),
                  QStringLiteral("give the directory of a run, or --network, --weights and --output"));
  static_cast<void>(pictureOptionsOf(parser));  // or refused
}

// A line that overwrites itself on a terminal; else one for what is done.
void tell(const QJsonObject &event, bool terminal) {
  if (event[QStringLiteral("event")].toString() != QStringLiteral("progress")) return;
  QString text = event[QStringLiteral("stage")].toString();
  if (event.contains(QStringLiteral("variant")))
    text += QStringLiteral(" of %1").arg(event[QStringLiteral("variant")].toString());
  text += QStringLiteral(": %1 of %2")
              .arg(event[QStringLiteral("done")].toInteger())
              .arg(event[QStringLiteral("all")].toInteger());
  if (event.contains(QStringLiteral("loss")))
    text += QStringLiteral(", loss %1").arg(event[QStringLiteral("loss")].toDouble(), 0, 'f', 3);
  const bool done = event[QStringLiteral("done")] == event[QStringLiteral("all")];
  if (terminal)
    printError(QStringLiteral("\r%1\033[K").arg(text));
  else if (done)
    printError(text + QLatin1Char('\n'));
}

void append(ReportTable &table, const QJsonObject &result) {
  const QJsonArray interval = result[QStringLiteral("interval_pct")].toArray();
  const auto text = [&](const char *key) { return result[QLatin1String(key)].toString(); };
  const auto whole = [&](const char *key) { return qint64(result[QLatin1String(key)].toInteger()); };
  table.rows.push_back({text("network"), text("variant"), whole("bits_w"), whole("bits_a"), text("how"), text("data"),
                        result[QStringLiteral("accuracy_pct")].toDouble(), whole("correct"), whole("n"),
                        interval[0].toDouble(), interval[1].toDouble(), text("kind")});
}

}  // namespace

int quantiseVerb(const QStringList &arguments) {
  VerbParser parser("quantise", QStringLiteral("RUN | --network N[:VARIANT] --weights FILE --output FILE"),
                    QStringLiteral("Makes integers of a trained network's weights and activations: weights symmetric\n"
                                   "with a scale a kernel, shared by all widths; activations with a scale and a zero\n"
                                   "point a map, calibrated on training images; batch norms go into each width's\n"
                                   "requantisation. Measures the accuracy of each variant on the test set by exact\n"
                                   "integer evaluation, writes a file for pimento simulate --quantised, and adds the\n"
                                   "results to those of the run. --json: an object a line: progress, result."));
  addQuantiseOptions(parser);
  if (!parser.parse(arguments)) return 0;
  check(parser);
  const bool lines = parser.isSet(QStringLiteral("json"));
  const bool terminal = isatty(STDERR_FILENO) != 0;
  ReportTable table;
  for (const char *name : {"network", "variant", "bits_w", "bits_a", "how", "data", "accuracy_pct", "correct", "n",
                           "interval_low_pct", "interval_high_pct", "kind"})
    table.columns << QString::fromLatin1(name);
  QString file;
  QStringList words = workerWords(parser, QStringLiteral("quantise"), quantiseOptions());
  if (!parser.argument(0).isEmpty()) words << parser.argument(0);
  const int code = runWorker(words, [&](const QByteArray &line, const QJsonObject &event) {
    if (lines) return printOut(QString::fromUtf8(line) + QLatin1Char('\n'));
    if (parser.isText()) tell(event, terminal);
    if (event[QStringLiteral("event")].toString() != QStringLiteral("result")) return;
    append(table, event);
    file = event[QStringLiteral("file")].toString();
  });
  if (lines || table.rows.empty()) return code;
  if (parser.isText() && terminal) printError(QStringLiteral("\r\033[K"));
  parser.print(table);
  if (parser.isText()) printOut(QStringLiteral("\nintegers: %1\n").arg(file));
  return code;
}

}  // namespace pimento
