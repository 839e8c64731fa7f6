// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

namespace pimento {

// What random numbers of a run are drawn for. Each has a seed of its own, so that nothing of one run repeats in
// another: the teacher of the run with seed 1 is not what the run with seed 2 begins with.
enum class SeedRole : std::uint8_t {
  Split,           // which training images validate
  TeacherWeights,  // what the teacher begins with
  TeacherOrder,    // order and augmentation of its training images
  Weights,         // the same two of the variants' stage
  Order,
  Tuning  // order and augmentation of quantisation-aware training
};

// The seed of one role in the repeat with this seed: a hash of both (job.json from version 2 on). The images that a run
// draws from a set are drawn by the job's own seed, so that whoever opens the run later draws the same.
[[nodiscard]] std::uint64_t seedOf(SeedRole role, std::uint64_t repeat);

}  // namespace pimento
