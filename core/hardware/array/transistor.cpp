// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array/transistor.h"

#include <cmath>

namespace pimento {

namespace {

// CACTI 5.1 (Thoziyoor et al., HPL-2008-20), from the ITRS roadmap, low standby power, 45 nm: 666.2 µA/µm and threshold
// 0.502 V at 1.1 V, effective resistance 1.99 V / I, off-current 10.1 pA/µm at 300 K and 410 pA/µm at 400 K.
constexpr double Nominal_v = 1.1;
constexpr double On_ua_per_um = 666.2;
constexpr double ResistanceFactor = 1.99;
constexpr double Off_pa_per_um = 10.1;
// Derived from NVSim 6334d00, 256x512 sub-array of 60 F² cells: word line 184 fF over 230.4 µm of wire and 512 gates of
// 4 F, bit line 32 fF over 69.12 µm and 256 drains of 4 F, wires at 0.282 fF/µm (wire.h).
constexpr double Gate_ff_per_um = 1.29;
constexpr double Drain_ff_per_um = 0.27;

// Gate capacitance by width of an accelerator's periphery; derived from OpenNVRAM's read word line, 0.23 fF a cell:
// 0.56 µm of wire at 0.2 fF/µm and a gate of 150 nm.
constexpr double ReadLineGate_ff_per_um = 0.79;

}  // namespace

double Transistors::tau_ps() const { return 0.69 * ohm_um * (1 + p_over_n) * gate_ff_per_um * 1e-3; }

double Transistors::fo4_ps() const { return 5 * tau_ps(); }

double Transistors::minimum_ff() const { return 2 * feature_nm * 1e-3 * (1 + p_over_n) * gate_ff_per_um; }

double Transistors::pitch_um() const { return 4 * feature_nm * 1e-3; }

double Transistors::leakage_w(double width_um) const { return width_um / 2 * off_pa_per_um * 1e-12 * vdd_v; }

bool planarNode(double feature_nm) { return feature_nm >= SmallestPlanar_nm && feature_nm <= LargestPlanar_nm; }

Transistors peripheryTransistors(const OperatingPoint &at) {
  Transistors t;
  t.feature_nm = at.array.feature_nm;
  t.vdd_v = at.array.vdd_v;
  t.gate_ff_per_um = ReadLineGate_ff_per_um;
  t.drain_ff_per_um = ReadLineGate_ff_per_um;
  t.ohm_um = at.array.fo4_ps / 5 / (0.69 * (1 + t.p_over_n) * ReadLineGate_ff_per_um) * 1e3;
  t.off_pa_per_um = at.array.off_current_pa_per_um;
  return t;
}

Transistors lowStandbyTransistors(double feature_nm, double vdd_v, double temperature_k) {
  Transistors t;
  t.feature_nm = feature_nm;
  t.vdd_v = vdd_v;
  t.ohm_um = ResistanceFactor * Nominal_v / On_ua_per_um * 1e6 * supplyDelay(vdd_v, Nominal_v, PeripheryThreshold_v) *
             (feature_nm / Reference_nm);
  t.gate_ff_per_um = Gate_ff_per_um;
  t.drain_ff_per_um = Drain_ff_per_um;
  t.off_pa_per_um = Off_pa_per_um * std::exp(PeripheryLeakage_per_k * (temperature_k - Reference_k));
  return t;
}

}  // namespace pimento
