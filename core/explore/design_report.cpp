// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_report.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "core/base/format.h"
#include "core/explore/warning_cell.h"

namespace pimento {

namespace {

Cell nameCell(const DesignTable &table, NameId id) { return id == 0 ? Cell{} : Cell{table.name(id)}; }

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

constexpr std::array<Metric, 6> Summarised{Metric::Accuracy, Metric::Energy, Metric::Latency,
                                           Metric::Power,    Metric::Area,   Metric::Memory};

// Of a table that has rows.
void leaveOutEmptyColumns(ReportTable &report) {
  for (qsizetype i = report.rows.empty() ? -1 : report.columns.size() - 1; i >= 0; --i) {
    const bool empty = std::all_of(report.rows.begin(), report.rows.end(), [&](const std::vector<Cell> &row) {
      return std::holds_alternative<std::monostate>(row[static_cast<std::size_t>(i)]);
    });
    if (!empty) continue;
    report.columns.removeAt(i);
    for (auto &row : report.rows) row.erase(row.begin() + i);
  }
}

// Values that are not there stay absent ("n/a"); a key or a warning that a row has not is no gap.
void fillGaps(const ReportTable &report, std::vector<Cell> &row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    const QString &column = report.columns[static_cast<qsizetype>(i)];
    if (!std::holds_alternative<std::monostate>(row[i]) || report.values.contains(column)) continue;
    row[i] = column == QStringLiteral("warnings") ? QString() : QStringLiteral("-");
  }
}

}  // namespace

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

ReportTable designReport(const DesignTable &table, std::span<const std::uint32_t> rows) {
  ReportTable report;
  for (const char *name :
       {"id", "network", "variant", "dataset", "training", "run", "platform", "bits_w", "bits_a", "scope"})
    report.columns << QString::fromLatin1(name);
  for (const MetricInfo &m : allMetrics()) report.columns << QString::fromLatin1(m.column);
  for (const MetricInfo &m : allMetrics()) report.columns << QString::fromLatin1(m.key) + QStringLiteral("_kind");
  for (const char *name : {"accuracy_images", "kind", "source", "warnings", "profile_hash", "reference"})
    report.columns << QString::fromLatin1(name);
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
    cells.push_back(sourcesOf(table, row).join(CellSeparator));
    cells.push_back(warningCell(table, row));
    cells.push_back(nameCell(table, table.key(row).profileHash));
    cells.push_back(qint64{table.key(row).reference ? 1 : 0});
    report.rows.push_back(std::move(cells));
  }
  return report;
}

ReportTable designReport(const DesignTable &table) {
  std::vector<std::uint32_t> rows(table.size());
  std::iota(rows.begin(), rows.end(), 0U);
  return designReport(table, rows);
}

ReportTable designSummary(const DesignTable &table, std::span<const std::uint32_t> rows, SummarySources sources) {
  ReportTable report;
  for (const char *name : {"network", "variant", "dataset", "training", "run", "platform", "bits", "scope"})
    report.columns << QString::fromLatin1(name);
  for (const Metric metric : Summarised) report.values << QString::fromLatin1(info(metric).key);
  report.columns << report.values << QStringLiteral("kind") << QStringLiteral("warnings");
  if (sources == SummarySources::Shown) report.columns << QStringLiteral("source");
  for (const std::uint32_t row : rows) {
    const DesignKey &key = table.key(row);
    std::vector<Cell> cells;
    for (const NameId id : {key.network, key.variant, key.dataset, key.training, key.run, key.platform})
      cells.push_back(nameCell(table, id));
    cells.push_back(key.bitsWeights == 0 ? Cell{}
                                         : Cell{QStringLiteral("%1:%2").arg(key.bitsWeights).arg(key.bitsActivations)});
    cells.push_back(scopeName(key.scope));
    for (const Metric metric : Summarised) {
      const auto q = table.at(row, metric);
      cells.push_back(q ? Cell{shortValue(metric, q->value)} : Cell{});
    }
    cells.push_back(kindName(table.weakestKind(row)));
    const auto warnings = warningsOf(table, row).size();
    cells.push_back(warnings == 0 ? Cell{} : Cell{QString::number(warnings)});
    if (sources == SummarySources::Shown) cells.push_back(sourcesOf(table, row).join(CellSeparator));
    report.rows.push_back(std::move(cells));
  }
  leaveOutEmptyColumns(report);
  for (auto &row : report.rows) fillGaps(report, row);
  return report;
}

}  // namespace pimento
