// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/half.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace pimento;

TEST(Half, keepsEveryHalfExactly) {
  for (std::uint32_t half = 0; half < 0x10000; ++half) {
    const float value = floatOf(static_cast<std::uint16_t>(half));
    if (std::isnan(value))
      EXPECT_TRUE(std::isnan(floatOf(halfOf(value))));
    else
      EXPECT_EQ(halfOf(value), half);
  }
}

TEST(Half, hasTheValuesOfTheStandard) {
  EXPECT_EQ(halfOf(1.0F), 0x3c00);
  EXPECT_EQ(halfOf(-2.0F), 0xc000);
  EXPECT_EQ(halfOf(65504.0F), 0x7bff);
  EXPECT_EQ(halfOf(0x1p-14F), 0x0400);
  EXPECT_EQ(halfOf(0x1p-24F), 0x0001);
  EXPECT_EQ(halfOf(-0.0F), 0x8000);
  EXPECT_EQ(floatOf(0x3555), 0.333251953125F);
}

// Between two neighbours the nearer one; from the middle the one whose last bit is 0.
TEST(Half, roundsToTheNearestAndTiesToEven) {
  for (std::uint32_t half = 0; half < 0x7bff; ++half) {
    const float low = floatOf(static_cast<std::uint16_t>(half));
    const float high = floatOf(static_cast<std::uint16_t>(half + 1));
    const float middle = low + (high - low) / 2;  // exact: a float has 13 bits more
    EXPECT_EQ(halfOf(middle), half % 2 == 0 ? half : half + 1);
    EXPECT_EQ(halfOf(std::nextafter(middle, low)), half);
    EXPECT_EQ(halfOf(std::nextafter(middle, high)), half + 1);
    EXPECT_EQ(halfOf(-middle), 0x8000 | halfOf(middle));
  }
}

TEST(Half, overflowsToInfinityAndKeepsNaN) {
  EXPECT_EQ(halfOf(std::nextafter(65520.0F, 0.0F)), 0x7bff);
  EXPECT_EQ(halfOf(65520.0F), 0x7c00);
  EXPECT_EQ(halfOf(std::numeric_limits<float>::max()), 0x7c00);
  EXPECT_EQ(halfOf(-std::numeric_limits<float>::infinity()), 0xfc00);
  EXPECT_TRUE(std::isnan(floatOf(halfOf(std::numeric_limits<float>::quiet_NaN()))));
  EXPECT_EQ(halfOf(std::numeric_limits<float>::denorm_min()), 0);
}
