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
  double metal_fj = 0;  // I² R t in the heavy metal
  double write_fj = 0;  // from the supply: V I t
};

[[nodiscard]] DeviceState deviceState(const Device &device);

// First current that switches in a pulse of this length at zero temperature, started as macrospin.h says. Range and
// error of the fit: switching_fit.h. An easy axis z (out of the plane) switches at its instability current, whatever
// the pulse.
[[nodiscard]] double switchingCurrent_ua(const Device &device, double pulse_ns);

// Rate of failed writes at the device's temperature, at any current and pulse, and at the device's own. An easy axis z
// fails every other time: no current meets a target, and writeCurrent_ua is the switching current. Fixed: the current
// as given is taken to meet write_error_target.
[[nodiscard]] double writeErrorRate(const Device &device, double current_ua, double pulse_ns);
[[nodiscard]] double writeErrorRate(const Device &device);

// The current whose error rate is `rate`.
[[nodiscard]] double writeCurrent_ua(const Device &device, double pulse_ns, double rate);

// Expected spontaneous flips a day in `bits` cells: bits x 1 GHz x exp(-delta).
[[nodiscard]] double flipsPerDay(const DeviceState &state, double bits);

}  // namespace pimento
