// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/sense/sense.h"

namespace pimento {

// When the latch is fired, and how much of the settled difference between cell and reference there is by then.
//
// A branch of R on a line of C rises as I R (1 - exp(-t / R C)). That is concave in R, so the difference to the higher
// state is the smaller of the two; its share of half the margin is what "developed" means. Everything that comes from
// the cells, their spread too, is scaled by that share to first order; offset and noise of the amplifier are not. A
// sense that is strobed early therefore errs as a settled one whose offset and noise are divided by it.
struct Strobe {
  double developed = 1;  // above 0, at most MostDeveloped
  double ns = 0;         // from switching the current on
};

// A line that has settled so far is waited for, but no longer; weaker cells cost errors then, not time.
inline constexpr double MostDeveloped = 0.95;

// The latch is fired when the developed half margin is sense_sigmas standard deviations of what stands against it
// there (offset, noise, and the spread of the cells, developed alike), or at MostDeveloped where that cannot be.
[[nodiscard]] Strobe strobe(const Sensing &sensing, SenseOp op, double line_ff, double temperature_k);

// Share of the settled difference after that time.
[[nodiscard]] double developedAfter(const Sensing &sensing, SenseOp op, double line_ff, double ns);

// The settled amplifier that errs as this one does when strobed: offset and noise over the developed share.
[[nodiscard]] Sensing asStrobed(const Sensing &sensing, double developed, double noise_mv);

}  // namespace pimento
