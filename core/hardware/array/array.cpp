// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array/array.h"

#include <cmath>
#include <numeric>

#include "core/hardware/array/array_models.h"
#include "core/hardware/profile/dataflows.h"

namespace pimento {

namespace {

constexpr int AccumulatorBits = 32;

void priceLogic(ArrayTable &t, const Array &a) {
  const auto logic = [&](RowOp op) -> OperationCost & {
    return t.parts[static_cast<std::size_t>(op)][static_cast<std::size_t>(RowPart::Logic)];
  };
  logic(RowOp::Count) = {counterLevels(a.columns) * a.full_adder_ps * 1e-3, 0,
                         counterAdders(a.columns) * a.full_adder_fj * 1e-3 / a.columns};
  logic(RowOp::Shift) = {a.shift_ns, a.shift_pj, 0};
  logic(RowOp::Add) = {a.add_ns, a.add_pj + AccumulatorBits * a.register_bit_fj * 1e-3, 0};
  t.register_bit_pj = a.register_bit_fj * 1e-3;
  t.logic_and_pj = a.logic_and_fj * 1e-3;
}

// Of sensing operations and of the plain memory alone: what chips measure.
void calibrateTable(ArrayTable &t, const CalibrationFactors &factors) {
  for (const RowOp op : {RowOp::Read, RowOp::And2})
    for (OperationCost &part : t.parts[static_cast<std::size_t>(op)]) {
      part.latency_ns *= factors.read_time_factor;
      part.fixed_pj *= factors.read_energy_factor;
      part.column_pj *= factors.read_energy_factor;
    }
  for (std::size_t part = 0; part < static_cast<std::size_t>(ArrayPart::SenseAddOn); ++part)
    t.area_um2[part] *= factors.area_factor;
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

// What a mat holds beside its sub-arrays.
double mat_um2(const OperatingPoint &a) {
  const bool expands = a.schedule.expansion == Expansion::Mat;
  const bool requantises = a.schedule.requantise == Requantise::Mat;
  return (expands ? a.chip.expander_um2 : 0) + (requantises ? a.chip.mat_requantise_lanes * a.chip.dpu_lane_um2 : 0);
}

// What computing adds; logic leaks by area.
void measureAddOns(ArrayTable &t, const OperatingPoint &at) {
  const Array &a = at.array;
  area(t, ArrayPart::SenseAddOn) = a.sense_addon_um2 * a.columns / a.column_mux;
  area(t, ArrayPart::DecoderAddOn) = a.decoder_addon_um2 * a.rows;
  area(t, ArrayPart::ControlAddOn) = counterAdders(a.columns) * a.full_adder_um2 + a.shift_um2 + a.add_um2 +
                                     a.control_um2 + AccumulatorBits * a.register_bit_um2;
  if (traits(at.schedule.dataflow).latched)
    area(t, ArrayPart::ColumnRegisters) = a.columns * (LatchedPlanes * a.register_bit_um2 + a.logic_and_um2);
  area(t, ArrayPart::MatLogic) = mat_um2(at) / at.chip.subarrays_per_mat;
  for (std::size_t part = static_cast<std::size_t>(ArrayPart::SenseAddOn); part < ArrayPartCount; ++part)
    t.leakage_w[part] = t.area_um2[part] * a.logic_leakage_nw_per_um2 * 1e-9;
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
  const OperatingPoint a = operatingPoint(accelerator);
  ArrayTable table;
  table.rows = a.array.rows;
  table.columns = a.array.columns;
  table.device = deviceState(a.device);
  table.write_steps = (a.array.columns + a.array.write_columns - 1) / a.array.write_columns;
  if (a.sensing.sense_model == SenseModel::Nvsim)
    buildNvsimArray(table, accelerator);
  else
    buildPhysicalArray(table, a);
  calibrateTable(table, accelerator.calibration);
  priceLogic(table, a.array);
  measureAddOns(table, a);
  sumParts(table);
  return table;
}

}  // namespace pimento
