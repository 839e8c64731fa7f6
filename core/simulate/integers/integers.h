// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cstdint>

#include "core/hardware/dataflow/mapping.h"
#include "core/network/counts.h"

// The one definition of a quantised network's integers. Whoever makes, evaluates or simulates one uses this.
//
//   weights      two's complement of W bits, symmetric per output channel: a quantiser makes -(2^(W-1)-1) to
//                2^(W-1)-1. The lowest number, -2^(W-1), is allowed too; one bit holds -1 and 0.
//   activations  unsigned of A bits with a zero point z: real value = scale x (q - z). Padding holds z, and so do the
//                channels that a padded shortcut appends.
//   accumulator  sum of w x q over a patch, q as it is stored. The rest of the zero point, -z x sum(w), is a constant
//                of the channel and goes into its bias, which is stored at scale(activation) x scale(weight).
//                32 bits wide for 8 by 8 bits and below, 48 above. That accumulator and biased accumulator fit is
//                checked against the largest activations before anything runs; partial sums may wrap round and back.
//   result       q = clamp(((acc + b) M + 2^(s-1)) >> s) + z, low, 2^A - 1), M signed 32 bit, the product 128 bit, the
//                shift arithmetic. low is 0, or z after a ReLU.
//   batch norm   folded into b, M and s of its convolution; one that stands alone does the same to q - z.
//   average      integer sum, 1/N in M. Residual addition: each input is rescaled by its own (b = -z, M, s), then
//                added, before anything is cut off. Maximum: compared as integers, padding never wins; the format does
//                not change.
//   logits       the output layer's results, clamped to signed 32 bit in place of A bits, z = 0: (M, s) bring its
//                channels to one scale before they are compared. Of equal ones the first wins.
namespace pimento {

inline constexpr int MaxIntegerBits = 16;  // of weights and of activations

struct IntegerRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
  [[nodiscard]] constexpr bool holds(std::int64_t value) const { return value >= low && value <= high; }
  bool operator==(const IntegerRange &) const = default;
};

// What two's complement of `bits` holds.
[[nodiscard]] constexpr IntegerRange signedRange(int bits) {
  return {-(std::int64_t{1} << (bits - 1)), (std::int64_t{1} << (bits - 1)) - 1};
}

// Weights that a quantiser makes.
[[nodiscard]] constexpr IntegerRange weightRange(int bits) {
  const IntegerRange all = signedRange(bits);
  return bits == 1 ? all : IntegerRange{-all.high, all.high};
}

[[nodiscard]] constexpr IntegerRange activationRange(int bits) { return {0, (std::int64_t{1} << bits) - 1}; }

// Activations of one map. The scale is for those who turn reals into integers; integer arithmetic does not read it.
struct Format {
  int bits = 8;
  std::int32_t zero = 0;
  double scale = 1;
  bool operator==(const Format &) const = default;
};

// A channel's words in the digital unit.
struct Requantiser {
  std::int64_t bias = 0;
  std::int32_t multiplier = 1;
  std::int32_t shift = 0;  // 0 to MaxShift
  bool operator==(const Requantiser &) const = default;
};
inline constexpr int MaxShift = 90;

// ((acc + b) M + 2^(s-1)) >> s, rounded half up; saturates at ±2^62. The first form is for any operands.
[[nodiscard]] std::int64_t rescaleWide(std::int64_t accumulator, const Requantiser &words);
[[nodiscard]] inline std::int64_t rescale(std::int64_t accumulator, const Requantiser &words) {
  constexpr std::int64_t Narrow = std::int64_t{1} << 30;
  const auto small = [](std::int64_t x) { return x < Narrow && x > -Narrow; };
  // Below 2^62 in size: 64 bits do. Nearly all of 8-bit networks.
  if (small(accumulator) && small(words.bias) && words.shift > 0 && words.shift < 62)
    return ((accumulator + words.bias) * words.multiplier + (std::int64_t{1} << (words.shift - 1))) >> words.shift;
  return rescaleWide(accumulator, words);
}

// The sum of two such results; only the sum saturates, at ±2^62.
[[nodiscard]] std::int64_t rescaleSumWide(std::int64_t a, const Requantiser &first, std::int64_t b,
                                          const Requantiser &second);
[[nodiscard]] inline std::int64_t rescaleSum(std::int64_t a, const Requantiser &first, std::int64_t b,
                                             const Requantiser &second) {
  constexpr std::int64_t Whole = std::int64_t{1} << 60;  // neither has saturated, nor does the sum
  const std::int64_t x = rescale(a, first);
  const std::int64_t y = rescale(b, second);
  const bool small = x < Whole && x > -Whole && y < Whole && y > -Whole;
  return small ? x + y : rescaleSumWide(a, first, b, second);
}

// The result of rescale() as an activation. `floor` is 0, or the zero point after a ReLU.
[[nodiscard]] constexpr std::uint16_t toActivation(std::int64_t rescaled, const Format &format, std::int32_t floor) {
  return static_cast<std::uint16_t>(
      std::clamp<std::int64_t>(rescaled + format.zero, floor, activationRange(format.bits).high));
}

[[nodiscard]] constexpr std::int32_t toLogit(std::int64_t rescaled) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(rescaled, INT32_MIN, INT32_MAX));
}

// (M, s) with M / 2^s closest to `factor`: 2^30 <= |M| < 2^31, or M = 0 for factors below 2^-60.
// Throws Error unless |factor| < 2^30.
[[nodiscard]] Requantiser requantiser(double factor, std::int64_t bias);

}  // namespace pimento
