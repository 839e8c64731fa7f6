// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>

#include "core/hardware/profile/accelerator.h"

namespace pimento {

// What a sense amplifier can tell of one, two or three cells on a bit line. '1' is the high (antiparallel) state.
enum class SenseOp : std::uint8_t { Read, And2, Or2, And3, Majority, Or3 };
inline constexpr std::size_t SenseOpCount = 6;
inline constexpr std::array<const char *, SenseOpCount> SenseOpNames{"READ", "AND2", "OR2", "AND3", "MAJ", "OR3"};

// One operation: the open cells are in parallel, each a junction and its access transistor, and the sense current
// makes their voltage. The reference is the midpoint of the two neighbouring states it must tell apart.
struct SenseCost {
  double reference_ohm = 0;
  double margin_mv = 0;  // between the two states (each is half of it from the reference)
  // Both rates are the mean of the two states beside the reference (sense_errors.h). The settled one is static and what
  // a latch that waits for ever would have; at the strobe that time and energy are for, the other one holds, with the
  // noise of a read.
  double error_rate = 0;
  double strobed_error_rate = 0;
  double developed = 1;       // share of the margin that there is at the strobe (sense_strobe.h)
  double settle_ns = 0;       // until the strobe, and the latch
  double energy_fj = 0;       // a column: current of cell and reference branch from the supply, and the latch
  bool below_offset = false;  // the half margin is below WeakOffsets x offset
};

// One amplifier in 700 has an offset beyond half a margin of three of them: 0.5 erfc(3 / sqrt 2).
inline constexpr double WeakOffsets = 3;

inline constexpr double SenseRoom_k = 300;

// Physical model: from rest the voltages of cell and reference branch rise with R C of the line until the latch is
// fired (sense_strobe.h). One model: time, energy and strobed error rate are those of the same instant.
[[nodiscard]] SenseCost physicalSense(const Sensing &sensing, SenseOp op, double line_ff, double vdd_v,
                                      double temperature_k = SenseRoom_k);

// NVSim's current-sense amplifier: constants of its 256x512 run; resistances do not matter.
[[nodiscard]] SenseCost nvsimSense();

[[nodiscard]] SenseCost sense(const Sensing &sensing, SenseOp op, double line_ff, double vdd_v,
                              double temperature_k = SenseRoom_k);

}  // namespace pimento
