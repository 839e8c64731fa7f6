// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/sobol_indices.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/error.h"

using namespace pimento;

namespace {

// Ishigami and Homma (1990): sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1 with x in (-π, π); a further input does nothing.
void ishigami(std::span<const double> u, std::span<double> out) {
  const auto x = [&](std::size_t i) { return (2 * u[i] - 1) * std::numbers::pi; };
  const double s = std::sin(x(1));
  out[0] = std::sin(x(0)) + 7 * s * s + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

constexpr double FirstOrder[] = {0.3139, 0.4424, 0, 0};
constexpr double Total[] = {0.5576, 0.4424, 0.2437, 0};

}  // namespace

TEST(SobolIndices, areThoseOfIshigamisFunction) {
  const SobolIndices indices = sobolIndices(4, 1, ishigami);
  EXPECT_EQ(indices.runs, 2048U * 6);
  EXPECT_EQ(indices.failed, 0U);
  for (std::size_t i = 0; i < 4; ++i) {
    const SobolIndex &index = indices.at(0, i);
    EXPECT_NEAR(index.first, FirstOrder[i], 0.03) << i;
    EXPECT_NEAR(index.total, Total[i], 0.03) << i;
    EXPECT_LE(index.firstInterval.low, index.first) << i;
    EXPECT_GE(index.firstInterval.high, index.first) << i;
    EXPECT_LE(index.totalInterval.low, Total[i] + 0.01) << i;
    EXPECT_GE(index.totalInterval.high, Total[i] - 0.01) << i;
  }
  EXPECT_EQ(indices.at(0, 3).total, 0) << "an input that does nothing";
}

TEST(SobolIndices, convergeWithMoreSamples) {
  double small = 0;
  double large = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed)
    for (std::size_t i = 0; i < 3; ++i) {
      const SobolOptions few{64, seed, 0};
      const SobolOptions many{4096, seed, 0};
      small += std::abs(sobolIndices(4, 1, ishigami, few).at(0, i).total - Total[i]);
      large += std::abs(sobolIndices(4, 1, ishigami, many).at(0, i).total - Total[i]);
    }
  EXPECT_LT(large, small / 5);
}

TEST(SobolIndices, intervalsHoldTheTruthMostOfTheTime) {
  int held = 0;
  constexpr int Seeds = 20;
  for (std::uint64_t seed = 1; seed <= Seeds; ++seed) {
    const SobolIndices indices = sobolIndices(4, 1, ishigami, {512, seed, 200});
    for (std::size_t i = 0; i < 3; ++i) {
      const Interval &interval = indices.at(0, i).totalInterval;
      held += interval.low <= Total[i] && Total[i] <= interval.high ? 1 : 0;
    }
  }
  EXPECT_GE(held, Seeds * 3 * 85 / 100);
}

TEST(SobolIndices, ofSumsAddUpToOne) {
  const SobolIndices indices = sobolIndices(3, 2, [](std::span<const double> u, std::span<double> out) {
    out[0] = 1e6 + u[0] + 2 * u[1] + 3 * u[2];  // far from 0: squares must not cancel
    out[1] = 5;
  });
  EXPECT_NEAR(indices.at(0, 0).first, 1.0 / 14, 2e-3);
  EXPECT_NEAR(indices.at(0, 1).first, 4.0 / 14, 2e-3);
  EXPECT_NEAR(indices.at(0, 2).total, 9.0 / 14, 2e-3);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(indices.at(1, i).total, 0) << "nothing varies";
}

TEST(SobolIndices, leaveOutRunsWithoutAValue) {
  const SobolIndices indices = sobolIndices(2, 1, [](std::span<const double> u, std::span<double> out) {
    out[0] = u[1] < 0.1 ? std::numeric_limits<double>::quiet_NaN() : u[0];
  });
  EXPECT_NEAR(static_cast<double>(indices.failed) / static_cast<double>(indices.runs), 0.1, 0.01);
  EXPECT_NEAR(indices.at(0, 0).total, 1, 0.05);
  EXPECT_NEAR(indices.at(0, 1).total, 0, 0.05);
}

TEST(SobolIndices, stopWhenAsked) {
  std::stop_source stop;
  double share = 0;
  const Watch watch{stop.get_token(), [&](double done) {
                      EXPECT_GE(done, share);
                      share = done;
                      if (done > 0.3) stop.request_stop();
                    }};
  EXPECT_THROW(static_cast<void>(sobolIndices(4, 1, ishigami, {}, watch)), Error);
  EXPECT_LT(share, 0.5);
}
