// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_groups.h"

#include <algorithm>

#include "core/explore/radix_sort.h"

namespace pimento {

namespace {

// Numbers the names that a part of the keys takes in the order of their first rows.
class Ranks {
 public:
  explicit Ranks(const DesignTable &table) : m_rank(static_cast<std::size_t>(table.names().size()), None) {}
  std::uint32_t of(NameId name) {
    if (m_rank[name] == None) m_rank[name] = m_next++;
    return m_rank[name];
  }

 private:
  static constexpr std::uint32_t None = ~0U;
  std::vector<std::uint32_t> m_rank;
  std::uint32_t m_next = 0;
};

// By network, then by variant; alike ones by row.
std::vector<SortItem> grouped(const DesignTable &table, std::span<const std::uint32_t> rows) {
  std::vector<std::uint32_t> ascending(rows.begin(), rows.end());
  if (!std::ranges::is_sorted(ascending)) std::ranges::sort(ascending);
  Ranks networks(table);
  Ranks variants(table);
  std::vector<SortItem> items;
  items.reserve(ascending.size());
  for (const std::uint32_t row : ascending) {
    const DesignKey &key = table.key(row);
    items.push_back({(std::uint64_t{networks.of(key.network)} << 32U) | variants.of(key.variant), row});
  }
  if (!std::ranges::is_sorted(items, {}, &SortItem::key)) radixSort(items);
  return items;
}

// A variant that another network has too may be numbered by its row there.
void orderVariants(DesignGroups &groups) {
  const auto firstRow = [&](const DesignGroups::Variant &variant) { return groups.rows[variant.first]; };
  for (const DesignGroups::Network &network : groups.networks) {
    const auto variants = std::span(groups.variants).subspan(network.first, network.variants);
    if (!std::ranges::is_sorted(variants, {}, firstRow)) std::ranges::sort(variants, {}, firstRow);
  }
}

}  // namespace

DesignGroups groupDesigns(const DesignTable &table, std::span<const std::uint32_t> rows) {
  DesignGroups groups;
  groups.rows.reserve(rows.size());
  for (const SortItem &item : grouped(table, rows)) {
    const DesignKey &key = table.key(item.row);
    const auto at = static_cast<std::uint32_t>(groups.rows.size());
    const bool otherNetwork = groups.networks.empty() || groups.networks.back().name != key.network;
    if (otherNetwork)
      groups.networks.push_back({.name = key.network, .first = static_cast<std::uint32_t>(groups.variants.size())});
    DesignGroups::Network &network = groups.networks.back();
    if (otherNetwork || groups.variants.back().name != key.variant) {
      const auto index = static_cast<std::uint32_t>(groups.networks.size() - 1);
      groups.variants.push_back({.name = key.variant, .network = index, .first = at});
      ++network.variants;
    }
    ++groups.variants.back().count;
    ++network.designs;
    groups.rows.push_back(item.row);
  }
  orderVariants(groups);
  return groups;
}

}  // namespace pimento
