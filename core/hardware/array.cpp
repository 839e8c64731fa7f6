// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array.h"

#include <cmath>
#include <numeric>

#include "core/hardware/nvsim_profile.h"

namespace pimento {

namespace {

constexpr int AccumulatorBits = 32;

// Distributed line: 0.69 R_driver C + 0.38 R_wire C (Elmore), in ns.
double line_ns(double driver_ohm, double wire_ohm, double ff) {
  return (0.69 * driver_ohm + 0.38 * wire_ohm) * ff * 1e-6;
}

double energy_pj(double ff, double volt) { return ff * volt * volt * 1e-3; }

struct Lines {
  double decode_ns;
  double read_word_pj;
  double write_word_pj;
  double read_word_ns;
  double write_word_ns;
  double sense_ff;
  double write_ff;
  double write_ns;
};

// Decoder: a chain of gates with fan-out four, log4(rows) for the address and two to drive the word line.
Lines lines(const Array &a) {
  const double wordLine_ohm = a.columns * a.cell_width_um * a.wire_ohm_per_um;
  const double bitLine_ohm = a.rows * a.cell_height_um * a.wire_ohm_per_um;
  const double readWord_ff = a.columns * a.read_word_line_ff_per_cell;
  const double writeWord_ff = a.columns * a.write_word_line_ff_per_cell;
  Lines l{};
  l.decode_ns = (std::log2(a.rows) / 2 + 2) * a.fo4_ps * 1e-3;
  l.read_word_pj = energy_pj(readWord_ff + a.predecoder_ff, a.vdd_v);
  l.write_word_pj = energy_pj(writeWord_ff + a.predecoder_ff, a.vdd_v);
  l.read_word_ns = line_ns(a.line_driver_ohm, wordLine_ohm, readWord_ff);
  l.write_word_ns = line_ns(a.line_driver_ohm, wordLine_ohm, writeWord_ff);
  l.sense_ff = a.rows * a.sense_line_ff_per_cell;
  l.write_ff = a.rows * a.write_line_ff_per_cell;
  l.write_ns = line_ns(a.line_driver_ohm, bitLine_ohm, l.write_ff);
  return l;
}

using Parts = std::array<OperationCost, RowPartCount>;

OperationCost &at(Parts &parts, RowPart part) { return parts[static_cast<std::size_t>(part)]; }

Parts senseRow(const Lines &l, const SenseCost &cost, int openRows) {
  Parts p{};
  at(p, RowPart::Decode) = {l.decode_ns, 0, 0};
  at(p, RowPart::WordLine) = {l.read_word_ns, openRows * l.read_word_pj, 0};
  at(p, RowPart::Sense) = {cost.settle_ns, 0, cost.energy_fj * 1e-3};
  return p;
}

Parts writeRow(const Accelerator &a, const Lines &l, const DeviceState &device, int steps) {
  Parts p{};
  at(p, RowPart::Decode) = {l.decode_ns, 0, 0};
  at(p, RowPart::WordLine) = {steps * l.write_word_ns, steps * l.write_word_pj, 0};
  at(p, RowPart::BitLine) = {steps * l.write_ns, 0, energy_pj(l.write_ff, a.device.write_supply_v)};
  at(p, RowPart::WritePulse) = {steps * device.write_pulse_ns, 0, device.write_fj * 1e-3};
  return p;
}

// NVSim's circuit opens one row; a second open row costs its share of the decoder again. The table's rows are one
// sub-array's, the predecoder's with them.
void priceNvsim(ArrayTable &t, const NvsimArray &memory) {
  const auto parts = [&](RowOp op) -> Parts & { return t.parts[static_cast<std::size_t>(op)]; };
  const auto cost = [&](NvsimPart part) { return memory.at(part); };
  for (const RowOp op : {RowOp::Read, RowOp::And2}) {
    const int openRows = op == RowOp::And2 ? 2 : 1;
    Parts &p = parts(op);
    at(p, RowPart::Decode) = {cost(NvsimPart::Predecoder).read_ns, openRows * cost(NvsimPart::Predecoder).read_pj, 0};
    at(p, RowPart::WordLine) = {cost(NvsimPart::RowDecoder).read_ns, openRows * cost(NvsimPart::RowDecoder).read_pj, 0};
    at(p, RowPart::Precharge).column_pj = cost(NvsimPart::Precharge).read_pj / t.columns;
    at(p, RowPart::BitLine) = {cost(NvsimPart::BitLine).read_ns, 0, cost(NvsimPart::BitLine).read_pj / t.columns};
    at(p, RowPart::Sense) = {cost(NvsimPart::SenseAmplifier).read_ns, 0,
                             cost(NvsimPart::SenseAmplifier).read_pj / t.columns};
    at(p, RowPart::Multiplexer).fixed_pj = cost(NvsimPart::MuxDecoder).read_pj;
  }
  Parts &p = parts(RowOp::Write);
  at(p, RowPart::Decode) = {cost(NvsimPart::Predecoder).write_ns, t.write_steps * cost(NvsimPart::Predecoder).write_pj,
                            0};
  at(p, RowPart::WordLine) = {cost(NvsimPart::RowDecoder).write_ns,
                              t.write_steps * cost(NvsimPart::RowDecoder).write_pj, 0};
  at(p, RowPart::Multiplexer).fixed_pj = cost(NvsimPart::MuxDecoder).write_pj;
  const double cell_pj = t.device.write_fj * 1e-3;
  at(p, RowPart::BitLine).column_pj = cost(NvsimPart::BitLine).write_pj / t.columns - cell_pj;
  at(p, RowPart::WritePulse) = {t.write_steps * cost(NvsimPart::Pulse).write_ns, 0, cell_pj};
}

void pricePhysical(ArrayTable &t, const Accelerator &accelerator) {
  const Lines l = lines(accelerator.array);
  const auto sensed = [&](SenseOp op) { return t.senses[static_cast<std::size_t>(op)]; };
  const auto parts = [&](RowOp op) -> Parts & { return t.parts[static_cast<std::size_t>(op)]; };
  for (std::size_t op = 0; op < SenseOpCount; ++op)
    t.senses[op] = sense(accelerator.sensing, static_cast<SenseOp>(op), l.sense_ff, accelerator.array.vdd_v);
  parts(RowOp::Read) = senseRow(l, sensed(SenseOp::Read), 1);
  parts(RowOp::And2) = senseRow(l, sensed(SenseOp::And2), 2);
  parts(RowOp::Write) = writeRow(accelerator, l, t.device, t.write_steps);
}

void priceLogic(ArrayTable &t, const Array &a) {
  const auto logic = [&](RowOp op) -> OperationCost & {
    return at(t.parts[static_cast<std::size_t>(op)], RowPart::Logic);
  };
  logic(RowOp::Count) = {counterLevels(a.columns) * a.full_adder_ps * 1e-3, 0,
                         counterAdders(a.columns) * a.full_adder_fj * 1e-3 / a.columns};
  logic(RowOp::Shift) = {a.shift_ns, a.shift_pj, 0};
  logic(RowOp::Add) = {a.add_ns, a.add_pj + AccumulatorBits * a.register_bit_fj * 1e-3, 0};
  t.register_bit_pj = a.register_bit_fj * 1e-3;
  t.logic_and_pj = a.logic_and_fj * 1e-3;
}

void sumParts(ArrayTable &t) {
  for (std::size_t op = 0; op < RowOpCount; ++op)
    for (const OperationCost &part : t.parts[op]) {
      t.operations[op].latency_ns += part.latency_ns;
      t.operations[op].fixed_pj += part.fixed_pj;
      t.operations[op].column_pj += part.column_pj;
    }
}

double &area(ArrayTable &t, ArrayPart part) { return t.area_um2[static_cast<std::size_t>(part)]; }

void measureNvsim(ArrayTable &t, const NvsimArray &memory) {
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

// Cells do not leak. The periphery leaks as a whole; it is booked by area.
void measurePhysical(ArrayTable &t, const Array &a) {
  area(t, ArrayPart::Cells) = a.cell_width_um * a.cell_height_um * a.rows * a.columns;
  area(t, ArrayPart::SenseAmplifiers) = a.sense_amplifier_um2 * a.columns;
  area(t, ArrayPart::WriteDrivers) = a.write_driver_um2 * a.columns;
  area(t, ArrayPart::ColumnMux) = a.column_mux_um2 * a.columns;
  area(t, ArrayPart::RowDecoder) = a.word_line_driver_um2 * a.rows;
  const double periphery = t.baseArea_um2() - area(t, ArrayPart::Cells);
  for (std::size_t part = 1; part < static_cast<std::size_t>(ArrayPart::SenseAddOn); ++part)
    t.leakage_w[part] = periphery > 0 ? a.periphery_leakage_uw * 1e-6 * t.area_um2[part] / periphery : 0;
}

// What computing adds; logic leaks by area.
void measureAddOns(ArrayTable &t, const Array &a, Dataflow dataflow) {
  area(t, ArrayPart::SenseAddOn) = a.sense_addon_um2 * a.columns;
  area(t, ArrayPart::DecoderAddOn) = a.decoder_addon_um2 * a.rows;
  area(t, ArrayPart::ControlAddOn) = counterAdders(a.columns) * a.full_adder_um2 + a.shift_um2 + a.add_um2 +
                                     a.control_um2 + AccumulatorBits * a.register_bit_um2;
  if (dataflow == Dataflow::Latched)
    area(t, ArrayPart::ColumnRegisters) = a.columns * (LatchedPlanes * a.register_bit_um2 + a.logic_and_um2);
  for (std::size_t part = static_cast<std::size_t>(ArrayPart::SenseAddOn); part < ArrayPartCount; ++part)
    t.leakage_w[part] = t.area_um2[part] * a.logic_leakage_nw_per_um2 * 1e-9;
}

void buildNvsim(ArrayTable &t, const Accelerator &accelerator) {
  const NvsimArray memory = nvsimArray(nvsimCell(accelerator, t.device), nvsimConfig(accelerator));
  for (std::size_t op = 0; op < SenseOpCount; ++op)
    t.senses[op] = sense(accelerator.sensing, static_cast<SenseOp>(op), memory.bitLine_ff, memory.vdd_v);
  priceNvsim(t, memory);
  measureNvsim(t, memory);
}

}  // namespace

int counterAdders(int columns) { return columns - static_cast<int>(std::ceil(std::log2(columns + 1.0))); }

int counterLevels(int columns) { return static_cast<int>(std::ceil(std::log(columns / 2.0) / std::log(1.5))); }

double ArrayTable::totalArea_um2() const { return std::accumulate(area_um2.begin(), area_um2.end(), 0.0); }

double ArrayTable::baseArea_um2() const {
  return std::accumulate(area_um2.begin(), area_um2.begin() + static_cast<int>(ArrayPart::SenseAddOn), 0.0);
}

double ArrayTable::totalLeakage_w() const { return std::accumulate(leakage_w.begin(), leakage_w.end(), 0.0); }

ArrayTable buildArray(const Accelerator &accelerator) {
  const Array &a = accelerator.array;
  ArrayTable table;
  table.rows = a.rows;
  table.columns = a.columns;
  table.device = deviceState(accelerator.device);
  table.write_steps = (a.columns + a.write_columns - 1) / a.write_columns;
  if (accelerator.sensing.sense_model == SenseModel::Nvsim) {
    buildNvsim(table, accelerator);
  } else {
    pricePhysical(table, accelerator);
    measurePhysical(table, a);
  }
  priceLogic(table, a);
  measureAddOns(table, a, accelerator.schedule.dataflow);
  sumParts(table);
  return table;
}

}  // namespace pimento
