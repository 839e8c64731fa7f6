// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/profile/dataflows.h"

#include <algorithm>
#include <limits>

namespace pimento {

namespace {

constexpr double WattToPicojoule = 1e3;  // W x ns = 1e3 pJ

// Weights that are not resident: fetched, put down in a kernel bank, read there and written into the sub-arrays.
void addReload(LayerCost &cost, const LayerPrice &price, const LayerWork &work, const Machine &machine,
               const Plan &plan, Bits bits) {
  const double share = 1 - plan.residentShare;
  if (share <= 0) return;
  const ChipTable &chip = machine.chip;
  const OperationCost &write = machine.array.at(RowOp::Write);
  cost.reloadBits = share * static_cast<double>(work.weights) * bits.weights;
  cost.reloadRows = share * static_cast<double>(price.map.weightRows) * bits.weights;
  const double written = share * static_cast<double>(price.map.weightBits) * bits.weights;
  cost.energy_pj[index(Component::Reload)] =
      cost.reloadBits * (machine.parameters.offchip_pj_per_bit + chip.bankWrite_pj_per_bit + chip.bankRead_pj_per_bit +
                         plan.route.span_mm * chip.wire_pj_per_bit_mm) +
      cost.reloadRows * write.fixed_pj + written * write.column_pj;
  const double parallel = std::min(static_cast<double>(price.map.subarrays), static_cast<double>(plan.region));
  cost.busy_ns[index(Component::Reload)] =
      std::max(cost.reloadBits / plan.banks.reload_bits_per_ns, cost.reloadRows / parallel * write.latency_ns);
  cost.rowWrites = std::max(cost.rowWrites, static_cast<double>(cost.passes));
}

// Leakage of a layer's sub-arrays while they work, and waking them.
struct Switching {
  double active_pj = 0;
  double wake_pj = 0;
  double wake_ns = 0;
};

Switching switching(const LayerPrice &price, const Machine &machine, double replicas) {
  Switching s;
  const ChipTable &chip = machine.chip;
  const auto subarrays = static_cast<double>(price.map.subarrays);
  // Sub-arrays are on while they work; replicas share the same work, so their number does not matter here.
  s.active_pj = subarrays * chip.subarray_leakage_w * (1 - chip.holding_share) * (price.compute_ns + price.operand_ns) *
                WattToPicojoule;
  if (chip.holding_share < 1 && machine.schedule.idle_gating == Toggle::On) {
    s.wake_pj = subarrays * replicas * machine.parameters.wake_pj;
    s.wake_ns = machine.parameters.wake_ns;
  }
  return s;
}

// How long a layer's phases last. A phase takes its time, and at least as long as the power budget needs to feed it;
// phases that overlap share the budget.
struct Duration {
  double unlimited_ns = 0;
  double capped_ns = 0;
};

Duration duration(const LayerCost &cost, const Switching &s, const Machine &machine, double budget_w) {
  const auto busy = [&](Component c) { return cost.busy_ns[index(c)]; };
  const auto fed_ns = [&](double pj) { return pj / (budget_w * WattToPicojoule); };
  const double move_pj = cost.energy_pj[index(Component::Transport)];
  const double return_pj = cost.energy_pj[index(Component::Returns)];
  const double dpu_pj = cost.energy_pj[index(Component::Dpu)];
  const double reload_pj = cost.energy_pj[index(Component::Reload)];
  const double array_pj = sum(cost.energy_pj) - move_pj - return_pj - dpu_pj - reload_pj + s.active_pj + s.wake_pj;
  const double array_ns = busy(Component::AndCompute) + busy(Component::OperandWrite) + s.wake_ns;
  const double reload_ns = std::max(busy(Component::Reload), fed_ns(reload_pj));
  if (machine.schedule.overlap == Overlap::Phases)
    return {busy(Component::Reload) + array_ns + busy(Component::Transport) + busy(Component::Returns) +
                busy(Component::Dpu),
            reload_ns + std::max(array_ns, fed_ns(array_pj)) + std::max(busy(Component::Transport), fed_ns(move_pj)) +
                std::max(busy(Component::Returns), fed_ns(return_pj)) + std::max(busy(Component::Dpu), fed_ns(dpu_pj))};
  const double longest_ns =
      std::max({array_ns, busy(Component::Transport), busy(Component::Returns), busy(Component::Dpu)});
  return {busy(Component::Reload) + longest_ns,
          reload_ns + std::max(longest_ns, fed_ns(array_pj + move_pj + return_pj + dpu_pj))};
}

void workOnArrays(LayerCost &cost, const LayerPrice &price, const Machine &machine, const Plan &plan, Bits bits) {
  const LayerMap &map = price.map;
  cost.subarrays = map.subarrays;
  cost.replicas = replicas(price, plan);
  cost.passes = passes(map, plan);
  cost.area_mm2 = static_cast<double>(map.subarrays) * cost.replicas * machine.chip.subarray_mm2;
  const double share = static_cast<double>(cost.passes) / cost.replicas;
  cost.busy_ns[index(Component::AndCompute)] = price.compute_ns * share;
  cost.busy_ns[index(Component::OperandWrite)] = price.operand_ns * share;
  cost.rowWrites = price.rowWrites * share;
  const bool latched = traits(machine.schedule.dataflow).latched;
  cost.rowOperations =
      static_cast<double>(map.rowPairs) * (latched ? weightReads(bits) : bits.weights * bits.activations);
  cost.utilisation = map.utilisation(machine.dimensions.columns);
}

LayerCost costLayer(const LayerWork &work, const LayerPrice &price, const Machine &machine, const Plan &plan,
                    Bits bits) {
  LayerCost cost;
  cost.layer = work.layer;
  cost.energy_pj = price.energy_pj;
  Switching s;
  if (price.map.subarrays > 0) {
    workOnArrays(cost, price, machine, plan, bits);
    s = switching(price, machine, cost.replicas);
    addReload(cost, price, work, machine, plan, bits);
  }
  const bool atMats = price.map.subarrays > 0 && machine.schedule.requantise == Requantise::Mat;
  cost.busy_ns[index(Component::Transport)] = price.transport_ns;
  cost.busy_ns[index(Component::Returns)] = price.returns_ns;
  cost.busy_ns[index(Component::Dpu)] = price.dpu_ns / (atMats ? cost.replicas : 1);
  const Duration lasts = duration(cost, s, machine, plan.budget_w);
  const double arrays = cost.busy_ns[index(Component::AndCompute)] + cost.busy_ns[index(Component::OperandWrite)];
  cost.stage_ns = machine.schedule.overlap == Overlap::Phases ? lasts.unlimited_ns : arrays + s.wake_ns;
  cost.capped = lasts.capped_ns > lasts.unlimited_ns;
  cost.latency_ns = lasts.capped_ns;
  cost.idle_pj = plan.idle_w * cost.latency_ns * WattToPicojoule;
  cost.energy_pj[index(Component::Leakage)] = s.active_pj + s.wake_pj + cost.idle_pj;
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
  totals.reloadRows += cost.reloadRows;
  totals.reloadBits += cost.reloadBits;
  totals.macs += work.macs;
  totals.params += work.weights + work.words;
  totals.subarrays += cost.subarrays;
  totals.usedSubarrays += static_cast<double>(cost.subarrays) * cost.replicas;
  totals.memory_bytes += memory_bytes(work, bits.weights);
  totals.layers += cost.latency_ns > 0 ? 1 : 0;
  totals.cappedLayers += cost.capped ? 1 : 0;
}

// Writes of a row of the image banks for one image: maps take turns in all of their rows.
double bankWrites(std::span<const LayerWork> works, const Machine &machine, const Plan &plan, Bits bits) {
  double written = 0;
  for (const LayerWork &work : works)
    if (work.op != Op::BatchNorm) written += static_cast<double>(work.outElements());
  return written * bits.activations / (static_cast<double>(plan.banks.image) * machine.chip.rows_bits);
}

// Time from one image to the next. `stage_ns`: what the busiest layer needs its sub-arrays for.
double interval_ns(const Totals &t, double stage_ns, double idle_pj, const Machine &machine, const Plan &plan) {
  if (machine.schedule.batch == 1 || plan.region > 0) return t.latency_ns;
  const auto busy = [&](Component c) { return t.busy_ns[index(c)]; };
  const double power_ns = (sum(t.energy_pj) - idle_pj) / (plan.budget_w * WattToPicojoule);
  const double least = std::max({stage_ns, busy(Component::Transport), busy(Component::Returns), busy(Component::Dpu),
                                 power_ns, t.latency_ns / machine.schedule.batch});
  return std::min(least, t.latency_ns);
}

void finish(Totals &totals, std::span<const LayerWork> works, const Machine &machine, const Plan &plan, Bits bits) {
  totals.rowWrites = std::max(totals.rowWrites, bankWrites(works, machine, plan, bits));
  totals.bankSubarrays = plan.banks.subarrays();
  totals.usedSubarrays =
      std::min(totals.usedSubarrays, static_cast<double>(machine.chip.subarrays - totals.bankSubarrays));
  totals.area_mm2 = (totals.usedSubarrays + static_cast<double>(totals.bankSubarrays)) * machine.chip.subarray_mm2 +
                    machine.chip.dpu_mm2;
  totals.reloadShare = 1 - plan.residentShare;
  totals.idle_w = plan.idle_w;
  totals.capBelowLeakage = plan.capBelowLeakage;
  totals.mapsFit = plan.banks.mapsFit;
}

template <class Sink>
Totals run(std::span<const LayerWork> works, std::span<const LayerMap> maps, const Machine &machine, Bits bits,
           Part part, Sink sink) {
  PriceRoom room;
  const PlannedNetwork network = planNetwork(works, machine, bits, room, maps);
  const Plan &plan = network.plan;
  Totals totals;
  double stage_ns = 0;
  double idle_pj = 0;
  for (std::size_t i = 0; i < works.size(); ++i) {
    const LayerWork &work = works[i];
    if (part == Part::Head && !work.head) continue;
    const LayerCost cost = costsNothing(work.op) ? LayerCost{.layer = work.layer}
                                                 : costLayer(work, network.prices[i], machine, plan, bits);
    accumulate(totals, cost, work, bits);
    stage_ns = std::max(stage_ns, cost.stage_ns);
    idle_pj += cost.idle_pj;
    sink(cost);
  }
  totals.interval_ns = interval_ns(totals, stage_ns, idle_pj, machine, plan);
  totals.energy_pj[index(Component::Leakage)] -= idle_pj - plan.idle_w * totals.interval_ns * WattToPicojoule;
  finish(totals, works, machine, plan, bits);
  return totals;
}

}  // namespace

double lifetime_s(const Totals &totals, double endurance_cycles) {
  if (totals.rowWrites <= 0) return std::numeric_limits<double>::infinity();
  return endurance_cycles / totals.rowWrites * totals.interval_ns * 1e-9;
}

double memory_bytes(const LayerWork &work, int weightBits) {
  return static_cast<double>(work.weights) * weightBits / 8 + static_cast<double>(work.words) * 4;
}

Totals estimateTotals(std::span<const LayerWork> works, const Machine &machine, Bits bits, Part part) {
  return run(works, {}, machine, bits, part, [](const LayerCost &) {});
}

std::vector<LayerMap> mapsOf(std::span<const LayerWork> works, const Machine &machine, Bits bits) {
  std::vector<LayerMap> maps;
  for (const LayerWork &work : works)
    maps.push_back(mapLayer(work, machine.dimensions, machine.schedule, machine.parameters, bits));
  return maps;
}

Totals estimateTotals(std::span<const LayerWork> works, std::span<const LayerMap> maps, const Machine &machine,
                      Bits bits, Part part) {
  return run(works, maps, machine, bits, part, [](const LayerCost &) {});
}

Estimate estimate(std::span<const LayerWork> works, const Machine &machine, Bits bits, Part part) {
  Estimate result;
  result.layers.reserve(works.size());
  result.totals = run(works, {}, machine, bits, part, [&](const LayerCost &cost) { result.layers.push_back(cost); });
  // Images in flight share the idle leakage.
  const double share = 1 - result.totals.interval_ns / result.totals.latency_ns;
  for (LayerCost &cost : result.layers) {
    cost.energy_pj[index(Component::Leakage)] -= cost.idle_pj * share;
    cost.idle_pj *= 1 - share;
  }
  return result;
}

}  // namespace pimento
