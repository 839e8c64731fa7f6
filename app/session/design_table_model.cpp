// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/design_table_model.h"

#include <QGuiApplication>
#include <QPalette>
#include <algorithm>
#include <cmath>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "core/base/warning_level.h"
#include "core/explore/design_report.h"
#include "widgets/plain_text.h"

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
    case Field::Validity:
      return KeyColumn::Validity;
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
  // In front, where a small window shows it: what does not work as priced must not be read past.
  if (!m_session.table().allValid()) m_columns.insert(m_columns.begin(), {Field::Validity});
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
      return key.bitsWeights == 0 ? QStringLiteral("n/a")
                                  : QStringLiteral("%1:%2").arg(key.bitsWeights).arg(key.bitsActivations);
    case Field::Metric:
      return table.at(row, column.metric) ? valueText(table, row, column.metric) : QStringLiteral("n/a");
    case Field::Kind:
      return kindGlyph(table.weakestKind(row)) + QLatin1Char(' ') + kindName(table.weakestKind(row));
    case Field::Validity:
      return (validityGlyph(table.validity(row)) + QLatin1Char(' ') + validityName(table.validity(row))).trimmed();
    case Field::Warnings:
      break;
  }
  const auto count = alarmCount(warningsOf(table, row));
  return count == 0 ? QString() : QStringLiteral("⚠ %1").arg(count);
}

// A warning a line, led by the sign and the name of its level.
static QString warningTip(const DesignTable &table, std::uint32_t row) {
  QStringList lines;
  for (const QString &warning : warningsOf(table, row))
    lines << QStringLiteral("%1 %2").arg(levelGlyph(levelOf(warning)), ledBy(levelOf(warning), withoutLevel(warning)));
  return plainTip(lines.join(QLatin1Char('\n')));
}

static QString valueTip(const DesignTable &table, std::uint32_t row, Metric metric) {
  const auto value = table.at(row, metric);
  if (!value) return valueText(table, row, metric);
  const QString corrected =
      value->from->corrected ? QStringLiteral("\n%1 %2").arg(CorrectedMark, CorrectedMeans) : QString();
  return plainTip(QStringLiteral("%1 %2: %3%4")
                      .arg(kindGlyph(value->from->kind), kindName(value->from->kind), value->from->source, corrected));
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
      if (column.field == Field::Validity) return plainTip(validityNote(m_session.table(), row));
      if (column.field == Field::Warnings) return warningTip(m_session.table(), row);
      if (column.field == Field::Metric) return valueTip(m_session.table(), row, column.metric);
      return plainTip(m_session.table().id(row));
    case Qt::ForegroundRole:
      return m_session.isOverBudget(row) ? QVariant(QGuiApplication::palette().brush(QPalette::PlaceholderText))
                                         : QVariant();
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
    case Field::Validity:
      return QStringLiteral("Validity");
    case Field::Warnings:
      break;
  }
  return QStringLiteral("Warnings");
}

std::pair<int, Qt::SortOrder> DesignTableModel::sorted() const {
  const auto &sort = m_session.view().sort;
  if (!sort) return {-1, Qt::AscendingOrder};
  const auto at = std::find_if(m_columns.begin(), m_columns.end(),
                               [&](const Column &column) { return sortColumn(column) == sort->column; });
  const Qt::SortOrder order = sort->order == Order::Ascending ? Qt::AscendingOrder : Qt::DescendingOrder;
  return {at == m_columns.end() ? -1 : static_cast<int>(at - m_columns.begin()), order};
}

void DesignTableModel::sort(int column, Qt::SortOrder order) {
  if (column < 0 || column >= columnCount()) return m_session.sortBy(std::nullopt);
  const Order direction = order == Qt::AscendingOrder ? Order::Ascending : Order::Descending;
  if (const auto by = sortColumn(m_columns[static_cast<std::size_t>(column)])) m_session.sortBy(SortBy{*by, direction});
}

}  // namespace pimento
