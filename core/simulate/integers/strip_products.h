// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

namespace pimento {

inline constexpr int StripPixels = 32;  // pixels of a map that are computed at once

// Products of kernels with a strip of pixels, two taps of a patch at a time, in 32-bit sums that must not overflow:
//   operands  tap 2p + i of pixel x: operands[(p x StripPixels + x) x 2 + i]
//   weights   tap t of kernel k:     weights[k x stride + t]; 2 x pairs taps are read
//   sums      of kernel k, pixel x:  sums[k x StripPixels + x], replaced
using StripProducts = void (*)(const std::int16_t *weights, std::int64_t stride, int kernels,
                               const std::int16_t *operands, int pairs, std::int32_t *sums);

// Those that this processor can run, the fastest first; all give the same. The last is plain C++.
[[nodiscard]] const std::vector<StripProducts> &stripProducts();

}  // namespace pimento
