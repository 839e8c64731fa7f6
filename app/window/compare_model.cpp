// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/compare_model.h"

#include <algorithm>

#include "app/window/labels.h"
#include "app/window/session.h"

namespace pimento {

CompareModel::CompareModel(Session &session, QObject *parent) : QAbstractTableModel(parent), m_session(session) {
  connect(&session, &Session::pinsChanged, this, &CompareModel::reload);
  connect(&session, &Session::tableChanged, this, &CompareModel::reload);
  reload();
}

void CompareModel::reload() {
  beginResetModel();
  m_pins = m_session.pinnedRows();
  m_metrics.clear();
  for (const MetricInfo &m : allMetrics()) {
    const auto has = [&](std::uint32_t row) { return m_session.table().at(row, m.metric).has_value(); };
    if (std::any_of(m_pins.begin(), m_pins.end(), has)) m_metrics.push_back(m.metric);
  }
  endResetModel();
}

int CompareModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_metrics.size());
}

int CompareModel::columnCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_pins.size());
}

QString CompareModel::text(std::size_t pin, Metric metric) const {
  const DesignTable &table = m_session.table();
  const QString value = valueText(table, m_pins[pin], metric);
  const auto own = table.at(m_pins[pin], metric);
  const auto base = table.at(m_pins.front(), metric);
  if (pin == 0 || !own || !base) return value;
  return QStringLiteral("%1   (%2)").arg(value, differenceText(metric, own->value, base->value));
}

QVariant CompareModel::data(const QModelIndex &at, int role) const {
  if (!at.isValid()) return {};
  const auto pin = static_cast<std::size_t>(at.column());
  const Metric metric = m_metrics[static_cast<std::size_t>(at.row())];
  if (role == Qt::DisplayRole) return text(pin, metric);
  if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::ToolTipRole) return {};
  const auto quantity = m_session.table().at(m_pins[pin], metric);
  if (!quantity) return {};
  return QStringLiteral("%1: %2").arg(kindName(quantity->from->kind), quantity->from->source);
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (section < 0) return {};
  const auto i = static_cast<std::size_t>(section);
  if (orientation == Qt::Vertical)
    return role == Qt::DisplayRole && i < m_metrics.size() ? metricTitle(m_metrics[i]) : QVariant();
  if (i >= m_pins.size()) return {};
  if (role == Qt::ToolTipRole) return m_session.table().id(m_pins[i]);
  if (role != Qt::DisplayRole) return {};
  return designName(m_session.table(), m_pins[i]) + QLatin1Char('\n') + designSetting(m_session.table(), m_pins[i]);
}

ReportTable CompareModel::report() const {
  ReportTable report{{QStringLiteral("metric"), QStringLiteral("unit")}, {}};
  for (const std::uint32_t row : m_pins) report.columns << m_session.table().id(row);
  for (const Metric metric : m_metrics) {
    std::vector<Cell> cells{metricTitle(metric), QString::fromUtf8(info(metric).unit)};
    for (const std::uint32_t row : m_pins) {
      const auto quantity = m_session.table().at(row, metric);
      cells.push_back(quantity ? Cell{quantity->value} : Cell{});
    }
    report.rows.push_back(std::move(cells));
  }
  return report;
}

}  // namespace pimento
