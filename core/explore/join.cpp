// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/join.h"

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

bool sameDesign(const DesignTable &a, std::uint32_t i, const DesignTable &b, std::uint32_t j) {
  const DesignKey &x = a.key(i);
  const DesignKey &y = b.key(j);
  return x.bitsWeights == y.bitsWeights && x.bitsActivations == y.bitsActivations && x.scope == y.scope &&
         a.name(x.network) == b.name(y.network) && a.name(x.variant) == b.name(y.variant);
}

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

// Rows of the same text are the same design, wherever it runs.
QString designText(const DesignTable &table, std::uint32_t row) {
  const DesignKey &key = table.key(row);
  return QStringLiteral("%1 %2:%3 %4/%5")
      .arg(scopeName(key.scope))
      .arg(key.bitsWeights)
      .arg(key.bitsActivations)
      .arg(table.name(key.network), table.name(key.variant));
}

}  // namespace

DesignTable joinedAccuracies(const DesignTable &costs, const DesignTable &accuracies) {
  std::vector<std::uint32_t> candidates;
  for (std::uint32_t row = 0; row < accuracies.size(); ++row)
    if (isAccuracyAlone(accuracies, row)) candidates.push_back(row);
  DesignTable joined;
  for (std::uint32_t cost = 0; cost < costs.size(); ++cost) {
    if (!isCostAlone(costs, cost)) continue;
    for (const std::uint32_t accuracy : candidates)
      if (sameDesign(costs, cost, accuracies, accuracy)) addJoined(joined, costs, cost, accuracies, accuracy);
  }
  return joined;
}

DesignTable runDesigns(const RunNames &names, const DesignTable &costs, const DesignTable &accuracies) {
  QHash<QString, std::vector<std::uint32_t>> measured;
  for (std::uint32_t row = 0; row < accuracies.size(); ++row) measured[designText(accuracies, row)].push_back(row);
  DesignTable designs;
  std::vector<bool> met(accuracies.size(), false);
  for (std::uint32_t cost = 0; cost < costs.size(); ++cost) {
    const auto found = measured.constFind(designText(costs, cost));
    if (found == measured.constEnd()) {
      appendCosts(designs, costs, cost, names);
      continue;
    }
    for (const std::uint32_t accuracy : *found) {
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
