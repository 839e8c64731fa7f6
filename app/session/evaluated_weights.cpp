// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/evaluated_weights.h"

#include <QFileInfo>
#include <QJsonArray>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/warning_level.h"
#include "core/explore/join.h"
#include "core/hardware/estimate/estimate_table.h"
#include "core/hardware/profile/profiles.h"
#include "core/jobs/job_data.h"
#include "core/jobs/run_results.h"
#include "core/network/families/network_library.h"
#include "core/weights/load_report.h"

namespace pimento {

namespace {

QString text(const QJsonObject &object, const char *key) { return object[QLatin1String(key)].toString(); }

RunResult resultOf(const QJsonObject &result) {
  return {.variant = text(result, "variant"),
          .correct = result[QStringLiteral("correct")].toInteger(),
          .images = result[QStringLiteral("n")].toInteger()};
}

bool makesSense(const RunResult &result) { return result.images > 0 && result.correct <= result.images; }

// What was done to the norms; empty: nothing.
QString normsText(const QJsonObject &result) {
  const auto images = result[QStringLiteral("recalibrated_norms")].toInteger();
  if (images <= 0) return {};
  const QString from = text(result, "sliced_from");
  return QStringLiteral("batch norms recalibrated on %1 training images").arg(grouped(images)) +
         (from.isEmpty() ? QString() : QStringLiteral(", first channels of %1").arg(from));
}

Provenance provenanceOf(const QJsonObject &told, const RunResult &result, int classes, const QString &data,
                        const QString &file) {
  const Interval interval = result.interval_pct();
  QString source = QStringLiteral("weights of %1, evaluated on %2 in single precision").arg(file, data);
  if (const QString norms = normsText(told); !norms.isEmpty()) source += QStringLiteral("; ") + norms;
  const QString formula =
      QStringLiteral("%1 of %2 test images; 95 % interval %3 to %4 %")
          .arg(grouped(result.correct), grouped(result.images), fourDigits(interval.low), fourDigits(interval.high));
  const LoadReport report = loadReportFromJson(told);
  QStringList warnings = result.warnings(classes);
  if (!report.ignored.isEmpty())
    warnings << ledBy(
        WarningLevel::Caution,
        QStringLiteral("%1 tensors of the file were ignored, so it is not the accuracy of the file's network (%2)")
            .arg(report.ignored.size())
            .arg(firstNames(report.ignored)));
  return {Kind::Measured, source, formula, warnings, static_cast<int>(result.images)};
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

ReportTable tensorReport(const std::vector<QJsonObject> &weights) {
  ReportTable table;
  for (const char *name : {"variant", "tensor", "what"}) table.columns << QString::fromLatin1(name);
  for (const QJsonObject &one : weights)
    for (const Misfit &misfit : misfits(loadReportFromJson(one)))
      table.rows.push_back({text(one, "variant"), misfit.tensor, misfit.what});
  return table;
}

QString loadText(const std::vector<QJsonObject> &weights) {
  QStringList lines;
  for (const QJsonObject &one : weights) {
    QStringList parts{QStringLiteral("%1 tensors loaded").arg(one[QStringLiteral("loaded")].toInteger())};
    if (const QString entry = text(one, "entry"); !entry.isEmpty())
      parts.front() += QStringLiteral(" from %1 of the checkpoint").arg(quoted(entry));
    parts << loadNotes(loadReportFromJson(one));
    lines << QStringLiteral("%1: %2.").arg(text(one, "variant"), parts.join(QStringLiteral("; ")));
  }
  return lines.join(QLatin1Char('\n'));
}

QString changesText(const std::vector<QJsonObject> &results) {
  QStringList lines;
  for (const QJsonObject &result : results) {
    QStringList parts;
    if (const QString norms = normsText(result); !norms.isEmpty()) parts << norms;
    if (text(result, "shortcut_padding") == QStringLiteral("middle"))
      parts << QStringLiteral("its shortcuts are padded on both sides, so channels were renumbered");
    if (!parts.isEmpty())
      lines << QStringLiteral("%1: %2.").arg(text(result, "variant"), parts.join(QStringLiteral("; ")));
  }
  return lines.join(QLatin1Char('\n'));
}

StoredTable evaluatedDesigns(const std::vector<QJsonObject> &results, const QString &weights, int classes) {
  const QString file = QFileInfo(weights).fileName();
  if (results.empty()) throw Error(file, QStringLiteral("nothing was evaluated yet"));
  const NetworkSpec network = loadNetworkFor(text(results.front(), "network"), classes);
  const QString data = text(results.front(), "data");
  DesignTable accuracies;
  std::vector<Variant> variants;
  DesignKey key{.network = accuracies.intern(network.name), .dataset = accuracies.intern(data)};
  key.bitsWeights = static_cast<std::uint8_t>(SinglePrecision.weights);
  key.bitsActivations = static_cast<std::uint8_t>(SinglePrecision.activations);
  for (const QJsonObject &one : results) {
    const RunResult result = resultOf(one);
    const LoadReport report = loadReportFromJson(one);
    if (!makesSense(result) || !report.complete()) continue;
    variants.push_back(findVariant(network, result.variant));
    key.variant = accuracies.intern(result.variant);
    key.scope = Scope::Whole;
    accuracies.set(accuracies.append(key), Metric::Accuracy, result.accuracy_pct(),
                   accuracies.intern(provenanceOf(one, result, classesOf(network, variants.back()), data, file)));
  }
  if (variants.empty())
    throw Error(file, QStringLiteral("tensors of every variant are missing: its accuracy is not the network's"));
  const DesignTable costs = estimateTable(network, variants, builtInProfile(builtInProfiles().front()), Bits{},
                                          {.scopes = Scopes::Whole, .gpuPower = {}});
  const RunNames names{data, QStringLiteral("loaded weights"), QFileInfo(weights).completeBaseName()};
  return {file, withAccuracy(runDesigns(names, costs, accuracies))};
}

}  // namespace pimento
