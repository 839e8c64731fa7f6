// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/integer_products.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/base/random.h"

using namespace pimento;

namespace {

std::vector<std::int16_t> some(Random &random, std::size_t count, std::int64_t reach) {
  std::vector<std::int16_t> values(count);
  for (std::int16_t &value : values)
    value = static_cast<std::int16_t>(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * reach))) -
                                      reach);
  return values;
}

// As integer_products.h defines it, in 64 bits.
std::int64_t stripSum(const std::int16_t *weights, const std::vector<std::int16_t> &operands, int pairs, int pixel) {
  std::int64_t sum = 0;
  for (int t = 0; t < 2 * pairs; ++t) {
    const int at = (t / 2 * StripPixels + pixel) * 2 + t % 2;
    sum += std::int64_t{weights[t]} * operands[static_cast<std::size_t>(at)];
  }
  return sum;
}

}  // namespace

TEST(IntegerProducts, ofStripsAreExactWithEveryInstructionSet) {
  Random random(1);
  for (const int kernels : {1, 2, 3, 4, 5, 8, 13, 16, 31})
    for (const int pairs : {1, 5, 72, 128}) {
      const std::int64_t stride = 2 * pairs + 4;
      const auto weights = some(random, static_cast<std::size_t>(kernels * stride), 128);
      const auto operands = some(random, static_cast<std::size_t>(pairs) * 2 * StripPixels, 1 << 15);
      for (const IntegerProducts *products : usableIntegerProducts()) {
        std::vector<std::int32_t> sums(static_cast<std::size_t>(kernels + 1) * StripPixels, -1);
        products->strip(weights.data(), stride, kernels, operands.data(), pairs, sums.data());
        for (int k = 0; k < kernels; ++k)
          for (int x = 0; x < StripPixels; ++x)
            ASSERT_EQ(sums[static_cast<std::size_t>(k * StripPixels + x)],
                      stripSum(weights.data() + k * stride, operands, pairs, x))
                << products->name << ": kernel " << k << " of " << kernels << ", pixel " << x << ", pairs " << pairs;
        EXPECT_EQ(sums[static_cast<std::size_t>(kernels) * StripPixels], -1)
            << products->name << " wrote past its sums";
      }
    }
}

TEST(IntegerProducts, ofPatchesAreExactWithEveryInstructionSet) {
  Random random(2);
  constexpr std::int64_t Count = 5, Stride = 3;
  for (const std::int64_t length : {1, 7, 16, 27, 100, 576}) {
    const auto weights = some(random, static_cast<std::size_t>(Count * length), 1 << 15);
    const auto small = some(random, static_cast<std::size_t>(length), 1 << 5);
    std::vector<std::uint16_t> large(small.size());
    for (auto &q : large) q = static_cast<std::uint16_t>(random.below(1 << 16));
    for (const IntegerProducts *products : usableIntegerProducts()) {
      std::vector<std::int64_t> narrow(Count * Stride), wide(Count * Stride);
      products->patch32(weights.data(), small.data(), length, Count, narrow.data(), Stride);
      products->patch64(weights.data(), large.data(), length, Count, wide.data(), Stride);
      for (std::int64_t k = 0; k < Count; ++k) {
        std::int64_t first = 0, second = 0;
        for (std::int64_t i = 0; i < length; ++i) {
          const std::int64_t w = weights[static_cast<std::size_t>(k * length + i)];
          first += w * small[static_cast<std::size_t>(i)];
          second += w * large[static_cast<std::size_t>(i)];
        }
        EXPECT_EQ(narrow[static_cast<std::size_t>(k * Stride)], first) << products->name << ", " << length << " taps";
        EXPECT_EQ(wide[static_cast<std::size_t>(k * Stride)], second) << products->name << ", " << length << " taps";
      }
    }
  }
}
