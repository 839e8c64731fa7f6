// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/device/magnetics.h"

namespace pimento {

// Closed formulas for the write of a layer with its easy axis in the plane, in reduced quantities. Above the
// instability current the energy of the precession grows as exp(2 (j - 1) τ), j the current over it, from the thermal
// energy to a multiple of the barrier, the gate. Without a thermal field the start has (1 + Hz/Hx) / 4 of kT; with it
// the energy is distributed exponentially around j / (j - 1) of kT, so that a write fails at the rate
//   1 - exp(-G Δ (j - 1) / (j exp(2 (j - 1) τ) - 1))
// (the form of Butler et al., IEEE Trans. Magn. 48, 4684, 2012, for a perpendicular layer, where G is π²/4).
//
// Only the gates are fitted, to the equation of macrospin.h on 280 random devices with Hz/Hx 2 to 40, damping 0.005 to
// 0.08, Δ 25 to 120, pulses of 10 to 400 rad of the small precession, rise up to 200 ps. Errors there: first current
// 4.4 % rms, nine of ten within 7 %, all within 13.5 %. Failure rates between 0.001 and 0.9: a factor of 1.36 rms, nine
// of ten within 1.63, all within 6.3; the current for a rate 2.5 % rms, nine of ten within 4 %, all within 13 %. Lower
// rates follow the formula. Outside the range the gate keeps its value at the edge.
struct ReducedWrite {
  double stability = 0;  // Δ
  double ratio = 0;      // Hz / Hx
  double pulse = 0;      // τ = g a (Hx + Hz) / 2 t / (1 + a²); half of the rise is not counted
  double radians = 0;    // of the small precession in that time: g sqrt(Hx Hz) t
};

[[nodiscard]] ReducedWrite reducedWrite(const Device &device, const Magnetics &magnetics, double pulse_ns);

// Of an easy axis y: the spin field over a (Hx + Hz) / 2, to which an assisting current along y adds, and the current
// in the metal for it, which is never below zero.
[[nodiscard]] double overdriveOf(const Magnetics &magnetics, double current_ua);
[[nodiscard]] double currentFor_ua(const Magnetics &magnetics, double overdrive);

// At an overdrive of 1; for an easy axis z its threshold (Hk / 2 - Hb / √2) (Lee et al., APL 102, 112410, 2013), which
// leaves field-like torque and assisting current out.
[[nodiscard]] double instability_ua(const Magnetics &magnetics);

[[nodiscard]] double firstOverdrive(const ReducedWrite &write);                    // j at zero temperature
[[nodiscard]] double failureRate(const ReducedWrite &write, double overdrive);     // at j
[[nodiscard]] double overdriveFor(const ReducedWrite &write, double failureRate);  // the j that has this rate

}  // namespace pimento
