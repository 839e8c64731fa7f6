// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "core/data/images.h"

namespace pimento {

// Mean and standard deviation of each channel, in units of the full scale (0 to 1): what inputs are normalised with.
struct PixelStatistics {
  std::vector<double> mean;
  std::vector<double> deviation;
  bool operator==(const PixelStatistics &) const = default;
};

// Exact: sums are integers. Over all images.
[[nodiscard]] PixelStatistics pixelStatistics(const Images &images);

}  // namespace pimento
