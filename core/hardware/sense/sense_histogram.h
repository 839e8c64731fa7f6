// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/hardware/sense/sense.h"

namespace pimento {

// How the voltages that an amplifier sees are spread over columns and cells, for each number of ones.
struct MarginHistogram {
  SenseOp op = SenseOp::Read;
  double reference_mv = 0;
  double first_mv = 0;  // lower edge of the first bin
  double bin_mv = 0;
  int trials = 0;  // for each number of ones
  // [ones]: trials a bin; voltages beyond the ends are counted in the end bins.
  std::vector<std::vector<int>> counts;
};

// Voltage of the open cells on a settled line and the amplifier's offset, drawn anew for every trial. The bins span 4.5
// deviations below the lowest state to 4.5 above the highest. 10,000 trials of three cells take about 5 ms; for a job's
// thread. Trials are missing where a stop is asked for.
[[nodiscard]] MarginHistogram marginHistogram(const Sensing &sensing, SenseOp op, int trials, std::uint64_t seed,
                                              const std::stop_token &stop = {});

}  // namespace pimento
