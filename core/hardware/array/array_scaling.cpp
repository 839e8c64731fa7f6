// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array/array_scaling.h"

#include <cmath>

namespace pimento {

namespace {

// Threshold voltages and growth of leakage with temperature, ITRS 45 nm as in CACTI 5.1 (HPL-2008-20): low standby
// power 0.502 V, 10.1 to 410 pA/µm from 300 to 400 K; high performance, as the logic's library, 0.280 to 0.984 µA/µm.
// The logic's threshold is an assumption for a general-purpose library.
constexpr double PeripheryThreshold_v = 0.502;
constexpr double LogicThreshold_v = 0.35;
constexpr double PeripheryLeakage_per_k = 0.037;
constexpr double LogicLeakage_per_k = 0.0126;
constexpr double Leakage_k = 300;

// Gate capacitance by width; derived from OpenNVRAM's read word line, 0.23 fF a cell: 0.56 µm of wire at 0.2 fF/µm and
// a gate of 150 nm.
constexpr double ReadLineGate_ff_per_um = 0.79;

}  // namespace

Array scaledArray(const Array &array, double temperature_k) {
  const double f = array.feature_nm / Reference_nm;
  const double energy = f * array.vdd_v * array.vdd_v / (Reference_v * Reference_v);
  const double gate = f * supplyDelay(array.vdd_v, Reference_v, LogicThreshold_v);
  Array a = array;
  for (double *length : {&a.cell_width_um, &a.cell_height_um, &a.line_width_nm, &a.write_transistor_um}) *length *= f;
  for (double *ff : {&a.sense_line_ff_per_cell, &a.write_line_ff_per_cell, &a.read_word_line_ff_per_cell,
                     &a.write_word_line_ff_per_cell})
    *ff *= f;
  for (double *um2 :
       {&a.sense_amplifier_um2, &a.write_driver_um2, &a.column_mux_um2, &a.full_adder_um2, &a.shift_um2, &a.add_um2,
        &a.register_bit_um2, &a.logic_and_um2, &a.sense_addon_um2, &a.decoder_addon_um2, &a.control_um2})
    *um2 *= f * f;
  for (double *delay : {&a.full_adder_ps, &a.shift_ns, &a.add_ns}) *delay *= gate;
  for (double *pj : {&a.full_adder_fj, &a.shift_pj, &a.add_pj, &a.register_bit_fj, &a.logic_and_fj}) *pj *= energy;
  a.fo4_ps *= f * supplyDelay(array.vdd_v, Reference_v, PeripheryThreshold_v);
  const double warmer = temperature_k - Leakage_k;
  a.logic_leakage_nw_per_um2 *= array.vdd_v / Reference_v / f * std::exp(LogicLeakage_per_k * warmer);
  a.cell_leakage_pw *= energy / f * std::exp(PeripheryLeakage_per_k * warmer);
  return a;
}

Sensing scaledSensing(const Sensing &sensing, const Array &array) {
  const double f = array.feature_nm / Reference_nm;
  Sensing s = sensing;
  s.latch_ns *= f * supplyDelay(array.vdd_v, Reference_v, PeripheryThreshold_v);
  s.latch_fj *= f * array.vdd_v * array.vdd_v / (Reference_v * Reference_v);
  return s;
}

Transistors peripheryTransistors(const Array &scaled, double temperature_k) {
  Transistors t;
  t.feature_nm = scaled.feature_nm;
  t.vdd_v = scaled.vdd_v;
  t.gate_ff_per_um = ReadLineGate_ff_per_um;
  t.drain_ff_per_um = ReadLineGate_ff_per_um;
  t.ohm_um = scaled.fo4_ps / 5 / (0.69 * (1 + t.p_over_n) * ReadLineGate_ff_per_um) * 1e3;
  t.off_pa_per_um = scaled.off_current_pa_per_um * std::exp(PeripheryLeakage_per_k * (temperature_k - Leakage_k));
  return t;
}

}  // namespace pimento
