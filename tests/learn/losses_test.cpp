// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/losses.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace pimento::learn {

namespace {

at::Tensor table(std::vector<double> values, std::int64_t columns) {
  return at::tensor(values, at::kFloat).view({-1, columns});
}

double klByHand(const std::array<double, 3> &teacher, const std::array<double, 3> &own, double t) {
  double teacherSum = 0;
  double ownSum = 0;
  for (int c = 0; c < 3; ++c) teacherSum += std::exp(teacher[c] / t);
  for (int c = 0; c < 3; ++c) ownSum += std::exp(own[c] / t);
  double kl = 0;
  for (int c = 0; c < 3; ++c) {
    const double p = std::exp(teacher[c] / t) / teacherSum;
    kl += p * std::log(p / (std::exp(own[c] / t) / ownSum));
  }
  return kl;
}

}  // namespace

TEST(Distillation, isTheMeanDivergenceOfSoftenedScoresTimesTemperatureSquared) {
  const std::array<double, 3> teacher{2, 0.5, -1};
  const std::array<double, 3> own{0.3, 1, 0};
  const at::Tensor scores = table({0.3, 1, 0, 5, 6, 7}, 3);
  const at::Tensor wanted = table({2, 0.5, -1, 5, 6, 7}, 3);  // the second image is learned already
  for (const double t : {1.0, 4.0})
    EXPECT_NEAR(distillation(scores, wanted, t).item<double>(), t * t * klByHand(teacher, own, t) / 2, 1e-5) << t;
}

TEST(Loss, mixesHardAndSoftLabels) {
  Recipe recipe;
  recipe.distillation_weight = 0.25;
  recipe.temperature = 2;
  const at::Tensor scores = table({0.3, 1, 0}, 3);
  const at::Tensor teacher = table({2, 0.5, -1}, 3);
  const at::Tensor labels = at::tensor(std::vector<std::int64_t>{1}, at::kLong);
  const double hard = -std::log(std::exp(1.0) / (std::exp(0.3) + std::exp(1.0) + 1));
  const double soft = 4 * klByHand({2, 0.5, -1}, {0.3, 1, 0}, 2);
  EXPECT_NEAR(lossOf(scores, labels, {}, recipe).item<double>(), hard, 1e-6);
  EXPECT_NEAR(lossOf(scores, labels, teacher, recipe).item<double>(), 0.75 * hard + 0.25 * soft, 1e-5);
  EXPECT_EQ(hits(scores, labels), 1);
}

TEST(Losses, countNoHitsWhereAScoreIsNotANumber) {
  at::Tensor scores = at::tensor({1.0F, 2.0F, 3.0F, 2.0F, 1.0F, 0.0F}).view({2, 3});
  const at::Tensor labels = at::tensor({2, 0}, at::kLong);
  EXPECT_EQ(hits(scores, labels), 2);
  scores[1][0] = std::nanf("");
  EXPECT_EQ(hits(scores, labels), 1);
}

}  // namespace pimento::learn
