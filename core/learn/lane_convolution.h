// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include <memory>
#include <vector>

#include "core/learn/lane_geometry.h"

namespace pimento::learn {

enum class Connection : std::uint8_t { Dense, Depthwise };

// A convolution of feature maps in lanes (lanes.h) with weights outs x ins x kernel x kernel (depthwise: channels x 1 x
// ...).
struct Convolution {
  std::shared_ptr<const Geometry> geometry;
  Connection connection = Connection::Dense;
  int ins = 0;
  int outs = 0;
};

// Sums that the batch norm behind a convolution needs, taken while its result is still in the caches.
struct ResultSums {
  std::vector<float> pivot;    // [channel]: the sums are about it
  std::int64_t images = 0;     // of the batch
  std::vector<double> values;  // [2][channel]: as LaneKernels::channelSums has them
};

// The result with a bias or none; with gradient.
[[nodiscard]] at::Tensor laneConvolution(const at::Tensor &x, const at::Tensor &weight,
                                         const c10::optional<at::Tensor> &bias, const Convolution &convolution);

// What that is made of, without gradient.

// Fills `sums` if it is given.
[[nodiscard]] at::Tensor convolved(const at::Tensor &x, const at::Tensor &weight, const c10::optional<at::Tensor> &bias,
                                   const Convolution &convolution, ResultSums *sums = nullptr);
[[nodiscard]] at::Tensor gradientOfInput(const at::Tensor &gradient, const at::Tensor &weight,
                                         const Convolution &convolution);
[[nodiscard]] at::Tensor gradientOfWeight(const at::Tensor &x, const at::Tensor &gradient,
                                          const Convolution &convolution);
[[nodiscard]] at::Tensor gradientOfBias(const at::Tensor &gradient);

// The same gradients from blocks of the result's gradient, each of which is used while it is in the caches. Chunks (see
// lanes.h) may work at the same time.
class BlockGradients {
 public:
  // Whether there are enough blocks for the chunks and enough positions in each.
  [[nodiscard]] static bool pays(const at::Tensor &x, const Convolution &convolution);

  BlockGradients(const at::Tensor &x, const at::Tensor &weight, const Convolution &convolution, bool ofInput,
                 bool ofWeight);
  void take(std::int64_t chunk, std::int64_t block, const float *gradient);  // [pixel][out][lane]
  [[nodiscard]] at::Tensor ofInput() const { return m_input; }               // undefined if not asked for
  [[nodiscard]] at::Tensor ofWeight() const;

 private:
  at::Tensor m_x;
  Convolution m_convolution;
  std::vector<float> m_weights;  // packed for the way back
  std::vector<float> m_zeros;
  at::Tensor m_input;
  at::Tensor m_sums;  // a chunk each
};

}  // namespace pimento::learn
