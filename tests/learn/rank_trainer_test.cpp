// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <numeric>

#include "core/learn/train/trainer.h"
#include "tests/learn/rank_threads.h"
#include "tests/learn/tiny.h"

namespace pimento::learn {

namespace {

constexpr int Classes = 3;

Recipe someRecipe() {
  Recipe recipe;
  recipe.method = Method::SlimmableDistillation;
  recipe.batch = 20;  // 7, 7 and 6 images for three ranks
  recipe.learning_rate = 0.02;
  return recipe;
}

struct Outcome {
  at::Tensor weights;
  double bestScore = 0;
  double loss = 0;  // sum over the updates, of the smaller width
  std::int64_t images = 0;
};

// Trains the two widths of a tiny network, taught by one of random weights, for two epochs of four updates.
Outcome trained(std::shared_ptr<Ranks> ranks) {
  const NetworkSpec network = test::tinyNetwork(Classes);
  NetworkModule teacher(network, {network.variants[0]}, findBinding(network, QStringLiteral("individual")));
  teacher.initialise(9);
  NetworkModule module(network, network.variants, findBinding(network, QStringLiteral("slimmable")));
  // Only rank 0 begins with the right weights: it shares them.
  module.initialise(ranks->leads() ? 5 : 6);
  module.setRanks(ranks);
  const Source source = test::tinyImages(113, Classes, 4);
  std::vector<std::uint32_t> train(83), validation(30);
  std::iota(train.begin(), train.end(), 0U);
  std::iota(validation.begin(), validation.end(), 83U);
  const Recipe recipe = someRecipe();
  const Binding slimmable = findBinding(network, QStringLiteral("slimmable"));
  const auto parts = partsOf(module.store(), network.variants, slimmable);
  const Stage stage{module, parts, recipe, 2, source, train, validation, 3, &teacher};
  TrainingState state = freshState(stage, 1);
  Outcome outcome;
  Watch watch;
  std::int64_t before = 0;  // reports come by time: each tells the mean since the last
  watch.progress = [&](const Progress &p) {
    outcome.loss += p.loss[1] * static_cast<double>(p.step - before);
    before = p.step;
  };
  watch.epoch = [&](double, const Scores &scores) { outcome.images = scores.images; };
  EXPECT_EQ(learn::train(stage, state, watch), StageEnd::Done);
  outcome.weights = module.store().values().clone();
  outcome.bestScore = state.best[0].score;
  return outcome;
}

double relative(const at::Tensor &a, const at::Tensor &b) { return ((a - b).norm() / b.norm()).item<double>(); }

}  // namespace

TEST(RankTrainer, givesWhatOneProcessGives) {
  const Outcome one = trained(std::make_shared<Ranks>());
  for (const int size : {2, 3}) {
    std::vector<Outcome> parts(static_cast<std::size_t>(size));
    test::together(size, [&](Ranks &ranks) {
      const std::shared_ptr<Ranks> shared(&ranks, [](Ranks *) {});
      parts[static_cast<std::size_t>(ranks.rank())] = trained(shared);
    });
    for (const Outcome &part : parts) {
      EXPECT_TRUE(part.weights.equal(parts[0].weights)) << size;  // to the bit
      EXPECT_LT(relative(part.weights, one.weights), 1e-4) << size;
      EXPECT_EQ(part.images, 30);
      EXPECT_EQ(part.bestScore, parts[0].bestScore);
      EXPECT_NEAR(part.loss, one.loss, 1e-3 * one.loss) << size;
    }
  }
}

TEST(RankTrainer, stopsAllAtTheStepWhereOneIsTold) {
  std::vector<std::int64_t> steps(2);
  test::together(2, [&](Ranks &ranks) {
    const NetworkSpec network = test::tinyNetwork(Classes);
    NetworkModule module(network, network.variants, findBinding(network, QStringLiteral("slimmable")));
    module.initialise(5);
    module.setRanks(std::shared_ptr<Ranks>(&ranks, [](Ranks *) {}));
    const Source source = test::tinyImages(80, Classes, 4);
    std::vector<std::uint32_t> train(80);
    std::iota(train.begin(), train.end(), 0U);
    const Recipe recipe = someRecipe();
    const auto parts = partsOf(module.store(), network.variants, findBinding(network, QStringLiteral("slimmable")));
    const Stage stage{module, parts, recipe, 1000, source, train, {}, 3};
    TrainingState state = freshState(stage, 1);
    Watch watch;
    int asked = 0;
    watch.command = [&] {
      const bool told = ranks.leads() && ++asked == 6;
      return ranks.maximum(told ? 1 : 0) > 0 ? Command::Stop : Command::Continue;
    };
    EXPECT_EQ(learn::train(stage, state, watch), StageEnd::Done);
    steps[static_cast<std::size_t>(ranks.rank())] = state.step;
  });
  EXPECT_EQ(steps, (std::vector<std::int64_t>{5, 5}));  // asked once before the first step
}

}  // namespace pimento::learn
