// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }

std::size_t rowOf(const CsvTable &table, const char *operation, const char *ones = "") {
  const auto rows = rowsWhere(table, {QStringLiteral("operation=%1").arg(QString::fromLatin1(operation)),
                                      QStringLiteral("ones=%1").arg(QString::fromLatin1(ones))});
  EXPECT_EQ(rows.size(), 1U) << operation << ' ' << ones;
  return rows.empty() ? 0 : rows.front();
}

}  // namespace

TEST(SenseVerb, givesTheCheckSet) {
  const CsvTable table = csvOf(words("sense --device check"));
  const QStringList first{QStringLiteral("operation"), QStringLiteral("ones"), QStringLiteral("margin_mv"),
                          QStringLiteral("reference_ohm"), QStringLiteral("error_rate")};
  EXPECT_EQ(table.header.mid(0, 5), first);
  struct Expected {
    const char *operation;
    double margin_mv;
    double reference_ohm;
    double rate;  // 0: not in the set
  };
  for (const Expected &e : {Expected{"READ", 120.0, 11000, 0}, Expected{"AND2", 38.2, 6045, 2.4e-4},
                            Expected{"OR2", 21.8, 4545, 1.6e-2}, Expected{"AND3", 18.7, 4200, 3.5e-2},
                            Expected{"MAJ", 12.4, 3422, 1.1e-1}, Expected{"OR3", 8.9, 2889, 1.9e-1}}) {
    const std::size_t row = rowOf(table, e.operation);
    EXPECT_NEAR(number(table, row, "margin_mv"), e.margin_mv, 0.1) << e.operation;
    EXPECT_NEAR(number(table, row, "reference_ohm"), e.reference_ohm, 1) << e.operation;
    EXPECT_NEAR(number(table, row, "error_rate"), e.rate, e.rate > 0 ? 0.05 * e.rate : 1e-9) << e.operation;
  }
  EXPECT_NEAR(number(table, rowOf(table, "AND2", "1"), "error_rate"), 1.1e-4, 0.05 * 1.1e-4);
  EXPECT_NEAR(number(table, rowOf(table, "AND2", "2"), "error_rate"), 3.8e-4, 0.05 * 3.8e-4);
  EXPECT_EQ(field(table, rowOf(table, "OR3"), "below_offset"), QStringLiteral("yes"));
  EXPECT_EQ(field(table, rowOf(table, "AND2"), "below_offset"), QStringLiteral("no"));
  // At the strobe of a line settled to 95 %: more than settled, and what estimates use.
  EXPECT_GT(number(table, rowOf(table, "AND2"), "strobed_error_rate"), 3e-4);
  EXPECT_LT(number(table, rowOf(table, "AND2"), "strobed_error_rate"), 6e-4);
  EXPECT_NEAR(number(table, rowOf(table, "AND2"), "developed"), 0.95, 1e-6);
  EXPECT_LT(number(table, rowOf(table, "READ"), "strobed_error_rate"), 1e-9);
  for (const char *composed : {"XOR3", "SUM", "CARRY"})
    EXPECT_GT(number(table, rowOf(table, composed), "error_rate"), 0.05);
}

TEST(SenseVerb, countsTheSameRatesByMonteCarlo) {
  const CsvTable table = csvOf(words("sense --monte-carlo 20000 --seed 3 --chip-seeds 3"));
  for (const char *operation : {"OR2", "AND3", "MAJ", "OR3", "XOR3"}) {
    const std::size_t row = rowOf(table, operation);
    const double rate = number(table, row, "error_rate");
    EXPECT_NEAR(number(table, row, "monte_carlo_rate"), rate, 4 * std::sqrt(rate / 40000) + 0.02 * rate) << operation;
    EXPECT_LT(number(table, row, "monte_carlo_low"), number(table, row, "monte_carlo_high"));
  }
  const std::size_t and3 = rowOf(table, "AND3");
  EXPECT_NEAR(number(table, and3, "chips_rate"), number(table, and3, "strobed_error_rate"),
              4 * std::sqrt(0.04 / (3 * 512)));
  EXPECT_GT(number(table, rowOf(table, "AND2"), "faultless_columns_pct"), 90);
  EXPECT_EQ(csvOf(words("sense --monte-carlo 20000 --seed 3 --chip-seeds 3")).rows, table.rows);
}

TEST(SenseVerb, followsTheParameters) {
  const CsvTable base = csvOf(words("sense"));
  const CsvTable weak = csvOf(words("sense --set tmr_pct=60 --set access_ohm=5000"));
  const std::size_t row = rowOf(base, "AND2");
  EXPECT_LT(number(weak, row, "margin_mv"), number(base, row, "margin_mv"));
  EXPECT_GT(number(weak, row, "error_rate"), number(base, row, "error_rate"));
  EXPECT_EQ(field(weak, row, "below_offset"), QStringLiteral("yes"));
  const CsvTable atOnce = csvOf(words("sense --set sense_sigmas=0"));
  EXPECT_NEAR(number(atOnce, row, "strobed_error_rate"), 0.5, 1e-6);
  EXPECT_LT(number(atOnce, row, "settle_ns"), number(base, row, "settle_ns"));
  const CsvTable constants = csvOf(words("sense --accelerator sot-mram-nvsim"));
  EXPECT_EQ(field(constants, rowOf(constants, "AND2"), "error_rate"), QString());
}

TEST(SenseVerb, refusesWhatIsNotPhysicalOrUnknown) {
  expectRefused(words("sense --set tmr_pct=-5"), "tmr_pct = -5");
  expectRefused(words("sense --set parallel_resistance_ohm=-1"), "100 to");
  expectRefused(words("sense --set tmr_pct=0"), "tmr_pct = 0");
  expectRefused(words("sense --device chek"), "check");
  expectRefused(words("sense --monte-carlo 0"), "whole number from 1");
  expectRefused(words("sense --monte-carlo many"), "--monte-carlo");
  expectRefused(words("sense --seed -1"), "--seed");
  expectRefused(words("sense --chip-seeds 1e9"), "--chip-seeds");
  expectRefused(words("sense extra"), "extra");
}

TEST(SenseVerb, refusesASeedThatNothingDraws) {
  expectRefused(words("sense --seed 4"), "--seed without --monte-carlo");
}
