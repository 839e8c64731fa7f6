// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/random.h"
#include "core/hardware/device/magnetics.h"

namespace pimento {

// The equation of macrospin.h for several independent moments at once, in vector registers.
inline constexpr std::size_t SpinLanes = 8;
using LaneValues = std::array<double, SpinLanes>;

struct SpinState {
  LaneValues x{};
  LaneValues y{};
  LaneValues z{};
};

// The generator of core/base/random.h, a stream a lane.
struct LaneStreams {
  std::array<std::array<std::uint64_t, SpinLanes>, 4> state{};
  void seed(std::size_t lane, Random &random);  // with its next four numbers
};

struct WritePulse {
  LaneValues field_a_per_m{};  // spin-orbit field Hs at full current
  double length_s = 0;
  double rise_s = 0;
  double fall_s = 0;  // after length_s; the assisting current ends with it
};

// Runs a pulse and the relaxation after it. Bit i of the result: lane i ended in the well opposite to -easy axis, in
// which all start. Steps are at most a tenth of a radian of the fastest precession (Runge-Kutta of fourth order;
// halving them moves first currents by less than 0.1 %), half of that with a thermal field (Heun).
[[nodiscard]] std::uint32_t runPulse(const Magnetics &magnetics, const WritePulse &pulse, SpinState state);
[[nodiscard]] std::uint32_t runThermalPulse(const Magnetics &magnetics, const WritePulse &pulse, SpinState state,
                                            LaneStreams &random);

// A start state of the equilibrium distribution in the well of -easy axis, for one lane.
void drawThermalStart(const Magnetics &magnetics, SpinState &state, Random &random, std::size_t lane);

}  // namespace pimento
