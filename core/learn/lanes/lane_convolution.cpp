// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/lanes/lane_convolution.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>

#include "core/learn/lanes/lane_gather.h"
#include "core/learn/lanes/lane_weight_gradient.h"
#include "core/learn/lanes/lanes.h"

namespace pimento::learn {

namespace {

using torch::autograd::Node;
using torch::autograd::variable_list;

struct PixelRange {
  int first = 0;
  int last = 0;
};

// What positions begin to end of the way forward read.
PixelRange sourceOf(const Geometry &g, int begin, int end) {
  if (g.pointwise()) return {begin, end};
  const int top = begin / g.outWidth * g.stride - g.padding;
  const int bottom = (end - 1) / g.outWidth * g.stride - g.padding + g.kernel;
  return {std::max(0, top) * g.width, std::min(g.height, bottom) * g.width};
}

// Position p is pixel p of the result.
void sumResult(const ConvolutionTask &task, const ResultSums &sums, std::int64_t block, double *to) {
  const ChannelTask where{task.end - task.begin, task.outs, keptLanes(block, sums.images)};
  const std::int64_t at = std::int64_t{task.begin} * task.outs * Lanes;
  laneKernels().channelSums(where, task.result + at, sums.pivot.data(), to);
}

struct ConvolutionBackward : Node {
  at::Tensor x;
  at::Tensor weight;
  Convolution convolution;

  variable_list apply(variable_list &&gradients) override {
    variable_list result(3);
    if (!gradients[0].defined()) return result;
    const at::Tensor gradient = gradients[0].contiguous();
    if (task_should_compute_output(0)) result[0] = gradientOfInput(gradient, weight, convolution);
    if (task_should_compute_output(1)) result[1] = gradientOfWeight(x, gradient, convolution);
    if (task_should_compute_output(2)) result[2] = gradientOfBias(gradient);
    return result;
  }
  void release_variables() override {
    x.reset();
    weight.reset();
  }
};

}  // namespace

at::Tensor convolved(const LaneMap &x, const at::Tensor &weight, const c10::optional<at::Tensor> &bias,
                     const Convolution &convolution, ResultSums *sums) {
  const at::NoGradGuard noGradient;
  const Geometry &g = *convolution.geometry;
  const int outs = convolution.outs;
  const std::int64_t blocks = x.values.size(0);
  const Gather gather(convolution, weight, Way::Forward);
  const at::Tensor shift = bias ? bias->contiguous() : at::Tensor();
  at::Tensor result = at::empty({blocks, g.outHeight, g.outWidth, outs, Lanes}, at::kFloat);
  PixelReader source(x, g.pixels());
  float *out = result.data_ptr<float>();
  const std::size_t numbers = sums == nullptr ? 0 : 2 * static_cast<std::size_t>(outs);
  std::vector<double> parts(numbers * static_cast<std::size_t>(chunkCount()));
  int step = g.outPixels();
  if (sums != nullptr) step = std::min(step, nearPositions(outs));
  if (x.norm) step = std::min(step, nearSources(convolution));
  overPositions(blocks, g.outPixels(), [&](std::int64_t chunk, std::int64_t block, int begin, int end) {
    ConvolutionTask task = gather.task();
    task.result = out + block * result.stride(0);
    task.bias = bias ? shift.data_ptr<float>() : nullptr;
    for (task.begin = begin; task.begin < end; task.begin = task.end) {
      task.end = std::min(end, task.begin + step);
      const PixelRange pixels = sourceOf(g, task.begin, task.end);
      task.source = source.read(chunk, block, pixels.first, pixels.last);
      task.first = pixels.first;
      gather.run(task);
      if (sums != nullptr) sumResult(task, *sums, block, parts.data() + numbers * static_cast<std::size_t>(chunk));
    }
  });
  if (sums != nullptr) sums->values = addParts(parts, numbers);
  return result;
}

at::Tensor gradientOfInput(const at::Tensor &gradient, const at::Tensor &weight, const Convolution &convolution,
                           const at::Tensor &sum) {
  const at::NoGradGuard noGradient;
  const Geometry &g = *convolution.geometry;
  const Gather gather(convolution, weight, Way::Back);
  at::Tensor result = sum;
  if (!sum.defined()) result = at::empty({gradient.size(0), g.height, g.width, convolution.ins, Lanes}, at::kFloat);
  const float *source = gradient.data_ptr<float>();
  float *out = result.data_ptr<float>();
  overPositions(gradient.size(0), g.pixels(), [&](std::int64_t, std::int64_t block, int begin, int end) {
    ConvolutionTask task = gather.task();
    task.source = source + block * gradient.stride(0);
    task.result = out + block * result.stride(0);
    task.add = sum.defined();
    task.begin = begin;
    task.end = end;
    gather.run(task);
  });
  return result;
}

at::Tensor gradientOfWeight(const at::Tensor &x, const at::Tensor &gradient, const Convolution &convolution) {
  const at::NoGradGuard noGradient;
  const std::int64_t chunks = chunkCount();
  WeightGradient weights(convolution);
  const std::int64_t all = x.size(0) * convolution.geometry->outPixels();
  const float *source = x.data_ptr<float>();
  const float *above = gradient.data_ptr<float>();
  at::parallel_for(0, chunks, 1, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t chunk = first; chunk < last; ++chunk)
      weights.add(chunk, source, above, all * chunk / chunks, all * (chunk + 1) / chunks);
  });
  return weights.sum();
}

at::Tensor gradientOfBias(const at::Tensor &gradient) { return gradient.sum({0, 1, 2, 4}); }

at::Tensor laneConvolution(const at::Tensor &x, const at::Tensor &weight, const c10::optional<at::Tensor> &bias,
                           const Convolution &convolution) {
  at::Tensor result = convolved({x, nullptr, nullptr}, weight, bias, convolution);
  const at::Tensor b = bias.value_or(at::Tensor());
  if (!torch::autograd::compute_requires_grad(x, weight, b)) return result;
  const std::shared_ptr<ConvolutionBackward> node(new ConvolutionBackward, torch::autograd::deleteNode);
  node->set_next_edges(torch::autograd::collect_next_edges(x, weight, b));
  node->x = x.detach();
  node->weight = weight.detach();
  node->convolution = convolution;
  torch::autograd::set_history(result, node);
  return result;
}

}  // namespace pimento::learn
