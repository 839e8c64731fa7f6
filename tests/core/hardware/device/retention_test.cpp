// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/retention.h"

#include <gtest/gtest.h>

#include "core/hardware/profile/accelerator.h"

using namespace pimento;

namespace {
constexpr double Bits = 512.0 * 1048576;
}

// 409 flips an hour in 512 Mb at a stability of 43 (check set).
TEST(Retention, weakCellsAreFlagged) {
  Device d;
  d.demagnetisation_x = 0.0552;
  d.demagnetisation_y = 0.0166;
  d.demagnetisation_z = 0.9283;
  const Retention r = retention(deviceState(d), Bits, 1e-9, 1);
  EXPECT_NEAR(r.flips_per_day / 24, 409, 0.05 * 409);
  EXPECT_NEAR(r.first_flip_s, 3600.0 / 409, 0.05 * 3600 / 409);
  EXPECT_NEAR(r.scrub_interval_s * r.flips_per_day / 86400, 1e-9 * Bits, 1e-9);
  EXPECT_TRUE(r.weak);
  EXPECT_FALSE(retention(deviceState(d), Bits, 1e-9, 0.9 / (24 * 409)).weak) << "less is asked for";
}

TEST(Retention, heatShortensIt) {
  Device d;
  const Retention cool = retention(deviceState(d), Bits, 1e-9, 1);
  d.temperature_k = 400;
  const Retention hot = retention(deviceState(d), Bits, 1e-9, 1);
  EXPECT_FALSE(cool.weak);
  EXPECT_LT(hot.first_flip_s, cool.first_flip_s);
  EXPECT_LT(hot.scrub_interval_s, cool.scrub_interval_s);
}
