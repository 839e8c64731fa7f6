// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <memory>
#include <vector>

#include "core/learn/train/run_context.h"

namespace pimento::learn {

// How the stages of a run went: what its result tells of them.
struct Trained {
  std::unique_ptr<NetworkModule> module;  // with the weights to keep
  std::unique_ptr<NetworkModule> teacher;
  std::vector<GroupLasso> penalties;  // none, or one a variant
  int stage = -1;                     // that was trained last, here
  double epochs = 0;                  // of that stage, done
  double images_per_s = 0;            // of that stage
  double waitShare = 0;               // of its time, in which no batch was ready
};

// Cuts out what a group Lasso has learned, writes the weights, tests all variants and the teacher once, and tells and
// writes the results. Returns false if it was paused or cancelled before. Throws Error.
[[nodiscard]] bool endRun(RunContext &run, Trained trained);

}  // namespace pimento::learn
