// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/macrospin.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "core/base/error.h"

using namespace pimento;

namespace {

// The check set of the device model: an ellipsoid in place of the default elliptic cylinder.
Device checkDevice() {
  Device d;
  d.demagnetisation_x = 0.0552;
  d.demagnetisation_y = 0.0166;
  d.demagnetisation_z = 0.9283;
  return d;
}

constexpr std::array<double, 6> Pulses{0.5, 1, 2, 3, 5, 10};

}  // namespace

TEST(Macrospin, firstSwitchingCurrentsAreThoseOfTheCheckSet) {
  constexpr std::array<double, 6> Expected{235.5, 126.4, 78.8, 66.1, 52.6, 43.6};
  const auto points = switchingCurve(checkDevice(), Pulses);
  ASSERT_EQ(points.size(), Pulses.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    ASSERT_TRUE(points[i].current_ua && points[i].always_current_ua);
    EXPECT_NEAR(*points[i].current_ua, Expected[i], 0.025 * Expected[i]) << Pulses[i];
    EXPECT_GE(*points[i].always_current_ua, *points[i].current_ua);
    EXPECT_NEAR(*points[i].energy_fj, 1.1 * *points[i].always_current_ua * Pulses[i], 1e-9);
  }
  EXPECT_GT(*points[0].always_current_ua, 1.2 * *points[0].current_ua);  // switching is not monotonic
  EXPECT_NEAR(*points[1].always_current_ua, 141, 0.05 * 141);
}

TEST(Macrospin, startInThePlaneNeedsMoreCurrent) {
  const std::array<double, 1> pulse{1};
  EXPECT_NEAR(*switchingCurve(checkDevice(), pulse, {}, WriteStart::InPlane)[0].current_ua, 179, 0.02 * 179);
}

// Failures at 300 K in 5,000 writes of the check set, here in 1,600: within four standard deviations of both.
TEST(Macrospin, thermalFailuresAreThoseOfTheCheckSet) {
  struct Row {
    double pulse_ns, current_ua, failures;
  };
  for (const Row &row : {Row{1, 200, 1118}, Row{1, 300, 55}, Row{2, 150, 85}, Row{2, 200, 2}}) {
    constexpr double Trials = 1600;
    const double rate = row.failures / 5000;
    const WriteFailures found = writeFailures(checkDevice(), row.current_ua, row.pulse_ns, std::int64_t(Trials), 7);
    EXPECT_EQ(found.trials, std::int64_t(Trials));
    const double sigma = std::sqrt(rate * (1 - rate) * (1 / Trials + 1 / 5000.0));
    EXPECT_NEAR(found.fraction(), rate, 4 * sigma) << row.pulse_ns << " ns, " << row.current_ua << " µA";
    EXPECT_LE(found.rate.low, found.fraction());
    EXPECT_GE(found.rate.high, found.fraction());
  }
}

TEST(Macrospin, trialsDependOnTheSeedAlone) {
  const auto failures = [](std::int64_t trials, std::uint64_t seed) {
    return writeFailures(checkDevice(), 150, 1, trials, seed).failures;
  };
  EXPECT_EQ(failures(203, 5), failures(203, 5));
  EXPECT_LE(failures(200, 5), failures(203, 5));  // the first trials are the same ones
  EXPECT_LE(failures(203, 5), failures(200, 5) + 3);
  EXPECT_NE(failures(400, 5), failures(400, 6));
}

TEST(Macrospin, stopsAtOnceWhenAsked) {
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(writeFailures(checkDevice(), 200, 1, 1'000'000, 1, source.get_token()).trials, 0);
  for (const SwitchingPoint &point : switchingCurve(checkDevice(), Pulses, source.get_token()))
    EXPECT_FALSE(point.current_ua);
}

TEST(Macrospin, fixedWriteModelHasNoEquation) {
  Device d;
  d.write_model = WriteModel::Fixed;
  EXPECT_THROW(static_cast<void>(switchingCurve(d, Pulses)), Error);
  EXPECT_THROW(static_cast<void>(writeFailures(d, 80, 10, 10, 1)), Error);
}
