// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

using namespace pimento;

namespace {

double parsed(Metric metric, const char *text) {
  return parseValue(metric, QString::fromUtf8(text), QStringLiteral("--max"));
}

std::string errorOf(Metric metric, const char *text) {
  try {
    parsed(metric, text);
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST(Units, areTakenToTheColumnsUnitExactly) {
  for (const char *text : {"35", "35uJ", "35 uJ", "35µJ", "35 μJ", "0.035mJ", "35e-6 J", "3.5e1", "35000nJ", " 35. uJ ",
                           "35,0 uJ", "0,035 mJ"})
    EXPECT_EQ(parsed(Metric::Energy, text), 35) << text;
  EXPECT_EQ(parsed(Metric::Latency, "28.8us"), 28.8);
  EXPECT_EQ(parsed(Metric::Latency, "0.0288 ms"), 28.8);
  EXPECT_EQ(parsed(Metric::Power, "1433mW"), 1.433);
  EXPECT_EQ(parsed(Metric::Area, "1.5"), 1.5);
  EXPECT_EQ(parsed(Metric::Area, "1500000 µm²"), 1.5);
  EXPECT_EQ(parsed(Metric::Memory, "270kB"), 0.27);
  EXPECT_EQ(parsed(Metric::Accuracy, "53.82 %"), 53.82);
  EXPECT_EQ(parsed(Metric::Macs, "1.098G"), 1.098e9);
  EXPECT_EQ(parsed(Metric::GpuSpeedup, "2.7x"), 2.7);
  EXPECT_EQ(parsed(Metric::GpuEnergy, "1000mJ"), 1);
}

TEST(Units, everyUnitListedIsRead) {
  for (const MetricInfo &m : allMetrics())
    for (const QString &unit : unitsOf(m.metric))
      EXPECT_GT(parseValue(m.metric, QStringLiteral("1") + unit, {}), 0) << unit.toStdString();
}

TEST(Units, badValuesAreRefusedWithARemedy) {
  EXPECT_NE(errorOf(Metric::Energy, "35uW").find("--max: unknown unit \"uW\" for energy; did you mean \"uJ\"?"),
            std::string::npos);
  EXPECT_NE(errorOf(Metric::Energy, "35 u J").find("unknown unit"), std::string::npos);
  EXPECT_NE(errorOf(Metric::Energy, "many").find("as in 35uJ"), std::string::npos);
  EXPECT_NE(errorOf(Metric::Energy, "1,234 uJ").find("write 1.234 or 1234"), std::string::npos);
  for (const char *text : {"", "-1", "nan", "inf", "1e999", "0x10J", "1,234", "1.234,5J", "..", "1 2", "J"})
    EXPECT_FALSE(errorOf(Metric::Energy, text).empty()) << text;
  EXPECT_FALSE(errorOf(Metric::Memory, "1mB").empty());
  EXPECT_FALSE(errorOf(Metric::Accuracy, "50k%").empty());
}
