// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_profile.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/array/array_scaling.h"

namespace pimento {

namespace {

// NVSim 6334d00, SOT_45.cell.
constexpr double SampleRead_v = 0.25;
constexpr double SampleDrop_v = 0.1;
constexpr double SampleAccess_f = 4;
constexpr double SampleSense_mv = 25;

}  // namespace

NvsimCell nvsimCell(const Accelerator &a, const DeviceState &device) {
  const double feature_um = Reference_nm * 1e-3;  // that the sizes are given at
  NvsimCell c;
  c.process_nm = a.array.feature_nm;
  c.area_f2 = a.array.cell_width_um * a.array.cell_height_um / (feature_um * feature_um);
  c.aspect = a.array.cell_height_um / a.array.cell_width_um;
  c.on_ohm = a.sensing.parallel_resistance_ohm;
  c.off_ohm = c.on_ohm * (1 + a.sensing.tmr_pct / 100);
  c.read_v = SampleRead_v;
  c.access_drop_v = SampleDrop_v;
  c.min_sense_mv = SampleSense_mv;
  c.access_width_f = SampleAccess_f;
  c.set_pj = c.reset_pj = device.write_fj * 1e-3;
  c.set_ns = c.reset_ns = device.write_pulse_ns;
  return c;
}

NvsimConfig nvsimConfig(const Accelerator &a) {
  NvsimConfig c;
  c.process_nm = a.array.feature_nm;
  c.word_bits = a.array.columns;
  c.capacity_bytes = double(a.array.rows) * a.array.columns / 8;
  return c;
}

NvsimConfig withSubarray(const NvsimConfig &config, int rows, int columns) {
  NvsimConfig c = config;
  c.word_bits = config.word_bits * columns / config.columns();
  c.capacity_bytes = config.capacity_bytes / config.rows() / config.columns() * rows * columns;
  return c;
}

void applyNvsim(Accelerator &a, const NvsimCell &given, const NvsimConfig &config, const QString &source) {
  const NvsimCell cell = atNode(given, config.process_nm);
  const auto set = [&](const char *key, auto &member, auto value) {
    member = value;
    a.sources.insert(QString::fromLatin1(key), source);
  };
  const NvsimArray memory = nvsimArray(cell, config);
  const double feature_um = Reference_nm * 1e-3;
  const double shrunk = config.process_nm / Reference_nm;
  const double read_ua = cell.read_ua > 0 ? cell.read_ua : (cell.read_v - cell.access_drop_v) / cell.on_ohm * 1e6;
  Device &d = a.device;
  set("write_model", d.write_model, WriteModel::Fixed);
  set("write_pulse_ns", d.write_pulse_ns, std::max(cell.set_ns, cell.reset_ns));
  set("write_supply_v", d.write_supply_v, memory.vdd_v);
  set("fixed_write_current_ua", d.fixed_write_current_ua,
      nvsimWrite_pj(cell) * 1e3 / (memory.vdd_v * d.write_pulse_ns));
  set("parallel_resistance_ohm", a.sensing.parallel_resistance_ohm, cell.on_ohm);
  set("tmr_pct", a.sensing.tmr_pct, (cell.off_ohm / cell.on_ohm - 1) * 100);
  set("sense_current_ua", a.sensing.sense_current_ua, read_ua);
  if (cell.access_drop_v > 0) set("access_ohm", a.sensing.access_ohm, cell.access_drop_v / read_ua * 1e6);
  set("rows", a.array.rows, config.rows());
  set("columns", a.array.columns, config.columns());
  set("feature_nm", a.array.feature_nm, config.process_nm);
  set("vdd_v", a.array.vdd_v, memory.vdd_v);
  set("cell_width_um", a.array.cell_width_um, std::sqrt(cell.area_f2 / cell.aspect) * feature_um);
  set("cell_height_um", a.array.cell_height_um, std::sqrt(cell.area_f2 * cell.aspect) * feature_um);
  set("line_width_nm", a.array.line_width_nm, lineWidth_f(config.local_layer) * Reference_nm);
  set("sense_line_ff_per_cell", a.array.sense_line_ff_per_cell, memory.bitLine_ff / memory.rows / shrunk);
  set("write_line_ff_per_cell", a.array.write_line_ff_per_cell, memory.bitLine_ff / memory.rows / shrunk);
  set("read_word_line_ff_per_cell", a.array.read_word_line_ff_per_cell, memory.wordLine_ff / memory.columns / shrunk);
  set("write_word_line_ff_per_cell", a.array.write_word_line_ff_per_cell, memory.wordLine_ff / memory.columns / shrunk);
  set("write_columns", a.array.write_columns, config.columns());
}

}  // namespace pimento
