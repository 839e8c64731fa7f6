// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/lane_norm.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>

#include <cmath>

#include "core/learn/lane_norm_gradient.h"

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
  gradient.mean = valuesOf(norm.mean);
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
  gradient.mean.resize(channels);
  gradient.deviation.resize(channels);
  for (std::size_t c = 0; c < channels; ++c) {
    const double off = sums[c] / count;
    const double variance = std::max(0.0, sums[channels + c] / count - off * off);
    const double mean = static_cast<double>(pivot[c]) + off;
    gradient.mean[c] = static_cast<float>(mean);
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

// The result, and what its way back needs. `sums`: of x about the running mean and their count, if training.
at::Tensor normalised(const at::Tensor &x, const Norm &norm, const at::Tensor &added, std::int64_t images,
                      const SumOverRanks &sum, std::vector<double> sums, NormGradient &gradient) {
  const at::NoGradGuard noGradient;
  const LanePlan plan(x, images);
  if (norm.train)
    takeBatch(norm, plan, std::move(sums), sum, gradient);
  else
    takeRunning(norm, gradient);
  gradient.scale = valuesOf(norm.weight);
  gradient.shift = valuesOf(norm.bias);
  for (std::size_t c = 0; c < gradient.scale.size(); ++c) {
    gradient.scale[c] *= gradient.deviation[c];
    gradient.shift[c] -= gradient.mean[c] * gradient.scale[c];
  }
  at::Tensor result = at::empty_like(x);
  const float *from = x.data_ptr<float>();
  const float *more = added.defined() ? added.data_ptr<float>() : nullptr;
  float *to = result.data_ptr<float>();
  overPositions(plan.blocks, plan.pixels, [&](std::int64_t, std::int64_t block, int begin, int end) {
    const std::int64_t at = plan.at(block, begin);
    laneKernels().normalise(plan.task(block, begin, end), from + at, gradient.scale.data(), gradient.shift.data(),
                            more == nullptr ? nullptr : more + at, norm.relu, to + at);
  });
  gradient.x = x.detach();
  gradient.images = images;
  gradient.train = norm.train;
  gradient.added = added.defined();
  gradient.gate = !norm.relu ? Gate::None : gradient.added ? Gate::Result : Gate::Input;
  if (gradient.gate == Gate::Result) gradient.result = result.detach();
  gradient.sum = sum;
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

struct NormedConvolutionBackward : Node {
  at::Tensor x;
  at::Tensor weight;
  Convolution convolution;
  NormGradient norm;

  variable_list apply(variable_list &&gradients) override {
    variable_list out(6);  // x, weight, bias; weight, bias of the norm, added
    if (!gradients[0].defined()) return out;
    const bool ofInput = task_should_compute_output(0);
    const bool ofWeight = task_should_compute_output(1);
    const bool ofBias = task_should_compute_output(2);
    norm.begin(gradients[0].contiguous(), ofInput || ofWeight || ofBias);
    out[3] = norm.ofWeight;
    out[4] = norm.ofBias;
    out[5] = norm.ofAdded;
    if (!ofBias && (ofInput || ofWeight) && BlockGradients::pays(x, convolution)) {
      BlockGradients blocks(x, weight, convolution, ofInput, ofWeight);
      overBlocks(blocks);
      out[0] = blocks.ofInput();
      out[1] = blocks.ofWeight();
      return out;
    }
    if (!ofInput && !ofWeight && !ofBias) return out;
    const at::Tensor between = norm.ofX();
    if (ofInput) out[0] = gradientOfInput(between, weight, convolution);
    if (ofWeight) out[1] = gradientOfWeight(x, between, convolution);
    if (ofBias) out[2] = gradientOfBias(between);
    return out;
  }
  void release_variables() override {
    x.reset();
    weight.reset();
    norm.release();
  }

 private:
  void overBlocks(BlockGradients &blocks) const {
    const std::int64_t chunks = chunkCount();
    const std::int64_t count = x.size(0);
    const int pixels = convolution.geometry->outPixels();
    at::parallel_for(0, chunks, 1, [&](std::int64_t first, std::int64_t last) {
      const at::Tensor between = at::empty({std::int64_t{pixels} * convolution.outs * Lanes}, at::kFloat);
      for (std::int64_t chunk = first; chunk < last; ++chunk)
        for (std::int64_t block = count * chunk / chunks; block < count * (chunk + 1) / chunks; ++block) {
          norm.write(block, 0, pixels, between.data_ptr<float>());
          blocks.take(chunk, block, between.data_ptr<float>());
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
  NormGradient gradient;
  const LanePlan plan(x, images);
  std::vector<double> sums;
  if (norm.train) sums = sumsOf(x, plan, valuesOf(norm.mean));
  at::Tensor result = normalised(x, norm, added, images, sum, std::move(sums), gradient);
  if (!torch::autograd::compute_requires_grad(x, norm.weight, norm.bias, added)) return result;
  const auto node = nodeWith<NormBackward>({x, norm.weight, norm.bias, added});
  node->norm = std::move(gradient);
  torch::autograd::set_history(result, node);
  return result;
}

at::Tensor laneNormedConvolution(const at::Tensor &x, const at::Tensor &weight, const c10::optional<at::Tensor> &bias,
                                 const Convolution &convolution, const Norm &norm, const at::Tensor &added,
                                 std::int64_t images, const SumOverRanks &sum) {
  ResultSums sums{valuesOf(norm.mean), images, {}};
  const at::Tensor between = convolved(x, weight, bias, convolution, norm.train ? &sums : nullptr);
  sums.values.push_back(LanePlan(between, images).count());
  NormGradient gradient;
  at::Tensor result = normalised(between, norm, added, images, sum, std::move(sums.values), gradient);
  const at::Tensor b = bias.value_or(at::Tensor());
  if (!torch::autograd::compute_requires_grad(x, weight, b, norm.weight, norm.bias, added)) return result;
  const auto node = nodeWith<NormedConvolutionBackward>({x, weight, b, norm.weight, norm.bias, added});
  node->x = x.detach();
  node->weight = weight.detach();
  node->convolution = convolution;
  node->norm = std::move(gradient);
  torch::autograd::set_history(result, node);
  return result;
}

}  // namespace pimento::learn
