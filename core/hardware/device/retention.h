// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/device/device.h"

namespace pimento {

// How long cells hold their state without being touched: Arrhenius, one flip a cell in exp(Δ) / 1 GHz. The attempt rate
// is the usual round number (an assumption); Δ is that of the device's temperature.
struct Retention {
  double flips_per_day = 0;     // expected in all cells
  double first_flip_s = 0;      // expected time until one of them flips
  double scrub_interval_s = 0;  // until the expected share of flipped cells is the target
  bool weak = false;            // the first flip is expected before the target
  [[nodiscard]] double first_flip_days() const { return first_flip_s / 86400; }
};

// The target in days is a device's retention_target.
[[nodiscard]] Retention retention(const DeviceState &state, double bits, double errorTarget, double target_days);

inline constexpr double ScrubTarget = 1e-9;  // assumption: what a code that corrects one bit of 72 makes negligible

}  // namespace pimento
