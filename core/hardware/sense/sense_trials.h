// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <stop_token>

#include "core/base/quantity.h"
#include "core/hardware/sense/sense.h"
#include "core/hardware/sense/sense_sum.h"

namespace pimento {

// Monte Carlo of senses: what the analytic rates are checked with. Every trial draws an offset an amplifier and the
// open cells anew, so it samples columns over many chips; noise of the read is left out, as it is there, and the line
// has settled; give it asStrobed() of a sensing (sense_strobe.h) for the rates at the strobe.
struct SenseTrials {
  int cells = 0;
  std::int64_t trials = 0;  // for each number of ones
  std::array<std::int64_t, 4> failures{};
  double headline = 0;       // as in SenseErrors and SumCost
  Interval headlineRange{};  // 95 % (Wilson)
  [[nodiscard]] double rate(int ones) const {
    return trials > 0 ? static_cast<double>(failures[static_cast<std::size_t>(ones)]) / static_cast<double>(trials) : 0;
  }
  [[nodiscard]] Interval range(int ones) const;  // 95 % (Wilson)
};

// From two threads; the result depends on the seed alone. A stop leaves fewer trials. About 0.15 µs a trial, number of
// ones and core. XOR3 and SUM sense their three parts on the same cells; CARRY is MAJ.
[[nodiscard]] SenseTrials senseTrials(const Sensing &sensing, SenseOp op, std::int64_t trials, std::uint64_t seed,
                                      const std::stop_token &stop = {});
[[nodiscard]] SenseTrials sumTrials(const Sensing &sensing, SumOp op, std::int64_t trials, std::uint64_t seed,
                                    const std::stop_token &stop = {});

}  // namespace pimento
