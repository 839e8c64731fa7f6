// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/input_quantiser.h"

#include <algorithm>
#include <cmath>

namespace pimento {

Format inputFormat(const InputRecipe &recipe, int bits) {
  double low = 0;
  double high = 0;
  for (const auto &table : pixelValues(recipe)) {
    low = std::min(low, static_cast<double>(table.front()));
    high = std::max(high, static_cast<double>(table.back()));
  }
  const auto steps = static_cast<double>(activationRange(bits).high);
  Format format{bits, 0, high > low ? (high - low) / steps : 1};
  format.zero = static_cast<std::int32_t>(std::clamp(std::round(-low / format.scale), 0.0, steps));
  return format;
}

InputQuantiser::InputQuantiser(const InputRecipe &recipe, const Format &format)
    : m_plane(static_cast<std::size_t>(recipe.shape.height) * static_cast<std::size_t>(recipe.shape.width)) {
  const auto high = static_cast<double>(activationRange(format.bits).high);
  for (const auto &values : pixelValues(recipe)) {
    auto &table = m_tables.emplace_back();
    for (std::size_t v = 0; v < table.size(); ++v)
      table[v] = static_cast<std::uint16_t>(
          std::clamp(std::round(static_cast<double>(values[v]) / format.scale) + format.zero, 0.0, high));
  }
}

Map InputQuantiser::operator()(std::span<const std::uint8_t> image) const {
  Map map(image.size());
  for (std::size_t i = 0; i < image.size(); ++i) map[i] = m_tables[i / m_plane][image[i]];
  return map;
}

}  // namespace pimento
