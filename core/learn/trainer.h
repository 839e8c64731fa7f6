// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <functional>

#include "core/jobs/recipe.h"
#include "core/learn/batch_loader.h"
#include "core/learn/checkpoint.h"
#include "core/learn/network_module.h"

namespace pimento::learn {

// What to do after an update, asked once each.
enum class Command : std::uint8_t { Continue, Stop, Cancel };

// Losses and hits over the last updates.
struct Progress {
  std::int64_t step = 0;  // updates done
  std::int64_t steps = 0;
  std::int64_t stepsPerEpoch = 0;
  double images_per_s = 0;  // since the last report
  double learningRate = 0;
  std::vector<double> loss;          // mean, a variant each
  std::vector<double> accuracy_pct;  // on augmented training images
};

struct Scores {
  std::vector<std::int64_t> correct;  // a variant each
  std::int64_t images = 0;
  [[nodiscard]] double mean_pct() const;
};

struct Watch {
  std::function<Command()> command = [] { return Command::Continue; };
  std::function<void(const Progress &)> progress = [](const Progress &) {};           // about twice a second
  std::function<void(int epoch, const Scores &)> epoch = [](int, const Scores &) {};  // after validation
  std::function<void(const QByteArray &)> checkpoint = [](const QByteArray &) {};     // to be written
  double checkpoint_s = 30;
};

// One stage of training: some variants of one model by a recipe.
struct Stage {
  NetworkModule &module;
  std::vector<std::size_t> variants;
  const Recipe &recipe;
  int epochs = 1;
  const Source &source;
  std::vector<std::uint32_t> train;       // indices into the source
  std::vector<std::uint32_t> validation;  // empty: the last weights are the best
  std::uint64_t seed = 1;
  NetworkModule *teacher = nullptr;  // of one variant; distillation
};

// Images classified right by each variant, with running statistics.
[[nodiscard]] Scores evaluate(
    NetworkModule &module, std::span<const std::size_t> variants, const Source &source,
    std::span<const std::uint32_t> indices, const std::function<Command()> &command = [] { return Command::Continue; });

[[nodiscard]] TrainingState freshState(const NetworkModule &module, int stage);

// Trains from `state` on to the end of the stage, or until told to stop, and leaves the best weights in the module.
// Returns false if it was cancelled. Throws Error if a loss is not a number, naming the step; the best weights so far
// are in the module then.
bool train(const Stage &stage, TrainingState &state, const Watch &watch);

}  // namespace pimento::learn
