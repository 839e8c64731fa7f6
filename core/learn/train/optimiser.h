// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include "core/jobs/recipe.h"
#include "core/learn/module/parameter_store.h"

namespace pimento::learn {

// One update of all trained tensors by stochastic gradient descent with momentum, as PyTorch's SGD defines it:
//   g = gradient + decay x w (weights only),  v = m v + g,  w -= rate x (g + m v) with Nesterov, else rate x v.
// `momentum` is v, flat as ParameterStore::trained(); zeros before the first update.
void descend(ParameterStore &store, at::Tensor &momentum, const Recipe &recipe, double rate);

}  // namespace pimento::learn
