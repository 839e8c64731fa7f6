// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/layer_cost.h"
#include "core/hardware/profile/dataflows.h"

#include <algorithm>

namespace pimento {

namespace {

// Prices of one layer in one place: what row operations cost at this precision.
struct Pricing {
  const LayerWork &work;
  const Machine &machine;
  const LayerMap &map;
  Bits bits;
  double columns;      // of a row
  double pairs;        // bit pairs: W x A
  double rowPairs;     // row operations a bit pair
  double onColumns;    // columns switched on over the row operations of a bit pair
  double results;      // of a bit pair
  double accumulator;  // bits
  double words;        // accumulator bits over the 32 that shift and add are priced for

  [[nodiscard]] const OperationCost &at(RowOp op) const { return machine.array.at(op); }
  [[nodiscard]] double rows(RowOp op) const { return rowPairs * at(op).fixed_pj + onColumns * at(op).column_pj; }
  [[nodiscard]] double word_pj(RowOp op) const { return at(op).energy_pj(accumulator); }
  [[nodiscard]] bool latched() const { return traits(machine.schedule.dataflow).latched; }
  [[nodiscard]] bool writesBack() const { return machine.schedule.write_back == Toggle::On; }
};

Pricing pricing(const LayerWork &work, const Machine &machine, const LayerMap &map, Bits bits) {
  Pricing p{work, machine, map, bits, 0, 0, 0, 0, 0, 0, 0};
  p.columns = machine.dimensions.columns;
  p.pairs = bits.weights * bits.activations;
  p.rowPairs = static_cast<double>(map.rowPairs);
  p.onColumns = machine.schedule.column_gating == Toggle::On ? map.gatedColumns : p.rowPairs * p.columns;
  p.results = static_cast<double>(map.results);
  p.accumulator = accumulatorBits(bits);
  p.words = p.accumulator / 32;
  return p;
}

void priceRowOperations(LayerPrice &price, const Pricing &p) {
  const auto add = [&](Component c, double pj) { price.energy_pj[index(c)] += pj; };
  if (p.latched())
    add(Component::AndCompute,
        weightReads(p.bits) * p.rows(RowOp::Read) + p.pairs * p.onColumns * p.machine.array.logic_and_pj);
  else
    add(Component::AndCompute, p.pairs * p.rows(RowOp::And2));
  add(Component::BitcountShift, p.pairs * (p.rows(RowOp::Count) + p.results * p.at(RowOp::Shift).fixed_pj * p.words));
  const double partialAdds = static_cast<double>(p.map.partials);
  add(Component::Add, (p.pairs * p.results + partialAdds) * p.at(RowOp::Add).fixed_pj * p.words);
  if (p.writesBack()) {
    add(Component::AndWriteBack, p.pairs * p.rows(RowOp::Write));
    add(Component::BitcountShift, p.pairs * (p.rows(RowOp::Read) + p.results * p.word_pj(RowOp::Write)));
    add(Component::Add, p.pairs * p.results * (p.word_pj(RowOp::Read) + p.word_pj(RowOp::Write)));
  }
  const double operandBits = static_cast<double>(p.map.operandBits) * p.bits.activations;
  const double operandRows = static_cast<double>(p.map.operandRows) * p.bits.activations;
  add(Component::OperandWrite,
      p.latched() ? operandBits * p.machine.array.register_bit_pj
                  : operandRows * p.at(RowOp::Write).fixed_pj + operandBits * p.at(RowOp::Write).column_pj);
}

// One row operation with what must follow it: counter, shifter and adder are a pipeline behind the amplifiers, one of
// each a sub-array, so that the segments of a row queue at the adder. With write_back all share the array's one port.
double cycle_ns(const Pricing &p) {
  const double shiftAdd = std::max(p.at(RowOp::Shift).latency_ns, p.at(RowOp::Add).latency_ns);
  const auto segments = static_cast<double>(p.map.segments);
  const double behind = std::max(p.at(RowOp::Count).latency_ns, segments * shiftAdd);
  if (p.latched()) return std::max(behind, p.at(RowOp::Read).latency_ns * weightReads(p.bits) / p.pairs);
  if (!p.writesBack()) return std::max(behind, p.at(RowOp::And2).latency_ns);
  const double write = p.at(RowOp::Write).latency_ns;
  const double read = p.at(RowOp::Read).latency_ns;
  return p.at(RowOp::And2).latency_ns + write + read + p.at(RowOp::Count).latency_ns +
         segments * (shiftAdd + 2 * write + read);
}

void timeArrays(LayerPrice &price, const Pricing &p) {
  constexpr double RegisterWrite_ns = 0.1;  // assumption: five FO4 delays; a plane is written at once
  const double writes = static_cast<double>(p.map.groups);
  price.operand_ns = writes * p.bits.activations * (p.latched() ? RegisterWrite_ns : p.at(RowOp::Write).latency_ns);
  const double steps = static_cast<double>(p.map.steps) * p.pairs;
  price.compute_ns = steps * cycle_ns(p);
  price.rowWrites = p.latched() ? 0 : writes;
  if (p.writesBack()) price.rowWrites = std::max(price.rowWrites, steps * static_cast<double>(p.map.segments));
  double energy = 0;
  for (const Component c : {Component::AndCompute, Component::AndWriteBack, Component::BitcountShift, Component::Add,
                            Component::OperandWrite})
    energy += price.energy_pj[index(c)];
  price.array_w = energy / (price.operand_ns + price.compute_ns) * 1e-3;  // pJ/ns = mW
}

// Maps come from the image banks (a read there) and results go back to them (a write), along the route's H-tree.
void moveMaps(LayerPrice &price, const Pricing &p, const Route &route) {
  const double span_mm = route.span_mm;
  const ChipTable &chip = p.machine.chip;
  const double out = static_cast<double>(p.work.outElements());
  const double down = static_cast<double>(p.map.transportBits) * p.bits.activations;
  const double inMat = static_cast<double>(p.map.matBits) * p.bits.activations;
  const double width = p.machine.schedule.requantise == Requantise::Mat ? p.bits.activations : p.accumulator;
  const double partials = static_cast<double>(p.map.partials) * p.accumulator;
  const double expanded = p.machine.schedule.expansion == Expansion::Mat ? down + inMat : 0;  // into buffers, and out
  price.energy_pj[index(Component::Transport)] = down * (span_mm * chip.wire_pj_per_bit_mm + chip.bankRead_pj_per_bit) +
                                                 inMat * chip.mat_mm * chip.wire_pj_per_bit_mm +
                                                 expanded * p.machine.parameters.expander_fj_per_bit * 1e-3;
  price.energy_pj[index(Component::Returns)] =
      (out * width * span_mm + partials * chip.mat_mm) * chip.wire_pj_per_bit_mm +
      out * p.bits.activations * chip.bankWrite_pj_per_bit;
  const double fill = 2 * span_mm * chip.wire_ns_per_mm;
  price.transport_ns = down / route.read_bits_per_ns + fill;
  // The results' way is as wide as the ports; what the banks write of them is quantised.
  price.returns_ns =
      std::max(out * width / chip.imagePort_bits_per_ns, out * p.bits.activations / route.write_bits_per_ns) + fill;
}

// The DPU's arithmetic. A layer with weights is requantised with its batch norm folded in: a multiplication and an
// addition an element. Batch norms and shortcuts without weights cost nothing of their own.
struct DpuWork {
  double reads = 0;  // elements from the image bank
  double multiplies = 0;
  double adds = 0;
};

DpuWork dpuWork(const LayerWork &w) {
  const auto out = static_cast<double>(w.outElements());
  const auto in = static_cast<double>(w.inElements());
  switch (w.op) {
    case Op::Conv:
    case Op::Depthwise:
    case Op::Linear:
      return {0, out, out};
    case Op::Add:
      return {2 * out, 2 * out, out};
    case Op::MaxPool:
      return {in, 0, out * static_cast<double>(w.kernelArea - 1)};
    case Op::GlobalAveragePool:
      return {in, out, in};
    case Op::Input:
    case Op::BatchNorm:
    case Op::PadShortcut:
      break;
  }
  return {};
}

// Requantisers at the mats work on their own results, those of all mats of one copy at a time; else all goes through
// the DPU's lanes.
double lanes_per_ns(const Pricing &p) {
  const ChipTable &chip = p.machine.chip;
  if (!hasWeights(p.work.op) || p.machine.schedule.requantise == Requantise::Dpu) return chip.dpu_per_ns;
  return chip.matRequantise_per_ns * static_cast<double>(p.machine.parameters.mats(p.map.subarrays));
}

void priceDpu(LayerPrice &price, const Pricing &p) {
  const DpuWork d = dpuWork(p.work);
  const Chip &c = p.machine.parameters;
  price.energy_pj[index(Component::Dpu)] = d.multiplies * c.dpu_multiply_pj + d.adds * c.dpu_add_pj;
  price.dpu_ns = std::max(d.multiplies, d.adds) / lanes_per_ns(p);
}

// Layers that the DPU does alone: maps are read from and written to the image bank beside it.
void moveToDpu(LayerPrice &price, const Pricing &p, const Route &route) {
  const DpuWork d = dpuWork(p.work);
  if (d.multiplies + d.adds == 0) return;
  const double in = d.reads * p.bits.activations;
  const double out = static_cast<double>(p.work.outElements()) * p.bits.activations;
  price.energy_pj[index(Component::Transport)] = in * p.machine.chip.bankRead_pj_per_bit;
  price.energy_pj[index(Component::Returns)] = out * p.machine.chip.bankWrite_pj_per_bit;
  price.transport_ns = in / route.read_bits_per_ns;
  price.returns_ns = out / route.write_bits_per_ns;
}

}  // namespace

const std::array<ComponentInfo, ComponentCount> &components() {
  static constexpr std::array<ComponentInfo, ComponentCount> table{{
      {"and_uj", "AND-compute", "Row ANDs at the amplifiers (latched: weight reads and ANDs in logic).", true},
      {"and_write_back_uj", "AND-WB", "AND results written back; only with write_back.", true},
      {"bitcount_shift_uj", "bitcount-shift", "Bit counter and shifter.", true},
      {"add_uj", "add", "Additions into accumulators, and of partial sums.", true},
      {"operand_write_uj", "operand writes", "Activations written beside the weights, or into column registers.",
       false},
      {"transport_uj", "transport", "Maps read from the image bank and sent to the sub-arrays.", false},
      {"returns_uj", "returns", "Results and partial sums sent back, and maps written to the image bank.", false},
      {"dpu_uj", "DPU", "Requantisation with batch norm, activations, pools, residual additions.", false},
      {"reload_uj", "reload", "Weights that do not fit on the chip, fetched for every image.", false},
      {"leakage_uj", "leakage", "Leakage of sub-arrays and DPU, and waking what was gated.", false},
  }};
  return table;
}

int weightReads(Bits bits) { return bits.weights * ((bits.activations + LatchedPlanes - 1) / LatchedPlanes); }

LayerPrice priceArrays(const LayerWork &work, const Machine &machine, Bits bits) {
  return priceArrays(work, mapLayer(work, machine.dimensions, machine.schedule, machine.parameters, bits), machine,
                     bits);
}

LayerPrice priceArrays(const LayerWork &work, const LayerMap &map, const Machine &machine, Bits bits) {
  LayerPrice price;
  price.map = map;
  const Pricing p = pricing(work, machine, price.map, bits);
  if (price.map.subarrays > 0) {
    priceRowOperations(price, p);
    timeArrays(price, p);
  }
  priceDpu(price, p);
  return price;
}

void priceMoves(LayerPrice &price, const LayerWork &work, const Machine &machine, Bits bits, const Route &route) {
  const Pricing p = pricing(work, machine, price.map, bits);
  if (price.map.subarrays > 0)
    moveMaps(price, p, route);
  else
    moveToDpu(price, p, route);
}

LayerPrice priceLayer(const LayerWork &work, const Machine &machine, Bits bits, const Route &route) {
  LayerPrice price = priceArrays(work, machine, bits);
  priceMoves(price, work, machine, bits, route);
  return price;
}

}  // namespace pimento
