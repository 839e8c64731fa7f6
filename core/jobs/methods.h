// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/jobs/recipe.h"
#include "core/network/network_spec.h"

namespace pimento {

// What there is to choose from on the way to a training run.

// Methods that a network's bindings allow and that have a recipe, in the order of Method.
[[nodiscard]] std::vector<Method> methodsOf(const NetworkSpec &network);

// What is done here beyond the words of the method's paper, in whole sentences; empty: nothing.
[[nodiscard]] QString beyondThePaper(Method method);

[[nodiscard]] std::vector<Recipe> recipesOf(Method method);  // built in, short ones first

// The short recipe that trains a network if none is named: all widths with a teacher, all heads together, or the
// network alone where it has only one variant that answers. Throws Error if it can not be trained.
[[nodiscard]] QString usualRecipe(const NetworkSpec &network);

// The variants that a method trains if none is named: those that answer; for methods that share weights between widths,
// where the network names no widths, the ratios 1, 0.75, 0.5 and 0.25 of the papers; for the group Lasso, which makes
// its sub-nets itself, the widest.
[[nodiscard]] std::vector<Variant> usualVariants(const NetworkSpec &network, Method method);

}  // namespace pimento
