// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/integers.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"

using namespace pimento;

TEST(Integers, weightsAreSymmetricAndOneBitHoldsMinusOneAndZero) {
  EXPECT_EQ(weightRange(8), (IntegerRange{-127, 127}));
  EXPECT_EQ(signedRange(8), (IntegerRange{-128, 127}));
  EXPECT_EQ(weightRange(2), (IntegerRange{-1, 1}));
  EXPECT_EQ(weightRange(1), (IntegerRange{-1, 0}));
  EXPECT_EQ(activationRange(4), (IntegerRange{0, 15}));
}

TEST(Integers, rescalingRoundsHalvesUpwards) {
  const Requantiser quarter{0, 1, 2};
  const std::vector<std::pair<int, int>> table{{-7, -2}, {-6, -1}, {-5, -1}, {-3, -1}, {-2, 0}, {-1, 0},
                                               {0, 0},   {1, 0},   {2, 1},   {3, 1},   {5, 1},  {6, 2}};
  for (const auto &[in, out] : table) EXPECT_EQ(rescale(in, quarter), out) << in;
  EXPECT_EQ(rescale(100, {-90, -3, 0}), -30);
}

TEST(Integers, productsNeed128Bits) {
  const std::int64_t wide = (std::int64_t{1} << 47) - 1;
  EXPECT_EQ(rescale(wide, {0, INT32_MAX, 70}), 256);  // (2^78 - …) / 2^70
  EXPECT_EQ(rescale(-wide, {-wide, INT32_MIN, 79}), 1);
  EXPECT_EQ(rescale(wide, {0, INT32_MAX, 0}), std::int64_t{1} << 62);  // saturates
}

// On both sides of what 64 bits hold.
TEST(Integers, aSumIsTakenBeforeAnythingIsCutOff) {
  constexpr std::int64_t Top = std::int64_t{1} << 62;
  const Requantiser plus{Top, INT32_MAX, 0};
  const Requantiser minus{-Top, INT32_MAX, 0};
  EXPECT_EQ(rescaleSum(0, plus, 0, plus), Top) << "both past 2^62: the sum of what is left of them does not fit";
  EXPECT_EQ(rescaleSum(0, minus, 0, minus), -Top);
  // (2^62 + 5) M - (2^62 + 2) M = 3 M: what is cut off first leaves 0.
  EXPECT_EQ(rescaleSum(5, plus, -2, minus), 3 * std::int64_t{INT32_MAX});
  EXPECT_EQ(rescaleSum(100, {-90, 3, 0}, 7, {0, 1, 1}), 30 + 4);
}

TEST(Integers, rescalingDoesNotDependOnItsPath) {
  const std::int64_t edge = std::int64_t{1} << 30;
  for (const std::int64_t sum : {edge - 1, edge, edge + 1, -edge + 1, -edge, -edge - 1})
    for (const std::int32_t multiplier : {INT32_MIN, INT32_MAX, 1 << 30, -12345})
      for (const int shift : {1, 20, 31, 50, 61, 62}) {
        const long double product = static_cast<long double>(sum) * multiplier;  // 64 bits of mantissa hold it
        const auto expected = static_cast<std::int64_t>(std::floor(std::ldexp(product, -shift) + 0.5L));
        EXPECT_EQ(rescale(sum, {0, multiplier, shift}), expected) << sum << " " << multiplier << " " << shift;
        EXPECT_EQ(rescale(sum - 7, {7, multiplier, shift}), expected);
      }
}

TEST(Integers, activationsAreClampedToTheirRangeOrTheZeroPoint) {
  const Format format{8, 100, 1};
  EXPECT_EQ(toActivation(-101, format, 0), 0);
  EXPECT_EQ(toActivation(-40, format, 0), 60);
  EXPECT_EQ(toActivation(-40, format, 100), 100);
  EXPECT_EQ(toActivation(156, format, 0), 255);
  EXPECT_EQ(toLogit(std::int64_t{1} << 40), INT32_MAX);
}

TEST(Integers, requantiserIsTheClosestToItsFactor) {
  for (const double factor : {1.0, 0.1, -0.3, 3.7e-5, 123.4, -1e8, 0.999999999999}) {
    const Requantiser r = requantiser(factor, 7);
    EXPECT_EQ(r.bias, 7);
    EXPECT_NEAR(std::ldexp(r.multiplier, -r.shift) / factor, 1, 5e-10) << factor;
    EXPECT_GE(std::abs(std::int64_t{r.multiplier}), std::int64_t{1} << 30) << factor;
  }
  EXPECT_EQ(requantiser(0, 1).multiplier, 0);
  EXPECT_EQ(requantiser(1e-30, 1).multiplier, 0);
  EXPECT_THROW((void)requantiser(2e9, 0), Error);
  EXPECT_THROW((void)requantiser(NAN, 0), Error);
}
