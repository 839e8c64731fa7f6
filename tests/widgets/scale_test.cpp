// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/scale.h"

#include <gtest/gtest.h>

#include <QStringList>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace {

using namespace pimento;

QStringList labels(const AxisTicks &axis) {
  QStringList result;
  for (const Tick &tick : axis.ticks)
    if (!tick.label.isEmpty()) result << tick.label;
  return result;
}

TEST(Scale, takesValuesToUnitsAndBack) {
  for (const AxisScale kind : {AxisScale::Linear, AxisScale::Log10}) {
    const Scale scale(kind, 0.3, 7e5);
    for (const double value : {0.3, 1.0, 12.5, 7e5}) {
      EXPECT_NEAR(scale.fromUnit(scale.toUnit(value)), value, value * 1e-9);
    }
    EXPECT_DOUBLE_EQ(scale.toUnit(0.3), 0);
    EXPECT_DOUBLE_EQ(scale.toUnit(7e5), 1);
  }
}

TEST(Scale, zoomsAboutAPointThatStays) {
  const Scale scale(AxisScale::Log10, 1, 1e6);
  const double anchor = scale.fromUnit(0.25);
  const Scale closer = scale.zoomed(0.5, 0.25);
  EXPECT_NEAR(closer.toUnit(anchor), 0.25, 1e-12);
  EXPECT_NEAR(std::log10(closer.high() / closer.low()), 3, 1e-12);
}

TEST(Scale, spreadsAnEmptyRange) {
  const Scale linear(AxisScale::Linear, 0, 0);
  EXPECT_LT(linear.low(), linear.high());
  const Scale log(AxisScale::Log10, 5, 5);
  EXPECT_LT(log.low(), 5);
  EXPECT_GT(log.high(), 5);
}

TEST(Scale, cannotShowZeroOnALogAxis) {
  EXPECT_TRUE(std::isnan(Scale::toAxis(AxisScale::Log10, 0)));
  EXPECT_FALSE(Scale(AxisScale::Log10, 1, 10).contains(-1));
  const std::array<double, 4> values{0, -2, 3, std::numeric_limits<double>::quiet_NaN()};
  const auto scale = fitted(AxisScale::Log10, values);
  ASSERT_TRUE(scale);
  EXPECT_TRUE(scale->contains(3));
  EXPECT_FALSE(fitted(AxisScale::Linear, {}));
}

TEST(Ticks, areOneTwoFiveOnALinearAxis) {
  EXPECT_EQ(niceStep(10, 5), 2);
  EXPECT_EQ(niceStep(10, 4), 5);
  EXPECT_EQ(niceStep(0.03, 6), 0.005);
  const AxisTicks axis = axisTicks(Scale(AxisScale::Linear, 34.97, 35.003), axisSpec(Metric::Energy), 4);
  EXPECT_EQ(axis.title, QStringLiteral("Energy (µJ)"));
  EXPECT_EQ(labels(axis), (QStringList{"34.97", "34.98", "34.99", "35.00"}));
}

TEST(Ticks, writeTheUnitOnceWithThePrefixOfTheRange) {
  const AxisTicks energy = axisTicks(Scale(AxisScale::Linear, 0, 5e6), axisSpec(Metric::Energy), 6);
  EXPECT_EQ(energy.title, QStringLiteral("Energy (J)"));
  EXPECT_EQ(labels(energy), (QStringList{"0", "1", "2", "3", "4", "5"}));
  const AxisTicks macs = axisTicks(Scale(AxisScale::Linear, 0, 2e9), axisSpec(Metric::Macs), 4);
  EXPECT_EQ(macs.title, QStringLiteral("MACs (×10⁹)"));
  EXPECT_EQ(labels(macs), (QStringList{"0", "0.5", "1.0", "1.5", "2.0"}));
  EXPECT_EQ(axisTicks(Scale(AxisScale::Linear, 40, 70), axisSpec(Metric::Accuracy), 4).title,
            QStringLiteral("Accuracy (%)"));
}

TEST(Ticks, spanDecadesWithPlainNumbers) {
  // From a PIM design at 30 µJ to a GPU at 15 J.
  const AxisTicks axis = axisTicks(Scale(AxisScale::Log10, 25, 1.6e7), axisSpec(Metric::Energy), 8);
  EXPECT_EQ(axis.title, QStringLiteral("Energy (mJ)"));
  EXPECT_EQ(labels(axis), (QStringList{"0.1", "1", "10", "100", "1000", "10,000"}));
  EXPECT_EQ(std::count_if(axis.ticks.begin(), axis.ticks.end(),
                          [](const Tick &t) { return t.label.isEmpty() && t.value > 1e3 && t.value < 1e4; }),
            8)
      << "minor ticks at 2 to 9 within a decade";
}

TEST(Ticks, areOneTwoFiveWithinADecadeOrTwo) {
  const AxisTicks axis = axisTicks(Scale(AxisScale::Log10, 9, 120), axisSpec(Metric::Latency), 6);
  EXPECT_EQ(labels(axis), (QStringList{"10", "20", "50", "100"}));
}

TEST(Ticks, areLinearInANarrowPartOfALogAxis) {
  const AxisTicks axis = axisTicks(Scale(AxisScale::Log10, 34.97, 35.003), axisSpec(Metric::Energy), 4);
  EXPECT_EQ(labels(axis), (QStringList{"34.97", "34.98", "34.99", "35.00"}));
}

TEST(Ticks, arePowersWhenPlainNumbersWouldBeLong) {
  const AxisTicks axis = axisTicks(Scale(AxisScale::Log10, 1e-6, 1e9), axisSpec(Metric::Area), 6);
  for (const QString &label : labels(axis)) EXPECT_TRUE(label.startsWith(QStringLiteral("10"))) << label.toStdString();
  EXPECT_LE(labels(axis).size(), 7);
}

TEST(Ticks, lieWithinTheAxisAndAreFew) {
  for (const AxisScale kind : {AxisScale::Linear, AxisScale::Log10}) {
    for (const double low : {1e-9, 0.3, 7.0, 123456.0}) {
      for (const double factor : {1.001, 1.5, 4.0, 40.0, 1e6, 1e12}) {
        const Scale scale(kind, low, low * factor);
        const AxisTicks axis = axisTicks(scale, axisSpec(Metric::Energy), 6);
        EXPECT_GE(labels(axis).size(), 1) << low << " x " << factor;
        EXPECT_LE(labels(axis).size(), 9) << low << " x " << factor;
        for (const Tick &tick : axis.ticks)
          EXPECT_TRUE(scale.toUnit(tick.value) > -1e-6 && scale.toUnit(tick.value) < 1 + 1e-6);
      }
    }
  }
}

}  // namespace
