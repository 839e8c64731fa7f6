// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include <memory>
#include <vector>

#include "core/learn/kernels/lane_geometry.h"
#include "core/learn/lanes/lane_map.h"

namespace pimento::learn {

// Sums that the batch norm behind a convolution needs, taken while its result is still in the caches.
struct ResultSums {
  std::vector<float> pivot;    // [channel]: the sums are about it
  std::int64_t images = 0;     // of the batch
  std::vector<double> values;  // [2][channel]: as LaneKernels::channelSums has them
};

// A convolution that autograd knows, with a bias or none: maps and their gradients are in lanes (lanes.h).
[[nodiscard]] at::Tensor laneConvolution(const at::Tensor &x, const at::Tensor &weight,
                                         const c10::optional<at::Tensor> &bias, const Convolution &convolution);

// The parts of laneConvolution(), which autograd does not see: the result of a convolution, and the gradients of its
// input, weights and bias for a gradient of the result. They are for layers that keep their own account of gradients.

// The result; fills `sums`, if given, with what the batch norm behind it needs.
[[nodiscard]] at::Tensor convolved(const LaneMap &x, const at::Tensor &weight, const c10::optional<at::Tensor> &bias,
                                   const Convolution &convolution, ResultSums *sums = nullptr);
// Adds it to `sum` and gives that back, if that is defined.
[[nodiscard]] at::Tensor gradientOfInput(const at::Tensor &gradient, const at::Tensor &weight,
                                         const Convolution &convolution, const at::Tensor &sum = {});
[[nodiscard]] at::Tensor gradientOfWeight(const at::Tensor &x, const at::Tensor &gradient,
                                          const Convolution &convolution);
[[nodiscard]] at::Tensor gradientOfBias(const at::Tensor &gradient);

}  // namespace pimento::learn
