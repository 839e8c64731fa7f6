// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/array/transistor.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// Parameters of an array are given at this node and supply.
inline constexpr double Reference_nm = 45;
inline constexpr double Reference_v = 1;

// The array at its own node and supply: lengths and capacitances with F, areas with F², gate delays with F (Ho, Mai and
// Horowitz 2001) and V / (V - Vt)^1.33, gate energies with F V², leakage by area with V / F and the temperature.
// feature_nm and vdd_v are kept.
[[nodiscard]] Array scaledArray(const Array &array, double temperature_k);

// The latch of the sense amplifier scales as the periphery does; junctions and currents do not.
[[nodiscard]] Sensing scaledSensing(const Sensing &sensing, const Array &array);

// Transistors of the periphery of a scaled array.
[[nodiscard]] Transistors peripheryTransistors(const Array &scaled, double temperature_k);

}  // namespace pimento
