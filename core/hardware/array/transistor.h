// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/scaling/operating_point.h"

namespace pimento {

// The transistors of a periphery, by width. Everything that drives a line is sized from these.
//
// Scaling: the delay of a gate follows the feature size (Ho, Mai and Horowitz, Proc. IEEE 2001) at a constant gate
// capacitance per width, so the resistance per width falls with it; off-current per width is kept. Holds for planar
// nodes (planarNode); beyond them it is an extrapolation.
struct Transistors {
  double feature_nm = 45;
  double vdd_v = 1;
  double ohm_um = 0;          // n, switching, of one micrometre of width
  double p_over_n = 2.23;     // width of a p transistor of equal strength (CACTI 5.1, HPL-2008-20, LSTP 45 nm)
  double gate_ff_per_um = 0;  // of width
  double drain_ff_per_um = 0;
  double off_pa_per_um = 0;

  [[nodiscard]] double tau_ps() const;      // inverter driving its like, no parasitics: 0.69 R C
  [[nodiscard]] double fo4_ps() const;      // 5 tau: effort four, parasitic one
  [[nodiscard]] double minimum_ff() const;  // input of the smallest inverter, n of 2 F
  [[nodiscard]] double pitch_um() const;    // gate pitch, 4 F: area of a transistor a micrometre of its width
  [[nodiscard]] double leakage_w(double width_um) const;  // half of the width is off
};

inline constexpr double SmallestPlanar_nm = 22;
inline constexpr double LargestPlanar_nm = 180;
[[nodiscard]] bool planarNode(double feature_nm);

// Transistors of the periphery of an array.
[[nodiscard]] Transistors peripheryTransistors(const OperatingPoint &at);

// ITRS low-standby-power transistors at 45 nm, scaled to another node, supply and temperature.
[[nodiscard]] Transistors lowStandbyTransistors(double feature_nm, double vdd_v, double temperature_k = 300);

}  // namespace pimento
