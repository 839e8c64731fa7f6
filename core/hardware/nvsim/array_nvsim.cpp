// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/hardware/array/array_models.h"
#include "core/hardware/nvsim/nvsim_profile.h"

namespace pimento {

namespace {

using Parts = std::array<OperationCost, RowPartCount>;

OperationCost &at(Parts &parts, RowPart part) { return parts[static_cast<std::size_t>(part)]; }
Parts &partsOf(ArrayTable &t, RowOp op) { return t.parts[static_cast<std::size_t>(op)]; }

// NVSim's circuit opens one row; a second open row costs its share of the decoder again. Where columns share an
// amplifier, a row takes as many accesses.
void priceSense(ArrayTable &t, RowOp op, int openRows, const NvsimArray &memory) {
  Parts &p = partsOf(t, op);
  const double steps = t.sense_steps;
  const auto cost = [&](NvsimPart part) { return memory.at(part); };
  const auto all_pj = [&](NvsimPart part) { return steps * cost(part).read_pj; };
  at(p, RowPart::Decode) = {cost(NvsimPart::Predecoder).read_ns, openRows * all_pj(NvsimPart::Predecoder), 0};
  at(p, RowPart::WordLine) = {cost(NvsimPart::RowDecoder).read_ns, openRows * all_pj(NvsimPart::RowDecoder), 0};
  at(p, RowPart::Precharge).column_pj = all_pj(NvsimPart::Precharge) / t.columns;
  at(p, RowPart::BitLine) = {steps * cost(NvsimPart::BitLine).read_ns, 0, all_pj(NvsimPart::BitLine) / t.columns};
  at(p, RowPart::Sense) = {steps * cost(NvsimPart::SenseAmplifier).read_ns, 0,
                           all_pj(NvsimPart::SenseAmplifier) / t.columns};
  at(p, RowPart::Multiplexer) = {steps * cost(NvsimPart::MuxDecoder).read_ns, all_pj(NvsimPart::MuxDecoder), 0};
}

void priceWrite(ArrayTable &t, const NvsimArray &memory) {
  Parts &p = partsOf(t, RowOp::Write);
  const double steps = t.sense_steps;
  const auto cost = [&](NvsimPart part) { return memory.at(part); };
  at(p, RowPart::Decode) = {cost(NvsimPart::Predecoder).write_ns, steps * cost(NvsimPart::Predecoder).write_pj, 0};
  at(p, RowPart::WordLine) = {cost(NvsimPart::RowDecoder).write_ns, steps * cost(NvsimPart::RowDecoder).write_pj, 0};
  at(p, RowPart::Multiplexer).fixed_pj = steps * cost(NvsimPart::MuxDecoder).write_pj;
  const double cell_pj = t.device.write_fj * 1e-3;
  at(p, RowPart::BitLine) = {cost(NvsimPart::BitLine).write_ns, 0,
                             steps * cost(NvsimPart::BitLine).write_pj / t.columns - cell_pj};
  at(p, RowPart::WritePulse) = {t.write_steps * cost(NvsimPart::Pulse).write_ns, 0, cell_pj};
}

void measure(ArrayTable &t, const NvsimArray &memory) {
  const auto book = [&](ArrayPart part, NvsimPart from) {
    t.area_um2[static_cast<std::size_t>(part)] += memory.at(from).area_um2;
    t.leakage_w[static_cast<std::size_t>(part)] += memory.at(from).leakage_w;
  };
  book(ArrayPart::Cells, NvsimPart::BitLine);
  book(ArrayPart::SenseAmplifiers, NvsimPart::SenseAmplifier);
  book(ArrayPart::ColumnMux, NvsimPart::MuxDecoder);
  book(ArrayPart::Precharge, NvsimPart::Precharge);
  book(ArrayPart::RowDecoder, NvsimPart::RowDecoder);
  book(ArrayPart::RowDecoder, NvsimPart::Predecoder);
}

}  // namespace

void buildNvsimArray(ArrayTable &t, const Accelerator &accelerator) {
  const NvsimConfig config = nvsimConfig(accelerator);
  const NvsimArray memory = nvsimArray(nvsimCell(accelerator, t.device), config);
  t.sense_steps = static_cast<int>(config.mux_sense);
  t.write_steps = std::max(t.write_steps, t.sense_steps);
  for (std::size_t op = 0; op < SenseOpCount; ++op) {
    SenseCost &cost = t.senses[op];
    cost = sense(accelerator.sensing, static_cast<SenseOp>(op), memory.bitLine_ff, memory.vdd_v,
                 accelerator.device.temperature_k);
    cost.settle_ns = memory.at(NvsimPart::SenseAmplifier).read_ns;
    cost.energy_fj = (memory.at(NvsimPart::SenseAmplifier).read_pj + memory.at(NvsimPart::BitLine).read_pj) *
                     t.sense_steps / t.columns * 1e3;
  }
  priceSense(t, RowOp::Read, 1, memory);
  priceSense(t, RowOp::And2, 2, memory);
  priceWrite(t, memory);
  measure(t, memory);
}

}  // namespace pimento
