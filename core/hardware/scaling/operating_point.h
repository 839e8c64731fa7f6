// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/profile/accelerator.h"
#include "core/hardware/scaling/supply.h"

namespace pimento {

// An accelerator where it works: every number of it at its own node, supply, temperature and junction size. Whatever
// prices or simulates reads this; the accelerator itself holds numbers as they are given, at 45 nm, 1 V and 300 K. A
// type of its own, so that nothing is scaled twice.
//
// Array: lengths and capacitances go with F, areas with F², gate delays with F (Ho, Mai and Horowitz 2001) and
// V / (V - Vt)^1.33, gate energies with F V², leakage by area with V / F and the temperature. feature_nm and vdd_v are
// kept. Sensing: the latch goes as gates of the periphery do, the access transistor, as wide as F is long, with
// 1 / (V - Vt); the low resistance follows from RA and area, the TMR from the temperature; currents are kept. Chip:
// multiplier and adder of the DPU and of requantisers at the mat, the expander, their area, clock, and the waking of a
// sub-array go as gates of the logic do, the ports' cycle as those of the periphery; repeated wires with the root of
// the repeaters' delay and the wire's resistance (Bakoglu). What is off the chip is kept. The device carries its
// temperature with it (magnetics.h) and is as given.
//
// Hot transistors carry less, and hot wires of the chip resist more (supply.h).
struct OperatingPoint {
  Device device;
  Sensing sensing;
  Array array;
  Chip chip;
  Schedule schedule;
  [[nodiscard]] double senseLine_ff() const { return array.rows * array.sense_line_ff_per_cell; }
};

[[nodiscard]] OperatingPoint operatingPoint(const Accelerator &accelerator);

}  // namespace pimento
