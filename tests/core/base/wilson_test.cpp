// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/wilson.h"

#include <gtest/gtest.h>

using namespace pimento;

TEST(Wilson, intervalIsThePublishedOne) {
  // 5 of 10: 0.2366 to 0.7634 (Wilson 1927, worked out by hand with z = 1.96).
  EXPECT_NEAR(accuracyInterval(50, 10).low, 23.66, 0.01);
  EXPECT_NEAR(accuracyInterval(50, 10).high, 76.34, 0.01);
  EXPECT_NEAR(accuracyInterval(100, 10'000).high, 100, 1e-9);
  EXPECT_EQ(wilson(0, 10).low, 0);
  EXPECT_EQ(wilson(10, 10).high, 1);
  EXPECT_EQ(wilson(0, 0).high, 1);
}

// An accuracy is printed with two digits: it was counted all the same.
TEST(Wilson, intervalOfAnAccuracyIsThatOfWholeImages) {
  const Interval exact = wilson(3333, 10'000);
  EXPECT_DOUBLE_EQ(accuracyInterval(33.329, 10'000).low, 100 * exact.low);
  EXPECT_DOUBLE_EQ(accuracyInterval(33.331, 10'000).high, 100 * exact.high);
}
