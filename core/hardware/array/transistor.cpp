// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array/transistor.h"

#include <algorithm>
#include <cmath>

namespace pimento {

namespace {

constexpr double Node_nm = 45;
// CACTI 5.1 (Thoziyoor et al., HPL-2008-20), from the ITRS roadmap, low standby power, 45 nm: 666.2 µA/µm and threshold
// 0.502 V at 1.1 V, effective resistance 1.99 V / I, off-current 10.1 pA/µm at 300 K and 410 pA/µm at 400 K.
constexpr double Nominal_v = 1.1;
constexpr double On_ua_per_um = 666.2;
constexpr double Threshold_v = 0.502;
constexpr double ResistanceFactor = 1.99;
constexpr double Off_pa_per_um = 10.1;
constexpr double OffPerKelvin = 0.037;  // ln(410 / 10.1) / 100 K
constexpr double Alpha = 1.33;          // Sakurai and Newton, IEEE JSSC 1990: 1 (short channel) to 2
// Derived from NVSim 6334d00, 256x512 sub-array of 60 F² cells: word line 184 fF over 230.4 µm of wire and 512 gates of
// 4 F, bit line 32 fF over 69.12 µm and 256 drains of 4 F, wires at 0.282 fF/µm (wire.h).
constexpr double Gate_ff_per_um = 1.29;
constexpr double Drain_ff_per_um = 0.27;

}  // namespace

double Transistors::tau_ps() const { return 0.69 * ohm_um * (1 + p_over_n) * gate_ff_per_um * 1e-3; }

double Transistors::fo4_ps() const { return 5 * tau_ps(); }

double Transistors::minimum_ff() const { return 2 * feature_nm * 1e-3 * (1 + p_over_n) * gate_ff_per_um; }

double Transistors::pitch_um() const { return 4 * feature_nm * 1e-3; }

double Transistors::leakage_w(double width_um) const { return width_um / 2 * off_pa_per_um * 1e-12 * vdd_v; }

bool planarNode(double feature_nm) { return feature_nm >= SmallestPlanar_nm && feature_nm <= LargestPlanar_nm; }

double supplyDelay(double vdd_v, double nominal_v, double threshold_v) {
  const double overdrive = std::max(vdd_v - threshold_v, 1e-3);
  return vdd_v / nominal_v * std::pow((nominal_v - threshold_v) / overdrive, Alpha);
}

Transistors lowStandbyTransistors(double feature_nm, double vdd_v, double temperature_k) {
  Transistors t;
  t.feature_nm = feature_nm;
  t.vdd_v = vdd_v;
  t.ohm_um = ResistanceFactor * Nominal_v / On_ua_per_um * 1e6 * supplyDelay(vdd_v, Nominal_v, Threshold_v) *
             (feature_nm / Node_nm);
  t.gate_ff_per_um = Gate_ff_per_um;
  t.drain_ff_per_um = Drain_ff_per_um;
  t.off_pa_per_um = Off_pa_per_um * std::exp(OffPerKelvin * (temperature_k - 300));
  return t;
}

}  // namespace pimento
