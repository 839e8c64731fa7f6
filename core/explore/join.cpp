// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/join.h"

#include <unordered_map>

#include "core/explore/design_key_hash.h"

namespace pimento {

namespace {

bool isAccuracyAlone(const DesignTable &table, std::uint32_t row) {
  const DesignKey &key = table.key(row);
  return !key.reference && key.bitsWeights != 0 && table.at(row, Metric::Accuracy) && !table.at(row, Metric::Energy);
}

bool isCostAlone(const DesignTable &table, std::uint32_t row) {
  const DesignKey &key = table.key(row);
  return !key.reference && key.dataset == 0 && !table.at(row, Metric::Accuracy);
}

// What makes two rows the same design, wherever it runs.
DesignKey designOf(const DesignKey &key) {
  return {.network = key.network,
          .variant = key.variant,
          .bitsWeights = key.bitsWeights,
          .bitsActivations = key.bitsActivations,
          .scope = key.scope};
}

// Rows of one table by the design that they are of, for rows of another: asked for each, searched once.
class RowsOfDesigns {
 public:
  RowsOfDesigns(const DesignTable &table, const DesignTable &askers) : m_askers(askers) {
    m_ids.reserve(static_cast<std::size_t>(askers.names().size()));
    for (const QString &name : askers.names()) m_ids.push_back(table.find(name));
  }

  void add(const DesignKey &key, std::uint32_t row) { m_rows[designOf(key)].push_back(row); }

  // In ascending order; those of the same design as a row of the askers.
  [[nodiscard]] const std::vector<std::uint32_t> &like(std::uint32_t asker) const {
    static const std::vector<std::uint32_t> none;
    DesignKey wanted = designOf(m_askers.key(asker));
    const auto network = m_ids[wanted.network];
    const auto variant = m_ids[wanted.variant];
    if (!network || !variant) return none;
    wanted.network = *network;
    wanted.variant = *variant;
    const auto found = m_rows.find(wanted);
    return found == m_rows.end() ? none : found->second;
  }

 private:
  const DesignTable &m_askers;
  std::vector<std::optional<NameId>> m_ids;  // of the askers' names in the table
  std::unordered_map<DesignKey, std::vector<std::uint32_t>, DesignKeyHash> m_rows;
};

// A row with the costs of another table's row under other names. Returns the row.
std::uint32_t appendCosts(DesignTable &joined, const DesignTable &costs, std::uint32_t cost, const RunNames &names) {
  DesignKey key = costs.key(cost);
  for (NameId DesignKey::*part :
       {&DesignKey::network, &DesignKey::variant, &DesignKey::platform, &DesignKey::profileHash})
    key.*part = joined.intern(costs.name(costs.key(cost).*part));
  key.dataset = joined.intern(names.dataset);
  key.training = joined.intern(names.training);
  key.run = joined.intern(names.run);
  const std::uint32_t row = joined.append(key);
  if (const Validity validity = costs.validity(cost); validity != Validity::Valid)
    joined.setValidity(row, validity, costs.validityReason(cost));
  for (const MetricInfo &m : allMetrics())
    if (const auto value = costs.at(cost, m.metric))
      joined.set(row, m.metric, value->value, joined.intern(*value->from));
  return row;
}

void addJoined(DesignTable &joined, const DesignTable &costs, std::uint32_t cost, const DesignTable &accuracies,
               std::uint32_t accuracy) {
  const DesignKey &key = accuracies.key(accuracy);
  const std::uint32_t row = appendCosts(
      joined, costs, cost, {accuracies.name(key.dataset), accuracies.name(key.training), accuracies.name(key.run)});
  const auto value = accuracies.at(accuracy, Metric::Accuracy);
  joined.set(row, Metric::Accuracy, value->value, joined.intern(*value->from));
}

}  // namespace

DesignTable joinedAccuracies(const DesignTable &costs, const DesignTable &accuracies) {
  RowsOfDesigns candidates(accuracies, costs);
  for (std::uint32_t row = 0; row < accuracies.size(); ++row)
    if (isAccuracyAlone(accuracies, row)) candidates.add(accuracies.key(row), row);
  DesignTable joined;
  for (std::uint32_t cost = 0; cost < costs.size(); ++cost)
    if (isCostAlone(costs, cost))
      for (const std::uint32_t accuracy : candidates.like(cost)) addJoined(joined, costs, cost, accuracies, accuracy);
  return joined;
}

DesignTable runDesigns(const RunNames &names, const DesignTable &costs, const DesignTable &accuracies) {
  RowsOfDesigns measured(accuracies, costs);
  for (std::uint32_t row = 0; row < accuracies.size(); ++row) measured.add(accuracies.key(row), row);
  DesignTable designs;
  std::vector<bool> met(accuracies.size(), false);
  for (std::uint32_t cost = 0; cost < costs.size(); ++cost) {
    const std::vector<std::uint32_t> &found = measured.like(cost);
    if (found.empty()) appendCosts(designs, costs, cost, names);
    for (const std::uint32_t accuracy : found) {
      addJoined(designs, costs, cost, accuracies, accuracy);
      met[accuracy] = true;
    }
  }
  std::vector<std::uint32_t> alone;
  for (std::uint32_t row = 0; row < accuracies.size(); ++row)
    if (!met[row] && accuracies.key(row).scope == Scope::Whole) alone.push_back(row);
  designs.append(accuracies, alone);
  return designs;
}

}  // namespace pimento
