// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/losses.h"

namespace pimento::learn {

at::Tensor distillation(const at::Tensor &scores, const at::Tensor &teacher, double temperature) {
  const at::Tensor wanted = at::log_softmax(teacher / temperature, 1);
  const at::Tensor own = at::log_softmax(scores / temperature, 1);
  return (wanted.exp() * (wanted - own)).sum() * (temperature * temperature / static_cast<double>(scores.size(0)));
}

at::Tensor lossOf(const at::Tensor &scores, const at::Tensor &labels, const at::Tensor &teacher, const Recipe &recipe) {
  const at::Tensor loss = at::cross_entropy_loss(scores, labels);
  if (!teacher.defined()) return loss;
  return (1 - recipe.distillation_weight) * loss +
         recipe.distillation_weight * distillation(scores, teacher, recipe.temperature);
}

// The largest of numbers of which one is none would be that one.
std::int64_t hits(const at::Tensor &scores, const at::Tensor &labels) {
  const at::Tensor right = scores.argmax(1).eq(labels);
  return right.logical_and(at::isnan(scores).any(1).logical_not()).sum().item<std::int64_t>();
}

}  // namespace pimento::learn
