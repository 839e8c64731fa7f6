// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/format.h"

#include <gtest/gtest.h>

using namespace pimento;

TEST(Format, peopleReadFourDigitsWithPrefixes) {
  const auto text = [](Metric m, double v) {
    return shortValue(m, v).replace(QChar(0x00a0), QLatin1Char(' ')).toStdString();
  };
  EXPECT_EQ(text(Metric::Energy, 34.9914), "34.99 µJ");
  EXPECT_EQ(text(Metric::Energy, 6.496e6), "6.496 J");
  EXPECT_EQ(text(Metric::Latency, 28.8), "28.8 µs");
  EXPECT_EQ(text(Metric::Latency, 999.96), "1 ms");
  EXPECT_EQ(text(Metric::Accuracy, 53.82), "53.82 %");
  EXPECT_EQ(text(Metric::Macs, 1097869312), "1.098 G");
  EXPECT_EQ(text(Metric::Power, 0.0), "0 W");
  EXPECT_EQ(siValue(-2.3e-6, QStringLiteral("W")).replace(QChar(0x00a0), QLatin1Char(' ')).toStdString(), "-2.3 µW");
}

TEST(Format, filesKeepEveryDigit) {
  for (const double value : {34.9914, 0.1, 1.0 / 3, 1e300, 5e-324, -0.25, 1097869312.0})
    EXPECT_EQ(exactNumber(value).toDouble(), value);
  EXPECT_EQ(exactNumber(1097869312.0), QStringLiteral("1097869312"));
}
