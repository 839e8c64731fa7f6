// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include "core/learn/kernels/lane_geometry.h"

namespace pimento::learn {

// The gradient of a convolution's weights, added up over positions. Chunks (lanes.h) may add at the same time.
class WeightGradient {
 public:
  explicit WeightGradient(const Convolution &convolution);

  // Adds the gradient over positions first to last, counted through blocks: `source` and `gradient` (of the result)
  // begin with block 0.
  void add(std::int64_t chunk, const float *source, const float *gradient, std::int64_t first, std::int64_t last);

  [[nodiscard]] at::Tensor sum() const;  // outs x ins x kernel x kernel

 private:
  [[nodiscard]] std::int64_t tiles() const;
  Convolution m_convolution;
  at::Tensor m_sums;  // of each chunk, in the order of packed weights
};

}  // namespace pimento::learn
