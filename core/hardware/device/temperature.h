// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/device/device_parameters.h"

namespace pimento {

// Magnetic parameters are given at 300 K and follow the magnetisation as it falls with the temperature.
inline constexpr double MagneticReference_k = 300;

// Bloch's law, Ms(T) / Ms(300 K) with Ms proportional to 1 - (T / T_C)^1.5.
[[nodiscard]] double magnetisationRatio(double temperature_k, double curie_k);

// At the device's temperature. Interface anisotropy goes as Ms^2.18 (Alzate et al., APL 104, 112410, 2014, on
// MgO|CoFeB|Ta junctions of nanometres).
[[nodiscard]] double saturationMagnetisation_a_per_m(const Device &device);
[[nodiscard]] double interfaceAnisotropy_j_per_m2(const Device &device);

// TMR by Julliere, 2 P² / (1 - P²), whose polarisation falls as the magnetisation does (Shang et al., Phys. Rev. B 58,
// R2917, 1998).
[[nodiscard]] double polarisation(double tmr_pct);
[[nodiscard]] double tmrAt_pct(double tmr_pct, double temperature_k, double curie_k);

}  // namespace pimento
