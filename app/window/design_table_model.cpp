// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/design_table_model.h"

#include <algorithm>
#include <cmath>

#include "app/window/estimate_alarms.h"
#include "app/window/labels.h"
#include "app/window/session.h"
#include "core/explore/design_report.h"

namespace pimento {

std::optional<std::variant<Metric, KeyColumn>> DesignTableModel::sortColumn(const Column &column) {
  switch (column.field) {
    case Field::Variant:
      return KeyColumn::Variant;
    case Field::Network:
      return KeyColumn::Network;
    case Field::Dataset:
      return KeyColumn::Dataset;
    case Field::Training:
      return KeyColumn::Training;
    case Field::Platform:
      return KeyColumn::Platform;
    case Field::Bits:
      return KeyColumn::Bits;
    case Field::Kind:
      return KeyColumn::Kind;
    case Field::Metric:
      return column.metric;
    case Field::Warnings:
      break;
  }
  return std::nullopt;
}

DesignTableModel::DesignTableModel(Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session) {
  connect(&session, &Session::viewChanged, this, &DesignTableModel::reload);
  reload();
}

// Metrics that no design of the view has would be a column of "n/a".
void DesignTableModel::reload() {
  beginResetModel();
  m_columns = {{Field::Network},  {Field::Variant},  {Field::Dataset},
               {Field::Training}, {Field::Platform}, {Field::Bits}};
  const auto rows = m_session.rows();
  for (const MetricInfo &m : allMetrics()) {
    const auto values = m_session.table().column(m.metric);
    const bool any = std::any_of(rows.begin(), rows.end(), [&](std::uint32_t row) { return !std::isnan(values[row]); });
    if (any) m_columns.push_back({Field::Metric, m.metric});
  }
  m_columns.push_back({Field::Kind});
  m_columns.push_back({Field::Warnings});
  endResetModel();
}

int DesignTableModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_session.rows().size());
}

int DesignTableModel::columnCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

std::uint32_t DesignTableModel::designRow(int row) const { return m_session.rows()[static_cast<std::size_t>(row)]; }

QModelIndex DesignTableModel::indexOf(std::uint32_t designRow) const {
  const auto rows = m_session.rows();
  const auto found = std::find(rows.begin(), rows.end(), designRow);
  return found == rows.end() ? QModelIndex() : index(static_cast<int>(found - rows.begin()), 0);
}

QString DesignTableModel::text(std::uint32_t row, const Column &column) const {
  const DesignTable &table = m_session.table();
  const DesignKey &key = table.key(row);
  switch (column.field) {
    case Field::Network:
      return networkTitle(table.name(key.network));
    case Field::Variant:
      return variantTitle(table.name(key.variant));
    case Field::Dataset:
      return datasetTitle(table.name(key.dataset));
    case Field::Training:
      return table.name(key.training);
    case Field::Platform:
      return platformTitle(table.name(key.platform));
    case Field::Bits:
      return key.bitsWeights == 0 ? QString() : QStringLiteral("%1:%2").arg(key.bitsWeights).arg(key.bitsActivations);
    case Field::Metric:
      return table.at(row, column.metric) ? valueText(table, row, column.metric) : QStringLiteral("n/a");
    case Field::Kind:
      return kindGlyph(table.weakestKind(row)) + QLatin1Char(' ') + kindName(table.weakestKind(row));
    case Field::Warnings:
      break;
  }
  const auto count = alarmCount(warningsOf(table, row));
  return count == 0 ? QString() : QStringLiteral("⚠ %1").arg(count);
}

QVariant DesignTableModel::data(const QModelIndex &at, int role) const {
  if (!at.isValid()) return {};
  const std::uint32_t row = designRow(at.row());
  const Column &column = m_columns[static_cast<std::size_t>(at.column())];
  switch (role) {
    case Qt::DisplayRole:
      return text(row, column);
    case Qt::TextAlignmentRole:
      return column.field == Field::Metric ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
      if (column.field == Field::Warnings) return warningsOf(m_session.table(), row).join(QStringLiteral("\n"));
      if (column.field == Field::Metric && !m_session.table().at(row, column.metric))
        return valueText(m_session.table(), row, column.metric);
      return m_session.table().id(row);
    default:
      return {};
  }
}

QVariant DesignTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const Column &column = m_columns[static_cast<std::size_t>(section)];
  if (role == Qt::ToolTipRole && column.field == Field::Metric) return QString::fromUtf8(info(column.metric).meaning);
  if (role != Qt::DisplayRole) return {};
  switch (column.field) {
    case Field::Network:
      return QStringLiteral("Network");
    case Field::Variant:
      return QStringLiteral("Variant");
    case Field::Dataset:
      return QStringLiteral("Data set");
    case Field::Training:
      return QStringLiteral("Training");
    case Field::Platform:
      return QStringLiteral("Platform");
    case Field::Bits:
      return QStringLiteral("Bits");
    case Field::Metric:
      return metricTitle(column.metric);
    case Field::Kind:
      return QStringLiteral("Weakest kind");
    case Field::Warnings:
      break;
  }
  return QStringLiteral("Warnings");
}

void DesignTableModel::sort(int column, Qt::SortOrder order) {
  if (column < 0 || column >= columnCount()) return m_session.sortBy(std::nullopt);
  const Order direction = order == Qt::AscendingOrder ? Order::Ascending : Order::Descending;
  if (const auto by = sortColumn(m_columns[static_cast<std::size_t>(column)])) m_session.sortBy(SortBy{*by, direction});
}

}  // namespace pimento
