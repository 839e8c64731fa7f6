// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento::learn {

// Floating-point operations a second (2 a multiply-accumulate) of the fastest convolution of a few tried, forward, with
// the threads that are set: what training is measured against. Takes about half a second.
[[nodiscard]] double bestConvolution_flops();

}  // namespace pimento::learn
