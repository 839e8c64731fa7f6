// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

using namespace pimento;

TEST(Quantile, invertsTheNormalDistribution) {
  const auto below = [](double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); };
  for (const double p : {1e-14, 1e-10, 1e-6, 1e-3, 0.02, 0.074, 0.076, 0.3, 0.5, 0.7, 0.93, 0.999}) {
    EXPECT_NEAR(below(normalQuantile(p)) / p, 1, 3e-6) << p;
    EXPECT_NEAR(normalQuantile(p), -normalQuantile(1 - p), 1e-2 * (p < 1e-9) + 1e-6) << p;
  }
  EXPECT_EQ(normalQuantile(0.5), 0);
}

TEST(Quantile, rarestBitsAreSixStandardDeviationsAway) {
  EXPECT_NEAR(normalFromBits(0), -6.34, 0.01);
  EXPECT_NEAR(normalFromBits(0xffffffff), 6.34, 0.01);
  EXPECT_NEAR(normalFromBits(0x80000000), 0, 1e-8);
}
