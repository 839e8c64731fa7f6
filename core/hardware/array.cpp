// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array.h"

#include <cmath>
#include <numeric>

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

// NVSim 6334d00, 256x512 sub-array: predecoder 0.343 ns and 0.220 pJ, row decoder 0.471 ns and 0.224 pJ, mux decoder
// 0.612 pJ, precharge 0.732 pJ; charge of the write line 0.007 ns and 57.395 pJ - 512 x 80 fJ = 16.4 pJ.
constexpr double NvsimDecode_ns = 0.342788 + 0.470757 + 0.006782;
constexpr double NvsimRow_pj = 0.220 + 0.224;
constexpr double NvsimMux_pj = 0.612;
constexpr double NvsimColumns = 512;
constexpr double NvsimPrecharge_pj = 0.732 / NvsimColumns;
constexpr double NvsimWriteLine_pj = (57.395 - NvsimColumns * 0.080) / NvsimColumns;

OperationCost senseRow(const Accelerator &a, const Lines &l, const SenseCost &cost, int openRows) {
  if (a.sensing.sense_model == SenseModel::Nvsim)
    return {NvsimDecode_ns + cost.settle_ns, openRows * NvsimRow_pj + NvsimMux_pj,
            cost.energy_fj * 1e-3 + NvsimPrecharge_pj};
  return {l.decode_ns + l.read_word_ns + cost.settle_ns, openRows * l.read_word_pj, cost.energy_fj * 1e-3};
}

OperationCost writeRow(const Accelerator &a, const Lines &l, const DeviceState &device, int steps) {
  const double cell_pj = device.write_fj * 1e-3;
  if (a.sensing.sense_model == SenseModel::Nvsim)
    return {NvsimDecode_ns + steps * device.write_pulse_ns, steps * NvsimRow_pj + NvsimMux_pj,
            cell_pj + NvsimWriteLine_pj};
  return {l.decode_ns + steps * (l.write_word_ns + l.write_ns + device.write_pulse_ns), steps * l.write_word_pj,
          cell_pj + energy_pj(l.write_ff, a.device.write_supply_v)};
}

void priceOperations(ArrayTable &t, const Accelerator &accelerator) {
  const Array &a = accelerator.array;
  const Lines l = lines(a);
  for (std::size_t op = 0; op < SenseOpCount; ++op)
    t.senses[op] = sense(accelerator.sensing, static_cast<SenseOp>(op), l.sense_ff, a.vdd_v);
  t.write_steps = (a.columns + a.write_columns - 1) / a.write_columns;
  const auto set = [&](RowOp op, OperationCost cost) { t.operations[static_cast<std::size_t>(op)] = cost; };
  const auto sensed = [&](SenseOp op) { return t.senses[static_cast<std::size_t>(op)]; };
  set(RowOp::Read, senseRow(accelerator, l, sensed(SenseOp::Read), 1));
  set(RowOp::And2, senseRow(accelerator, l, sensed(SenseOp::And2), 2));
  set(RowOp::Write, writeRow(accelerator, l, t.device, t.write_steps));
  set(RowOp::Count, {counterLevels(a.columns) * a.full_adder_ps * 1e-3, 0,
                     counterAdders(a.columns) * a.full_adder_fj * 1e-3 / a.columns});
  set(RowOp::Shift, {a.shift_ns, a.shift_pj, 0});
  set(RowOp::Add, {a.add_ns, a.add_pj + AccumulatorBits * a.register_bit_fj * 1e-3, 0});
  t.register_bit_pj = a.register_bit_fj * 1e-3;
  t.logic_and_pj = a.logic_and_fj * 1e-3;
}

void measureParts(ArrayTable &t, const Accelerator &accelerator) {
  const Array &a = accelerator.array;
  const auto area = [&](ArrayPart part) -> double & { return t.area_um2[static_cast<std::size_t>(part)]; };
  const double counter = counterAdders(a.columns) * a.full_adder_um2;
  area(ArrayPart::Cells) = a.cell_width_um * a.cell_height_um * a.rows * a.columns;
  area(ArrayPart::SenseAmplifiers) = a.sense_amplifier_um2 * a.columns;
  area(ArrayPart::WriteDrivers) = a.write_driver_um2 * a.columns;
  area(ArrayPart::ColumnMux) = a.column_mux_um2 * a.columns;
  area(ArrayPart::RowDecoder) = a.word_line_driver_um2 * a.rows;
  area(ArrayPart::SenseAddOn) = a.sense_addon_um2 * a.columns;
  area(ArrayPart::DecoderAddOn) = a.decoder_addon_um2 * a.rows;
  area(ArrayPart::ControlAddOn) =
      counter + a.shift_um2 + a.add_um2 + a.control_um2 + AccumulatorBits * a.register_bit_um2;
  if (accelerator.schedule.dataflow == Dataflow::Latched)
    area(ArrayPart::ColumnRegisters) = a.columns * (LatchedPlanes * a.register_bit_um2 + a.logic_and_um2);
  // Cells do not leak. The memory's periphery leaks as a whole; it is booked on the row decoder and its neighbours
  // by area. Logic leaks by area.
  const double periphery = t.baseArea_um2() - area(ArrayPart::Cells);
  for (std::size_t part = 1; part < ArrayPartCount; ++part) {
    const bool addOn = part >= static_cast<std::size_t>(ArrayPart::SenseAddOn);
    t.leakage_w[part] = addOn ? t.area_um2[part] * a.logic_leakage_nw_per_um2 * 1e-9
                              : (periphery > 0 ? a.periphery_leakage_uw * 1e-6 * t.area_um2[part] / periphery : 0);
  }
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
  ArrayTable table;
  table.device = deviceState(accelerator.device);
  priceOperations(table, accelerator);
  measureParts(table, accelerator);
  return table;
}

}  // namespace pimento
