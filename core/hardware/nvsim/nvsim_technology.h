// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// The transistors of a roadmap at one node and temperature, by width: µm, V, fF, µA and m²/(V s).
struct NvsimTechnology {
  double feature_um = 0;
  double vdd_v = 0;
  double threshold_v = 0;
  double gate_um = 0;  // physical length
  double gate_ff_per_um = 0;
  double fringe_ff_per_um = 0;
  double oxide_ff_per_um2 = 0;
  double n_mobility = 0;
  double p_mobility = 0;
  double p_over_n = 0;           // width of a p transistor beside an n one
  double resistance_factor = 0;  // of a switching transistor, over supply by on-current
  double n_on_ua_per_um = 0;
  double p_on_ua_per_um = 0;
  double n_off_ua_per_um = 0;
  double p_off_ua_per_um = 0;
};

inline constexpr double NvsimSmallest_nm = 22;
inline constexpr double NvsimLargest_nm = 200;
inline constexpr double NvsimColdest_k = 300;
inline constexpr double NvsimHottest_k = 400;

// Values between two nodes of the table are interpolated as NVSim does. Outside of 22 to 200 nm and of 300 to 400 K
// the nearest value of the table holds, with the feature size as asked.
[[nodiscard]] NvsimTechnology nvsimTechnology(double feature_nm, NvsimRoadmap roadmap, double temperature_k);

}  // namespace pimento
