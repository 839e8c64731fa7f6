// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/evaluated_weights.h"

#include <QFileInfo>
#include <QJsonArray>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/explore/join.h"
#include "core/hardware/estimate_table.h"
#include "core/hardware/profiles.h"
#include "core/jobs/job_data.h"
#include "core/jobs/run_results.h"
#include "core/network/families/families.h"

namespace pimento {

namespace {

constexpr std::pair<const char *, const char *> Faults[] = {
    {"missing", "missing: keeps its first values"},
    {"other_shape", "has another shape: was not read"},
    {"left_over", "left over: of no use to the network"},
};

QString text(const QJsonObject &object, const char *key) { return object[QLatin1String(key)].toString(); }

RunResult resultOf(const QJsonObject &result) {
  return {.variant = text(result, "variant"),
          .correct = result[QStringLiteral("correct")].toInteger(),
          .images = result[QStringLiteral("n")].toInteger()};
}

bool makesSense(const RunResult &result) { return result.images > 0 && result.correct <= result.images; }

bool isComplete(const QJsonObject &result) {
  return result[QStringLiteral("missing")].toArray().isEmpty() &&
         result[QStringLiteral("other_shape")].toArray().isEmpty();
}

Provenance provenanceOf(const RunResult &result, int classes, const QString &data, const QString &file) {
  const Interval interval = result.interval_pct();
  const QString source = QStringLiteral("weights of %1, evaluated on %2 in single precision").arg(file, data);
  const QString formula =
      QStringLiteral("%1 of %2 test images; 95 % interval %3 to %4 %")
          .arg(grouped(result.correct), grouped(result.images), fourDigits(interval.low), fourDigits(interval.high));
  return {Kind::Measured, source, formula, result.warnings(classes), static_cast<int>(result.images)};
}

DesignTable withAccuracy(const DesignTable &designs) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < designs.size(); ++row)
    if (designs.at(row, Metric::Accuracy)) rows.push_back(row);
  DesignTable table;
  table.append(designs, rows);
  return table;
}

}  // namespace

ReportTable accuracyReport(const std::vector<QJsonObject> &results) {
  ReportTable table;
  for (const char *name :
       {"variant", "accuracy_pct", "interval_low_pct", "interval_high_pct", "correct", "n", "tensors", "kind"})
    table.columns << QString::fromLatin1(name);
  for (const QJsonObject &one : results) {
    const RunResult result = resultOf(one);
    if (!makesSense(result)) continue;
    const Interval interval = result.interval_pct();
    table.rows.push_back({result.variant, result.accuracy_pct(), interval.low, interval.high, qint64(result.correct),
                          qint64(result.images), qint64(one[QStringLiteral("loaded")].toInteger()),
                          QStringLiteral("measured")});
  }
  return table;
}

ReportTable tensorReport(const std::vector<QJsonObject> &results) {
  ReportTable table;
  for (const char *name : {"variant", "tensor", "what"}) table.columns << QString::fromLatin1(name);
  for (const QJsonObject &result : results)
    for (const auto &[key, what] : Faults)
      for (const QJsonValue &tensor : result[QLatin1String(key)].toArray())
        table.rows.push_back({text(result, "variant"), tensor.toString(), QString::fromLatin1(what)});
  return table;
}

QString loadText(const std::vector<QJsonObject> &results) {
  QStringList lines;
  for (const QJsonObject &result : results) {
    const auto count = [&](const char *key) { return result[QLatin1String(key)].toArray().size(); };
    QString line = QStringLiteral("%1: %2 tensors loaded, %3 missing, %4 of another shape, %5 left over")
                       .arg(text(result, "variant"))
                       .arg(result[QStringLiteral("loaded")].toInteger())
                       .arg(count("missing"))
                       .arg(count("other_shape"))
                       .arg(count("left_over"));
    if (text(result, "shortcut_padding") == QStringLiteral("middle"))
      line += QStringLiteral("; its shortcuts are padded on both sides, so channels were renumbered");
    lines << line + QLatin1Char('.');
  }
  return lines.join(QLatin1Char('\n'));
}

StoredTable evaluatedDesigns(const std::vector<QJsonObject> &results, const QString &weights, int classes) {
  const QString file = QFileInfo(weights).fileName();
  if (results.empty()) throw Error(file, QStringLiteral("nothing was evaluated yet"));
  const NetworkSpec network = makeNetwork(text(results.front(), "network"), classes);
  const QString data = text(results.front(), "data");
  DesignTable accuracies;
  std::vector<Variant> variants;
  DesignKey key{.network = accuracies.intern(network.name), .dataset = accuracies.intern(data)};
  key.bitsWeights = static_cast<std::uint8_t>(SinglePrecision.weights);
  key.bitsActivations = static_cast<std::uint8_t>(SinglePrecision.activations);
  for (const QJsonObject &one : results) {
    const RunResult result = resultOf(one);
    if (!makesSense(result) || !isComplete(one)) continue;
    variants.push_back(findVariant(network, result.variant));
    key.variant = accuracies.intern(result.variant);
    key.scope = Scope::Whole;
    accuracies.set(accuracies.append(key), Metric::Accuracy, result.accuracy_pct(),
                   accuracies.intern(provenanceOf(result, classesOf(network, variants.back()), data, file)));
  }
  if (variants.empty())
    throw Error(file, QStringLiteral("tensors of every variant are missing: its accuracy is not the network's"));
  const DesignTable costs = estimateTable(network, variants, builtInProfile(builtInProfiles().front()), Bits{},
                                          {.scopes = Scopes::Whole, .gpuPower = {}});
  const RunNames names{data, QStringLiteral("loaded weights"), QFileInfo(weights).completeBaseName()};
  return {file, withAccuracy(runDesigns(names, costs, accuracies))};
}

}  // namespace pimento
