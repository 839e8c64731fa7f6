// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <ATen/ATen.h>

#include <functional>
#include <span>

#include "core/learn/lanes/lane_convolution.h"

namespace pimento::learn {

// Adds numbers over all processes that share a batch; none: this process has the whole batch.
using SumOverRanks = std::function<void(std::span<double>)>;

struct Norm {
  at::Tensor weight;    // [channel]
  at::Tensor bias;      // [channel]
  at::Tensor mean;      // running, updated while training
  at::Tensor variance;  // running, without bias
  double momentum = 0.1;
  double epsilon = 1e-5;
  bool train = false;  // by the statistics of this batch; else by the running ones
  bool relu = false;
};

// Batch norm of feature maps in lanes (lanes.h) of which `images` are images, then `added` (if defined), then ReLU: one
// pass over memory instead of three, forth and back. With gradient of x, weight, bias and `added`.
[[nodiscard]] at::Tensor laneNorm(const at::Tensor &x, const Norm &norm, const at::Tensor &added, std::int64_t images,
                                  const SumOverRanks &sum);

// laneNorm() of a convolution that nothing else reads. Both are one node: sums are taken, and the gradient between the
// two is used, while they are in the caches. With gradient of x, the convolution's weight and bias, and as above.
// With Leave::Norm, and if nothing is added, the norm is left to the one reader of the result, another such
// convolution.
enum class Leave : std::uint8_t { Nothing, Norm };
[[nodiscard]] LaneMap laneNormedConvolution(const LaneMap &x, const at::Tensor &weight,
                                            const c10::optional<at::Tensor> &bias, const Convolution &convolution,
                                            const Norm &norm, const LaneMap &added, std::int64_t images,
                                            const SumOverRanks &sum, Leave leave = Leave::Nothing);

}  // namespace pimento::learn
