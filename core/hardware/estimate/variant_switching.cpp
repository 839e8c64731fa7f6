// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/variant_switching.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/base/kind.h"
#include "core/hardware/dataflow/form.h"
#include "core/hardware/estimate/estimate.h"

namespace pimento {

namespace {

using Int = std::int64_t;

bool contains(const ChannelSet &set, int channel) {
  return set.indices.empty() ? channel < set.count
                             : std::binary_search(set.indices.begin(), set.indices.end(), channel);
}

int channelAt(const ChannelSet &set, int i) {
  return set.indices.empty() ? i : set.indices[static_cast<std::size_t>(i)];
}

Int missing(const ChannelSet &from, const ChannelSet &wanted) {
  Int count = 0;
  for (int i = 0; i < wanted.count; ++i) count += contains(from, channelAt(wanted, i)) ? 0 : 1;
  return count;
}

// Whether rows laid out for the channels `from` hold those of `wanted` in the columns where `wanted` expects them.
bool inPlace(const ChannelSet &from, const ChannelSet &wanted) {
  return from == wanted || (from.indices.empty() && wanted.indices.empty() && wanted.count <= from.count);
}

Int segmentWidthOf(const LayerWork &w, const Machine &machine) {
  const Int columns = machine.dimensions.columns;
  return formOf(w, columns, machine.schedule.dataflow).width(w, columns, machine.schedule.packing);
}

}  // namespace

Resident::Resident(const NetworkSpec &network, const Variant &variant, const Binding &binding, const Machine &machine,
                   Bits bits)
    : m_variant(variant.name) {
  const auto works = workOf(network, variant, machine.schedule.layout);
  PriceRoom room;
  const PlannedNetwork planned = planNetwork(works, machine, bits, room);
  const Plan &plan = planned.plan;
  m_subarrays = plan.subarrays;
  m_span_mm = plan.route.span_mm;
  m_budget_w = plan.budget_w;
  m_reload_bits_per_ns = plan.banks.reload_bits_per_ns;
  for (const TensorUse &use : tensors(network, variant, binding)) {
    const auto work =
        std::find_if(works.begin(), works.end(), [&](const LayerWork &w) { return w.layer == use.layer; });
    if (!hasWeights(work->op) || !use.tensor.endsWith(QStringLiteral(".weight"))) {
      m_words.push_back({use.tensor, use.elements()});
      continue;
    }
    const LayerPrice &price = planned.prices[static_cast<std::size_t>(work - works.begin())];
    m_weights.push_back({use, segmentWidthOf(*work, machine), price.map.weightRows, price.map.weightBits,
                         work->outChannels, price.map.subarrays, replicas(price, plan), work->op == Op::Depthwise});
  }
}

std::int64_t Resident::kernelsToWrite(const Weights &to, const Resident &from, Layout layout) {
  const auto same = std::find_if(from.m_weights.begin(), from.m_weights.end(),
                                 [&](const Weights &w) { return w.use.tensor == to.use.tensor; });
  if (same == from.m_weights.end()) return to.kernels;
  if (layout == Layout::Widest) return 0;
  if (same->segmentWidth != to.segmentWidth || !inPlace(same->use.in, to.use.in)) return to.kernels;
  if (to.depthwise) return inPlace(same->use.out, to.use.out) ? 0 : to.kernels;  // channels share rows
  return missing(same->use.out, to.use.out);
}

std::int64_t Resident::together(const std::vector<Resident> &residents, Layout layout) {
  std::map<std::pair<QString, Int>, Int> largest;  // by tensor and segment width
  for (const Resident &resident : residents)
    for (const Weights &w : resident.m_weights) {
      Int &subarrays = largest[{w.use.tensor, layout == Layout::Widest ? 0 : w.segmentWidth}];
      subarrays = std::max(subarrays, w.subarrays);
    }
  return std::accumulate(largest.begin(), largest.end(), Int{0}, [](Int sum, const auto &l) { return sum + l.second; });
}

SwitchCost switchCost(const Resident &from, const Resident &to, const Machine &machine, Bits bits) {
  const ChipTable &chip = machine.chip;
  const OperationCost &write = machine.array.at(RowOp::Write);
  const double way_pj = machine.parameters.offchip_pj_per_bit + to.m_span_mm * chip.wire_pj_per_bit_mm;
  SwitchCost cost;
  double write_pj = 0;
  double slowest_ns = 0;
  for (const Resident::Weights &w : to.m_weights) {
    const Int kernels = Resident::kernelsToWrite(w, from, machine.schedule.layout);
    if (kernels == 0) continue;
    const double share = static_cast<double>(kernels) / static_cast<double>(w.kernels);
    const Int rows = (w.rows * kernels + w.kernels - 1) / w.kernels * bits.weights;
    ++cost.layers;
    cost.weightBits += w.use.elements() / w.kernels * kernels * bits.weights;
    cost.rowsWritten += std::llround(static_cast<double>(rows) * w.replicas);
    write_pj += w.replicas * (static_cast<double>(rows) * write.fixed_pj +
                              share * static_cast<double>(w.bits) * bits.weights * write.column_pj);
    slowest_ns = std::max(slowest_ns, static_cast<double>(rows) / static_cast<double>(w.subarrays) * write.latency_ns);
  }
  for (const Resident::Words &words : to.m_words) {
    const bool there = std::any_of(from.m_words.begin(), from.m_words.end(),
                                   [&](const Resident::Words &w) { return w.tensor == words.tensor; });
    cost.normWords += there ? 0 : words.count;
  }
  const double wordBits = 32.0 * static_cast<double>(cost.normWords);
  const auto fetched = static_cast<double>(cost.weightBits);
  const double energy_pj = (fetched + wordBits) * way_pj +
                           fetched * (chip.bankWrite_pj_per_bit + chip.bankRead_pj_per_bit) + write_pj +
                           wordBits * machine.array.register_bit_pj;
  const double rate = to.m_reload_bits_per_ns;
  cost.energy_uj = energy_pj * 1e-6;
  cost.latency_us =
      std::max({(fetched + wordBits) / rate, slowest_ns, energy_pj / (to.m_budget_w * 1e3)}) * 1e-3;  // 1 W = 1e3 pJ/ns
  return cost;
}

ReportTable switchingReport(const NetworkSpec &network, const std::vector<Variant> &variants, const Binding &binding,
                            const Accelerator &accelerator, Bits bits) {
  validate(accelerator, accelerator.name);
  const Machine machine = buildMachine(accelerator);
  std::vector<Resident> residents;
  for (const Variant &variant : variants) residents.emplace_back(network, variant, binding, machine, bits);
  const bool fits = Resident::together(residents, machine.schedule.layout) <=
                    machine.chip.subarrays - machine.chip.imageBanks - machine.chip.kernelBanks;
  const QString source = QStringLiteral("estimate: profile %1, %2 layout, %3:%4 bits")
                             .arg(accelerator.name, machine.schedule.layout == Layout::Widest ? QStringLiteral("widest")
                                                                                              : QStringLiteral("own"))
                             .arg(bits.weights)
                             .arg(bits.activations);
  ReportTable table;
  table.columns = QStringList{QStringLiteral("network"),
                              QStringLiteral("from"),
                              QStringLiteral("to"),
                              QStringLiteral("binding"),
                              QStringLiteral("weight_bits"),
                              QStringLiteral("norm_words"),
                              QStringLiteral("rows_written"),
                              QStringLiteral("energy_uj"),
                              QStringLiteral("latency_us"),
                              QStringLiteral("kind"),
                              QStringLiteral("source"),
                              QStringLiteral("layers_rewritten"),
                              QStringLiteral("resident_together")};
  for (const Resident &from : residents)
    for (const Resident &to : residents) {
      if (&from == &to) continue;
      const SwitchCost c = switchCost(from, to, machine, bits);
      table.rows.push_back({network.name, from.variant(), to.variant(), binding.name, qint64{c.weightBits},
                            qint64{c.normWords}, qint64{c.rowsWritten}, c.energy_uj, c.latency_us,
                            kindName(Kind::Estimated), source, qint64{c.layers},
                            fits ? QStringLiteral("yes") : QStringLiteral("no")});
    }
  return table;
}

}  // namespace pimento
