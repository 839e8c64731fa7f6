// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/methods.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/network/widest.h"

namespace pimento {

std::vector<Method> methodsOf(const NetworkSpec &network) {
  std::vector<Method> methods;
  for (const Method method : trainingMethods())
    if (network.bindings.contains(methodBinding(method)) && !recipesOf(method).empty()) methods.push_back(method);
  return methods;
}

QString beyondThePaper(Method method) { return QString::fromUtf8(method->beyond); }

std::vector<Recipe> recipesOf(Method method) {
  std::vector<Recipe> recipes;
  for (const QString &name : builtInRecipes()) {
    Recipe recipe = loadRecipe(name);
    if (recipe.method == method) recipes.push_back(std::move(recipe));
  }
  std::ranges::stable_sort(recipes, {}, &Recipe::epochs);
  return recipes;
}

// The method of the highest rank above 0; none where there is no such method.
static std::optional<Method> highest(const std::vector<Method> &methods, int MethodTraits::*rank) {
  std::optional<Method> best;
  for (const Method method : methods)
    if (traits(method).*rank > (best ? traits(*best).*rank : 0)) best = method;
  return best;
}

QString usualRecipe(const NetworkSpec &network) {
  const std::vector<Method> methods = methodsOf(network);
  std::optional<Method> best;
  if (classifiers(network).size() > 1) best = highest(methods, &MethodTraits::rankForSeveral);
  if (!best) best = highest(methods, &MethodTraits::rankForOne);
  if (best) return recipesOf(*best).front().name;
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
