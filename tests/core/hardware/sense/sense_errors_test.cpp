// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense_errors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

using namespace pimento;

namespace {

void expectWithin(double share, double value, double expected) {
  EXPECT_NEAR(value / expected, 1, share) << value << " for " << expected;
}

}  // namespace

TEST(SenseErrors, checkSetIsMetWithinFivePerCent) {
  // Monte Carlo of the check set: sigma of resistance 2 %, of TMR 5 %, of the offset 5 mV.
  const SenseErrors and2 = senseErrors({}, SenseOp::And2);
  EXPECT_LT(and2.wrong[0], 1e-12);
  expectWithin(0.05, and2.wrong[1], 1.1e-4);
  expectWithin(0.05, and2.wrong[2], 3.8e-4);
  expectWithin(0.05, and2.headline, 2.4e-4);
  expectWithin(0.05, senseErrors({}, SenseOp::Or2).headline, 1.6e-2);
  expectWithin(0.05, senseErrors({}, SenseOp::And3).headline, 3.5e-2);
  expectWithin(0.05, senseErrors({}, SenseOp::Majority).headline, 1.1e-1);
  expectWithin(0.05, senseErrors({}, SenseOp::Or3).headline, 1.9e-1);
}

TEST(SenseErrors, tailsWithoutOffsetAreThoseOfTheCurvedBorder) {
  // 20 million trials at 5 % and 5 % without offset gave 2.9e-6 (116 failures or so: 9 %) and 9.2e-5.
  Sensing s;
  s.offset_mv = 0;
  s.resistance_sigma_pct = 5;
  expectWithin(0.15, senseErrors(s, SenseOp::And2).headline, 2.9e-6);
  expectWithin(0.03, senseErrors(s, SenseOp::Or3).headline, 9.2e-5);
}

TEST(SenseErrors, headlineIsWhatTheSenseCostSays) {
  for (std::size_t i = 0; i < SenseOpCount; ++i) {
    const auto op = static_cast<SenseOp>(i);
    const SenseErrors errors = senseErrors({}, op);
    EXPECT_EQ(headlineError({}, op), errors.headline);
    EXPECT_EQ(physicalSense({}, op, 76.8, 1).error_rate, errors.headline);
  }
}

TEST(SenseErrors, gaussianCasesAreExact) {
  // Only the offset: the distance to the reference in deviations.
  Sensing s;
  s.resistance_sigma_pct = 0;
  s.tmr_sigma_pct = 0;
  const double half = physicalSense(s, SenseOp::And3, 76.8, 1).margin_mv / 2;
  expectWithin(1e-6, senseErrors(s, SenseOp::And3).wrong[3], 0.5 * std::erfc(half / 5 / std::sqrt(2)));
  // Only the low resistance of one open cell: V = I (R_P + R_access), linear in one draw.
  s.offset_mv = 0;
  s.resistance_sigma_pct = 10;
  const double sigma = 20e-3 * 5000 * 0.1;
  expectWithin(1e-6, shareBeyond(s, 1, 0, 160 + 2 * sigma, Side::Above), 0.5 * std::erfc(2 / std::sqrt(2)));
  expectWithin(1e-6, shareBeyond(s, 1, 0, 160 - sigma, Side::Above), 0.5 * std::erfc(-1 / std::sqrt(2)));
  expectWithin(1e-6, shareBeyond(s, 1, 0, 160 - sigma, Side::Below), 0.5 * std::erfc(1 / std::sqrt(2)));
}

TEST(SenseErrors, withoutSpreadNothingErrs) {
  Sensing s;
  s.offset_mv = 0;
  s.resistance_sigma_pct = 0;
  s.tmr_sigma_pct = 0;
  for (std::size_t i = 0; i < SenseOpCount; ++i)
    for (const double wrong : senseErrors(s, static_cast<SenseOp>(i)).wrong) EXPECT_EQ(wrong, 0);
  EXPECT_EQ(shareBeyond(s, 1, 1, 100, Side::Above), 1);
}

TEST(SenseErrors, areSharesEverywhereInTheRangeOfTheParameters) {
  Sensing s;
  for (const double resistance : {0.0, 0.5, 8.0, 30.0})
    for (const double tmrSigma : {0.0, 3.0, 50.0})
      for (const double offset : {0.0, 0.01, 100.0})
        for (const double tmr : {5.0, 100.0, 1e5}) {
          s.resistance_sigma_pct = resistance;
          s.tmr_sigma_pct = tmrSigma;
          s.offset_mv = offset;
          s.tmr_pct = tmr;
          for (std::size_t i = 0; i < SenseOpCount; ++i)
            for (const double wrong : senseErrors(s, static_cast<SenseOp>(i)).wrong)
              EXPECT_TRUE(wrong >= 0 && wrong <= 1) << wrong << ' ' << resistance << ' ' << tmrSigma << ' ' << offset;
        }
}

TEST(SenseErrors, noiseTurnsReadsInProportion) {
  EXPECT_EQ(noiseFlips({}, SenseOp::And2, 0), 0);
  const double one = noiseFlips({}, SenseOp::Or2, 0.1);
  EXPECT_GT(one, 0);
  EXPECT_LT(one, senseErrors({}, SenseOp::Or2).headline);
  expectWithin(0.02, noiseFlips({}, SenseOp::Or2, 0.3), 3 * one);
  // Only an offset: a voltage at distance h with deviation 5 mV has density phi(h / 5) / 5 at the reference.
  Sensing s;
  s.resistance_sigma_pct = 0;
  s.tmr_sigma_pct = 0;
  const double h = physicalSense(s, SenseOp::Or2, 76.8, 1).margin_mv / 2;
  const double density = std::exp(-h * h / 50) / 5 / std::sqrt(2 * std::numbers::pi);
  expectWithin(0.01, noiseFlips(s, SenseOp::Or2, 0.3), 2 * density * 0.3 / std::sqrt(2 * std::numbers::pi));
}
