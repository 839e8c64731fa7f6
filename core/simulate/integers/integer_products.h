// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

namespace pimento {

inline constexpr int StripPixels = 32;  // pixels of a map that are computed at once

// Products of a layer's kernels with its input, in whole numbers: exact, and the same on every processor. Each is
// compiled for several sets of instructions (core/base/vector_operations.h).
struct IntegerProducts {
  const char *name;  // of the set of instructions

  // Of kernels with a strip of pixels, two taps of a patch at a time, in 32-bit sums that must not overflow:
  //   operands  tap 2p + i of pixel x: operands[(p x StripPixels + x) x 2 + i]
  //   weights   tap t of kernel k:     weights[k x stride + t]; 2 x pairs taps are read
  //   sums      of kernel k, pixel x:  sums[k x StripPixels + x], replaced
  void (*strip)(const std::int16_t *weights, std::int64_t stride, int kernels, const std::int16_t *operands, int pairs,
                std::int32_t *sums);

  // Of `count` kernels with one patch of `length` taps, kernel after kernel in `weights`; the sum of kernel k goes to
  // out[k x stride]. In 32-bit sums that must not overflow, and in 64-bit sums of operands without a sign.
  void (*patch32)(const std::int16_t *weights, const std::int16_t *patch, std::int64_t length, std::int64_t count,
                  std::int64_t *out, std::int64_t stride);
  void (*patch64)(const std::int16_t *weights, const std::uint16_t *patch, std::int64_t length, std::int64_t count,
                  std::int64_t *out, std::int64_t stride);
};

// Those that this processor can run, the fastest first; all give the same. The last runs everywhere.
[[nodiscard]] const std::vector<const IntegerProducts *> &usableIntegerProducts();
[[nodiscard]] const IntegerProducts &integerProducts();  // the fastest

extern const IntegerProducts PlainIntegerProducts;
extern const IntegerProducts Avx2IntegerProducts;
extern const IntegerProducts Avx512IntegerProducts;  // with its instructions for neural networks (VNNI)

}  // namespace pimento
