// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>

#include "core/hardware/accelerator.h"

namespace pimento {

// What a sense amplifier can tell of one, two or three cells on a bit line. '1' is the high (antiparallel) state.
enum class SenseOp : std::uint8_t { Read, And2, Or2, And3, Majority, Or3 };
inline constexpr std::size_t SenseOpCount = 6;
inline constexpr std::array<const char *, SenseOpCount> SenseOpNames{"READ", "AND2", "OR2", "AND3", "MAJ", "OR3"};

// One operation: the open cells are in parallel, each a junction and its access transistor, and the sense current
// makes their voltage. The reference is the midpoint of the two neighbouring states it must tell apart.
struct SenseCost {
  double reference_ohm = 0;
  double margin_mv = 0;       // between the two states (each is half of it from the reference)
  double error_rate = 0;      // static; mean of the two states beside the reference (sense_errors.h)
  double settle_ns = 0;       // until the strobe
  double energy_fj = 0;       // a column: current of cell and reference branch from the supply, and the latch
  bool below_offset = false;  // the half margin is below sense_sigmas x offset
};

// Physical model: from rest the voltages of cell and reference branch rise with R C of the line; the latch is fired
// when both neighbouring states differ from the reference by sense_sigmas x offset, or, where the margin does not
// suffice, by 95 % of the half margin (below_offset).
[[nodiscard]] SenseCost physicalSense(const Sensing &sensing, SenseOp op, double line_ff, double vdd_v);

// NVSim's current-sense amplifier: constants of its 256x512 run; resistances do not matter.
[[nodiscard]] SenseCost nvsimSense();

[[nodiscard]] SenseCost sense(const Sensing &sensing, SenseOp op, double line_ff, double vdd_v);

}  // namespace pimento
