// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/lanes/lane_norm.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>

#include <cmath>
#include <utility>

#include "core/learn/lanes/block_gradients.h"
#include "core/learn/lanes/lane_norm_gradient.h"

namespace pimento::learn {

namespace {

using torch::autograd::Node;
using torch::autograd::variable_list;

using Channels = std::vector<float>;  // a number a channel

void keepRunning(const Norm &norm, std::size_t c, double mean, double variance, double count) {
  const double unbiased = count > 1 ? variance * count / (count - 1) : variance;
  const auto blend = [&](const at::Tensor &running, double value) {
    float &kept = running.data_ptr<float>()[static_cast<std::int64_t>(c) * running.stride(0)];
    kept = static_cast<float>((1 - norm.momentum) * static_cast<double>(kept) + norm.momentum * value);
  };
  blend(norm.mean, mean);
  blend(norm.variance, unbiased);
}

Channels valuesOf(const at::Tensor &tensor) {
  const at::Tensor whole = tensor.contiguous();
  return {whole.data_ptr<float>(), whole.data_ptr<float>() + whole.numel()};
}

void takeRunning(const Norm &norm, NormGradient &gradient) {
  gradient.map->mean = valuesOf(norm.mean);
  gradient.deviation = valuesOf(norm.variance);
  for (float &v : gradient.deviation) v = static_cast<float>(1 / std::sqrt(static_cast<double>(v) + norm.epsilon));
}

// Sums are about the running mean, which is near: their difference loses no digits.
void takeBatch(const Norm &norm, const LanePlan &plan, std::vector<double> sums, const SumOverRanks &sum,
               NormGradient &gradient) {
  const Channels pivot = valuesOf(norm.mean);
  if (sum) sum(sums);
  const double count = sums.back();
  const auto channels = static_cast<std::size_t>(plan.channels);
  gradient.map->mean.resize(channels);
  gradient.deviation.resize(channels);
  for (std::size_t c = 0; c < channels; ++c) {
    const double off = sums[c] / count;
    const double variance = std::max(sums[channels + c] / count - off * off, 0.0);  // in this order NaN stays
    const double mean = static_cast<double>(pivot[c]) + off;
    gradient.map->mean[c] = static_cast<float>(mean);
    gradient.deviation[c] = static_cast<float>(1 / std::sqrt(variance + norm.epsilon));
    keepRunning(norm, c, mean, variance, count);
  }
}

std::vector<double> sumsOf(const at::Tensor &x, const LanePlan &plan, const Channels &pivot) {
  const float *data = x.data_ptr<float>();
  return channelSumsOf(plan, [&](const ChannelTask &where, std::int64_t at, double *out) {
    laneKernels().channelSums(where, data + at, pivot.data(), out);
  });
}

// What the norm does to x, and what its way back needs. `sums`: of x about the running mean and their count, if
// training.
NormGradient gradientFor(const at::Tensor &x, const Norm &norm, bool added, std::int64_t images,
                         const SumOverRanks &sum, std::vector<double> sums) {
  NormGradient gradient;
  NormMap &map = *gradient.map;
  if (norm.train)
    takeBatch(norm, LanePlan(x, images), std::move(sums), sum, gradient);
  else
    takeRunning(norm, gradient);
  map.scale = valuesOf(norm.weight);
  map.shift = valuesOf(norm.bias);
  for (std::size_t c = 0; c < map.scale.size(); ++c) {
    map.scale[c] *= gradient.deviation[c];
    map.shift[c] -= map.mean[c] * map.scale[c];
  }
  map.relu = norm.relu;
  map.images = images;
  gradient.x = x.detach();
  gradient.train = norm.train;
  gradient.added = added;
  gradient.gate = !norm.relu ? Gate::None : added ? Gate::Result : Gate::Input;
  gradient.sum = sum;
  return gradient;
}

at::Tensor applied(const at::Tensor &added, NormGradient &gradient) {
  at::Tensor result = normalised({gradient.x, gradient.map, nullptr}, added);
  if (gradient.gate == Gate::Result) gradient.result = result.detach();
  return result;
}

struct NormBackward : Node {
  NormGradient norm;

  variable_list apply(variable_list &&gradients) override {
    variable_list out(4);  // x, weight, bias, added
    if (!gradients[0].defined()) return out;
    const bool wanted = task_should_compute_output(0);
    norm.begin(gradients[0].contiguous(), wanted);
    out[1] = norm.ofWeight;
    out[2] = norm.ofBias;
    out[3] = norm.ofAdded;
    if (wanted) out[0] = norm.ofX();
    return out;
  }
  void release_variables() override { norm.release(); }
};

// What a reader of a map returns for its gradient, having left it with the others or not.
at::Tensor leave(const std::shared_ptr<at::Tensor> &sum, const at::Tensor &gradient) {
  if (!sum) return gradient;
  if (sum->defined())
    sum->add_(gradient);
  else
    *sum = gradient;
  return {};
}

struct NormedConvolutionBackward : Node {
  LaneMap x;
  std::shared_ptr<at::Tensor> ofAdded;   // LaneMap::gradient of what was added
  std::shared_ptr<at::Tensor> ofResult;  // of the result
  at::Tensor weight;
  Convolution convolution;
  NormGradient norm;

  variable_list apply(variable_list &&gradients) override {
    variable_list out(6);  // x, weight, bias; weight, bias of the norm, added
    const at::Tensor gradient = sumOf(gradients[0]);
    if (!gradient.defined()) return out;
    const bool ofInput = task_should_compute_output(0);
    const bool ofWeight = task_should_compute_output(1);
    const bool ofBias = task_should_compute_output(2);
    norm.begin(gradient.contiguous(), ofInput || ofWeight || ofBias);
    out[3] = norm.ofWeight;
    out[4] = norm.ofBias;
    if (!ofBias && (ofInput || ofWeight) && BlockGradients::pays(x.values.size(0), *convolution.geometry)) {
      BlockGradients blocks(x, weight, convolution, ofInput, ofWeight);
      overBlocks(blocks);
      if (ofInput) out[0] = given(blocks.ofInput());
      out[1] = blocks.ofWeight();
      if (x.norm) x.norm->gradientSums = blocks.normSums();
    } else if (ofInput || ofWeight || ofBias) {
      const at::Tensor between = norm.ofX();
      if (ofInput)
        out[0] = given(gradientOfInput(between, weight, convolution, x.gradient ? *x.gradient : at::Tensor()));
      if (ofWeight) out[1] = gradientOfWeight(normalised(x), between, convolution);
      if (ofBias) out[2] = gradientOfBias(between);
    }
    // Behind a gate it is a tensor of its own, that others may be added to.
    if (task_should_compute_output(5)) out[5] = leave(norm.gate == Gate::None ? nullptr : ofAdded, norm.ofAdded);
    return out;
  }
  void release_variables() override {
    x = {};
    weight.reset();
    norm.release();
  }

 private:
  // Of the result: what its readers have left, and what came through autograd.
  at::Tensor sumOf(const at::Tensor &gradient) const {
    const at::Tensor sum = ofResult ? std::exchange(*ofResult, at::Tensor()) : at::Tensor();
    if (!sum.defined()) return gradient;
    return gradient.defined() ? sum.add_(gradient) : sum;
  }

  // Of the input, with what was there already.
  at::Tensor given(const at::Tensor &gradient) const {
    if (!x.gradient) return gradient;
    *x.gradient = gradient;
    return {};
  }

  void overBlocks(BlockGradients &blocks) const {
    const std::int64_t chunks = chunkCount();
    const std::int64_t count = x.values.size(0);
    const int pixels = convolution.geometry->outPixels();
    const int step = blocks.step();
    at::parallel_for(0, chunks, 1, [&](std::int64_t first, std::int64_t last) {
      const at::Tensor between = at::empty({std::int64_t{step} * convolution.outs * Lanes}, at::kFloat);
      float *gradient = between.data_ptr<float>();
      for (std::int64_t chunk = first; chunk < last; ++chunk)
        for (std::int64_t block = count * chunk / chunks; block < count * (chunk + 1) / chunks; ++block)
          for (int begin = 0; begin < pixels; begin += step) {
            const int end = std::min(pixels, begin + step);
            norm.write(block, begin, end, gradient);
            blocks.take(chunk, block, begin, end, gradient);
          }
    });
  }
};

template <typename Backward>
std::shared_ptr<Backward> nodeWith(const std::vector<at::Tensor> &inputs) {
  std::shared_ptr<Backward> node(new Backward, torch::autograd::deleteNode);
  torch::autograd::edge_list edges;
  for (const at::Tensor &input : inputs) {
    if (input.defined())
      edges.push_back(torch::autograd::impl::gradient_edge(input));
    else
      edges.emplace_back();
  }
  node->set_next_edges(std::move(edges));
  return node;
}

}  // namespace

at::Tensor laneNorm(const at::Tensor &x, const Norm &norm, const at::Tensor &added, std::int64_t images,
                    const SumOverRanks &sum) {
  std::vector<double> sums;
  if (norm.train) sums = sumsOf(x, LanePlan(x, images), valuesOf(norm.mean));
  NormGradient gradient = gradientFor(x, norm, added.defined(), images, sum, std::move(sums));
  at::Tensor result = applied(added, gradient);
  if (!torch::autograd::compute_requires_grad(x, norm.weight, norm.bias, added)) return result;
  const auto node = nodeWith<NormBackward>({x, norm.weight, norm.bias, added});
  node->norm = std::move(gradient);
  torch::autograd::set_history(result, node);
  return result;
}

LaneMap laneNormedConvolution(const LaneMap &x, const at::Tensor &weight, const c10::optional<at::Tensor> &bias,
                              const Convolution &convolution, const Norm &norm, const LaneMap &added,
                              std::int64_t images, const SumOverRanks &sum, Leave what) {
  ResultSums sums{valuesOf(norm.mean), images, {}};
  const at::Tensor between = convolved(x, weight, bias, convolution, norm.train ? &sums : nullptr);
  sums.values.push_back(LanePlan(between, images).count());
  const bool adds = added.values.defined();
  NormGradient gradient = gradientFor(between, norm, adds, images, sum, std::move(sums.values));
  LaneMap map{between, gradient.map, nullptr};
  if (what == Leave::Nothing || adds) map = {applied(added.values, gradient), nullptr, nullptr};
  const at::Tensor b = bias.value_or(at::Tensor());
  if (!torch::autograd::compute_requires_grad(x.values, weight, b, norm.weight, norm.bias, added.values)) return map;
  const auto node = nodeWith<NormedConvolutionBackward>({x.values, weight, b, norm.weight, norm.bias, added.values});
  map.gradient = std::make_shared<at::Tensor>();
  node->x = {x.values.detach(), x.norm, x.gradient};
  node->weight = weight.detach();
  node->convolution = convolution;
  node->norm = std::move(gradient);
  node->ofAdded = added.gradient;
  node->ofResult = map.gradient;
  torch::autograd::set_history(map.values, node);
  return map;
}

}  // namespace pimento::learn
