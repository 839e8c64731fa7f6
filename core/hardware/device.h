// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/accelerator.h"

namespace pimento {

// What the memory element does, from its parameters.
//
// Sot: a single-domain ("macrospin") in-plane free layer under damping-like torque. The state loses stability at
// Hs = a (Hx + Hz) / 2 and from there the angle grows as exp(g (Hs - Hc) t), from the thermal angle sqrt(1 / 2 delta)
// to pi / 2; this gives the 1/pulse term. Limits: linear growth with the torque averaged over a precession (the full
// equation switches up to 35 % earlier if the start is tilted out of the plane), square pulses, no field-like torque,
// no thermal field while the pulse is on (write_overdrive stands for it), no shunting by the free layer. Fixed: current
// and stability as given.
struct DeviceState {
  double in_plane_field_a_per_m = 0;      // Hx = Ms (Nx - Ny)
  double out_of_plane_field_a_per_m = 0;  // Hz = Ms (Nz - Ny) - 2 Ki / (mu0 Ms t)
  double stability = 0;                   // delta = barrier / kT
  double effective_spin_hall_angle = 0;
  double metal_ohm = 0;
  double instability_ua = 0;  // current of a very long pulse
  double write_current_ua = 0;
  double write_pulse_ns = 0;
  double metal_fj = 0;  // I² R t in the heavy metal
  double write_fj = 0;  // from the supply: V I t
};

[[nodiscard]] DeviceState deviceState(const Device &device);

// Current that switches in a pulse of this length at zero temperature, in-plane start at the thermal angle.
[[nodiscard]] double switchingCurrent_ua(const Device &device, double pulse_ns);

// Expected spontaneous flips a day in `bits` cells: bits x 1 GHz x exp(-delta).
[[nodiscard]] double flipsPerDay(const DeviceState &state, double bits);

}  // namespace pimento
