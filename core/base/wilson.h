// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/base/quantity.h"

namespace pimento {

// Wilson's score interval (1927) at 95 % of a rate counted as `failures` in `trials`; the whole [0, 1] without trials.
[[nodiscard]] inline Interval wilson(std::int64_t failures, std::int64_t trials) {
  constexpr double Z = 1.959963984540054;
  if (trials <= 0) return {0, 1};
  const auto n = static_cast<double>(trials);
  const double p = static_cast<double>(failures) / n;
  const double scale = 1 / (1 + Z * Z / n);
  const double middle = (p + Z * Z / (2 * n)) * scale;
  const double half = Z * std::sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) * scale;
  return {failures > 0 ? std::max(0.0, middle - half) : 0, failures < trials ? std::min(1.0, middle + half) : 1};
}

// The Wilson interval of an accuracy in per cent that was measured on so many images; both ends in per cent.
[[nodiscard]] inline Interval accuracyInterval(double accuracy_pct, std::int64_t images) {
  const auto right = std::llround(accuracy_pct / 100 * static_cast<double>(images));
  const Interval share = wilson(right, images);
  return {100 * share.low, 100 * share.high};
}

}  // namespace pimento
