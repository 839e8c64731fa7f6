// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/switching_fit.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/hardware/device/device.h"
#include "core/hardware/device/macrospin.h"
#include "core/hardware/profile/accelerator.h"

using namespace pimento;

namespace {

// Layers in and at the edges of the fitted range, given by Hx, Hz / Hx, damping and stability.
Device layer(double hx_a_per_m, double ratio, double damping, double stability) {
  Device d;
  d.interface_anisotropy_j_per_m2 = 0;
  d.demagnetisation_y = 0;
  d.demagnetisation_x = hx_a_per_m / d.saturation_magnetisation_a_per_m;
  d.demagnetisation_z = ratio * *d.demagnetisation_x;
  d.damping = damping;
  d.heavy_metal_width_nm = 90;
  d.free_layer_length_nm *= stability / magneticsOf(d).stability();
  return d;
}

const std::vector<Device> &layers() {
  static const std::vector<Device> all{Device{}, layer(3e4, 3, 0.05, 60), layer(6e4, 8, 0.02, 40),
                                       layer(2e4, 30, 0.008, 90)};
  return all;
}

}  // namespace

TEST(SwitchingFit, agreesWithTheEquationWithinItsStatedError) {
  constexpr std::array<double, 3> Pulses{1, 2, 5};
  for (const Device &d : layers())
    for (const SwitchingPoint &point : switchingCurve(d, Pulses)) {
      ASSERT_TRUE(point.current_ua);
      EXPECT_NEAR(switchingCurrent_ua(d, point.pulse_ns), *point.current_ua, 0.135 * *point.current_ua)
          << point.pulse_ns << " ns, damping " << d.damping;
    }
}

// 800 trials at fitted rates of 0.3 and 0.03: the stated factor of 6.3, and four standard deviations of the counts.
TEST(SwitchingFit, errorRatesAgreeWithThermalTrialsInOrderOfMagnitude) {
  constexpr double Trials = 800;
  for (const Device &d : layers())
    for (const double rate : {0.3, 0.03}) {
      const double current = writeCurrent_ua(d, 2, rate);
      EXPECT_NEAR(writeErrorRate(d, current, 2), rate, 1e-6);
      const WriteFailures found = writeFailures(d, current, 2, std::int64_t(Trials), 3);
      const auto expected = [&](double p) { return 4 * std::sqrt(p * Trials); };
      EXPECT_GT(double(found.failures), rate / 6.3 * Trials - expected(rate / 6.3)) << d.damping;
      EXPECT_LT(double(found.failures), std::min(1.0, rate * 6.3) * Trials + expected(rate)) << d.damping;
    }
}

// The check set: 0.224 and 0.011 at 1 ns, 0.017 at 2 ns.
TEST(SwitchingFit, errorRatesOfTheCheckSetAreMet) {
  Device d;
  d.demagnetisation_x = 0.0552;
  d.demagnetisation_y = 0.0166;
  d.demagnetisation_z = 0.9283;
  EXPECT_NEAR(writeErrorRate(d, 200, 1), 1118.0 / 5000, 0.15 * 1118.0 / 5000);
  EXPECT_NEAR(writeErrorRate(d, 300, 1), 55.0 / 5000, 0.3 * 55.0 / 5000);
  EXPECT_NEAR(writeErrorRate(d, 150, 2), 85.0 / 5000, 0.3 * 85.0 / 5000);
}

TEST(SwitchingFit, failureFallsWithCurrentPulseAndColdness) {
  Device d;
  double last = 1;
  for (double current = 40; current < 500; current *= 1.1) {
    const double rate = writeErrorRate(d, current, 2);
    EXPECT_LE(rate, last);
    last = rate;
  }
  EXPECT_LT(writeErrorRate(d, 150, 3), writeErrorRate(d, 150, 2));
  for (const double rate : {0.05, 1e-3, 1e-6, 1e-12}) {
    const ReducedWrite write = reducedWrite(d, magneticsOf(d), 2);
    EXPECT_NEAR(std::log(failureRate(write, overdriveFor(write, rate))), std::log(rate), 1e-6);
  }
}

// A perpendicular layer: threshold current whatever the pulse, and a toss of a coin where it falls.
TEST(SwitchingFit, perpendicularLayersFailEveryOtherTime) {
  Device d;
  d.free_layer_length_nm = d.free_layer_width_nm = 50;
  d.free_layer_thickness_nm = 1.1;
  d.saturation_magnetisation_a_per_m = 1.2e6;
  d.interface_anisotropy_j_per_m2 = 1.006e-3;
  d.damping = 0.03;
  d.demagnetisation_x = d.demagnetisation_y = 0.0329;
  d.demagnetisation_z = 0.9342;
  d.bias_field_mt = 20;
  EXPECT_EQ(magneticsOf(d).axis(), EasyAxis::Z);
  EXPECT_EQ(switchingCurrent_ua(d, 1), switchingCurrent_ua(d, 5));
  const std::array<double, 1> pulse{1};
  const auto point = switchingCurve(d, pulse)[0];
  ASSERT_TRUE(point.current_ua);
  EXPECT_NEAR(*point.current_ua, switchingCurrent_ua(d, 1), 0.15 * *point.current_ua);
  EXPECT_EQ(writeErrorRate(d), 0.5);
  const double current = switchingCurrent_ua(d, 1);
  EXPECT_NEAR(writeFailures(d, current, 1, 400, 1).fraction(), 0.5, 4 * 0.025 + 0.05);
}

TEST(SwitchingFit, whatTheTorqueCanNotSwitchIsRefused) {
  const auto refused = [](auto change) {
    Accelerator a;
    a.device.interface_anisotropy_j_per_m2 = 1.5e-3;  // out of the plane
    a.device.bias_field_mt = 20;
    EXPECT_NO_THROW(validate(a, QStringLiteral("test")));
    change(a.device);
    EXPECT_THROW(validate(a, QStringLiteral("test")), Error);
    a.device.write_model = WriteModel::Fixed;
    EXPECT_NO_THROW(validate(a, QStringLiteral("test")));
  };
  refused([](Device &d) { d.bias_field_mt = 0; });
  refused([](Device &d) { d.bias_field_mt = 190; });
  refused([](Device &d) { d.interface_anisotropy_j_per_m2 = 0.8e-3; });  // in the plane, with a field
}
