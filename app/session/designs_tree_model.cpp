// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/designs_tree_model.h"

#include <QGuiApplication>
#include <QPalette>
#include <algorithm>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "core/base/format.h"
#include "core/base/warning_level.h"
#include "core/explore/design_report.h"
#include "widgets/plain_text.h"

namespace pimento {

namespace {

// What an index points at, kept in its internal id: networks 0, variants 1 + network, rows RowBit + variant.
constexpr quintptr RowBit = quintptr{1} << 40U;

bool isNetwork(const QModelIndex &at) { return at.internalId() == 0; }
bool isRow(const QModelIndex &at) { return at.internalId() >= RowBit; }

}  // namespace

DesignsTreeModel::DesignsTreeModel(Session &session, QObject *parent) : QAbstractItemModel(parent), m_session(session) {
  connect(&session, &Session::viewChanged, this, &DesignsTreeModel::reload);
  reload();
}

// In the tables' own order, whatever the table below is sorted by.
void DesignsTreeModel::reload() {
  beginResetModel();
  m_settings.clear();
  m_groups = groupDesigns(m_session.table(), m_session.rows());
  endResetModel();
}

const DesignGroups::Variant &DesignsTreeModel::variantAt(const QModelIndex &at) const {
  if (isRow(at)) return m_groups.variants[at.internalId() - RowBit];
  return m_groups.variants[m_groups.networks[at.internalId() - 1].first + static_cast<std::size_t>(at.row())];
}

const DesignSettings &DesignsTreeModel::settingsAt(const QModelIndex &row) const {
  const Variant &variant = variantAt(row);
  const auto [settings, fresh] = m_settings.try_emplace(static_cast<std::size_t>(&variant - m_groups.variants.data()));
  if (fresh)
    for (const std::uint32_t design : m_groups.rowsOf(variant)) settings->second.add(m_session.table(), design);
  return settings->second;
}

QModelIndex DesignsTreeModel::index(int row, int column, const QModelIndex &parent) const {
  if (!hasIndex(row, column, parent)) return {};
  if (!parent.isValid()) return createIndex(row, column, quintptr{0});
  if (isNetwork(parent)) return createIndex(row, column, static_cast<quintptr>(parent.row()) + 1);
  const std::size_t first = m_groups.networks[parent.internalId() - 1].first;
  return createIndex(row, column, RowBit + first + static_cast<std::size_t>(parent.row()));
}

QModelIndex DesignsTreeModel::parent(const QModelIndex &child) const {
  if (!child.isValid() || isNetwork(child)) return {};
  if (!isRow(child)) return createIndex(static_cast<int>(child.internalId() - 1), 0, quintptr{0});
  const std::size_t variant = child.internalId() - RowBit;
  const std::uint32_t network = m_groups.variants[variant].network;
  return createIndex(static_cast<int>(variant - m_groups.networks[network].first), 0, quintptr{network} + 1);
}

int DesignsTreeModel::rowCount(const QModelIndex &parent) const {
  if (parent.column() > 0) return 0;
  if (!parent.isValid()) return static_cast<int>(m_groups.networks.size());
  if (isNetwork(parent)) return static_cast<int>(m_groups.networks[static_cast<std::size_t>(parent.row())].variants);
  return isRow(parent) ? 0 : static_cast<int>(variantAt(parent).count);
}

int DesignsTreeModel::columnCount(const QModelIndex &) const { return 3; }

std::optional<std::uint32_t> DesignsTreeModel::designRow(const QModelIndex &at) const {
  if (!at.isValid() || isNetwork(at)) return std::nullopt;
  const auto rows = m_groups.rowsOf(variantAt(at));
  if (isRow(at)) return rows[static_cast<std::size_t>(at.row())];
  return rows.size() == 1 ? std::optional(rows.front()) : std::nullopt;
}

QModelIndex DesignsTreeModel::indexOf(std::uint32_t designRow) const {
  if (designRow >= m_session.table().size()) return {};
  const DesignKey &key = m_session.table().key(designRow);
  for (std::size_t i = 0; i < m_groups.variants.size(); ++i) {
    const Variant &variant = m_groups.variants[i];
    if (variant.name != key.variant || m_groups.networks[variant.network].name != key.network) continue;
    const auto rows = m_groups.rowsOf(variant);
    const auto found = std::ranges::lower_bound(rows, designRow);
    if (found == rows.end() || *found != designRow) return {};
    return createIndex(static_cast<int>(found - rows.begin()), 0, RowBit + i);
  }
  return {};
}

// "✕ " or "⚠ " before what is not valid or warns of itself.
static QString designGlyph(const DesignTable &table, std::uint32_t row) {
  const QString glyph = validityGlyph(table.validity(row));
  if (!glyph.isEmpty()) return glyph + QLatin1Char(' ');
  return worstAlarm(warningsOf(table, row)).isEmpty() ? QString() : QStringLiteral("⚠ ");
}

QString DesignsTreeModel::text(const QModelIndex &at) const {
  const DesignTable &table = m_session.table();
  const auto design = designRow(at);
  if (at.column() > 0) {
    const Metric metric = at.column() == 1 ? m_session.view().x : m_session.view().y;
    if (!design) return {};
    return table.at(*design, metric) ? valueText(table, *design, metric) : QStringLiteral("n/a");
  }
  if (isNetwork(at)) {
    const DesignGroups::Network &network = m_groups.networks[static_cast<std::size_t>(at.row())];
    return QStringLiteral("%1 (%2)").arg(networkTitle(table.name(network.name)), grouped(network.designs));
  }
  if (isRow(at)) {
    const QString setting = settingsAt(at).text(table, *design, m_session.view().filter);
    return designGlyph(table, *design) + setting;
  }
  const QString title = variantTitle(table.name(variantAt(at).name));
  return design ? designGlyph(table, *design) + title : title;
}

QVariant DesignsTreeModel::data(const QModelIndex &at, int role) const {
  if (!at.isValid()) return {};
  if (role == Qt::DisplayRole) return text(at);
  if (role == Qt::TextAlignmentRole && at.column() > 0) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole) {
    const DesignTable &table = m_session.table();
    const auto design = designRow(at);
    if (!design) return isNetwork(at) ? QVariant(plainTip(text(at))) : QVariant();
    if (at.column() > 0) return valueText(table, *design, at.column() == 1 ? m_session.view().x : m_session.view().y);
    QStringList lines{designName(table, *design), designSetting(table, *design), table.id(*design)};
    const QString alarm = withoutLevel(worstAlarm(warningsOf(table, *design)));
    if (const QString validity = validityNote(table, *design); !validity.isEmpty())
      lines << validity;
    else if (!alarm.isEmpty())
      lines << QStringLiteral("⚠ ") + asSentence(alarm);
    if (m_session.isOverBudget(*design)) lines << QStringLiteral("Over the budget");
    return plainTip(lines.join(QLatin1Char('\n')));
  }
  if (role == Qt::ForegroundRole)
    if (const auto design = designRow(at); design && m_session.isOverBudget(*design))
      return QGuiApplication::palette().brush(QPalette::PlaceholderText);
  return {};
}

QVariant DesignsTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  if (section == 0) return QStringLiteral("Design");
  return metricTitle(section == 1 ? m_session.view().x : m_session.view().y);
}

}  // namespace pimento
