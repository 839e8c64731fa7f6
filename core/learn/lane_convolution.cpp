// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/lane_convolution.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>

#include "core/learn/lanes.h"

namespace pimento::learn {

namespace {

using torch::autograd::Node;
using torch::autograd::variable_list;

struct Operands {
  std::shared_ptr<const Geometry> geometry;
  Connection connection = Connection::Dense;
  int ins = 0;
  int outs = 0;
};

std::vector<float> packDepthwise(const at::Tensor &weight) {
  const at::Tensor taps = weight.contiguous();  // channel x tap
  return {taps.data_ptr<float>(), taps.data_ptr<float>() + taps.numel()};
}

// Result channels of the convolution along `outAxis` of the weights: 0 forward, 1 for the gradient of the source.
std::vector<float> pack(const at::Tensor &weight, int outAxis) {
  const auto w = weight.accessor<float, 4>();
  const std::int64_t outs = weight.size(outAxis);
  const std::int64_t ins = weight.size(1 - outAxis);
  const std::int64_t side = weight.size(2);
  const std::int64_t tiles = (outs + OutTile - 1) / OutTile;
  std::vector<float> packed(static_cast<std::size_t>(tiles * side * side * ins * OutTile));
  const std::int64_t outStride = weight.stride(outAxis);
  const std::int64_t inStride = weight.stride(1 - outAxis);
  for (std::int64_t o = 0; o < outs; ++o)
    for (std::int64_t a = 0; a < side; ++a)
      for (std::int64_t b = 0; b < side; ++b) {
        const float *from = w.data() + o * outStride + a * weight.stride(2) + b * weight.stride(3);
        float *to = packed.data() + ((o / OutTile * side + a) * side + b) * ins * OutTile + o % OutTile;
        for (std::int64_t i = 0; i < ins; ++i) to[i * OutTile] = from[i * inStride];
      }
  return packed;
}

std::vector<float> packed(const at::Tensor &weight, Connection connection, int outAxis) {
  return connection == Connection::Depthwise ? packDepthwise(weight) : pack(weight, outAxis);
}

at::Tensor gather(const at::Tensor &x, const std::vector<float> &weights, const float *bias, const Reach &reach,
                  const Operands &o, int outs, int height, int width) {
  const LaneKernels &kernels = laneKernels();
  const std::int64_t ins = x.size(3);
  at::Tensor result = at::empty({x.size(0), height, width, outs, Lanes}, at::kFloat);
  const std::vector<float> zeros(static_cast<std::size_t>(ins * Lanes));
  const auto positions = static_cast<std::int64_t>(reach.to.size());
  const float *source = x.data_ptr<float>();
  float *out = result.data_ptr<float>();
  overPositions(x.size(0), positions, [&](std::int64_t, std::int64_t block, int begin, int end) {
    ConvolutionTask task;
    task.source = source + block * x.stride(0);
    task.result = out + block * result.stride(0);
    task.weights = weights.data();
    task.bias = bias;
    task.from = reach.from.data();
    task.to = reach.to.data();
    task.zeros = zeros.data();
    task.taps = o.geometry->taps();
    task.ins = static_cast<int>(ins);
    task.outs = outs;
    task.begin = begin;
    task.end = end;
    (o.connection == Connection::Depthwise ? kernels.depthwise : kernels.convolution)(task);
  });
  return result;
}

// Splits a chunk of all positions: f(first block, blocks, begin, end) for parts of one block of at most `most`
// positions, or for several whole blocks.
template <typename Function>
void overPasses(std::int64_t first, std::int64_t last, std::int64_t positions, std::int64_t most, const Function &f) {
  while (first < last) {
    const std::int64_t block = first / positions;
    const std::int64_t begin = first - block * positions;
    const std::int64_t whole = begin > 0 ? 0 : std::min(most, last - first) / positions;
    const std::int64_t end = whole > 0 ? positions : std::min({begin + most, positions, begin + last - first});
    f(block, std::max<std::int64_t>(whole, 1), begin, end);
    first += std::max<std::int64_t>(whole, 1) * (end - begin);
  }
}

// out x in x kernel x kernel.
at::Tensor gradientOfWeight(const at::Tensor &x, const at::Tensor &gradient, const Operands &o) {
  const Geometry &g = *o.geometry;
  const bool depthwise = o.connection == Connection::Depthwise;
  const auto kernel = depthwise ? laneKernels().depthwiseWeightGradient : laneKernels().weightGradient;
  const std::int64_t chunks = chunkCount();
  const std::int64_t tiles = (o.outs + OutTile - 1) / OutTile;
  const at::Tensor sums = depthwise ? at::zeros({chunks, o.outs, g.taps()}, at::kFloat)
                                    : at::zeros({chunks, tiles, g.taps(), o.ins, OutTile}, at::kFloat);
  const std::int64_t all = x.size(0) * g.outPixels();
  const float *source = x.data_ptr<float>();
  const float *above = gradient.data_ptr<float>();
  float *totals = sums.data_ptr<float>();
  WeightGradientTask task;
  task.sourceBlock = x.stride(0);
  task.gradientBlock = gradient.stride(0);
  task.from = g.forward.from.data();
  task.runs = g.runs.data();
  task.step = g.stride;
  task.taps = g.taps();
  task.ins = o.ins;
  task.outs = o.outs;
  at::parallel_for(0, chunks, 1, [&](std::int64_t firstChunk, std::int64_t lastChunk) {
    for (std::int64_t chunk = firstChunk; chunk < lastChunk; ++chunk)
      overPasses(all * chunk / chunks, all * (chunk + 1) / chunks, g.outPixels(), WeightPositions,
                 [&](std::int64_t block, std::int64_t blocks, std::int64_t begin, std::int64_t end) {
                   WeightGradientTask pass = task;
                   pass.source = source + block * x.stride(0);
                   pass.gradient = above + block * gradient.stride(0);
                   pass.blocks = static_cast<int>(blocks);
                   pass.begin = static_cast<int>(begin);
                   pass.end = static_cast<int>(end);
                   pass.sums = totals + chunk * sums.stride(0);
                   kernel(pass);
                 });
  });
  const at::Tensor sum = sums.sum(0);
  if (depthwise) return sum.view({o.outs, 1, g.kernel, g.kernel});
  return sum.permute({0, 3, 2, 1}).reshape({tiles * OutTile, o.ins, g.kernel, g.kernel}).narrow(0, 0, o.outs);
}

struct ConvolutionBackward : Node {
  at::Tensor x;
  at::Tensor weight;
  Operands operands;

  variable_list apply(variable_list &&gradients) override {
    variable_list result(3);
    if (!gradients[0].defined()) return result;
    const at::Tensor gradient = gradients[0].contiguous();
    if (task_should_compute_output(0)) {
      const Geometry &g = *operands.geometry;
      const auto weights = packed(weight, operands.connection, 1);
      result[0] = gather(gradient, weights, nullptr, g.backward, operands, operands.ins, g.height, g.width);
    }
    if (task_should_compute_output(1)) result[1] = gradientOfWeight(x, gradient, operands);
    if (task_should_compute_output(2)) result[2] = gradient.sum({0, 1, 2, 4});
    return result;
  }
  void release_variables() override {
    x.reset();
    weight.reset();
  }
};

}  // namespace

at::Tensor laneConvolution(const at::Tensor &x, const at::Tensor &weight, const c10::optional<at::Tensor> &bias,
                           const std::shared_ptr<const Geometry> &geometry, Connection connection) {
  const Operands operands{geometry, connection, static_cast<int>(x.size(3)), static_cast<int>(weight.size(0))};
  at::Tensor result;
  {
    const at::NoGradGuard noGradient;
    const at::Tensor shift = bias ? bias->contiguous() : at::Tensor();
    result = gather(x, packed(weight, connection, 0), bias ? shift.data_ptr<float>() : nullptr, geometry->forward,
                    operands, operands.outs, geometry->outHeight, geometry->outWidth);
  }
  const at::Tensor b = bias.value_or(at::Tensor());
  if (!torch::autograd::compute_requires_grad(x, weight, b)) return result;
  const std::shared_ptr<ConvolutionBackward> node(new ConvolutionBackward, torch::autograd::deleteNode);
  node->set_next_edges(torch::autograd::collect_next_edges(x, weight, b));
  node->x = x.detach();
  node->weight = weight.detach();
  node->operands = operands;
  torch::autograd::set_history(result, node);
  return result;
}

}  // namespace pimento::learn
