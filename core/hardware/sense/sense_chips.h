// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <stop_token>

#include "core/hardware/sense/sense_map.h"

namespace pimento {

// What static variation looks like over several chips of one design: one sub-array of each is made (sense_map.h) and
// sensed with many sets of rows. The mean of the rates approaches the headline error at the
// strobe (less the noise of a read, left out here); the columns show that it is the
// same few that err.
struct ChipSenses {
  int chips = 0;
  double rate = 0;              // mean over chips, of the two states beside the reference
  double leastRate = 0;         // of one chip
  double mostRate = 0;          // of one chip
  double faultlessColumns = 1;  // share of columns right for every sampled set of rows and state
  double repairedColumns = 0;   // a sub-array
};

// Chips have the seeds firstSeed, firstSeed + 1, …; a stop leaves fewer chips.
[[nodiscard]] ChipSenses chipSenses(const Accelerator &accelerator, SenseOp op, int chips, std::uint64_t firstSeed,
                                    const std::stop_token &stop = {});

}  // namespace pimento
