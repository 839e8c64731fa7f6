// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include <vector>

#include "core/learn/kernels/lane_geometry.h"
#include "core/learn/kernels/lane_kernels.h"

namespace pimento::learn {

enum class Way : std::uint8_t { Forward, Back };

// The kernel that computes the result of a convolution from its source or, on the way back, the gradient of the source
// from that of the result.
class Gather {
 public:
  Gather(const Convolution &convolution, const at::Tensor &weight, Way way);

  [[nodiscard]] ConvolutionTask task() const;  // without source, result and positions
  void run(const ConvolutionTask &task) const;

 private:
  Convolution m_convolution;
  Way m_way;
  std::vector<float> m_weights;  // packed
  std::vector<float> m_zeros;    // read outside of the picture
};

// Positions whose `channels` values stay in the cache of a core.
[[nodiscard]] int nearPositions(int channels);

// Positions of the way forward whose source stays in the cache of a core.
[[nodiscard]] int nearSources(const Convolution &convolution);

}  // namespace pimento::learn
