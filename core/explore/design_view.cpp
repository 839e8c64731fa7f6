// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_view.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_set>

#include "core/explore/design_key_hash.h"
#include "core/explore/natural_order.h"
#include "core/explore/radix_sort.h"
#include "core/explore/training_name.h"
#include "core/network/families/families.h"

namespace pimento {

namespace {

// For every name id of a table whether it passes; empty if every name does.
using Mask = std::vector<std::uint8_t>;

Mask maskOf(const DesignTable &table, const QStringList &names) {
  if (names.isEmpty()) return {};
  Mask mask(static_cast<std::size_t>(table.names().size()), 0);
  for (const QString &name : names)
    if (const auto id = table.find(name)) mask[*id] = 1;
  return mask;
}

// The same of the names of trainings, also by their first word. A table may have a million names, of which a few are.
Mask maskOfTrainings(const DesignTable &table, const QStringList &names) {
  if (names.isEmpty()) return {};
  Mask mask = maskOf(table, names);
  Mask known(mask.size(), 0);
  for (const DesignKey &key : table.keys()) {
    if (known[key.training] != 0) continue;
    known[key.training] = 1;
    if (names.contains(trainingMethod(table.name(key.training)))) mask[key.training] = 1;
  }
  return mask;
}

bool passes(const Mask &mask, NameId id) { return mask.empty() || mask[id] != 0; }

// A filter in terms of the ids of one table.
class KeyFilter {
 public:
  KeyFilter(const DesignTable &table, const Filter &filter)
      : m_network(maskOf(table, filter.networks)),
        m_variant(maskOf(table, filter.variants)),
        m_dataset(maskOf(table, filter.datasets)),
        m_training(maskOf(table, filter.trainings)),
        m_modularTraining(maskOfTrainings(table, filter.modularTrainings)),
        m_platform(maskOf(table, filter.platforms)),
        m_filter(filter) {
    if (!m_dataset.empty() && filter.datasetless == Datasetless::Shown) m_dataset[0] = 1;
    if (m_modularTraining.empty()) return;
    m_modularTraining[0] = 1;  // a row that names no training is about no training
    m_modular = maskOf(table, modularFamilies());
  }

  [[nodiscard]] bool operator()(const DesignKey &key) const {
    if (key.reference && m_filter.references == References::Hidden) return false;
    if (m_filter.scope && key.scope != *m_filter.scope) return false;
    if (!passes(m_network, key.network) || !passes(m_variant, key.variant) || !passes(m_dataset, key.dataset) ||
        !passes(m_training, key.training) || !passes(m_platform, key.platform))
      return false;
    if (!m_modular.empty() && m_modular[key.network] != 0 && m_modularTraining[key.training] == 0) return false;
    return m_filter.bits.empty() || std::any_of(m_filter.bits.begin(), m_filter.bits.end(), [&](const Bits &bits) {
             return bits.weights == key.bitsWeights && bits.activations == key.bitsActivations;
           });
  }

 private:
  Mask m_network, m_variant, m_dataset, m_training, m_modularTraining, m_platform;
  Mask m_modular;  // names of modular families; empty if their training is not asked for
  const Filter &m_filter;
};

void keepWithin(std::vector<std::uint32_t> &rows, std::span<const double> column, const Bounds &bounds) {
  const double min = bounds.min.value_or(-std::numeric_limits<double>::infinity());
  const double max = bounds.max.value_or(std::numeric_limits<double>::infinity());
  std::erase_if(rows, [&](std::uint32_t row) { return !(column[row] >= min && column[row] <= max); });  // NaN goes
}

// An estimate that stands with the data set asked for is shown there, joined with its accuracy: not once more without
// it, and its references neither.
void dropRepeated(const DesignTable &table, std::vector<std::uint32_t> &rows) {
  const auto bare = [](const DesignKey &key) {  // without what tells the two apart; references are of any accelerator
    DesignKey same{.network = key.network,
                   .variant = key.variant,
                   .bitsWeights = key.bitsWeights,
                   .bitsActivations = key.bitsActivations,
                   .scope = key.scope,
                   .reference = key.reference};
    if (!key.reference) same.platform = key.platform;
    if (!key.reference) same.profileHash = key.profileHash;
    return same;
  };
  const auto alone = [&](std::uint32_t row) {
    const DesignKey &key = table.key(row);
    return key.dataset == 0 && (key.reference || key.profileHash != 0);
  };
  if (std::none_of(rows.begin(), rows.end(), alone)) return;
  std::unordered_set<DesignKey, DesignKeyHash> there;
  for (const std::uint32_t row : rows) {
    DesignKey key = table.key(row);
    if (key.dataset == 0 || key.reference || key.profileHash == 0 || key.run != 0) continue;
    there.insert(bare(key));
    key.reference = true;
    there.insert(bare(key));
  }
  std::erase_if(rows, [&](std::uint32_t row) { return alone(row) && there.contains(bare(table.key(row))); });
}

std::uint64_t nameOf(const DesignKey &key, KeyColumn column) {
  switch (column) {
    case KeyColumn::Network:
      return key.network;
    case KeyColumn::Variant:
      return key.variant;
    case KeyColumn::Dataset:
      return key.dataset;
    case KeyColumn::Training:
      return key.training;
    case KeyColumn::Platform:
      return key.platform;
    case KeyColumn::Bits:
      return key.bitsWeights == 0 ? 0U : (key.bitsWeights << 8U) + key.bitsActivations;
    case KeyColumn::Scope:
      return key.scope == Scope::Whole ? 1 : 2;
    case KeyColumn::Kind:
    case KeyColumn::Validity:
      break;
  }
  return 0;
}

bool isName(KeyColumn column) { return column <= KeyColumn::Platform; }

// Rank of every name id in natural order, from 1; 0 for the empty name.
std::vector<std::uint64_t> ranks(const QStringList &names) {
  std::vector<std::uint32_t> order(static_cast<std::size_t>(names.size()));
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return naturallyBefore(names[static_cast<qsizetype>(a)], names[static_cast<qsizetype>(b)]);
  });
  std::vector<std::uint64_t> rank(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;  // the empty name is before all others
  return rank;
}

constexpr std::uint64_t Last = std::numeric_limits<std::uint64_t>::max();

std::vector<SortItem> metricItems(const DesignTable &table, std::span<const std::uint32_t> rows, const SortBy &by) {
  const auto column = table.column(std::get<Metric>(by.column));
  std::vector<SortItem> items;
  items.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    const double value = by.order == Order::Ascending ? column[row] : -column[row];
    items.push_back({std::isnan(value) ? Last : orderedBits(value), row});
  }
  return items;
}

std::vector<SortItem> keyItems(const DesignTable &table, std::span<const std::uint32_t> rows, const SortBy &by) {
  constexpr std::uint64_t Top = 1ULL << 33;  // above every rank, so that one digit less is sorted
  const auto column = std::get<KeyColumn>(by.column);
  const std::vector<std::uint64_t> rank = isName(column) ? ranks(table.names()) : std::vector<std::uint64_t>{};
  std::vector<SortItem> items;
  items.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    std::uint64_t key = column == KeyColumn::Kind       ? 1 + static_cast<std::uint64_t>(table.weakestKind(row))
                        : column == KeyColumn::Validity ? 1 + static_cast<std::uint64_t>(table.validity(row))
                                                        : nameOf(table.key(row), column);
    if (!rank.empty()) key = rank[key];
    if (key == 0)
      key = Top;
    else if (by.order == Order::Descending)
      key = (1ULL << 32) - key;
    items.push_back({key, row});
  }
  return items;
}

}  // namespace

Filter startingFilter() {
  Filter filter;
  filter.modularTrainings = {QStringLiteral("joint")};
  filter.scope = Scope::Whole;
  return filter;
}

std::vector<std::uint32_t> filteredRows(const DesignTable &table, const Filter &filter) {
  const KeyFilter keyPasses(table, filter);
  std::vector<std::uint32_t> rows(table.size());
  std::size_t count = 0;
  std::uint32_t row = 0;
  for (const DesignKey &key : table.keys()) {
    rows[count] = row++;
    count += keyPasses(key) ? 1 : 0;
  }
  rows.resize(count);
  if (!filter.datasets.empty() && filter.datasetless == Datasetless::Shown) dropRepeated(table, rows);
  for (const MetricInfo &m : allMetrics())
    if (const Bounds &bounds = filter.bounds[index(m.metric)]; bounds != Bounds{})
      keepWithin(rows, table.column(m.metric), bounds);
  if (!filter.kinds.empty())
    std::erase_if(rows, [&](std::uint32_t r) {
      return std::find(filter.kinds.begin(), filter.kinds.end(), table.weakestKind(r)) == filter.kinds.end();
    });
  return rows;
}

void sortRows(const DesignTable &table, std::vector<std::uint32_t> &rows, const SortBy &by) {
  std::vector<SortItem> items =
      std::holds_alternative<Metric>(by.column) ? metricItems(table, rows, by) : keyItems(table, rows, by);
  radixSort(items);
  std::transform(items.begin(), items.end(), rows.begin(), [](const SortItem &item) { return item.row; });
}

DesignView makeView(const DesignTable &table, const Filter &filter, std::optional<SortBy> sort) {
  DesignView view{filteredRows(table, filter), filter, sort};
  if (sort) sortRows(table, view.rows, *sort);
  return view;
}

}  // namespace pimento
