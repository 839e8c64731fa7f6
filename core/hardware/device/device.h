// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/device/device_parameters.h"

namespace pimento {

// What the memory element does, from its parameters: closed formulas, fitted where they stand for the equation of
// motion (macrospin.h), at a few microseconds a call. Estimates use these everywhere.
//
// Sot: the write current is the one whose error rate is write_error_target. Fixed: current and stability as given. What
// a field does not apply to is 0.
struct DeviceState {
  double in_plane_field_a_per_m = 0;      // Hx = Ms (Nx - Ny)
  double out_of_plane_field_a_per_m = 0;  // Hz = Ms (Nz - Ny) - 2 Ki / (mu0 Ms t)
  double stability = 0;                   // delta = barrier / kT
  double effective_spin_hall_angle = 0;
  double metal_ohm = 0;
  double instability_ua = 0;  // current of a very long pulse
  double switching_ua = 0;    // first switching current at the pulse, zero temperature (fit)
  double write_current_ua = 0;
  double write_pulse_ns = 0;
  double write_ns = 0;  // the pulse and the fall of its current
  double metal_fj = 0;
  double write_fj = 0;  // from the supply
};

// Of one write: I² R t in the metal and V I t from the supply, the assisting current with it. A linear fall counts a
// third of its time in the one and half in the other; the rise lies inside the pulse and counts in full.
struct WriteEnergy {
  double metal_fj = 0;
  double supply_fj = 0;
};
[[nodiscard]] WriteEnergy writeEnergy(const Device &device, double current_ua, double pulse_ns);

[[nodiscard]] DeviceState deviceState(const Device &device);

// First current that switches in a pulse of this length at zero temperature, started as macrospin.h says. Range and
// error of the fit: switching_fit.h. An easy axis z (out of the plane) switches at its instability current, whatever
// the pulse. An assisting current along the easy axis y takes its part of the way.
[[nodiscard]] double switchingCurrent_ua(const Device &device, double pulse_ns);

// Rate of failed writes at the device's temperature, at any current and pulse, and at the device's own. For an easy
// axis z there is no closed formula: whether it falls to the written side depends on the fall of the pulse, the
// field-like torque and an assisting current, of which only the equation of motion knows (macrospin.h). The worst is
// taken, every other write fails: no current meets a target, and writeCurrent_ua is the switching current. Give what
// the equation says with write_model fixed. Fixed: the current as given is taken to meet write_error_target.
[[nodiscard]] double writeErrorRate(const Device &device, double current_ua, double pulse_ns);
[[nodiscard]] double writeErrorRate(const Device &device);

// The current whose error rate is `rate`.
[[nodiscard]] double writeCurrent_ua(const Device &device, double pulse_ns, double rate);

// Expected spontaneous flips a day in `bits` cells: bits x 1 GHz x exp(-delta).
[[nodiscard]] double flipsPerDay(const DeviceState &state, double bits);

}  // namespace pimento
