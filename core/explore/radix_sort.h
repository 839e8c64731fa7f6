// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace pimento {

// A number whose unsigned order is the order of the doubles; -0 and 0 are one. NaN has no place in it.
[[nodiscard]] std::uint64_t orderedBits(double value);

struct SortItem {
  std::uint64_t key = 0;
  std::uint32_t row = 0;
};

// Sorts by key, ascending and stable: three passes by 11 bits over the highest bits in which the keys differ, then a
// comparison sort of the runs that are still alike. Linear time unless many keys differ in their low bits alone.
void radixSort(std::vector<SortItem> &items);

}  // namespace pimento
