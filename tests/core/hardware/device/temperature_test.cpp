// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/temperature.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/hardware/device/device.h"
#include "core/hardware/device/read_disturb.h"

using namespace pimento;

// By hand for T_C 1,120 K: 300 K keeps 1 - 0.13863 of the magnetisation, 400 K 1 - 0.21343, 250 K 1 - 0.10546.
TEST(Temperature, followsBlochsLaw) {
  EXPECT_EQ(magnetisationRatio(300, 1120), 1);
  EXPECT_NEAR(magnetisationRatio(400, 1120), (1 - 0.21343) / (1 - 0.13863), 1e-4);
  EXPECT_NEAR(magnetisationRatio(250, 1120), (1 - 0.10546) / (1 - 0.13863), 1e-4);
  EXPECT_NEAR(magnetisationRatio(400, 1e6), 1, 1e-4) << "nothing magnetic";
}

TEST(Temperature, anisotropyFallsFasterThanTheMagnetisation) {
  Device d;
  d.temperature_k = 400;
  const double ratio = magnetisationRatio(400, d.curie_temperature_k);
  EXPECT_NEAR(saturationMagnetisation_a_per_m(d), 1e6 * ratio, 1e-3);
  EXPECT_NEAR(interfaceAnisotropy_j_per_m2(d), 0.8e-3 * std::pow(ratio, 2.18), 1e-12);
}

// TMR 120 % has P² = 120 / 320; at 400 K P is 0.9132 of that.
TEST(Temperature, magnetoresistanceFollowsThePolarisation) {
  EXPECT_EQ(tmrAt_pct(120, 300, 1120), 120);
  const double square = 0.375 * std::pow(magnetisationRatio(400, 1120), 2);
  EXPECT_NEAR(tmrAt_pct(120, 400, 1120), 200 * square / (1 - square), 1e-9);
  EXPECT_NEAR(tmrAt_pct(120, 400, 1120), 91.0, 0.5);
  EXPECT_LT(tmrAt_pct(1e5, 200, 600), 2.1e6) << "a perfect junction stays finite";
  EXPECT_NEAR(tmrAt_pct(9900, 400, 1e6) / 9900, 1, 0.02);
}

// In the plane the barrier is shape, Ms² alone, over kT: it falls faster than 1/T.
TEST(Temperature, movesStabilityBeyondTheThermalEnergy) {
  Device d;
  const double cool = deviceState(d).stability;
  d.temperature_k = 400;
  const double ratio = magnetisationRatio(400, d.curie_temperature_k);
  EXPECT_NEAR(deviceState(d).stability, cool * 300 / 400 * ratio * ratio, 1e-9);
  d.curie_temperature_k = 700;
  EXPECT_LT(deviceState(d).stability, cool * 300 / 400 * ratio * ratio);
}
