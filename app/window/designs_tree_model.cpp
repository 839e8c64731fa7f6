// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/designs_tree_model.h"

#include <algorithm>
#include <unordered_map>

#include "app/window/estimate_alarms.h"
#include "app/window/labels.h"
#include "app/window/session.h"
#include "core/explore/design_report.h"

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

void DesignsTreeModel::reload() {
  beginResetModel();
  m_networks.clear();
  m_variants.clear();
  std::unordered_map<NameId, std::uint32_t> networks;
  std::unordered_map<std::uint64_t, std::uint32_t> variants;
  const DesignTable &table = m_session.table();
  std::vector<std::uint32_t> rows(m_session.rows().begin(), m_session.rows().end());
  std::sort(rows.begin(), rows.end());  // the tables' own order, whatever the table below is sorted by
  for (const std::uint32_t row : rows) {
    const DesignKey &key = table.key(row);
    const auto [network, newNetwork] = networks.try_emplace(key.network, m_networks.size());
    if (newNetwork) m_networks.push_back({key.network, {}, 0});
    NetworkNode &node = m_networks[network->second];
    const std::uint64_t both = (std::uint64_t{key.network} << 32U) | key.variant;
    const auto [variant, newVariant] = variants.try_emplace(both, m_variants.size());
    if (newVariant) {
      m_variants.push_back({network->second, static_cast<int>(node.variants.size()), key.variant, {}});
      node.variants.push_back(variant->second);
    }
    m_variants[variant->second].rows.push_back(row);
    ++node.designs;
  }
  endResetModel();
}

const DesignsTreeModel::VariantNode &DesignsTreeModel::variantAt(const QModelIndex &at) const {
  if (isRow(at)) return m_variants[at.internalId() - RowBit];
  return m_variants[m_networks[at.internalId() - 1].variants[static_cast<std::size_t>(at.row())]];
}

QModelIndex DesignsTreeModel::index(int row, int column, const QModelIndex &parent) const {
  if (!hasIndex(row, column, parent)) return {};
  if (!parent.isValid()) return createIndex(row, column, quintptr{0});
  if (isNetwork(parent)) return createIndex(row, column, static_cast<quintptr>(parent.row()) + 1);
  const NetworkNode &network = m_networks[parent.internalId() - 1];
  return createIndex(row, column, RowBit + network.variants[static_cast<std::size_t>(parent.row())]);
}

QModelIndex DesignsTreeModel::parent(const QModelIndex &child) const {
  if (!child.isValid() || isNetwork(child)) return {};
  if (!isRow(child)) return createIndex(static_cast<int>(child.internalId() - 1), 0, quintptr{0});
  const VariantNode &variant = variantAt(child);
  return createIndex(variant.place, 0, quintptr{variant.network} + 1);
}

int DesignsTreeModel::rowCount(const QModelIndex &parent) const {
  if (parent.column() > 0) return 0;
  if (!parent.isValid()) return static_cast<int>(m_networks.size());
  if (isNetwork(parent)) return static_cast<int>(m_networks[static_cast<std::size_t>(parent.row())].variants.size());
  return isRow(parent) ? 0 : static_cast<int>(variantAt(parent).rows.size());
}

int DesignsTreeModel::columnCount(const QModelIndex &) const { return 3; }

std::optional<std::uint32_t> DesignsTreeModel::designRow(const QModelIndex &at) const {
  if (!at.isValid() || isNetwork(at)) return std::nullopt;
  const VariantNode &variant = variantAt(at);
  if (isRow(at)) return variant.rows[static_cast<std::size_t>(at.row())];
  return variant.rows.size() == 1 ? std::optional(variant.rows.front()) : std::nullopt;
}

QModelIndex DesignsTreeModel::indexOf(std::uint32_t designRow) const {
  if (designRow >= m_session.table().size()) return {};
  const DesignKey &key = m_session.table().key(designRow);
  for (std::size_t i = 0; i < m_variants.size(); ++i) {
    const VariantNode &variant = m_variants[i];
    if (variant.name != key.variant || m_networks[variant.network].name != key.network) continue;
    const auto found = std::lower_bound(variant.rows.begin(), variant.rows.end(), designRow);
    if (found == variant.rows.end() || *found != designRow) return {};
    return createIndex(static_cast<int>(found - variant.rows.begin()), 0, RowBit + i);
  }
  return {};
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
    const NetworkNode &network = m_networks[static_cast<std::size_t>(at.row())];
    return QStringLiteral("%1 (%2)").arg(networkTitle(table.name(network.name))).arg(network.designs);
  }
  if (isRow(at)) {
    const QString setting = designSetting(table, *design, m_session.view().filter);
    return worstAlarm(warningsOf(table, *design)).isEmpty() ? setting : QStringLiteral("⚠ ") + setting;
  }
  return variantTitle(table.name(variantAt(at).name));
}

QVariant DesignsTreeModel::data(const QModelIndex &at, int role) const {
  if (!at.isValid()) return {};
  if (role == Qt::DisplayRole) return text(at);
  if (role == Qt::TextAlignmentRole && at.column() > 0) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole) {
    const DesignTable &table = m_session.table();
    const auto design = designRow(at);
    if (!design) return isNetwork(at) ? QVariant(text(at)) : QVariant();
    if (at.column() > 0) return valueText(table, *design, at.column() == 1 ? m_session.view().x : m_session.view().y);
    const QString alarm = worstAlarm(warningsOf(table, *design));
    return QStringLiteral("%1\n%2\n%3%4")
        .arg(designName(table, *design), designSetting(table, *design), table.id(*design),
             alarm.isEmpty() ? QString() : QStringLiteral("\n⚠ ") + asSentence(alarm));
  }
  return {};
}

QVariant DesignsTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  if (section == 0) return QStringLiteral("Design");
  return metricTitle(section == 1 ? m_session.view().x : m_session.view().y);
}

}  // namespace pimento
