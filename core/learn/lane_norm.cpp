// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/lane_norm.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/variable.h>

#include <cmath>

#include "core/learn/lanes.h"

namespace pimento::learn {

namespace {

using torch::autograd::Node;
using torch::autograd::variable_list;

using Channels = std::vector<float>;  // a number a channel

struct Plan {
  std::int64_t blocks, pixels, images;
  int channels;
  [[nodiscard]] double count() const { return static_cast<double>(images * pixels); }
  [[nodiscard]] std::int64_t at(std::int64_t block, int pixel) const {
    return (block * pixels + pixel) * channels * Lanes;
  }
  [[nodiscard]] ChannelTask task(std::int64_t block, int begin, int end) const {
    return {end - begin, channels, keptLanes(block, images)};
  }
};

Plan planOf(const at::Tensor &x, std::int64_t images) {
  return {x.size(0), x.size(1) * x.size(2), images, static_cast<int>(x.size(3))};
}

// Two sums a channel and the number of values behind them, over all pixels and all ranks.
template <typename Function>
std::vector<double> sumsOf(const Plan &plan, const Function &f) {
  const auto width = static_cast<std::size_t>(2 * plan.channels);
  std::vector<double> parts(width * static_cast<std::size_t>(chunkCount()));
  overPositions(plan.blocks, plan.pixels, [&](std::int64_t chunk, std::int64_t block, int begin, int end) {
    f(plan.task(block, begin, end), plan.at(block, begin), parts.data() + width * static_cast<std::size_t>(chunk));
  });
  std::vector<double> sums(width + 1);
  for (std::size_t i = 0; i < parts.size(); ++i) sums[i % width] += parts[i];
  sums[width] = plan.count();
  return sums;
}

struct Statistics {
  Channels mean;
  Channels deviation;  // 1 / sqrt(variance + epsilon)
};

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

Statistics runningStatistics(const Norm &norm) {
  Statistics statistics{valuesOf(norm.mean), valuesOf(norm.variance)};
  for (float &v : statistics.deviation) v = static_cast<float>(1 / std::sqrt(static_cast<double>(v) + norm.epsilon));
  return statistics;
}

// Sums are taken about the running mean, which is near: their difference loses no digits.
Statistics batchStatistics(const at::Tensor &x, const Plan &plan, const Norm &norm, const SumOverRanks &sum) {
  const Channels pivot = valuesOf(norm.mean);
  const float *data = x.data_ptr<float>();
  std::vector<double> sums = sumsOf(plan, [&](const ChannelTask &where, std::int64_t at, double *out) {
    laneKernels().channelSums(where, data + at, pivot.data(), out);
  });
  if (sum) sum(sums);
  const double count = sums.back();
  const auto channels = static_cast<std::size_t>(plan.channels);
  Statistics statistics{Channels(channels), Channels(channels)};
  for (std::size_t c = 0; c < channels; ++c) {
    const double off = sums[c] / count;
    const double variance = std::max(0.0, sums[channels + c] / count - off * off);
    const double mean = static_cast<double>(pivot[c]) + off;
    statistics.mean[c] = static_cast<float>(mean);
    statistics.deviation[c] = static_cast<float>(1 / std::sqrt(variance + norm.epsilon));
    keepRunning(norm, c, mean, variance, count);
  }
  return statistics;
}

struct NormBackward : Node {
  at::Tensor x;
  at::Tensor result;  // only where something was added before the ReLU
  Statistics statistics;
  Channels scale;
  Channels shift;
  std::int64_t images = 0;
  bool train = false;
  Gate gate = Gate::None;
  bool added = false;
  SumOverRanks sum;

  variable_list apply(variable_list &&gradients) override;
  void release_variables() override {
    x.reset();
    result.reset();
  }
};

at::Tensor asTensor(const std::vector<double> &values, std::size_t first, const Channels &scale) {
  at::Tensor tensor = at::empty({static_cast<std::int64_t>(scale.size())}, at::kFloat);
  for (std::size_t c = 0; c < scale.size(); ++c)
    tensor.data_ptr<float>()[c] = static_cast<float>(values[first + c] * static_cast<double>(scale[c]));
  return tensor;
}

variable_list NormBackward::apply(variable_list &&gradients) {
  variable_list out(4);  // x, weight, bias, added
  if (!gradients[0].defined()) return out;
  const at::Tensor gradient = gradients[0].contiguous();
  const Plan plan = planOf(x, images);
  const auto channels = static_cast<std::size_t>(plan.channels);
  NormGradientTask task;
  task.scale = scale.data();
  task.shift = shift.data();
  const auto place = [&](const ChannelTask &where, std::int64_t at, const at::Tensor &from, Gate by) {
    NormGradientTask here = task;
    here.where = where;
    here.gradient = from.data_ptr<float>() + at;
    here.input = x.data_ptr<float>() + at;
    here.result = result.defined() ? result.data_ptr<float>() + at : nullptr;
    here.gate = by;
    return here;
  };
  const bool gated = added && gate != Gate::None;  // the gradient of what was added is written on the way
  const at::Tensor passed = gated ? at::empty_like(gradient) : gradient;
  std::vector<double> sums = sumsOf(plan, [&](const ChannelTask &where, std::int64_t at, double *here) {
    laneKernels().normGradientSums(place(where, at, gradient, gate), statistics.mean.data(), here,
                                   gated ? passed.data_ptr<float>() + at : nullptr);
  });
  out[1] = asTensor(sums, channels, statistics.deviation);
  out[2] = asTensor(sums, 0, Channels(channels, 1));
  if (added) out[3] = passed;
  if (!task_should_compute_output(0)) return out;
  if (sum) sum(sums);
  Channels b(channels);
  Channels c(channels);
  for (std::size_t i = 0; i < channels && train; ++i) {
    const auto a = static_cast<double>(scale[i]);
    const auto deviation = static_cast<double>(statistics.deviation[i]);
    const double slope = -a * deviation * deviation * sums[channels + i] / sums.back();
    b[i] = static_cast<float>(slope);
    c[i] = static_cast<float>(-a * sums[i] / sums.back() - slope * static_cast<double>(statistics.mean[i]));
  }
  out[0] = at::empty_like(x);
  float *to = out[0].data_ptr<float>();
  overPositions(plan.blocks, plan.pixels, [&](std::int64_t, std::int64_t block, int begin, int end) {
    const std::int64_t at = plan.at(block, begin);
    laneKernels().normGradient(place(plan.task(block, begin, end), at, passed, gated ? Gate::None : gate), scale.data(),
                               b.data(), c.data(), to + at);
  });
  return out;
}

}  // namespace

at::Tensor laneNorm(const at::Tensor &x, const Norm &norm, const at::Tensor &added, std::int64_t images,
                    const SumOverRanks &sum) {
  const Plan plan = planOf(x, images);
  Statistics statistics;
  Channels scale;
  Channels shift;
  at::Tensor result;
  {
    const at::NoGradGuard noGradient;
    statistics = norm.train ? batchStatistics(x, plan, norm, sum) : runningStatistics(norm);
    scale = valuesOf(norm.weight);
    shift = valuesOf(norm.bias);
    for (std::size_t c = 0; c < scale.size(); ++c) {
      scale[c] *= statistics.deviation[c];
      shift[c] -= statistics.mean[c] * scale[c];
    }
    result = at::empty_like(x);
    const float *from = x.data_ptr<float>();
    const float *more = added.defined() ? added.data_ptr<float>() : nullptr;
    float *to = result.data_ptr<float>();
    overPositions(plan.blocks, plan.pixels, [&](std::int64_t, std::int64_t block, int begin, int end) {
      const std::int64_t at = plan.at(block, begin);
      laneKernels().normalise(plan.task(block, begin, end), from + at, scale.data(), shift.data(),
                              more == nullptr ? nullptr : more + at, norm.relu, to + at);
    });
  }
  if (!torch::autograd::compute_requires_grad(x, norm.weight, norm.bias, added)) return result;
  const std::shared_ptr<NormBackward> node(new NormBackward, torch::autograd::deleteNode);
  node->set_next_edges(torch::autograd::collect_next_edges(x, norm.weight, norm.bias, added));
  node->x = x.detach();
  node->statistics = std::move(statistics);
  node->scale = std::move(scale);
  node->shift = std::move(shift);
  node->images = images;
  node->train = norm.train;
  node->added = added.defined();
  node->gate = !norm.relu ? Gate::None : node->added ? Gate::Result : Gate::Input;
  if (node->gate == Gate::Result) node->result = result.detach();
  node->sum = sum;
  torch::autograd::set_history(result, node);
  return result;
}

}  // namespace pimento::learn
