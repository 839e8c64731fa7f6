// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/optimiser.h"

namespace pimento::learn {

void descend(ParameterStore &store, at::Tensor &momentum, const Recipe &recipe, double rate) {
  const at::NoGradGuard noGradient;
  at::Tensor gradient = store.gradients();
  if (recipe.weight_decay > 0) gradient = at::addcmul(gradient, store.decays(), store.trained(), recipe.weight_decay);
  momentum.mul_(recipe.momentum).add_(gradient);
  at::Tensor weights = store.trained();
  if (recipe.nesterov)
    weights.add_(gradient, -rate).add_(momentum, -rate * recipe.momentum);
  else
    weights.add_(momentum, -rate);
}

}  // namespace pimento::learn
