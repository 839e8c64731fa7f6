// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

using namespace pimento;

TEST(Random, isAFunctionOfItsThreeNumbers) {
  Random a(1, 2, 3);
  Random b(1, 2, 3);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(a.bits(), b.bits());
  std::set<std::uint64_t> firsts;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    for (std::uint64_t stream = 0; stream < 20; ++stream)
      for (std::uint64_t index = 0; index < 20; ++index) firsts.insert(Random(seed, stream, index).bits());
  EXPECT_EQ(firsts.size(), 8000U);
}

TEST(Random, uniformStaysInTheUnitIntervalWithItsMoments) {
  Random random(7);
  constexpr int N = 100000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < N; ++i) {
    const double x = random.uniform();
    ASSERT_GE(x, 0);
    ASSERT_LT(x, 1);
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / N, 0.5, 5 * std::sqrt(1.0 / 12 / N));
  EXPECT_NEAR(squares / N, 1.0 / 3, 5 * std::sqrt(4.0 / 45 / N));
}

TEST(Random, belowIsEvenOverItsRange) {
  Random random(11);
  constexpr int Bound = 7;
  constexpr int N = 70000;
  std::vector<int> seen(Bound);
  for (int i = 0; i < N; ++i) ++seen.at(random.below(Bound));
  double chiSquare = 0;
  for (const int count : seen) chiSquare += std::pow(count - N / Bound, 2) / (N / Bound);
  EXPECT_LT(chiSquare, 22.46);  // 6 degrees of freedom, one in a thousand
  EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, normalHasUnitVarianceAndTheRightTails) {
  Random random(13);
  constexpr int N = 200000;
  double sum = 0;
  double squares = 0;
  int beyondTwo = 0;
  for (int i = 0; i < N; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
    beyondTwo += std::abs(x) > 2 ? 1 : 0;
  }
  EXPECT_NEAR(sum / N, 0, 5 / std::sqrt(N));
  EXPECT_NEAR(squares / N, 1, 5 * std::sqrt(2.0 / N));
  const double p = std::erfc(2 / std::sqrt(2.0));
  EXPECT_NEAR(beyondTwo / double(N), p, 5 * std::sqrt(p / N));
}
