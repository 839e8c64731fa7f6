// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/widest.h"

#include <algorithm>

#include "core/network/counts.h"

namespace pimento {

int adjustableChannels(const NetworkSpec &spec, const Variant &variant) {
  int sum = 0;
  for (SpaceId space = 0; space < spec.spaces.size(); ++space)
    if (spec.spaces[space].adjustable) sum += keptChannels(spec, variant, space);
  return sum;
}

const Variant &widestVariant(const NetworkSpec &spec, const std::vector<Variant> &variants) {
  const auto size = [&](const Variant &variant) {
    return std::pair(total(spec, countLayers(spec, variant)).macs, adjustableChannels(spec, variant));
  };
  return *std::ranges::max_element(variants, {}, size);  // the first of equal ones
}

std::vector<Variant> classifiers(const NetworkSpec &spec) {
  std::vector<Variant> found;
  for (const Variant &variant : spec.variants) {
    const bool read = std::ranges::any_of(
        spec.layers, [&](const Layer &layer) { return std::ranges::count(layer.inputs, variant.output) > 0; });
    if (!read) found.push_back(variant);
  }
  return found;
}

}  // namespace pimento
