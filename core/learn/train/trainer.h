// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <functional>

#include "core/jobs/recipe.h"
#include "core/learn/module/network_module.h"
#include "core/learn/module/parts.h"
#include "core/learn/train/batch_loader.h"
#include "core/learn/train/checkpoint.h"
#include "core/learn/train/group_lasso.h"

namespace pimento::learn {

// What to do after an update, asked once each: end with the best so far, or with a checkpoint to go on from, or with
// nothing.
enum class Command : std::uint8_t { Continue, Pause, Stop, Cancel };

// Losses and hits over the last updates.
struct Progress {
  std::int64_t step = 0;  // updates done
  std::int64_t steps = 0;
  std::int64_t stepsPerEpoch = 0;
  double images_per_s = 0;  // since the last report
  double learningRate = 0;
  std::vector<double> loss;          // mean, a variant each; penalties included
  std::vector<double> accuracy_pct;  // on augmented training images
};

struct Scores {
  std::vector<std::int64_t> correct;     // a variant each
  std::vector<std::int64_t> notNumbers;  // images for which an output is none: never correct
  std::int64_t images = 0;
  [[nodiscard]] double mean_pct(std::span<const std::size_t> variants) const;
};

struct Watch {
  std::function<Command()> command = [] { return Command::Continue; };  // asked after each batch
  std::function<void(std::int64_t step, std::int64_t stepsPerEpoch)> begin = [](std::int64_t, std::int64_t) {};
  std::function<void(const Progress &)> progress = [](const Progress &) {};  // about twice a second
  // After validation: epochs done, not whole for the last one of a stage that was stopped.
  std::function<void(double epochs, const Scores &)> epoch = [](double, const Scores &) {};
  std::function<void(TrainingState &)> checkpoint = [](TrainingState &) {};  // to be written, with the module's tensors
  double checkpoint_s = 30;
};

// Which weights a stage ends with: the best on the validation part, or those of the last update.
enum class Keep : std::uint8_t { Best, Last };

// What a stop leaves: weights to keep, or, as a pause does anywhere, a checkpoint to go on from.
enum class OnStop : std::uint8_t { Keep, Pause };

// One stage of training: the variants of one model by a recipe.
struct Stage {
  NetworkModule &module;
  std::vector<Part> parts;  // of all its variants
  const Recipe &recipe;
  int epochs = 1;
  const Source &source;
  std::vector<std::uint32_t> train;       // indices into the source
  std::vector<std::uint32_t> validation;  // empty: the last weights are the best
  std::uint64_t seed = 1;                 // of order and augmentation
  NetworkModule *teacher = nullptr;       // of one variant; distillation
  std::vector<GroupLasso> penalties;      // none, or one a variant
  Keep keep = Keep::Best;
  OnStop onStop = OnStop::Keep;
  double cycleStart = 0;  // epochs after which the schedule of the learning rate begins anew
};

inline constexpr int EvaluationBatch = 256;  // images between two questions for a command

// Images classified right by each variant, with running statistics. The module's ranks divide the images among them and
// all get the sum; then `command` must tell the same to all.
[[nodiscard]] Scores evaluate(
    NetworkModule &module, std::span<const std::size_t> variants, const Source &source,
    std::span<const std::uint32_t> indices, const std::function<Command()> &command = [] { return Command::Continue; });

[[nodiscard]] TrainingState freshState(const Stage &stage, int number);

enum class StageEnd : std::uint8_t {
  Done,       // all epochs, or stopped: there are weights to keep
  Nothing,    // stopped before the first update
  Paused,     // its checkpoint goes on from there
  Cancelled,  // what was learned since the last checkpoint is lost
  Diverged    // the loss of the next update is not a number; the best weights so far are in the module
};

// Trains from `state` on to the end of the stage, or until told to stop, and leaves the weights to keep in the module.
// From equal states it ends with equal weights, bit for bit.
StageEnd train(const Stage &stage, TrainingState &state, const Watch &watch);

}  // namespace pimento::learn
