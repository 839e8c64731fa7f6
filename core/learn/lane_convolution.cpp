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

// Positions whose results of `outs` channels stay in the cache of a core, in whole tiles of every instruction set.
int nearPositions(int outs) {
  constexpr int Bytes = 1 << 19;
  constexpr int Tiles = 48;
  return std::max(1, Bytes / (outs * Lanes * 4) / Tiles) * Tiles;
}

// Position p is pixel p of the result.
void sumResult(const ConvolutionTask &task, const ResultSums &sums, std::int64_t block, double *to) {
  const ChannelTask where{task.end - task.begin, task.outs, keptLanes(block, sums.images)};
  const std::int64_t at = std::int64_t{task.begin} * task.outs * Lanes;
  laneKernels().channelSums(where, task.result + at, sums.pivot.data(), to);
}

ConvolutionTask taskOf(const Convolution &c, const Reach &reach, const std::vector<float> &weights,
                       const std::vector<float> &zeros, int ins, int outs) {
  ConvolutionTask task;
  task.weights = weights.data();
  task.from = reach.from.data();
  task.to = reach.to.data();
  task.zeros = zeros.data();
  task.taps = c.geometry->taps();
  task.ins = ins;
  task.outs = outs;
  return task;
}

auto gatherKernel(const Convolution &c) {
  return c.connection == Connection::Depthwise ? laneKernels().depthwise : laneKernels().convolution;
}

// Splits positions of blocks in a row: f(first block, blocks, begin, end) for parts of one block of at most `most`
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

WeightGradientTask weightTaskOf(const Convolution &c) {
  WeightGradientTask task;
  task.sourceBlock = std::int64_t{c.geometry->pixels()} * c.ins * Lanes;
  task.gradientBlock = std::int64_t{c.geometry->outPixels()} * c.outs * Lanes;
  task.from = c.geometry->forward.from.data();
  task.runs = c.geometry->runs.data();
  task.step = c.geometry->stride;
  task.taps = c.geometry->taps();
  task.ins = c.ins;
  task.outs = c.outs;
  return task;
}

// Positions first to last of all blocks of `source` and `gradient`, added to `sums`.
void addWeightGradient(const Convolution &c, const float *source, const float *gradient, std::int64_t first,
                       std::int64_t last, float *sums) {
  const auto kernel =
      c.connection == Connection::Depthwise ? laneKernels().depthwiseWeightGradient : laneKernels().weightGradient;
  const WeightGradientTask task = weightTaskOf(c);
  overPasses(first, last, c.geometry->outPixels(), WeightPositions,
             [&](std::int64_t block, std::int64_t blocks, std::int64_t begin, std::int64_t end) {
               WeightGradientTask pass = task;
               pass.source = source + block * task.sourceBlock;
               pass.gradient = gradient + block * task.gradientBlock;
               pass.blocks = static_cast<int>(blocks);
               pass.begin = static_cast<int>(begin);
               pass.end = static_cast<int>(end);
               pass.sums = sums;
               kernel(pass);
             });
}

std::int64_t weightTiles(const Convolution &c) { return (c.outs + OutTile - 1) / OutTile; }

// Of each chunk, in the order of packed weights.
at::Tensor weightSums(const Convolution &c) {
  const std::int64_t chunks = chunkCount();
  return c.connection == Connection::Depthwise
             ? at::zeros({chunks, c.outs, c.geometry->taps()}, at::kFloat)
             : at::zeros({chunks, weightTiles(c), c.geometry->taps(), c.ins, OutTile}, at::kFloat);
}

// outs x ins x kernel x kernel.
at::Tensor weightsOf(const at::Tensor &sums, const Convolution &c) {
  const std::int64_t kernel = c.geometry->kernel;
  const at::Tensor sum = sums.sum(0);
  if (c.connection == Connection::Depthwise) return sum.view({c.outs, 1, kernel, kernel});
  return sum.permute({0, 3, 2, 1}).reshape({weightTiles(c) * OutTile, c.ins, kernel, kernel}).narrow(0, 0, c.outs);
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

at::Tensor convolved(const at::Tensor &x, const at::Tensor &weight, const c10::optional<at::Tensor> &bias,
                     const Convolution &convolution, ResultSums *sums) {
  const at::NoGradGuard noGradient;
  const Geometry &g = *convolution.geometry;
  const int outs = convolution.outs;
  const std::vector<float> weights = packed(weight, convolution.connection, 0);
  const at::Tensor shift = bias ? bias->contiguous() : at::Tensor();
  const std::vector<float> zeros(static_cast<std::size_t>(convolution.ins * Lanes));
  at::Tensor result = at::empty({x.size(0), g.outHeight, g.outWidth, outs, Lanes}, at::kFloat);
  const auto kernel = gatherKernel(convolution);
  const float *source = x.data_ptr<float>();
  float *out = result.data_ptr<float>();
  const std::size_t numbers = sums == nullptr ? 0 : 2 * static_cast<std::size_t>(outs);
  std::vector<double> parts(numbers * static_cast<std::size_t>(chunkCount()));
  overPositions(x.size(0), g.outPixels(), [&](std::int64_t chunk, std::int64_t block, int begin, int end) {
    ConvolutionTask task = taskOf(convolution, g.forward, weights, zeros, convolution.ins, outs);
    task.source = source + block * x.stride(0);
    task.result = out + block * result.stride(0);
    task.bias = bias ? shift.data_ptr<float>() : nullptr;
    const int step = sums == nullptr ? end - begin : nearPositions(outs);
    for (task.begin = begin; task.begin < end; task.begin = task.end) {
      task.end = std::min(end, task.begin + step);
      kernel(task);
      if (sums != nullptr) sumResult(task, *sums, block, parts.data() + numbers * static_cast<std::size_t>(chunk));
    }
  });
  if (sums != nullptr) sums->values = addParts(parts, numbers);
  return result;
}

at::Tensor gradientOfInput(const at::Tensor &gradient, const at::Tensor &weight, const Convolution &convolution) {
  const at::NoGradGuard noGradient;
  const Geometry &g = *convolution.geometry;
  const std::vector<float> weights = packed(weight, convolution.connection, 1);
  const std::vector<float> zeros(static_cast<std::size_t>(convolution.outs * Lanes));
  at::Tensor result = at::empty({gradient.size(0), g.height, g.width, convolution.ins, Lanes}, at::kFloat);
  const auto kernel = gatherKernel(convolution);
  const float *source = gradient.data_ptr<float>();
  float *out = result.data_ptr<float>();
  overPositions(gradient.size(0), g.pixels(), [&](std::int64_t, std::int64_t block, int begin, int end) {
    ConvolutionTask task = taskOf(convolution, g.backward, weights, zeros, convolution.outs, convolution.ins);
    task.source = source + block * gradient.stride(0);
    task.result = out + block * result.stride(0);
    task.begin = begin;
    task.end = end;
    kernel(task);
  });
  return result;
}

at::Tensor gradientOfWeight(const at::Tensor &x, const at::Tensor &gradient, const Convolution &convolution) {
  const at::NoGradGuard noGradient;
  const std::int64_t chunks = chunkCount();
  const at::Tensor sums = weightSums(convolution);
  const std::int64_t all = x.size(0) * convolution.geometry->outPixels();
  const float *source = x.data_ptr<float>();
  const float *above = gradient.data_ptr<float>();
  float *totals = sums.data_ptr<float>();
  at::parallel_for(0, chunks, 1, [&](std::int64_t firstChunk, std::int64_t lastChunk) {
    for (std::int64_t chunk = firstChunk; chunk < lastChunk; ++chunk)
      addWeightGradient(convolution, source, above, all * chunk / chunks, all * (chunk + 1) / chunks,
                        totals + chunk * sums.stride(0));
  });
  return weightsOf(sums, convolution);
}

at::Tensor gradientOfBias(const at::Tensor &gradient) { return gradient.sum({0, 1, 2, 4}); }

bool BlockGradients::pays(const at::Tensor &x, const Convolution &convolution) {
  const std::int64_t chunks = chunkCount();
  const bool even = x.size(0) % chunks == 0 || x.size(0) >= 4 * chunks;
  return even && convolution.geometry->outPixels() >= WeightPositions;
}

BlockGradients::BlockGradients(const at::Tensor &x, const at::Tensor &weight, const Convolution &convolution,
                               bool ofInput, bool ofWeight)
    : m_x(x), m_convolution(convolution) {
  const Geometry &g = *convolution.geometry;
  if (ofInput) {
    m_weights = packed(weight, convolution.connection, 1);
    m_zeros.resize(static_cast<std::size_t>(convolution.outs * Lanes));
    m_input = at::empty({x.size(0), g.height, g.width, convolution.ins, Lanes}, at::kFloat);
  }
  if (ofWeight) m_sums = weightSums(convolution);
}

void BlockGradients::take(std::int64_t chunk, std::int64_t block, const float *gradient) {
  const Geometry &g = *m_convolution.geometry;
  if (m_sums.defined())
    addWeightGradient(m_convolution, m_x.data_ptr<float>() + block * m_x.stride(0), gradient, 0, g.outPixels(),
                      m_sums.data_ptr<float>() + chunk * m_sums.stride(0));
  if (!m_input.defined()) return;
  ConvolutionTask task = taskOf(m_convolution, g.backward, m_weights, m_zeros, m_convolution.outs, m_convolution.ins);
  task.source = gradient;
  task.result = m_input.data_ptr<float>() + block * m_input.stride(0);
  task.end = g.pixels();
  gatherKernel(m_convolution)(task);
}

at::Tensor BlockGradients::ofWeight() const {
  return m_sums.defined() ? weightsOf(m_sums, m_convolution) : at::Tensor();
}

at::Tensor laneConvolution(const at::Tensor &x, const at::Tensor &weight, const c10::optional<at::Tensor> &bias,
                           const Convolution &convolution) {
  at::Tensor result = convolved(x, weight, bias, convolution);
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
