// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/methods.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/network/widest.h"

namespace pimento {

std::vector<Method> methodsOf(const NetworkSpec &network) {
  std::vector<Method> methods;
  for (int i = 0; i < MethodCount; ++i) {
    const auto method = static_cast<Method>(i);
    if (network.bindings.contains(methodBinding(method)) && !recipesOf(method).empty()) methods.push_back(method);
  }
  return methods;
}

QString beyondThePaper(Method method) {
  if (!traits(method).learnsSubNets) return {};
  return QStringLiteral(
      "Beyond Eq. 2: a channel's group holds its bias and its batch norm's scale and shift beside its weights, since a "
      "batch norm undoes any scale of the weights before it; channels that layers must share (an addition, a depthwise "
      "layer) are one group of all that writes them, so that a \"layer\" is such a space; a channel that a shortcut "
      "without weights brings from a strong one is neither pulled nor cut. At the end a channel is cut if its norm is "
      "below a tenth of the threshold; the strongest of a space always stays.");
}

std::vector<Recipe> recipesOf(Method method) {
  std::vector<Recipe> recipes;
  for (const QString &name : builtInRecipes()) {
    Recipe recipe = loadRecipe(name);
    if (recipe.method == method) recipes.push_back(std::move(recipe));
  }
  std::ranges::stable_sort(recipes, {}, &Recipe::epochs);
  return recipes;
}

QString usualRecipe(const NetworkSpec &network) {
  const std::vector<Method> methods = methodsOf(network);
  const auto allows = [&](Method method) { return std::ranges::find(methods, method) != methods.end(); };
  const bool several = classifiers(network).size() > 1;
  for (const Method method : {Method::SlimmableDistillation, Method::Joint})
    if (several && allows(method)) return recipesOf(method).front().name;
  if (allows(Method::Individual)) return recipesOf(Method::Individual).front().name;
  if (methods.empty())
    throw Error(QStringLiteral("network %1").arg(quoted(network.name)), QStringLiteral("has no way to be trained"),
                QStringLiteral("its file may name bindings: joint, independent, slimmable, individual"));
  return recipesOf(methods.front()).front().name;
}

std::vector<Variant> usualVariants(const NetworkSpec &network, Method method) {
  const std::vector<Variant> answering = classifiers(network);
  if (answering.empty())
    throw Error(QStringLiteral("network %1").arg(quoted(network.name)),
                QStringLiteral("names no variant that ends in a layer which no other reads"),
                QStringLiteral("a variant that ends in its classifier can be trained"));
  if (traits(method).learnsSubNets) return {widestVariant(network, answering)};
  const bool widths = traits(method).widths;
  if (!widths || answering.size() > 1) return answering;
  std::vector<Variant> ratios;
  for (const double ratio : {1.0, 0.75, 0.5, 0.25}) {
    ratios.push_back(widthVariant(network, ratio));
    ratios.back().output = answering.front().output;
  }
  return ratios;
}

}  // namespace pimento
