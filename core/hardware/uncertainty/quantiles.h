// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace pimento {

// The value below which a share of the values lies, straight between two neighbours (definition 7 of Hyndman and Fan,
// 1996). NaN of nothing. The order of the values is lost.
[[nodiscard]] inline double quantileOf(std::vector<double> &values, double share) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double at = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::ptrdiff_t>(std::floor(at));
  std::nth_element(values.begin(), values.begin() + below, values.end());
  const double low = values[static_cast<std::size_t>(below)];
  if (below + 1 == static_cast<std::ptrdiff_t>(values.size())) return low;
  const double high = *std::min_element(values.begin() + below + 1, values.end());
  return low + (at - static_cast<double>(below)) * (high - low);
}

}  // namespace pimento
