// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/statistics.h"

#include <cmath>

namespace pimento {

PixelStatistics pixelStatistics(const Images &images) {
  constexpr double FullScale = 255;
  const auto plane = static_cast<std::size_t>(images.shape.height) * static_cast<std::size_t>(images.shape.width);
  const auto channels = static_cast<std::size_t>(images.shape.channels);
  PixelStatistics result;
  for (std::size_t c = 0; c < channels; ++c) {
    std::uint64_t sum = 0;
    std::uint64_t squares = 0;
    for (std::size_t i = 0; i < images.size(); ++i)
      for (const std::uint8_t value : images.image(i).subspan(c * plane, plane)) {
        sum += value;
        squares += std::uint64_t{value} * value;
      }
    const auto n = static_cast<double>(images.size() * plane);
    const double mean = static_cast<double>(sum) / n;
    result.mean.push_back(mean / FullScale);
    result.deviation.push_back(std::sqrt(std::max(0.0, static_cast<double>(squares) / n - mean * mean)) / FullScale);
  }
  return result;
}

}  // namespace pimento
