// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

namespace pimento {

// Standard normal quantile, seven digits: Wichura, Algorithm AS 241 (PPND7), Applied Statistics 37 (1988).
// 0 < p < 1.
[[nodiscard]] double normalQuantile(double p);

// A draw of mean 0 and standard deviation 1 from 32 random bits; the rarest are 6.3 standard deviations away.
[[nodiscard]] inline double normalFromBits(std::uint32_t bits) { return normalQuantile((bits + 0.5) * 0x1p-32); }

}  // namespace pimento
