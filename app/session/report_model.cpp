// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/report_model.h"

#include <cmath>

#include "core/base/column_heading.h"
#include "core/base/format.h"

namespace pimento {

namespace {

struct TextOf {
  QString operator()(std::monostate) const { return QStringLiteral("n/a"); }
  QString operator()(const QString &text) const { return text; }
  QString operator()(double value) const {
    const bool whole = value == std::floor(value) && std::abs(value) < 1e15;
    return whole ? grouped(static_cast<qint64>(value)) : fourDigits(value);
  }
  QString operator()(qint64 value) const { return grouped(value); }
  QString operator()(const Measure &measure) const { return shortValue(measure.metric, measure.value); }
};

// "energy_uj" → "energy (µJ)"
QString headerText(const QString &column) {
  const auto [title, unit] = columnHeading(column);
  return unit.isEmpty() ? title : QStringLiteral("%1 (%2)").arg(title, unit);
}

}  // namespace

void ReportModel::setReport(const ReportTable &report) {
  beginResetModel();
  m_report = report;
  endResetModel();
}

int ReportModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_report.rows.size());
}

int ReportModel::columnCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_report.columns.size());
}

QVariant ReportModel::data(const QModelIndex &at, int role) const {
  if (!at.isValid()) return {};
  const Cell &cell = m_report.rows[static_cast<std::size_t>(at.row())][static_cast<std::size_t>(at.column())];
  if (role == Qt::DisplayRole) return std::visit(TextOf{}, cell);
  const bool isValue = m_report.values.contains(m_report.columns[at.column()]);
  if (role == Qt::TextAlignmentRole && (isValue || !std::holds_alternative<QString>(cell)))
    return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  return {};
}

QVariant ReportModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= columnCount()) return {};
  return headerText(m_report.columns[section]);
}

}  // namespace pimento
