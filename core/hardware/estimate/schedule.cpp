// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/schedule.h"

#include <algorithm>
#include <cmath>

namespace pimento {

namespace {

double time_ns(const LayerPrice &price) { return price.operand_ns + price.compute_ns; }

// Replicas that the power budget can keep at work.
double fed(const LayerPrice &price, double budget_w) {
  return price.array_w > 0 ? std::ceil(std::min(1e9, budget_w / price.array_w)) : 1;
}

void planBanks(Plan &plan, std::span<const LayerWork> works, const Machine &machine, Bits bits) {
  std::int64_t live = 0;
  for (const LayerWork &work : works) live = std::max(live, work.liveElements);
  const ChipTable &chip = machine.chip;
  plan.banks = banksFor(chip, static_cast<double>(live) * bits.activations * machine.schedule.batch);
  plan.route.read_bits_per_ns = plan.banks.imageRead_bits_per_ns;
  plan.route.write_bits_per_ns = plan.banks.imageWrite_bits_per_ns;
  plan.idle_w = idleLeakage_w(chip, plan.banks);
}

void planBudget(Plan &plan, double cap_w) {
  constexpr double LeastBudget = 0.05;  // of the cap, where idle leakage alone takes more than the rest of it
  plan.capBelowLeakage = cap_w - plan.idle_w < LeastBudget * cap_w;
  plan.budget_w = std::max(cap_w - plan.idle_w, LeastBudget * cap_w);
}

}  // namespace

Plan planNetwork(std::span<const LayerWork> works, const Machine &machine, Bits bits) {
  Plan plan;
  planBanks(plan, works, machine, bits);
  planBudget(plan, machine.schedule.power_cap_w);
  std::int64_t largest = 0;
  double weight = 0;
  for (const LayerWork &work : works) {
    if (!hasWeights(work.op)) continue;
    const LayerPrice price = priceLayer(work, machine, bits, plan.route);
    plan.subarrays += price.map.subarrays;
    largest = std::max(largest, price.map.subarrays);
    weight += std::sqrt(time_ns(price) * static_cast<double>(price.map.subarrays));
  }
  const std::int64_t free = std::max<std::int64_t>(1, machine.chip.subarrays - plan.banks.subarrays());
  plan.route.span_mm = machine.chip.span_mm(plan.subarrays + plan.banks.subarrays(), machine.schedule.transport_span);
  if (plan.subarrays > free) {
    plan.region = std::min(largest, std::max<std::int64_t>(1, free / 8));
    plan.residentShare = static_cast<double>(free - plan.region) / static_cast<double>(plan.subarrays);
  } else if (weight > 0) {
    plan.replicaScale = static_cast<double>(free - plan.subarrays) / weight;
  }
  return plan;
}

std::int64_t replicas(const LayerPrice &price, const Plan &plan) {
  if (price.map.subarrays == 0) return 0;
  const double extra = plan.replicaScale * std::sqrt(time_ns(price) / static_cast<double>(price.map.subarrays));
  const double useful = std::min(static_cast<double>(price.map.groups), fed(price, plan.budget_w));
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::min(1 + extra, useful)));
}

std::int64_t passes(const LayerMap &map, const Plan &plan) {
  if (plan.region == 0) return 1;
  const double away = std::ceil((1 - plan.residentShare) * static_cast<double>(map.subarrays));
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(away / static_cast<double>(plan.region))));
}

}  // namespace pimento
