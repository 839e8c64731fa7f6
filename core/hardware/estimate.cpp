// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate.h"

#include <algorithm>

namespace pimento {

namespace {

constexpr double WattToPicojoule = 1e3;  // W x ns = 1e3 pJ

double groupShare(const LayerMap &map, std::int64_t copies) {
  const std::int64_t rounds = (map.groups + copies - 1) / copies;
  return static_cast<double>(rounds) / static_cast<double>(map.groups);
}

void addReload(LayerCost &cost, const LayerPrice &price, const LayerWork &work, const Machine &machine,
               const Plan &plan, Bits bits) {
  const double share = 1 - plan.residentShare;
  if (share <= 0 || price.map.subarrays == 0) return;
  const OperationCost &write = machine.array.at(RowOp::Write);
  const double fetched = share * static_cast<double>(work.weights) * bits.weights;
  const double rows = share * static_cast<double>(price.map.weightRows) * bits.weights;
  const double written = share * static_cast<double>(price.map.weightBits) * bits.weights;
  cost.energy_pj[index(Component::Reload)] =
      fetched * (machine.parameters.offchip_pj_per_bit + plan.span_mm * machine.chip.wire_pj_per_bit_mm) +
      rows * write.fixed_pj + written * write.column_pj;
  const double subarrays = static_cast<double>(price.map.subarrays);
  cost.busy_ns[index(Component::Reload)] =
      std::max(fetched / machine.chip.kernelPort_bits_per_ns, rows / subarrays * write.latency_ns);
}

double phases_ns(const LayerCost &cost, const Machine &machine) {
  const auto busy = [&](Component c) { return cost.busy_ns[index(c)]; };
  const double arrays = busy(Component::AndCompute) + busy(Component::OperandWrite);
  const double reload = busy(Component::Reload);
  if (machine.schedule.overlap == Overlap::Phases)
    return reload + arrays + busy(Component::Transport) + busy(Component::Returns) + busy(Component::Dpu);
  return reload + std::max({arrays, busy(Component::Transport), busy(Component::Returns), busy(Component::Dpu)});
}

LayerCost costLayer(const LayerWork &work, const LayerPrice &price, const Machine &machine, const Plan &plan,
                    Bits bits) {
  LayerCost cost;
  cost.layer = work.layer;
  cost.energy_pj = price.energy_pj;
  const LayerMap &map = price.map;
  double activeLeakage_pj = 0;
  double wake_pj = 0;
  double wake_ns = 0;
  if (map.subarrays > 0) {
    cost.subarrays = map.subarrays;
    cost.replicas = replicas(price, plan);
    const double share = groupShare(map, cost.replicas);
    cost.busy_ns[index(Component::AndCompute)] = price.compute_ns * share;
    cost.busy_ns[index(Component::OperandWrite)] = price.operand_ns * share;
    cost.rowWrites = price.rowWrites * share;
    const bool latched = machine.schedule.dataflow == Dataflow::Latched;
    cost.rowOperations =
        static_cast<double>(map.rowPairs) * (latched ? weightReads(bits) : bits.weights * bits.activations);
    cost.utilisation = map.utilisation(machine.dimensions.columns);
    // Sub-arrays are on while they work; replicas share the same work, so their number does not matter here.
    activeLeakage_pj = static_cast<double>(map.subarrays) * machine.chip.subarray_leakage_w *
                       (1 - machine.chip.gated_share) * (price.compute_ns + price.operand_ns) * WattToPicojoule;
    if (machine.schedule.idle_gating == Toggle::On) {
      wake_pj = static_cast<double>(map.subarrays * cost.replicas) * machine.parameters.wake_pj;
      wake_ns = machine.parameters.wake_ns;
    }
    addReload(cost, price, work, machine, plan, bits);
  }
  cost.busy_ns[index(Component::Transport)] = price.transport_ns;
  cost.busy_ns[index(Component::Returns)] = price.returns_ns;
  cost.busy_ns[index(Component::Dpu)] = price.dpu_ns;
  const double unlimited = phases_ns(cost, machine) + wake_ns;
  const double limited = (sum(cost.energy_pj) + activeLeakage_pj) / (plan.budget_w * WattToPicojoule);
  cost.capped = limited > unlimited;
  cost.latency_ns = std::max(unlimited, limited);
  cost.energy_pj[index(Component::Leakage)] =
      activeLeakage_pj + wake_pj + machine.idle_w * cost.latency_ns * WattToPicojoule;
  return cost;
}

void accumulate(Totals &totals, const LayerCost &cost, const LayerWork &work, Bits bits) {
  for (std::size_t c = 0; c < ComponentCount; ++c) {
    totals.energy_pj[c] += cost.energy_pj[c];
    totals.busy_ns[c] += cost.busy_ns[c];
  }
  totals.latency_ns += cost.latency_ns;
  totals.rowOperations += cost.rowOperations;
  totals.rowWrites = std::max(totals.rowWrites, cost.rowWrites);
  totals.macs += work.macs;
  totals.params += work.weights + work.words;
  totals.subarrays += cost.subarrays;
  totals.usedSubarrays += cost.subarrays * cost.replicas;
  totals.memory_bytes += memory_bytes(work, bits.weights);
  totals.layers += cost.latency_ns > 0 ? 1 : 0;
  totals.cappedLayers += cost.capped ? 1 : 0;
}

template <class Sink>
Totals run(std::span<const LayerWork> works, const Machine &machine, Bits bits, Part part, Sink sink) {
  const Plan plan = planNetwork(works, machine, bits);
  Totals totals;
  for (const LayerWork &work : works) {
    if (part == Part::Head && !work.head) continue;
    const LayerCost cost = costLayer(work, priceLayer(work, machine, bits, plan.span_mm), machine, plan, bits);
    accumulate(totals, cost, work, bits);
    sink(cost);
  }
  totals.usedSubarrays = std::min(totals.usedSubarrays, machine.chip.subarrays);
  totals.area_mm2 = static_cast<double>(totals.usedSubarrays) * machine.chip.subarray_mm2 + machine.chip.dpu_mm2;
  totals.reloadShare = 1 - plan.residentShare;
  totals.capBelowLeakage = plan.capBelowLeakage;
  return totals;
}

}  // namespace

double memory_bytes(const LayerWork &work, int weightBits) {
  return static_cast<double>(work.weights) * weightBits / 8 + static_cast<double>(work.words) * 4;
}

Totals estimateTotals(std::span<const LayerWork> works, const Machine &machine, Bits bits, Part part) {
  return run(works, machine, bits, part, [](const LayerCost &) {});
}

Estimate estimate(std::span<const LayerWork> works, const Machine &machine, Bits bits, Part part) {
  Estimate result;
  result.layers.reserve(works.size());
  result.totals = run(works, machine, bits, part, [&](const LayerCost &cost) { result.layers.push_back(cost); });
  return result;
}

}  // namespace pimento
