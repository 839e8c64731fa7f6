// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include "core/jobs/recipe.h"

namespace pimento::learn {

// T² KL(teacher || sub-net) of softened class scores (Hinton et al. 2015), mean over the images. The factor T² keeps
// the size of its gradients when the temperature changes.
[[nodiscard]] at::Tensor distillation(const at::Tensor &scores, const at::Tensor &teacher, double temperature);

// What one variant learns from: cross entropy, mean over the images; with a teacher's scores
// (1 - w) x cross entropy + w x distillation.
[[nodiscard]] at::Tensor lossOf(const at::Tensor &scores, const at::Tensor &labels, const at::Tensor &teacher,
                                const Recipe &recipe);

// Images whose highest score is at their label.
[[nodiscard]] std::int64_t hits(const at::Tensor &scores, const at::Tensor &labels);

}  // namespace pimento::learn
