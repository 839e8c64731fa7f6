// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <span>

#include "core/data/batch.h"
#include "core/simulate/integers/integer_program.h"

namespace pimento {

// The format of a network's input: from the least to the largest value that a pixel can become, and zero, which the
// border of an image's padding holds. With 8 bits and one normalisation for all channels each pixel value has an
// integer of its own.
[[nodiscard]] Format inputFormat(const InputRecipe &recipe, int bits);

// Images as the integers of a network's input: the one place where pixels become integers.
class InputQuantiser {
 public:
  InputQuantiser(const InputRecipe &recipe, const Format &format);

  // Channel by channel and row by row, as `prepared` holds an image (core/data/batch.h).
  [[nodiscard]] Map operator()(std::span<const std::uint8_t> image) const;

 private:
  std::size_t m_plane;
  std::vector<std::array<std::uint16_t, 256>> m_tables;  // a channel each
};

}  // namespace pimento
