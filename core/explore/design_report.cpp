// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_report.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "core/base/format.h"
#include "core/explore/warning_cell.h"

namespace pimento {

namespace {

Cell bitsCell(std::uint8_t bits) { return bits == 0 ? Cell{} : Cell{qint64{bits}}; }

std::vector<Cell> keyCells(const DesignTable &table, std::uint32_t row) {
  const DesignKey &key = table.key(row);
  return {table.id(row),
          nameCell(table, key.network),
          nameCell(table, key.variant),
          nameCell(table, key.dataset),
          nameCell(table, key.training),
          nameCell(table, key.run),
          nameCell(table, key.platform),
          bitsCell(key.bitsWeights),
          bitsCell(key.bitsActivations),
          scopeName(key.scope)};
}

}  // namespace

Cell nameCell(const DesignTable &table, NameId id) { return id == 0 ? Cell{} : Cell{table.name(id)}; }

QString designTitle(const DesignTable &table, std::uint32_t row) {
  const DesignKey &key = table.key(row);
  QStringList aside;
  for (const NameId id : {key.dataset, key.training, key.run, key.platform})
    if (id != 0) aside << table.name(id);
  if (key.bitsWeights != 0) aside << QStringLiteral("%1:%2 bits").arg(key.bitsWeights).arg(key.bitsActivations);
  if (key.scope == Scope::Head) aside << QStringLiteral("head only");
  const QString title = table.name(key.network) + QLatin1Char(' ') + table.name(key.variant);
  return aside.isEmpty() ? title : title + QStringLiteral(" (%1)").arg(aside.join(QStringLiteral(", ")));
}

QString validityText(const DesignTable &table, std::uint32_t row) {
  const Validity validity = table.validity(row);
  if (validity == Validity::Valid) return {};
  const QString &reason = table.validityReason(row);
  return reason.isEmpty() ? validityName(validity) : validityName(validity) + QStringLiteral(": ") + reason;
}

QStringList sourcesOf(const DesignTable &table, std::uint32_t row) {
  QStringList sources;
  for (const MetricInfo &m : allMetrics())
    if (const auto q = table.at(row, m.metric); q && !sources.contains(q->from->source)) sources << q->from->source;
  return sources;
}

QStringList warningsOf(const DesignTable &table, std::uint32_t row) {
  QStringList warnings;
  for (const MetricInfo &m : allMetrics())
    if (const auto q = table.at(row, m.metric))
      for (const QString &warning : q->from->warnings)
        if (!warnings.contains(warning)) warnings << warning;
  return warnings;
}

// "latency+energy": the values that replace what was printed.
static Cell correctedCell(const DesignTable &table, std::uint32_t row) {
  QStringList keys;
  for (const MetricInfo &m : allMetrics())
    if (const auto q = table.at(row, m.metric); q && q->from->corrected) keys << QString::fromLatin1(m.key);
  return keys.isEmpty() ? Cell{} : Cell{keys.join(QLatin1Char('+'))};
}

// Metrics that any of the rows has an estimate's interval of, in whose columns the ends stand.
static std::vector<Metric> metricsWithIntervals(const DesignTable &table, std::span<const std::uint32_t> rows) {
  std::vector<Metric> metrics;
  for (const MetricInfo &m : allMetrics()) {
    const bool any = std::any_of(rows.begin(), rows.end(), [&](std::uint32_t row) {
      const auto q = table.at(row, m.metric);
      return q && q->from->interval;
    });
    if (any) metrics.push_back(m.metric);
  }
  return metrics;
}

QString percentileColumn(Metric metric, int percentile) {
  const MetricInfo &m = info(metric);
  return QStringLiteral("%1_p%2%3")
      .arg(QLatin1String(m.key))
      .arg(percentile)
      .arg(QString::fromLatin1(m.column).mid(static_cast<qsizetype>(qstrlen(m.key))));
}

ReportTable designReport(const DesignTable &table, std::span<const std::uint32_t> rows) {
  const std::vector<Metric> intervals = metricsWithIntervals(table, rows);
  ReportTable report;
  for (const char *name :
       {"id", "network", "variant", "dataset", "training", "run", "platform", "bits_w", "bits_a", "scope"})
    report.columns << QString::fromLatin1(name);
  for (const MetricInfo &m : allMetrics()) report.columns << QString::fromLatin1(m.column);
  for (const MetricInfo &m : allMetrics()) report.columns << QString::fromLatin1(m.key) + QStringLiteral("_kind");
  for (const char *name : {"accuracy_images", "kind", "validity", "validity_reason", "source", "warnings", "corrected",
                           "profile_hash", "reference"})
    report.columns << QString::fromLatin1(name);
  for (const Metric metric : intervals)
    for (const int percentile : IntervalPercentiles) report.columns << percentileColumn(metric, percentile);
  for (const std::uint32_t row : rows) {
    std::vector<Cell> cells = keyCells(table, row);
    for (const MetricInfo &m : allMetrics()) {
      const auto q = table.at(row, m.metric);
      cells.push_back(q ? Cell{q->value} : Cell{});
    }
    for (const MetricInfo &m : allMetrics()) {
      const auto kind = table.kind(row, m.metric);
      cells.push_back(kind ? Cell{kindName(*kind)} : Cell{});
    }
    const auto accuracy = table.at(row, Metric::Accuracy);
    cells.push_back(accuracy && accuracy->from->images > 0 ? Cell{qint64{accuracy->from->images}} : Cell{});
    cells.push_back(kindName(table.weakestKind(row)));
    cells.push_back(validityName(table.validity(row)));
    const QString &reason = table.validityReason(row);
    cells.push_back(reason.isEmpty() ? Cell{} : Cell{reason});
    cells.push_back(sourcesOf(table, row).join(CellSeparator));
    cells.push_back(warningCell(table, row));
    cells.push_back(correctedCell(table, row));
    cells.push_back(nameCell(table, table.key(row).profileHash));
    cells.push_back(qint64{table.key(row).reference ? 1 : 0});
    for (const Metric metric : intervals) {
      const auto q = table.at(row, metric);
      const auto interval = q ? q->from->interval : std::nullopt;
      cells.push_back(interval ? Cell{interval->low} : Cell{});
      cells.push_back(interval ? Cell{interval->high} : Cell{});
    }
    report.rows.push_back(std::move(cells));
  }
  return report;
}

ReportTable designReport(const DesignTable &table) {
  std::vector<std::uint32_t> rows(table.size());
  std::iota(rows.begin(), rows.end(), 0U);
  return designReport(table, rows);
}

}  // namespace pimento
