// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/macrospin.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include "core/base/error.h"
#include "core/hardware/device/macrospin_lanes.h"
#include "tests/core/hardware/device/scalar_spin.h"

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

// A perpendicular layer of 50 x 1.1 nm with a field of 20 mT along the current.
Device perpendicular() {
  Device d;
  d.free_layer_length_nm = d.free_layer_width_nm = 50;
  d.free_layer_thickness_nm = 1.1;
  d.saturation_magnetisation_a_per_m = 1.2e6;
  d.interface_anisotropy_j_per_m2 = 1.006e-3;
  d.damping = 0.03;
  d.bias_field_mt = 20;
  return d;
}

Device changed(Device d, const std::function<void(Device &)> &change) {
  change(d);
  return d;
}

// Layers whose write uses every term of the equation, with a current that writes or not.
std::vector<Device> everyTerm() {
  return {checkDevice(),
          changed(checkDevice(), [](Device &d) { d.write_fall_ps = 300; }),
          changed(checkDevice(), [](Device &d) { d.field_like_ratio = 0.4; }),
          changed(checkDevice(), [](Device &d) { d.stt_assist_ua = 30; }),
          perpendicular(),
          changed(perpendicular(), [](Device &d) { d.write_fall_ps = 800; }),
          changed(perpendicular(), [](Device &d) { d.write_fall_ps = 800, d.field_like_ratio = 0.5; }),
          changed(perpendicular(), [](Device &d) { d.write_fall_ps = 800, d.field_like_ratio = -0.5; }),
          changed(perpendicular(), [](Device &d) { d.write_fall_ps = 800, d.stt_assist_ua = 60; })};
}

WritePulse pulseOf(const Device &d, double ns) {
  WritePulse pulse;
  pulse.length_s = ns * 1e-9;
  pulse.rise_s = d.write_rise_ps * 1e-12;
  pulse.fall_s = d.write_fall_ps * 1e-12;
  return pulse;
}

}  // namespace

// Eight currents a device, from far too little to more than enough, all started from one tilted state. A current at
// the edge of switching may fall either way by the error of either method: at most one of the eight.
TEST(Macrospin, writesAsGilbertsEquationStepByStep) {
  for (const Device &d : everyTerm()) {
    const Magnetics m = magneticsOf(d);
    const double angle = 0.2;
    SpinState state;
    state.x.fill(angle);
    const double rest = -std::sqrt(1 - angle * angle);
    (m.axis() == EasyAxis::Y ? state.y : state.z).fill(rest);
    WritePulse pulse = pulseOf(d, 1);
    const ScalarSpin::Vector start =
        m.axis() == EasyAxis::Y ? ScalarSpin::Vector{angle, rest, 0} : ScalarSpin::Vector{angle, 0, rest};
    std::array<double, SpinLanes> currents{};
    for (std::size_t i = 0; i < SpinLanes; ++i) {
      currents[i] = 40 + 43 * double(i);
      pulse.field_a_per_m[i] = currents[i] * m.field_a_per_m_per_ua;
    }
    const std::uint32_t lanes = runPulse(m, pulse, state);
    int different = 0;
    for (std::size_t i = 0; i < SpinLanes; ++i) {
      ScalarSpin spin{m};
      const bool writes = spin.writes(start, currents[i], pulse.length_s, pulse.rise_s, pulse.fall_s);
      different += writes != ((lanes >> i & 1) != 0) ? 1 : 0;
    }
    EXPECT_LE(different, 1) << d.write_fall_ps << " ps, field-like " << d.field_like_ratio << ", " << d.stt_assist_ua
                            << " µA";
  }
}

// With the thermal field of the fluctuation-dissipation theorem, drawn from another generator.
TEST(Macrospin, failsAsOftenAsGilbertsEquationStepByStep) {
  constexpr int Trials = 60;
  const Device d = changed(perpendicular(), [](Device &c) { c.write_fall_ps = 2000; });
  const Magnetics m = magneticsOf(d);
  const double current = 250;
  const WriteFailures found = writeFailures(d, current, 1, 800, 3);
  ScalarSpin spin{.magnetics = m, .thermal = std::sqrt(m.damping / (Gyromagnetic * m.energy_per_kt))};
  int failed = 0;
  for (int i = 0; i < Trials; ++i) {
    SpinState state;
    Random random(9, 0, static_cast<std::uint64_t>(i));
    drawThermalStart(m, state, random, 0);
    failed += spin.writes({state.x[0], state.y[0], state.z[0]}, current, 1e-9, 50e-12, 2e-9) ? 0 : 1;
  }
  const double rate = found.fraction();
  EXPECT_NEAR(double(failed) / Trials, rate,
              4 * std::sqrt(std::max(rate * (1 - rate), 1.0 / Trials) * (1.0 / Trials + 1.0 / 800)));
}

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
