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

void addJoined(DesignTable &joined, const DesignTable &costs, std::uint32_t cost, const DesignTable &accuracies,
               std::uint32_t accuracy) {
  DesignKey key = costs.key(cost);
  for (NameId DesignKey::*part :
       {&DesignKey::network, &DesignKey::variant, &DesignKey::platform, &DesignKey::profileHash})
    key.*part = joined.intern(costs.name(costs.key(cost).*part));
  for (NameId DesignKey::*part : {&DesignKey::dataset, &DesignKey::training})
    key.*part = joined.intern(accuracies.name(accuracies.key(accuracy).*part));
  const std::uint32_t row = joined.append(key);
  for (const MetricInfo &m : allMetrics())
    if (const auto value = costs.at(cost, m.metric))
      joined.set(row, m.metric, value->value, joined.intern(*value->from));
  const auto value = accuracies.at(accuracy, Metric::Accuracy);
  joined.set(row, Metric::Accuracy, value->value, joined.intern(*value->from));
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

}  // namespace pimento
