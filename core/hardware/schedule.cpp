// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/schedule.h"

#include <algorithm>
#include <cmath>

namespace pimento {

namespace {

double time_ns(const LayerPrice &price) { return price.operand_ns + price.compute_ns; }

// Replicas that the power budget can keep at work.
double fed(const LayerPrice &price, double budget_w) {
  return price.array_w > 0 ? std::ceil(std::min(1e9, budget_w / price.array_w)) : 1;
}

}  // namespace

Plan planNetwork(std::span<const LayerWork> works, const Machine &machine, Bits bits) {
  constexpr double LeastBudget = 0.05;  // of the cap, where idle leakage alone takes more than the rest of it
  Plan plan;
  const double cap = machine.schedule.power_cap_w;
  plan.capBelowLeakage = cap - machine.idle_w < LeastBudget * cap;
  plan.budget_w = std::max(cap - machine.idle_w, LeastBudget * cap);
  std::int64_t largest = 0;
  double weight = 0;
  for (const LayerWork &work : works) {
    const LayerPrice price = priceLayer(work, machine, bits, 0);
    plan.subarrays += price.map.subarrays;
    largest = std::max(largest, price.map.subarrays);
    weight += std::sqrt(time_ns(price) * static_cast<double>(price.map.subarrays));
  }
  plan.span_mm = machine.chip.span_mm(plan.subarrays, machine.schedule.transport_span);
  const auto chip = static_cast<double>(machine.chip.subarrays);
  const auto needed = static_cast<double>(plan.subarrays);
  if (needed > chip) {
    const double region = std::min(static_cast<double>(largest), std::max(1.0, chip / 8));
    plan.residentShare = (chip - region) / needed;
  } else if (weight > 0) {
    plan.replicaScale = (chip - needed) / weight;
  }
  return plan;
}

std::int64_t replicas(const LayerPrice &price, const Plan &plan) {
  if (price.map.subarrays == 0) return 0;
  const double extra = plan.replicaScale * std::sqrt(time_ns(price) / static_cast<double>(price.map.subarrays));
  const double useful = std::min(static_cast<double>(price.map.groups), fed(price, plan.budget_w));
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::min(1 + extra, useful)));
}

}  // namespace pimento
