// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/schedule.h"

#include <algorithm>
#include <cmath>

namespace pimento {

namespace {

double time_ns(const LayerPrice &price) { return price.operand_ns + price.compute_ns; }

// Replicas that the power budget can keep at work.
double fed(const LayerPrice &price, double budget_w) {
  return price.array_w > 0 ? std::min(1e9, budget_w / price.array_w) : 1;
}

void planBanks(Plan &plan, std::span<const LayerWork> works, const Machine &machine, Bits bits) {
  std::int64_t live = 0;
  for (const LayerWork &work : works) live = std::max(live, work.liveElements);
  const ChipTable &chip = machine.chip;
  plan.banks = banksFor(chip, static_cast<double>(live) * bits.activations * machine.schedule.batch);
  plan.route.read_bits_per_ns = plan.banks.imageRead_bits_per_ns;
  plan.route.write_bits_per_ns = plan.banks.imageWrite_bits_per_ns;
}

// With `holding` sub-arrays that hold weights.
void planBudget(Plan &plan, const Machine &machine, double holding) {
  constexpr double LeastBudget = 0.05;  // of the cap, where idle leakage alone takes more than the rest of it
  const double cap_w = machine.schedule.power_cap_w;
  plan.idle_w = idleLeakage_w(machine.chip, plan.banks, holding);
  plan.capBelowLeakage = cap_w - plan.idle_w < LeastBudget * cap_w;
  plan.budget_w = std::max(cap_w - plan.idle_w, LeastBudget * cap_w);
}

double usedSubarrays(const PlannedNetwork &network) {
  double used = 0;
  for (const LayerPrice &price : network.prices)
    used += static_cast<double>(price.map.subarrays) * replicas(price, network.plan);
  return used;
}

// Divides what the banks leave among the layers: one copy each, replicas of what is left, or a region that is
// rewritten.
void planSubarrays(PlannedNetwork &network, const Machine &machine) {
  Plan &plan = network.plan;
  std::int64_t largest = 0;
  double weight = 0;
  for (const LayerPrice &price : network.prices) {
    if (price.map.subarrays == 0) continue;
    plan.subarrays += price.map.subarrays;
    largest = std::max(largest, price.map.subarrays);
    weight += std::sqrt(time_ns(price) * static_cast<double>(price.map.subarrays));
  }
  const std::int64_t free = std::max<std::int64_t>(1, machine.chip.subarrays - plan.banks.subarrays());
  if (plan.subarrays > free) {
    plan.region = std::min(largest, std::max<std::int64_t>(1, free / 8));
    plan.residentShare = static_cast<double>(free - plan.region) / static_cast<double>(plan.subarrays);
  } else if (weight > 0) {
    plan.replicaScale = static_cast<double>(free - plan.subarrays) / weight;
  }
  // Volatile cells leak for every replica that they hold, and what leaks can not feed replicas: those are counted at
  // the budget that one copy leaves, and the budget is then what all of them leave.
  planBudget(plan, machine, static_cast<double>(std::min(plan.subarrays, free)));
  plan.feed_w = plan.budget_w;
  plan.usedSubarrays = std::min(usedSubarrays(network), static_cast<double>(free));
  planBudget(plan, machine, plan.usedSubarrays);
}

}  // namespace

PlannedNetwork planNetwork(std::span<const LayerWork> works, const Machine &machine, Bits bits, PriceRoom &room,
                           std::span<const LayerMap> maps) {
  PlannedNetwork network{{}, std::pmr::vector<LayerPrice>(room.memory())};
  Plan &plan = network.plan;
  planBanks(plan, works, machine, bits);
  network.prices.reserve(works.size());
  for (std::size_t i = 0; i < works.size(); ++i)
    if (costsNothing(works[i].op))
      network.prices.emplace_back();
    else
      network.prices.push_back(maps.empty() ? priceArrays(works[i], machine, bits)
                                            : priceArrays(works[i], maps[i], machine, bits));
  planSubarrays(network, machine);
  plan.route.span_mm = machine.chip.span_mm(plan.usedSubarrays + static_cast<double>(plan.banks.subarrays()),
                                            machine.schedule.transport_span);
  for (std::size_t i = 0; i < works.size(); ++i)
    if (!costsNothing(works[i].op)) priceMoves(network.prices[i], works[i], machine, bits, plan.route);
  return network;
}

double replicas(const LayerPrice &price, const Plan &plan) {
  if (price.map.subarrays == 0) return 0;
  const double extra = plan.replicaScale * std::sqrt(time_ns(price) / static_cast<double>(price.map.subarrays));
  const double useful = std::min(static_cast<double>(price.map.groups), fed(price, plan.feed_w));
  return std::max(1.0, std::min(1 + extra, useful));
}

std::int64_t passes(const LayerMap &map, const Plan &plan) {
  if (plan.region == 0) return 1;
  const double away = std::ceil((1 - plan.residentShare) * static_cast<double>(map.subarrays));
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(away / static_cast<double>(plan.region))));
}

}  // namespace pimento
