// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include "core/data/batch.h"
#include "core/data/dataset.h"
#include "core/jobs/recipe.h"
#include "core/learn/module/network_module.h"
#include "core/learn/train/evaluation.h"

namespace pimento::learn {

// Trained weights with the data that they were trained on.
struct TrainedNetwork {
  NetworkSpec network;
  std::vector<Variant> variants;
  Binding binding;
  NetworkModule module;  // of these variants
  Recipe recipe;         // of the run; the default for weights of others
  QString dataName;
  InputRecipe input;
  Images train;                  // prepared
  Images test;                   // prepared
  std::uint64_t tuningSeed = 1;  // of what is drawn when it is trained on: a repeat has its own
};

// A run's directory: its job, the variants it learned or was given, its best weights. `testImages` as the job has it if
// 0. Throws Error.
[[nodiscard]] TrainedNetwork openTrainedRun(const QString &directory, int testImages);

// Weights of a file (core/learn/evaluation.h); `images` of the task are those of the test set. Throws Error.
[[nodiscard]] TrainedNetwork openTrainedFile(const EvaluationTask &task);

}  // namespace pimento::learn
