// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

#include "app/cli/accelerator_option.h"
#include "app/cli/network_argument.h"
#include "app/cli/picture_options.h"
#include "app/cli/simulate_options.h"
#include "app/cli/simulate_report.h"
#include "app/cli/simulate_watch.h"
#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/simulate/integers/quantised_file.h"

namespace pimento {

namespace {

constexpr std::int64_t UsualImages = 100;
constexpr std::uint64_t OrderSeed = 1;

// The file that --quantised names, or that the run of this directory has for --bits.
QString fileOf(const VerbParser &parser) {
  QString path = parser.value(QStringLiteral("quantised"));
  if (!QFileInfo(path).isDir()) return path;
  const Bits bits = integerBitsOf(parser);
  for (const ResultHow how : {ResultHow::QuantisationAware, ResultHow::PostTraining})
    if (const QString file = QDir(path).filePath(quantisedFileName(bits, how)); QFileInfo::exists(file)) return file;
  throw Error(
      path, QStringLiteral("holds no integers of %1:%2 bits").arg(bits.weights).arg(bits.activations),
      QStringLiteral("pimento quantise %1 --bits %2:%3 makes them").arg(path).arg(bits.weights).arg(bits.activations));
}

std::vector<std::size_t> chosenVariants(const VerbParser &parser, const QuantisedNetwork &network) {
  const QString argument = parser.argument(0);
  const QString name = argument.section(QLatin1Char(':'), 0, 0);
  if (!name.isEmpty() && name != network.spec.name)
    throw Error(parser.place(),
                QStringLiteral("the integers are of %1, not of %2").arg(network.spec.name, quoted(name)));
  QStringList known;
  std::vector<std::size_t> all;
  for (const QuantisedVariant &variant : network.variants) {
    all.push_back(static_cast<std::size_t>(known.size()));
    known << variant.variant.name;
  }
  if (!argument.contains(QLatin1Char(':'))) return all;
  const QString wanted = argument.section(QLatin1Char(':'), 1);
  const qsizetype index = known.indexOf(wanted);
  if (index < 0)
    throw Error(parser.place(), QStringLiteral("the integers have no variant %1").arg(quoted(wanted)),
                knownWords(wanted, known));
  return {static_cast<std::size_t>(index)};
}

Dataset dataOf(const VerbParser &parser, const QuantisedNetwork &network) {
  const QString data =
      parser.isSet(QStringLiteral("data")) ? parser.value(QStringLiteral("data")) : network.origin->data;
  const auto classes =
      outputShapes(network.spec, network.variants[0].variant)[network.variants[0].variant.output].channels;
  if (datasetClasses(data) != classes)
    throw Error(
        parser.place(),
        QStringLiteral("the network tells %1 classes, %2 has %3").arg(classes).arg(data).arg(datasetClasses(data)),
        QStringLiteral("give the data that it was trained on"));
  return openDataset(data, pictureOptionsOf(parser));
}

// Accuracy over the chips.
struct Spread {
  int chips = 0;
  double mean = 0;
  double deviation = 0;  // of a sample
  double least = 0;
  double most = 0;
};

RunResult resultOf(const QuantisedNetwork &network, const QString &variant, std::int64_t correct, std::int64_t images) {
  return {variant, network.bits, network.origin->how, correct, images};
}

Spread spreadOf(const Simulation &simulation) {
  std::vector<double> percents;
  for (std::size_t r = 1; r < simulation.runs.size(); ++r)
    percents.push_back(100.0 * static_cast<double>(simulation.runs[r].correct) /
                       static_cast<double>(simulation.images));
  Spread spread{static_cast<int>(percents.size())};
  if (percents.empty()) return spread;
  const auto n = static_cast<double>(percents.size());
  for (const double percent : percents) spread.mean += percent / n;
  for (const double percent : percents)
    spread.deviation += (percent - spread.mean) * (percent - spread.mean) / std::max(1.0, n - 1);
  spread.deviation = std::sqrt(spread.deviation);
  spread.least = *std::min_element(percents.begin(), percents.end());
  spread.most = *std::max_element(percents.begin(), percents.end());
  return spread;
}

ReportTable accuracyTable() {
  ReportTable table;
  for (const char *name : {"network",
                           "variant",
                           "bits_w",
                           "bits_a",
                           "how",
                           "data",
                           "chip_seed",
                           "accuracy_pct",
                           "correct",
                           "n",
                           "interval_low_pct",
                           "interval_high_pct",
                           "integer_correct",
                           "agreement",
                           "agreement_pct",
                           "changed_classes",
                           "images_per_s",
                           "trace_equals_mapping",
                           "row_operations",
                           "wrong_writes",
                           "wrong_senses",
                           "senses",
                           "wrong_weight_bits",
                           "repaired_columns",
                           "kind"})
    table.columns << QString::fromLatin1(name);
  return table;
}

void appendAccuracy(ReportTable &table, const SimulatedVariant &done, const QuantisedNetwork &network,
                    const QString &data) {
  const std::int64_t images = done.simulation.images;
  for (const ChipRun &run : done.simulation.runs) {
    const RunResult result = resultOf(network, done.variant, run.correct, images);
    const TraceSums sums = traceSums(done, run);
    const std::int64_t same = images - run.changedImages;
    table.rows.push_back({done.network,
                          done.variant,
                          qint64(network.bits.weights),
                          qint64(network.bits.activations),
                          resultHowName(network.origin->how),
                          data,
                          run.chipSeed ? Cell{static_cast<qint64>(*run.chipSeed)} : Cell{QStringLiteral("none")},
                          result.accuracy_pct(),
                          qint64(run.correct),
                          qint64(images),
                          result.interval_pct().low,
                          result.interval_pct().high,
                          qint64(done.simulation.exactCorrect),
                          qint64(same),
                          100 * static_cast<double>(same) / static_cast<double>(images),
                          qint64(run.changedClasses),
                          static_cast<double>(images) / run.seconds,
                          sums.equal() ? QStringLiteral("yes") : QStringLiteral("no"),
                          qint64(sums.trace.rowOperations),
                          qint64(sums.trace.wrongWrites),
                          qint64(sums.trace.wrongSenses),
                          qint64(sums.trace.senses),
                          qint64(run.wrongWeightBits),
                          qint64(run.repairedColumns),
                          QStringLiteral("measured")});
  }
}

// One object: the run without errors, the chips, and mean and spread over them.
void printLine(const ReportTable &table, const Simulation &simulation) {
  const QJsonArray rows = toJson(table);
  QJsonObject line = rows[0].toObject();
  const auto fold = [](QJsonObject &row) {
    row[QStringLiteral("interval_pct")] =
        QJsonArray{row.take(QStringLiteral("interval_low_pct")), row.take(QStringLiteral("interval_high_pct"))};
  };
  fold(line);
  line.remove(QStringLiteral("chip_seed"));
  if (rows.size() > 1) {
    QJsonArray chips;
    for (qsizetype i = 1; i < rows.size(); ++i) {
      QJsonObject chip = rows[i].toObject();
      fold(chip);
      for (const char *same : {"network", "variant", "bits_w", "bits_a", "how", "data", "integer_correct", "kind"})
        chip.remove(QLatin1String(same));
      chips.append(chip);
    }
    const Spread spread = spreadOf(simulation);
    line[QStringLiteral("chips")] = chips;
    line[QStringLiteral("chips_mean_pct")] = spread.mean;
    line[QStringLiteral("chips_deviation_pct")] = spread.deviation;
    line[QStringLiteral("chips_least_pct")] = spread.least;
    line[QStringLiteral("chips_most_pct")] = spread.most;
  }
  printOut(QString::fromUtf8(QJsonDocument(line).toJson(QJsonDocument::Compact)) + QLatin1Char('\n'));
}

ReportTable shortTable(const ReportTable &table) {
  static const QStringList scripts{QStringLiteral("network"),
                                   QStringLiteral("bits_w"),
                                   QStringLiteral("bits_a"),
                                   QStringLiteral("how"),
                                   QStringLiteral("data"),
                                   QStringLiteral("integer_correct"),
                                   QStringLiteral("agreement"),
                                   QStringLiteral("row_operations"),
                                   QStringLiteral("wrong_weight_bits"),
                                   QStringLiteral("repaired_columns"),
                                   QStringLiteral("kind")};
  return withoutColumns(table, scripts);
}

QString spreadText(const QString &variant, const Spread &spread) {
  return QStringLiteral("%1 over %2 chips: mean %3 %, standard deviation %4 %, %5 % to %6 %\n")
      .arg(variant)
      .arg(spread.chips)
      .arg(spread.mean, 0, 'f', 2)
      .arg(spread.deviation, 0, 'f', 2)
      .arg(spread.least, 0, 'f', 2)
      .arg(spread.most, 0, 'f', 2);
}

}  // namespace

int simulateTrained(const VerbParser &parser) {
  const QString file = fileOf(parser);
  const Accelerator accelerator = acceleratorFrom(parser);
  SimulationOptions options = simulationOptionsOf(parser, accelerator);
  options.images = imagesOf(parser, UsualImages);
  const QuantisedNetwork network = loadQuantised(file);
  if (!network.origin)
    throw Error(file, QStringLiteral("holds random integers: nothing was trained"),
                QStringLiteral("give a file of pimento quantise"));
  const std::vector<std::size_t> variants = chosenVariants(parser, network);
  const Dataset set = dataOf(parser, network);
  const InputRecipe &input = network.origin->input;
  validate(input, set.test, set.title);
  options.pictures =
      Pictures{prepared(firstImages(set.test, static_cast<int>(options.images), OrderSeed), input), input};
  const InterruptWatch watch;
  const bool layers = parser.isSet(QStringLiteral("layers"));
  const bool lines = parser.isSet(QStringLiteral("json")) && !layers;
  ReportTable all = layers ? layerTable() : accuracyTable();
  QString spreads;
  for (const std::size_t v : variants) {
    if (watch.interrupted()) break;
    const QString &name = network.variants[v].variant.name;
    const BitwiseNetwork bitwise(network, v, accelerator);
    ImagesLine progress(QStringLiteral("%1:%2").arg(network.spec.name, name));
    const SimulatedVariant done{
        network.spec.name, name, bitwise, network.spec, watch.run([&](const std::stop_token &stop) {
          return simulate(bitwise, options, stop,
                          [&](std::int64_t images, std::int64_t of) { progress.show(images, of); });
        })};
    if (done.simulation.images == 0) continue;
    if (layers) {
      appendLayers(all, done);
      continue;
    }
    ReportTable rows = accuracyTable();
    appendAccuracy(rows, done, network, set.name);
    if (lines) printLine(rows, done.simulation);
    all.rows.insert(all.rows.end(), rows.rows.begin(), rows.rows.end());
    if (done.simulation.runs.size() > 2) spreads += spreadText(name, spreadOf(done.simulation));
  }
  if (!lines) parser.print(!parser.isText() ? all : layers ? forPeople(all) : shortTable(all));
  if (parser.isText())
    printOut(QStringLiteral("%1\nTrained on %2, %3, %4:%5 bits; test pictures of %6. agreement_pct: pictures with all "
                            "logits equal\nto exact integer evaluation.\n%7")
                 .arg(spreads, network.origin->data, resultHowName(network.origin->how))
                 .arg(network.bits.weights)
                 .arg(network.bits.activations)
                 .arg(set.title, WrongBitsNote));
  if (!watch.interrupted()) return 0;
  printError(QStringLiteral("pimento simulate: stopped before all images were simulated\n"));
  return InterruptedExit;
}

}  // namespace pimento
