// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/warning_cell.h"

#include <algorithm>

#include "core/explore/design_report.h"

namespace pimento {

namespace {

const QString MetricsEnd = QStringLiteral(": ");

QString keysOf(const std::vector<Metric> &metrics) {
  QStringList keys;
  for (const Metric metric : metrics) keys << QString::fromLatin1(info(metric).key);
  return keys.join(QLatin1Char('+'));
}

RowWarning readWarning(QString text) {
  text.replace(QLatin1Char('|'), QLatin1Char('/'));
  const qsizetype end = text.indexOf(MetricsEnd);
  const qsizetype begin = end + MetricsEnd.size();
  if (end < 0 || begin == text.size()) return {{}, text};
  RowWarning warning{{}, text.mid(begin)};
  for (const QString &key : text.left(end).split(QLatin1Char('+'))) {
    const auto metric = metricFromKey(key);
    if (!metric) return {{}, text};
    warning.metrics.push_back(*metric);
  }
  return warning;
}

bool contains(const std::vector<Metric> &metrics, Metric metric) {
  return std::find(metrics.begin(), metrics.end(), metric) != metrics.end();
}

}  // namespace

QString warningCell(const DesignTable &table, std::uint32_t row) {
  QStringList texts;
  for (const QString &warning : warningsOf(table, row)) {
    std::vector<Metric> metrics;
    bool all = true;
    for (const MetricInfo &m : allMetrics()) {
      const auto q = table.at(row, m.metric);
      if (!q) continue;
      if (q->from->warnings.contains(warning))
        metrics.push_back(m.metric);
      else
        all = false;
    }
    QString text = warning;
    text.replace(QLatin1Char('|'), QLatin1Char('/'));
    // A text that itself looks as if it named metrics gets them, so that it reads back as it is.
    const bool plain = all && readWarning(text).metrics.empty();
    texts << (plain ? text : keysOf(metrics) + MetricsEnd + text);
  }
  return texts.join(CellSeparator);
}

std::vector<RowWarning> readWarningCell(const QString &cell) {
  std::vector<RowWarning> warnings;
  for (const QString &text : cell.split(CellSeparator, Qt::SkipEmptyParts)) warnings.push_back(readWarning(text));
  return warnings;
}

QStringList warningsFor(Metric metric, const std::vector<RowWarning> &warnings, const std::vector<Metric> &present) {
  QStringList texts;
  for (const auto &[metrics, text] : warnings) {
    const bool known =
        std::any_of(metrics.begin(), metrics.end(), [&](Metric named) { return contains(present, named); });
    const QString whole = known || metrics.empty() ? text : keysOf(metrics) + MetricsEnd + text;
    if ((!known || contains(metrics, metric)) && !texts.contains(whole)) texts << whole;
  }
  return texts;
}

}  // namespace pimento
