// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/student_t.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

using namespace pimento;

// Printed tables of the 95 % quantile, five digits.
TEST(StudentT, hasTheQuantilesOfPrintedTables) {
  struct Row {
    int degrees;
    double t;
  };
  for (const Row &row : {Row{1, 6.3138}, Row{2, 2.9200}, Row{3, 2.3534}, Row{4, 2.1318}, Row{7, 1.8946},
                         Row{10, 1.8125}, Row{30, 1.6973}, Row{120, 1.6577}})
    EXPECT_NEAR(studentTQuantile(0.95, row.degrees), row.t, 6e-5) << row.degrees;
}

// Closed forms: Cauchy's distribution, and t / sqrt(2 + t²) of two degrees.
TEST(StudentT, isCauchyOfOneDegreeAndAlgebraicOfTwo) {
  for (const double t : {-30.0, -1.0, 0.0, 0.3, 2.0, 500.0}) {
    EXPECT_NEAR(studentT(t, 1), 0.5 + std::atan(t) / std::numbers::pi, 1e-12) << t;
    EXPECT_NEAR(studentT(t, 2), (1 + t / std::sqrt(2 + t * t)) / 2, 1e-12) << t;
  }
}

// The density integrated by Simpson's rule, which shares nothing with the finite sums.
TEST(StudentT, isTheIntegralOfItsDensity) {
  for (const int degrees : {3, 5, 8}) {
    const double n = degrees;
    const double scale = std::exp(std::lgamma((n + 1) / 2) - std::lgamma(n / 2)) / std::sqrt(n * std::numbers::pi);
    constexpr int Steps = 2000;
    constexpr double Upper = 1.7;
    double sum = 0;
    for (int i = 0; i <= Steps; ++i) {
      const double t = Upper * i / Steps;
      const double weight = i == 0 || i == Steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * scale * std::pow(1 + t * t / n, -(n + 1) / 2);
    }
    EXPECT_NEAR(studentT(Upper, degrees), 0.5 + sum * Upper / Steps / 3, 1e-10) << degrees;
  }
}

TEST(StudentT, invertsItself) {
  for (const int degrees : {1, 2, 3, 9, 40})
    for (const double p : {0.001, 0.05, 0.5, 0.8, 0.95, 0.9999})
      EXPECT_NEAR(studentT(studentTQuantile(p, degrees), degrees), p, 1e-9) << degrees << ' ' << p;
}
