// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/hardware/sense/sense_draws.h"
#include "core/hardware/sense/sense_errors.h"
#include "core/hardware/sense/sense_strobe.h"

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

TEST(Sense, aWeakerCellCostsTimeWhileTheMarginSufficesAndErrorsFromThereOn) {
  Sensing low;
  low.tmr_pct = 110;
  Sensing far;
  far.access_ohm = 3300;
  for (const Sensing &worse : {low, far}) {
    EXPECT_LT(at(SenseOp::Read, worse).margin_mv, at(SenseOp::Read).margin_mv + 1e-9);
    EXPECT_LT(at(SenseOp::And2, worse).margin_mv, at(SenseOp::And2).margin_mv);
    EXPECT_GT(at(SenseOp::Read, worse).settle_ns, at(SenseOp::Read).settle_ns);
    EXPECT_GT(at(SenseOp::Read, worse).energy_fj, at(SenseOp::Read).energy_fj);
    EXPECT_GT(at(SenseOp::And2, worse).error_rate, at(SenseOp::And2).error_rate);
    EXPECT_GT(at(SenseOp::And2, worse).strobed_error_rate, at(SenseOp::And2).strobed_error_rate);
    EXPECT_DOUBLE_EQ(at(SenseOp::And2, worse).developed, MostDeveloped);
  }
}

TEST(Sense, fewerSigmasAreFasterAndCostErrors) {
  SenseCost before = at(SenseOp::Read);
  EXPECT_LT(before.strobed_error_rate, 1e-9);
  for (const double sigmas : {5.0, 3.0, 1.0, 0.0}) {
    Sensing s;
    s.sense_sigmas = sigmas;
    const SenseCost cost = at(SenseOp::Read, s);
    EXPECT_LT(cost.settle_ns, before.settle_ns) << sigmas;
    EXPECT_LT(cost.energy_fj, before.energy_fj) << sigmas;
    EXPECT_GT(cost.strobed_error_rate, before.strobed_error_rate) << sigmas;
    EXPECT_EQ(cost.error_rate, before.error_rate) << "the settled one";
    before = cost;
  }
  EXPECT_NEAR(before.strobed_error_rate, 0.5, 1e-6) << "a latch fired at once decides by its offset";
}

TEST(Sense, strobeComesWhenTheWantedShareHasDeveloped) {
  for (const double sigmas : {0.1, 3.0, 6.0, 8.0})
    for (const double tmr : {5.0, 120.0, 1e5})
      for (const double access : {0.0, 1e5}) {
        Sensing s;
        s.sense_sigmas = sigmas;
        s.tmr_pct = tmr;
        s.access_ohm = access;
        for (std::size_t i = 0; i < SenseOpCount; ++i) {
          const auto op = static_cast<SenseOp>(i);
          const Strobe fired = strobe(s, op, Line_ff, 300);
          EXPECT_NEAR(developedAfter(s, op, Line_ff, fired.ns) / fired.developed, 1, 1e-6) << SenseOpNames[i];
        }
      }
}

TEST(Sense, ratesAtTheStrobeAreThoseOfRisingLines) {
  // Voltages of drawn cells at the strobe, offset and noise added: no first order.
  constexpr int Trials = 60'000;
  Sensing early;
  early.sense_sigmas = 2;
  for (const SenseOp op : {SenseOp::Read, SenseOp::And2, SenseOp::Or2}) {
    const Strobe fired = strobe(early, op, Line_ff, 300);
    const auto seen_mv = [&](double ohm) {
      return 1e-3 * early.sense_current_ua * ohm * -std::expm1(-fired.ns * 1e6 / (ohm * Line_ff));
    };
    const SenseCell cell(early);
    const SenseStates states = senseStates(op);
    const double reference_mv = seen_mv(cell.reference_ohm(op));
    const double amplifier_mv = std::hypot(early.offset_mv, readNoise_mv(Line_ff, 300));
    Random random(5, static_cast<std::uint64_t>(op));
    int wrong = 0;
    for (const int ones : {states.below, states.below + 1})
      for (int t = 0; t < Trials; ++t) {
        const double volts = seen_mv(drawnVoltage_mv(cell, states.cells, ones, random) / cell.current_ma) +
                             amplifier_mv * random.normal();
        wrong += (volts > reference_mv) != (ones > states.below) ? 1 : 0;
      }
    const double rate = at(op, early).strobed_error_rate;
    const double sampling = 4 * std::sqrt(rate / (2.0 * Trials));
    // The lower state is ahead of the share, so the true rate is the lower, by little more than its half at most.
    EXPECT_LT(wrong / (2.0 * Trials), rate + sampling) << SenseOpNames[static_cast<std::size_t>(op)];
    EXPECT_GT(wrong / (2.0 * Trials), 0.4 * rate - sampling) << SenseOpNames[static_cast<std::size_t>(op)];
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
  EXPECT_LT(at(SenseOp::Or3, exact).developed, 0.5) << "only noise is waited for";
  EXPECT_NEAR(at(SenseOp::Or3, exact).strobed_error_rate, 1e-9, 2e-10);
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

// By bisection on V = I (R_P (1 + TMR / (1 + (V_j / V_h)²)) + R_a): what a junction keeps of its TMR at its own
// voltage.
TEST(Sense, magnetoresistanceFollowsTheVoltage) {
  Sensing s;
  EXPECT_NEAR(SenseCell(s).tmr, 1.2, 1e-6) << "no dependence";
  s.tmr_half_voltage_mv = 500;
  for (const double current_ua : {5.0, 20.0, 40.0, 80.0}) {
    s.sense_current_ua = current_ua;
    s.sense_clamp_mv = 5000;
    double low = 0;
    double high = 1.2;
    for (int i = 0; i < 60; ++i) {
      const double middle = (low + high) / 2;
      const double volt_mv = current_ua * 1e-3 * 5000 * (1 + middle);
      (middle < 1.2 / (1 + volt_mv * volt_mv / 25e4) ? low : high) = middle;
    }
    EXPECT_NEAR(SenseCell(s).tmr, low, 1e-6) << current_ua;
  }
  s.sense_clamp_mv = 400;  // 80 µA would make more, and 240 mV of it fall over the access transistor
  EXPECT_NEAR(SenseCell(s).tmr, 1.2 / (1 + 0.16 * 0.16 / 0.25), 1e-6);
}

// A million pairs of draws for junction and transistor apart.
TEST(Sense, accessTransistorsSpreadBesideTheJunction) {
  Sensing s;
  s.access_sigma_pct = 5;
  const SenseCell cell(s);
  std::mt19937_64 random(4);
  std::normal_distribution<> normal;
  double low = 0;
  double high = 0;
  constexpr int Draws = 1'000'000;
  for (int i = 0; i < Draws; ++i) {
    const double junction = 0.02 * normal(random);
    const double transistor = 0.05 * 3000 * normal(random);
    const double tmr = 1.2 * 0.05 * normal(random);
    low += std::pow(5000 * junction + transistor, 2) / Draws;
    high += std::pow(5000 * (1 + junction) * (2.2 + tmr) - 11000 + transistor, 2) / Draws;
  }
  EXPECT_NEAR(cell.spread_ohm(1, 0), std::sqrt(low), 0.005 * std::sqrt(low));
  EXPECT_NEAR(cell.spread_ohm(1, 1), std::sqrt(high), 0.005 * std::sqrt(high));
  EXPECT_GT(headlineError(s, SenseOp::And2), headlineError(Sensing{}, SenseOp::And2));
}
