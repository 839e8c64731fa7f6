// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/shapley.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/base/error.h"

using namespace pimento;

namespace {

// The gloves game: a left glove (player 0) and two right ones; a pair is worth 1.
std::vector<double> gloves(const std::vector<bool> &in) { return {in[0] && (in[1] || in[2]) ? 1.0 : 0.0}; }

// Products and sums of many players, with an interaction between neighbours.
std::vector<double> chain(const std::vector<bool> &in) {
  double sum = 3;
  for (std::size_t i = 0; i < in.size(); ++i) sum += in[i] ? static_cast<double>(i + 1) : 0;
  for (std::size_t i = 1; i < in.size(); ++i) sum += in[i] && in[i - 1] ? 10 : 0;
  return {sum, 2 * sum};
}

double added(const ShapleyShares &shares, std::size_t output) {
  return std::accumulate(shares.contributions.begin(), shares.contributions.end(), 0.0,
                         [&](double sum, const auto &player) { return sum + player[output]; });
}

}  // namespace

TEST(Shapley, isThatOfTheGlovesGame) {
  const ShapleyShares shares = shapleyShares(3, gloves);
  EXPECT_TRUE(shares.exact);
  EXPECT_NEAR(shares.contributions[0][0], 4.0 / 6, 1e-12);
  EXPECT_NEAR(shares.contributions[1][0], 1.0 / 6, 1e-12);
  EXPECT_NEAR(shares.contributions[2][0], 1.0 / 6, 1e-12);
}

TEST(Shapley, sharesAddUpToTheDifferenceAndInteractionsAreHalved) {
  const ShapleyShares exact = shapleyShares(8, chain);
  EXPECT_NEAR(added(exact, 0), exact.all[0] - exact.none[0], 1e-10);
  EXPECT_NEAR(added(exact, 1), exact.all[1] - exact.none[1], 1e-10);
  EXPECT_NEAR(exact.contributions[0][0], 1 + 5, 1e-10) << "an end has half of one interaction";
  EXPECT_NEAR(exact.contributions[3][0], 4 + 10, 1e-10) << "others have half of two";
}

TEST(Shapley, samplesManyPlayersWithItsError) {
  const ShapleyShares sampled = shapleyShares(16, chain);
  EXPECT_FALSE(sampled.exact);
  EXPECT_EQ(sampled.orders, 256U);
  EXPECT_NEAR(added(sampled, 0), sampled.all[0] - sampled.none[0], 1e-9) << "whatever orders are drawn";
  for (std::size_t i = 1; i < 15; ++i) {
    const double truth = static_cast<double>(i + 1) + 10;
    EXPECT_NEAR(sampled.contributions[i][0], truth, 4.5 * sampled.errors[i][0] + 1e-9) << i;
    EXPECT_LT(sampled.errors[i][0], 0.5);
  }
  const ShapleyShares again = shapleyShares(16, chain);
  EXPECT_EQ(again.contributions, sampled.contributions) << "equal seeds draw equal orders";
}

TEST(Shapley, ofNobodyIsNothing) {
  const ShapleyShares none = shapleyShares(0, [](const std::vector<bool> &) { return std::vector<double>{5}; });
  EXPECT_TRUE(none.contributions.empty());
  EXPECT_EQ(none.all, none.none);
}

TEST(Shapley, stopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(static_cast<void>(shapleyShares(3, gloves, {}, {stop.get_token(), {}})), Error);
}
