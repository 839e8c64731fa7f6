// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include <optional>
#include <vector>

#include "core/learn/lanes/lane_gather.h"
#include "core/learn/lanes/lane_map.h"
#include "core/learn/lanes/lane_weight_gradient.h"

namespace pimento::learn {

// The gradients of a convolution from blocks of its result's gradient, each of which is used while it is in the caches.
// Chunks (lanes.h) may work at the same time.
class BlockGradients {
 public:
  // Whether there are enough blocks for the chunks and enough positions in each.
  [[nodiscard]] static bool pays(std::int64_t blocks, const Geometry &geometry);

  // If the norm of `x` is still to be applied, the gradient of the input is that of the norm's result. It is added to
  // the sum in x.gradient, if there is one.
  BlockGradients(const LaneMap &x, const at::Tensor &weight, const Convolution &convolution, bool ofInput,
                 bool ofWeight);
  // Pixels of a block that take() wants at a time: all, or so many that they stay in the caches.
  [[nodiscard]] int step() const;
  // Pixels begin to end of a block's gradient: [pixel][out][lane], `begin` first.
  void take(std::int64_t chunk, std::int64_t block, int begin, int end, const float *gradient);
  [[nodiscard]] at::Tensor ofInput() const { return m_input; }  // undefined if not asked for
  [[nodiscard]] at::Tensor ofWeight() const;
  [[nodiscard]] std::vector<double> normSums() const;  // as NormMap::gradientSums; empty without norm or input

 private:
  void takeInput(std::int64_t chunk, std::int64_t block, int begin, int end, const float *gradient);
  void addNormSums(std::int64_t chunk, std::int64_t block, int begin, int end);

  LaneMap m_x;
  PixelReader m_reader;
  Convolution m_convolution;
  std::optional<Gather> m_gather;
  at::Tensor m_input;
  bool m_adds = false;
  std::optional<WeightGradient> m_weights;
  std::vector<double> m_normSums;  // a chunk each
};

}  // namespace pimento::learn
