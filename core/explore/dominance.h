// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <span>
#include <vector>

namespace pimento {

using Point = std::array<double, 4>;  // costs; unused places are 0

// Which points another one dominates. Points are distinct and in lexicographic order: so only an earlier point can
// dominate a later one, and it does so if it is no worse in the columns after the first.
[[nodiscard]] std::vector<bool> dominatedInSpace(std::span<const Point> points);  // three columns
[[nodiscard]] std::vector<bool> dominatedInFour(std::span<const Point> points);   // four columns

}  // namespace pimento
