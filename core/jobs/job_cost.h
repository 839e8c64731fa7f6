// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/jobs/job.h"

namespace pimento {

// Multiply-accumulates of one image forward through all variants of a job; layers that they share are run once.
[[nodiscard]] double macsPerImage(const Job &job);

// Multiply-accumulates of one image through the teacher of a distillation, forward; 0 for other methods.
[[nodiscard]] double teacherMacsPerImage(const Job &job);

// Multiply-accumulates of a whole run on `images` training images: forward passes of the teacher's and the variants'
// epochs.
[[nodiscard]] double trainingMacs(const Job &job, std::int64_t images);

// Multiply-accumulates of its test: `images` through the variants and the teacher once, forward alone.
[[nodiscard]] double testMacs(const Job &job, std::int64_t images);

}  // namespace pimento
