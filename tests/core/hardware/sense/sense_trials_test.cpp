// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense_trials.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/hardware/sense/sense_chips.h"
#include "core/hardware/sense/sense_errors.h"
#include "core/hardware/sense/sense_histogram.h"

using namespace pimento;

namespace {

constexpr std::uint64_t Seed = 11;
constexpr std::int64_t Trials = 60'000;

// Within four standard errors of the trials and `bias` of the rate.
void expectAgrees(double analytic, double counted, std::int64_t trials, double bias, const char *what, int ones) {
  const double sampling = 4 * std::sqrt(analytic * (1 - analytic) / static_cast<double>(trials)) + 1.0 / double(trials);
  EXPECT_NEAR(counted, analytic, sampling + bias * analytic) << what << " with " << ones << " ones";
}

Sensing wideSpread() {
  Sensing s;
  s.offset_mv = 1;
  s.resistance_sigma_pct = 8;
  s.tmr_sigma_pct = 8;
  return s;
}

}  // namespace

TEST(SenseTrials, agreeWithTheAnalyticRates) {
  for (const Sensing &s : {Sensing{}, wideSpread()})
    for (std::size_t i = 0; i < SenseOpCount; ++i) {
      const auto op = static_cast<SenseOp>(i);
      const SenseErrors analytic = senseErrors(s, op);
      const SenseTrials counted = senseTrials(s, op, Trials, Seed);
      EXPECT_EQ(counted.trials, Trials);
      for (int ones = 0; ones <= counted.cells; ++ones)
        expectAgrees(analytic.wrong[static_cast<std::size_t>(ones)], counted.rate(ones), Trials, 0.02, SenseOpNames[i],
                     ones);
      expectAgrees(analytic.headline, counted.headline, 2 * Trials, 0.02, SenseOpNames[i], -1);
    }
}

TEST(SenseTrials, agreeForXor3SensedFromItsParts) {
  for (const Sensing &s : {Sensing{}, wideSpread()}) {
    const SumCost analytic = sumCost(s, SumOp::Xor3, 76.8, 1);
    const SenseTrials counted = sumTrials(s, SumOp::Xor3, Trials, Seed);
    for (int ones = 0; ones <= 3; ++ones)
      expectAgrees(analytic.wrong[static_cast<std::size_t>(ones)], counted.rate(ones), Trials, 0.03, "XOR3", ones);
    expectAgrees(analytic.error_rate, counted.headline, 4 * Trials, 0.03, "XOR3", -1);
  }
}

TEST(SenseTrials, dependOnTheSeedAlone) {
  const SenseTrials a = senseTrials({}, SenseOp::Or3, 40'000, 1);
  const SenseTrials b = senseTrials({}, SenseOp::Or3, 40'000, 1);
  const SenseTrials c = senseTrials({}, SenseOp::Or3, 40'000, 2);
  EXPECT_EQ(a.failures, b.failures);
  EXPECT_NE(a.failures, c.failures);
  EXPECT_LT(a.headlineRange.low, a.headline);
  EXPECT_GT(a.headlineRange.high, a.headline);
  EXPECT_EQ(sumTrials({}, SumOp::Carry, 40'000, 1).failures, senseTrials({}, SenseOp::Majority, 40'000, 1).failures);
}

TEST(SenseTrials, stopLeavesWhatIsDone) {
  std::stop_source stop;
  stop.request_stop();
  const SenseTrials none = senseTrials({}, SenseOp::And2, 1 << 20, 1, stop.get_token());
  EXPECT_EQ(none.trials, 0);
  EXPECT_EQ(none.headline, 0);
  EXPECT_EQ(none.headlineRange.high, 1);
}

TEST(SenseSum, carryIsMajorityAndTheSumNeedsEveryPart) {
  const SenseCost majority = physicalSense({}, SenseOp::Majority, 76.8, 1);
  const SumCost carry = sumCost({}, SumOp::Carry, 76.8, 1);
  EXPECT_EQ(carry.error_rate, majority.error_rate);
  EXPECT_EQ(carry.strobed_error_rate, majority.strobed_error_rate);
  EXPECT_EQ(carry.energy_fj, majority.energy_fj);
  const SumCost sum = sumCost({}, SumOp::Sum, 76.8, 1);
  const SenseCost or3 = physicalSense({}, SenseOp::Or3, 76.8, 1);
  EXPECT_EQ(sum.margin_mv, or3.margin_mv);
  EXPECT_GE(sum.settle_ns, or3.settle_ns);
  EXPECT_GT(sum.energy_fj, majority.energy_fj);
  EXPECT_GT(sum.error_rate, majority.error_rate);
  EXPECT_GT(sum.strobed_error_rate, sum.error_rate);
  EXPECT_LT(sum.strobed_error_rate, sum.error_rate * 1.2) << "95 % settled";
  EXPECT_TRUE(sum.below_offset);
  EXPECT_EQ(sum.error_rate, sumCost({}, SumOp::Xor3, 76.8, 1).error_rate);
}

TEST(SenseSum, truthTableIsTheParityOfTheOnes) {
  for (int ones = 0; ones <= 3; ++ones) EXPECT_EQ(xor3(ones == 3, ones >= 2, ones >= 1), ones % 2 == 1) << ones;
}

TEST(SenseHistogram, holdsEveryTrialAroundItsState) {
  const MarginHistogram h = marginHistogram({}, SenseOp::And2, 4'000, Seed);
  EXPECT_NEAR(h.reference_mv, 120.9, 0.05);
  ASSERT_EQ(h.counts.size(), 3U);
  const std::array<double, 3> middle{80, 101.818, 140};
  for (std::size_t ones = 0; ones < 3; ++ones) {
    const auto &counts = h.counts[ones];
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), 0), 4'000);
    double mean = 0;
    for (std::size_t bin = 0; bin < counts.size(); ++bin)
      mean += (h.first_mv + h.bin_mv * (static_cast<double>(bin) + 0.5)) * counts[bin] / 4'000;
    EXPECT_NEAR(mean, middle[ones], 4 * 6 / std::sqrt(4'000.0));
  }
  EXPECT_EQ(marginHistogram({}, SenseOp::And2, 4'000, Seed).counts, h.counts);
}

TEST(SenseHistogram, stopsWhenItIsAsked) {
  std::stop_source stop;
  stop.request_stop();
  const MarginHistogram h = marginHistogram({}, SenseOp::And2, 4'000, Seed, stop.get_token());
  for (const auto &counts : h.counts) EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), 0), 0);
}

TEST(SenseHistogram, worksWithoutAnySpread) {
  Sensing s;
  s.offset_mv = 0;
  s.resistance_sigma_pct = 0;
  s.tmr_sigma_pct = 0;
  const MarginHistogram h = marginHistogram(s, SenseOp::Or3, 10, Seed);
  for (const auto &counts : h.counts) EXPECT_EQ(*std::max_element(counts.begin(), counts.end()), 10);
}

TEST(SenseChips, meanOfManyChipsIsTheAnalyticRate) {
  // 40 chips of 512 columns: the offsets are what is sampled, 20,480 of them.
  const Accelerator a;
  const ChipSenses chips = chipSenses(a, SenseOp::Or2, 40, Seed);
  const double rate = physicalSense(a.sensing, SenseOp::Or2, 76.8, 1).strobed_error_rate;
  EXPECT_EQ(chips.chips, 40);
  EXPECT_NEAR(chips.rate, rate, 4 * std::sqrt(rate / 20'480));
  EXPECT_LT(chips.leastRate, chips.rate);
  EXPECT_GT(chips.mostRate, chips.rate);
  EXPECT_LT(chips.faultlessColumns, 1);
  EXPECT_GT(chips.faultlessColumns, 0.8);
  EXPECT_EQ(chips.repairedColumns, 0);
}

TEST(SenseChips, repairTakesMostErrorsAway) {
  Accelerator a;
  const ChipSenses plain = chipSenses(a, SenseOp::Or2, 10, Seed);
  a.array.spare_columns = 16;
  const ChipSenses repaired = chipSenses(a, SenseOp::Or2, 10, Seed);
  EXPECT_LT(repaired.rate, plain.rate / 2);
  EXPECT_GT(repaired.repairedColumns, 8);
}

// A cell whose high state is all but open: the clamp makes its voltage.
TEST(SenseClamp, boundsMarginsAndAgreesWithTrials) {
  Sensing s;
  s.parallel_resistance_ohm = 100'000;
  s.tmr_pct = 9900;
  s.sense_current_ua = 2;
  const SenseCost read = physicalSense(s, SenseOp::Read, 76.8, 1);
  EXPECT_NEAR(read.margin_mv, 1000 - 206, 1e-9);
  EXPECT_NEAR(read.reference_ohm, (1000 + 206) / 2.0 / 2e-3, 1e-6);
  EXPECT_LT(read.error_rate, 1e-30);
  s.sense_clamp_mv = 215;  // just above the low state: 9 mV of margin are left
  s.resistance_sigma_pct = 1;
  EXPECT_NEAR(physicalSense(s, SenseOp::Read, 76.8, 1).margin_mv, 9, 1e-9);
  EXPECT_TRUE(physicalSense(s, SenseOp::Read, 76.8, 1).below_offset);
  const SenseErrors analytic = senseErrors(s, SenseOp::Read);
  const SenseTrials counted = senseTrials(s, SenseOp::Read, Trials, Seed);
  for (int ones = 0; ones <= 1; ++ones)
    expectAgrees(analytic.wrong[static_cast<std::size_t>(ones)], counted.rate(ones), Trials, 0.01, "READ", ones);
  EXPECT_GT(analytic.headline, 0.1);
  s.sense_clamp_mv = 100;  // below both: nothing to tell apart
  const SenseErrors blind = senseErrors(s, SenseOp::Read);
  EXPECT_NEAR(blind.headline, 0.5, 1e-6);
  EXPECT_EQ(physicalSense(s, SenseOp::Read, 76.8, 1).margin_mv, 0);
}
