// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <stop_token>

#include "core/data/batch.h"
#include "core/simulate/integers/exact.h"

namespace pimento {

struct ExactScores {
  std::int64_t correct = 0;  // images whose largest logit is at their label
  std::int64_t images = 0;   // done: fewer than given after a stop
};

// Called from the threads that work, with images done and to do.
using ImagesProgress = std::function<void(std::int64_t done, std::int64_t all)>;

// Accuracy of a network as integers, by exact evaluation. `images` prepared by `input` (core/data/batch.h). Throws
// Error if they have not the size of the network's input. The count depends on the arguments alone; images are run in
// several threads.
[[nodiscard]] ExactScores exactScores(const IntegerProgram &program, const Images &images, const InputRecipe &input,
                                      const std::stop_token &stop = {}, const ImagesProgress &progress = {});

}  // namespace pimento
