// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/device.h"

namespace pimento {

// How long cells hold their state without being touched: Arrhenius, one flip a cell in exp(Δ) / 1 GHz. The attempt rate
// is the usual round number (an assumption); Δ is that of the device's temperature.
struct Retention {
  double flips_per_day = 0;     // expected in all cells
  double first_flip_s = 0;      // expected time until one of them flips
  double scrub_interval_s = 0;  // until the expected share of flipped cells is the target
  bool weak = false;            // the first flip is expected within a day
};

[[nodiscard]] Retention retention(const DeviceState &state, double bits, double errorTarget);

inline constexpr double ScrubTarget = 1e-9;  // assumption: what a code that corrects one bit of 72 makes negligible

}  // namespace pimento
