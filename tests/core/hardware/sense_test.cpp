// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense.h"

#include <gtest/gtest.h>

using namespace pimento;

namespace {

constexpr double Line_ff = 76.8;

SenseCost at(SenseOp op, const Sensing &s = {}) { return physicalSense(s, op, Line_ff, 1.0); }

}  // namespace

TEST(Sense, marginsAndReferencesFollowTheParallelCells) {
  const std::array<double, SenseOpCount> margins{120.0, 38.2, 21.8, 18.7, 12.4, 8.9};
  const std::array<double, SenseOpCount> references{11000, 6045, 4545, 4200, 3422, 2889};
  Sensing high;
  high.tmr_pct = 171;
  const std::array<double, SenseOpCount> highMargins{171.0, 57.6, 27.9, 29.0, 16.9, 11.1};
  for (std::size_t i = 0; i < SenseOpCount; ++i) {
    const auto op = static_cast<SenseOp>(i);
    EXPECT_NEAR(at(op).margin_mv, margins[i], 0.06) << SenseOpNames[i];
    EXPECT_NEAR(at(op).reference_ohm, references[i], 0.7) << SenseOpNames[i];
    EXPECT_NEAR(at(op, high).margin_mv, highMargins[i], 0.06) << SenseOpNames[i];
  }
}

TEST(Sense, errorRatesAreThoseOfOffsetAndSpread) {
  // Monte Carlo of the same cell: 2.4e-4, 1.6e-2, 3.5e-2, 1.1e-1, 1.9e-1; first order is close while margins are wide.
  EXPECT_NEAR(at(SenseOp::And2).error_rate, 2.4e-4, 0.2 * 2.4e-4);
  EXPECT_NEAR(at(SenseOp::Or2).error_rate, 1.6e-2, 0.1 * 1.6e-2);
  EXPECT_NEAR(at(SenseOp::And3).error_rate, 3.5e-2, 0.1 * 3.5e-2);
  EXPECT_NEAR(at(SenseOp::Majority).error_rate, 1.1e-1, 0.1 * 1.1e-1);
  EXPECT_NEAR(at(SenseOp::Or3).error_rate, 1.9e-1, 0.1 * 1.9e-1);
}

TEST(Sense, lowerTmrAndHigherAccessLowerTheMarginAndSlowTheStrobe) {
  Sensing low;
  low.tmr_pct = 110;
  Sensing far;
  far.access_ohm = 3300;
  for (const Sensing &worse : {low, far}) {
    EXPECT_LT(at(SenseOp::And2, worse).margin_mv, at(SenseOp::And2).margin_mv);
    EXPECT_GT(at(SenseOp::And2, worse).settle_ns, at(SenseOp::And2).settle_ns);
    EXPECT_GT(at(SenseOp::And2, worse).energy_fj, at(SenseOp::And2).energy_fj);
    EXPECT_GT(at(SenseOp::And2, worse).error_rate, at(SenseOp::And2).error_rate);
  }
}

TEST(Sense, tooSmallAMarginIsSaid) {
  EXPECT_FALSE(at(SenseOp::And2).below_offset);
  EXPECT_TRUE(at(SenseOp::Or3).below_offset);
  Sensing exact;
  exact.offset_mv = 0;
  exact.resistance_sigma_pct = 0;
  exact.tmr_sigma_pct = 0;
  EXPECT_FALSE(at(SenseOp::Or3, exact).below_offset);
  EXPECT_EQ(at(SenseOp::Or3, exact).error_rate, 0);
  EXPECT_NEAR(at(SenseOp::Or3, exact).settle_ns, exact.latch_ns, 1e-6);
}

TEST(Sense, nvsimConstantsIgnoreTheResistances) {
  Sensing s;
  s.sense_model = SenseModel::Nvsim;
  const SenseCost a = sense(s, SenseOp::And2, Line_ff, 1);
  s.tmr_pct = 20;
  s.access_ohm = 9000;
  const SenseCost b = sense(s, SenseOp::And2, Line_ff, 1);
  EXPECT_EQ(a.energy_fj, b.energy_fj);
  EXPECT_EQ(a.settle_ns, b.settle_ns);
}
