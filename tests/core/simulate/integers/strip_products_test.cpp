// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/strip_products.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/base/random.h"

using namespace pimento;

TEST(StripProducts, areTheSameOnEveryProcessor) {
  Random random(1);
  const auto some = [&](std::size_t count, std::int64_t reach) {
    std::vector<std::int16_t> values(count);
    for (std::int16_t &value : values)
      value = static_cast<std::int16_t>(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * reach))) -
                                        reach);
    return values;
  };
  for (const int kernels : {1, 2, 3, 4, 5, 8, 13, 16})
    for (const int pairs : {1, 5, 72, 128}) {
      const std::int64_t stride = 2 * pairs + 4;
      const auto weights = some(static_cast<std::size_t>(kernels * stride), 128);
      const auto operands = some(static_cast<std::size_t>(pairs) * 2 * StripPixels, 1 << 15);
      std::vector<std::int32_t> expected(static_cast<std::size_t>(kernels) * StripPixels);
      std::vector<std::int32_t> sums = expected;
      stripProducts().back()(weights.data(), stride, kernels, operands.data(), pairs, expected.data());
      for (const StripProducts products : stripProducts()) {
        std::fill(sums.begin(), sums.end(), -1);
        products(weights.data(), stride, kernels, operands.data(), pairs, sums.data());
        EXPECT_EQ(sums, expected) << kernels << " kernels, " << pairs << " pairs";
      }
      std::int64_t first = 0;
      for (int t = 0; t < 2 * pairs; ++t)
        first +=
            weights[static_cast<std::size_t>(t)] * operands[static_cast<std::size_t>(t / 2 * 2 * StripPixels + t % 2)];
      EXPECT_EQ(expected[0], first);
    }
}
