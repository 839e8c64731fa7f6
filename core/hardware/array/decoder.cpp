// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array/decoder.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace pimento {

namespace {

constexpr double StageEffort = 4;
constexpr int GroupBits = 3;

double nandEffort(int inputs) { return inputs < 2 ? 1 : (inputs + 2) / 3.0; }

// A group of `bits` address bits: buffers of the address, its gates, the lines along the rows. One of its lines rises
// an access, and one buffer of the address for each bit.
void addGroup(DecoderCost &cost, int bits, double gate_ff, const DecoderShape &shape, const Transistors &t,
              const Wire &wire) {
  const double lines = std::exp2(bits);
  const double gates_ff = std::ceil(shape.rows / lines) * gate_ff * shape.blocksAcross;
  const double line_um = shape.rows * shape.row_height_um * shape.blocksAlong;
  const double wire_ff = line_um * wire.ff_per_um;
  const GateChain chain =
      driveChain(t, {gates_ff + wire_ff, t.minimum_ff(), nandEffort(bits), double(bits), lines / 2});
  const double delay_ps = chain.delay_ps + lineDelay_ns(0, line_um * wire.ohm_per_um, wire_ff, gates_ff) * 1e3;
  cost.predecode_ns = std::max(cost.predecode_ns, delay_ps * 1e-3);
  cost.predecode_pj += switched_pj(chain.switched_ff, t.vdd_v);
  cost.predecode_um += lines * chain.width_um;
}

}  // namespace

int addressBits(int choices) { return choices < 2 ? 0 : std::bit_width(static_cast<unsigned>(choices - 1)); }

GateChain driveChain(const Transistors &t, const ChainLoad &l) {
  const double path = std::max(l.effort * l.branches * l.load_ff / l.input_ff, 1.0);
  const double stages = std::max(1.0, std::round(std::log(path) / std::log(StageEffort)));
  const double effort = std::pow(path, 1 / stages);
  GateChain chain;
  chain.delay_ps = t.tau_ps() * (stages * effort + l.parasitic + stages - 1);
  chain.switched_ff = l.load_ff;
  double gate_ff = l.load_ff / effort;
  chain.last_ohm = t.ohm_um * (1 + t.p_over_n) * t.gate_ff_per_um / gate_ff;
  for (int stage = 0; stage < static_cast<int>(stages); ++stage) {
    chain.switched_ff += 2 * gate_ff;  // the gate, and drains as large
    chain.width_um += gate_ff / t.gate_ff_per_um;
    gate_ff /= effort;
  }
  return chain;
}

DecoderCost decoderCost(const DecoderShape &shape, const Transistors &t, const Wire &wire) {
  DecoderCost cost;
  const int bits = addressBits(shape.rows);
  const int groups = (bits + GroupBits - 1) / GroupBits;
  const double gate_ff = t.minimum_ff() * nandEffort(groups);
  for (int group = 0; group < groups; ++group)
    addGroup(cost, bits / groups + (group < bits % groups ? 1 : 0), gate_ff, shape, t, wire);
  const GateChain row = driveChain(
      t, {shape.word_line_ff, gate_ff / nandEffort(groups), nandEffort(groups), double(std::max(groups, 1))});
  cost.row_ns = row.delay_ps * 1e-3 + lineDelay_ns(0, shape.word_line_ohm, shape.word_line_ff);
  cost.row_pj = switched_pj(row.switched_ff, t.vdd_v);
  cost.row_um = row.width_um;
  return cost;
}

}  // namespace pimento
