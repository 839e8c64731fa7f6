// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense_map.h"

#include <gtest/gtest.h>

#include <bit>

using namespace pimento;

namespace {

constexpr std::uint64_t Seed = 7;

Accelerator small() {
  Accelerator a;
  a.array.rows = 128;
  return a;
}

double mean(const std::vector<double> &values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

// Static errors of AND2 over pairs of rows of one sub-array, looked up without any short cut.
std::int64_t bruteFaults(const SenseMap &map, SenseOp op, std::array<int, 2> rows, unsigned state) {
  std::int64_t wrong = 0;
  const bool one = std::popcount(state) > senseStates(op).below;
  for (int c = 0; c < map.columns(); ++c) wrong += (map.excess_mv(op, rows, c, state) > 0) != one;
  return wrong;
}

}  // namespace

TEST(SenseMap, isAFunctionOfSeedAndSubarray) {
  const SenseMap a(small(), Seed, 3);
  const SenseMap b(small(), Seed, 3);
  const SenseMap other(small(), Seed, 4);
  const SenseMap chip(small(), Seed + 1, 3);
  EXPECT_EQ(a.offset_mv(17), b.offset_mv(17));
  EXPECT_EQ(a.conductance_ms(5, 17, true), b.conductance_ms(5, 17, true));
  for (const SenseMap *different : {&other, &chip}) {
    EXPECT_NE(a.offset_mv(17), different->offset_mv(17));
    EXPECT_NE(a.conductance_ms(5, 17, true), different->conductance_ms(5, 17, true));
  }
  EXPECT_NE(a.conductance_ms(5, 17, true), a.conductance_ms(17, 5, true));
}

TEST(SenseMap, drawsHaveTheSpreadOfTheParameters) {
  const Accelerator a = small();
  const SenseMap map(a, Seed, 0);
  std::vector<double> offsets;
  std::vector<double> squares;
  std::vector<double> low;
  std::vector<double> lowSquares;
  std::vector<double> tmr;
  for (int c = 0; c < map.columns(); ++c) {
    offsets.push_back(map.offset_mv(c));
    squares.push_back(offsets.back() * offsets.back());
    for (int r = 0; r < 40; ++r) {
      const double junction = 1e3 / map.conductance_ms(r, c, false) - a.sensing.access_ohm;
      const double high = 1e3 / map.conductance_ms(r, c, true) - a.sensing.access_ohm;
      low.push_back(junction / a.sensing.parallel_resistance_ohm - 1);
      lowSquares.push_back(low.back() * low.back());
      tmr.push_back(high / junction - 1);
    }
  }
  // Five standard errors each: 512 offsets, 20,480 cells.
  EXPECT_NEAR(mean(offsets), 0, 5 * 5 / std::sqrt(512.0));
  EXPECT_NEAR(std::sqrt(mean(squares)), 5, 5 * 5 / std::sqrt(2 * 512.0));
  EXPECT_NEAR(mean(low), 0, 5 * 0.02 / std::sqrt(20480.0));
  EXPECT_NEAR(std::sqrt(mean(lowSquares)), 0.02, 5 * 0.02 / std::sqrt(2 * 20480.0));
  EXPECT_NEAR(mean(tmr), 1.2, 5 * 0.06 / std::sqrt(20480.0));
}

TEST(SenseMap, listedFaultsAreThoseOfEveryCellLookedUp) {
  Accelerator a = small();
  a.sensing.resistance_sigma_pct = 4;
  const SenseMap map(a, Seed, 1);
  std::int64_t seen = 0;
  for (const SenseOp op : {SenseOp::And2, SenseOp::Or2}) {
    SenseFaults finder(map, op, ReadNoise::Off);
    for (int r = 0; r < 20; ++r) {
      const std::array<int, 2> rows{r, 127 - r};
      std::vector<SenseFault> faults;
      finder.append(rows, faults);
      for (unsigned state = 0; state < 4; ++state) {
        std::int64_t listed = 0;
        for (const SenseFault &fault : faults) listed += fault.wrong[state] == 1 ? 1 : 0;
        EXPECT_EQ(listed, bruteFaults(map, op, rows, state)) << SenseOpNames[static_cast<std::size_t>(op)];
        seen += listed;
      }
    }
  }
  EXPECT_GT(seen, 100);
}

TEST(SenseMap, noiseMakesOnlyTheNearlyEvenUncertain) {
  const SenseMap map(small(), Seed, 2);
  EXPECT_NEAR(map.noise_mv(), 0.328, 0.001);  // 38.4 fF at 300 K
  SenseFaults still(map, SenseOp::Or2, ReadNoise::Off);
  SenseFaults noisy(map, SenseOp::Or2, ReadNoise::On);
  const std::array<int, 2> rows{4, 90};
  std::vector<SenseFault> without;
  std::vector<SenseFault> with;
  still.append(rows, without);
  noisy.append(rows, with);
  EXPECT_GE(with.size(), without.size());
  int uncertain = 0;
  for (const SenseFault &fault : with)
    for (unsigned state = 0; state < 4; ++state) {
      const double p = fault.wrong[state];
      const double by = std::abs(map.excess_mv(SenseOp::Or2, rows, fault.column, state));
      const bool even = p > 0 && p < 1 - 1e-6;
      uncertain += even ? 1 : 0;
      EXPECT_TRUE(!even || by * map.developed(SenseOp::Or2) < 6.1 * map.noise_mv()) << p << " at " << by;
    }
  EXPECT_GT(uncertain, 0);
}

TEST(SenseMap, mostColumnsAreSoundForAnd2AndFewForOr3) {
  const SenseMap map(small(), Seed, 2);
  const auto marginal = [&](SenseOp op) {
    int count = 0;
    for (const std::uint64_t word : map.marginalColumns(op)) count += std::popcount(word);
    return count;
  };
  EXPECT_LT(marginal(SenseOp::Read), 5);
  EXPECT_GT(marginal(SenseOp::And2), 0);
  EXPECT_LT(marginal(SenseOp::And2), 512 / 3);
  EXPECT_GT(marginal(SenseOp::Or3), 300);
}

TEST(SenseMap, sparesReplaceTheLargestOffsetsFirst) {
  Accelerator a = small();
  const SenseMap plain(a, Seed, 5);
  a.array.spare_columns = 16;
  const SenseMap repaired(a, Seed, 5);
  EXPECT_EQ(plain.repairedColumns(), 0);
  EXPECT_GT(repaired.repairedColumns(), 8);
  double kept = 0;
  double replaced = 100;
  for (int c = 0; c < plain.columns(); ++c) {
    const double before = std::abs(plain.offset_mv(c));
    const bool moved = repaired.physicalColumn(c) != c;
    const double after = std::abs(repaired.offset_mv(c));
    EXPECT_TRUE(moved ? after < before : after == before) << c;
    (moved ? replaced : kept) = moved ? std::min(replaced, before) : std::max(kept, before);
  }
  EXPECT_GE(replaced, kept);
}

TEST(SenseMap, nvsimKnowsNoErrors) {
  Accelerator a = small();
  a.sensing.sense_model = SenseModel::Nvsim;
  const SenseMap map(a, Seed, 0);
  SenseFaults finder(map, SenseOp::Or3, ReadNoise::On);
  std::vector<SenseFault> faults;
  finder.append(std::array{1, 2, 3}, faults);
  EXPECT_TRUE(faults.empty());
}

TEST(SenseMap, listedFaultsFollowTheClamp) {
  Accelerator a = small();
  a.sensing.sense_clamp_mv = 125;  // 4 mV above the reference of AND2 without it
  const SenseMap map(a, Seed, 1);
  EXPECT_NEAR(map.reference_mv(SenseOp::And2), (125 + 101.818) / 2, 0.001);
  SenseFaults finder(map, SenseOp::And2, ReadNoise::Off);
  std::vector<SenseFault> faults;
  std::int64_t seen = 0;
  const std::array<int, 2> rows{3, 70};
  finder.append(rows, faults);
  for (unsigned state = 0; state < 4; ++state) {
    std::int64_t listed = 0;
    for (const SenseFault &fault : faults) listed += fault.wrong[state] == 1 ? 1 : 0;
    EXPECT_EQ(listed, bruteFaults(map, SenseOp::And2, rows, state));
    seen += listed;
  }
  EXPECT_GT(seen, 5);
}
