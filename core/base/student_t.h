// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento {

// Student's t distribution of a whole number of degrees of freedom, 1 or more: the probability of a value below t, by
// the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4.
[[nodiscard]] double studentT(double t, int degrees);

// The value that a share p of the distribution lies below, to 1e-9 of itself. 0 < p < 1.
[[nodiscard]] double studentTQuantile(double p, int degrees);

}  // namespace pimento
