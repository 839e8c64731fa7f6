// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/sobol_sequence.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

using namespace pimento;

TEST(SobolSequence, givesThePointsThatItsAuthorsPrint) {
  // Joe and Kuo's notes, the first ten points in three dimensions; theirs stand in Gray code order.
  const double printed[10][3] = {{0, 0, 0},
                                 {0.5, 0.5, 0.5},
                                 {0.75, 0.25, 0.25},
                                 {0.25, 0.75, 0.75},
                                 {0.375, 0.375, 0.625},
                                 {0.875, 0.875, 0.125},
                                 {0.625, 0.125, 0.875},
                                 {0.125, 0.625, 0.375},
                                 {0.1875, 0.3125, 0.9375},
                                 {0.6875, 0.8125, 0.4375}};
  const SobolSequence sequence(3, 1);
  for (std::uint32_t i = 0; i < 10; ++i)
    for (std::size_t d = 0; d < 3; ++d)
      EXPECT_EQ(sequence.plain(i ^ (i >> 1), d) * 0x1p-32, printed[i][d]) << i << " " << d;
}

TEST(SobolSequence, fillsEveryIntervalOfEveryDimensionOnce) {
  constexpr std::size_t Points = 1024;
  const SobolSequence sequence(SobolSequence::MostDimensions, 7);
  std::vector<std::vector<int>> seen(sequence.dimensions(), std::vector<int>(Points, 0));
  std::vector<double> point(sequence.dimensions());
  for (std::uint32_t i = 0; i < Points; ++i) {
    sequence.point(i, point);
    for (std::size_t d = 0; d < point.size(); ++d) {
      ASSERT_GT(point[d], 0);
      ASSERT_LT(point[d], 1);
      ++seen[d][static_cast<std::size_t>(point[d] * Points)];
    }
  }
  for (std::size_t d = 0; d < seen.size(); ++d)
    for (std::size_t i = 0; i < Points; ++i) ASSERT_EQ(seen[d][i], 1) << "dimension " << d << ", interval " << i;
}

TEST(SobolSequence, fillsSquaresOfTheFirstTwoDimensions) {
  // A (0, 2)-sequence: the first 256 points lie one in each of 16 x 16 squares, scrambled or not.
  const SobolSequence sequence(2, 3);
  std::vector<int> seen(256, 0);
  std::vector<double> point(2);
  for (std::uint32_t i = 0; i < 256; ++i) {
    sequence.point(i, point);
    ++seen[static_cast<std::size_t>(point[0] * 16) * 16 + static_cast<std::size_t>(point[1] * 16)];
  }
  for (const int count : seen) EXPECT_EQ(count, 1);
}

TEST(SobolSequence, integratesFarBetterThanChance) {
  // Product of 3 (x² - 1/3) + 1 over ten dimensions has the mean 1; chance errs by 0.09 at 4,096 points.
  const SobolSequence sequence(10, 11);
  double sum = 0;
  std::vector<double> point(10);
  for (std::uint32_t i = 0; i < 4096; ++i) {
    sequence.point(i, point);
    double product = 1;
    for (const double x : point) product *= 1 + (x * x - 1.0 / 3);
    sum += product;
  }
  EXPECT_NEAR(sum / 4096, 1, 2e-3);
}

TEST(SobolSequence, seedsScrambleDifferently) {
  std::vector<double> a(5);
  std::vector<double> b(5);
  SobolSequence(5, 1).point(3, a);
  SobolSequence(5, 1).point(3, b);
  EXPECT_EQ(a, b);
  SobolSequence(5, 2).point(3, b);
  EXPECT_NE(a, b);
}

TEST(SobolSequence, refusesMoreDimensionsThanItHasNumbersOf) {
  EXPECT_THROW(SobolSequence(SobolSequence::MostDimensions + 1, 1), Error);
}
