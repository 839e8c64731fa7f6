// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/quantity.h"
#include "core/hardware/device/device_parameters.h"

namespace pimento {

// The write of a cell by the Landau-Lifshitz-Gilbert equation of one magnetic moment m (a "macrospin") under
// damping-like and field-like spin-orbit torque and an assisting current through the junction,
//   dm/dt = -g/(1+a²) [ m×H + a m×(m×H) + m×(m×T) - a m×T ],   T = Hs s + Hj e,   s = y,   g = 2.2128e5 m/(A s),
// with H = (-Hx mx + Hb, β Hs, -Hz mz) and e the written state along the easy axis. The current in the metal rises
// linearly within write_rise_ps, inside the pulse, and falls linearly within write_fall_ps after it; the assisting
// current flows from the start of the pulse to the end of the fall. Afterwards m relaxes until its energy is below the
// barrier, and the well it is in decides. Both easy axes are covered: y (Hz > 0) and z (Hz < 0, which needs the bias
// field Hb or the assisting current). Devices whose write model has no free layer
// have no such model: the functions below throw Error for them.

// Zero temperature, started sqrt(1/2Δ) off the easy axis, see WriteStart. Whether a current switches is not monotonic.
// The currents are found on a scan in steps of ScanStep, from the instability current (z: Hs = 0.1 Hk) to ScanBound
// times the first current, then bisected to a thousandth: bands narrower than the step can be missed.
struct SwitchingPoint {
  double pulse_ns = 0;
  std::optional<double> current_ua;         // the smallest that switches; absent: none up to ScanMost instabilities
  std::optional<double> always_current_ua;  // above it every scanned current switches; absent: some fail at the bound
  std::optional<double> energy_fj;          // from the supply at always_current_ua (writeEnergy)
  std::optional<double> metal_fj;           // in the heavy metal at always_current_ua
};
inline constexpr double ScanStep = 0.005;
inline constexpr double ScanBound = 3;
inline constexpr double ScanMost = 100;

// Out of the plane: toward (x+z)/√2. In the plane: toward x; later, as m then has to gain its whole precession.
enum class WriteStart : std::uint8_t { Tilted, InPlane };

// A point a pulse, in their order; those not computed because of a stop have no currents.
[[nodiscard]] std::vector<SwitchingPoint> switchingCurve(const Device &device, std::span<const double> pulses_ns,
                                                         const std::stop_token &stop = {},
                                                         WriteStart start = WriteStart::Tilted);

// Writes at the device's temperature: start states from the equilibrium distribution, a thermal field of
// sqrt(2 a kT / (g mu0 Ms V dt)) a component throughout (Heun, Stratonovich), and independent trials.
struct WriteFailures {
  std::int64_t trials = 0;  // fewer than asked for if stopped
  std::int64_t failures = 0;
  Interval rate;  // of failures, 95 % (Wilson)
  [[nodiscard]] double fraction() const { return trials > 0 ? double(failures) / double(trials) : 0; }
};

// Trial i has a random stream of its own, from the seed and i: the result is the same for any number of threads.
[[nodiscard]] WriteFailures writeFailures(const Device &device, double current_ua, double pulse_ns, std::int64_t trials,
                                          std::uint64_t seed, const std::stop_token &stop = {});

}  // namespace pimento
