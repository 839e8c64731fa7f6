// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/lanes/lane_norm_gradient.h"

namespace pimento::learn {

namespace {

at::Tensor tensorOf(std::span<const double> values) {
  at::Tensor tensor = at::empty({static_cast<std::int64_t>(values.size())}, at::kFloat);
  for (std::size_t i = 0; i < values.size(); ++i) tensor.data_ptr<float>()[i] = static_cast<float>(values[i]);
  return tensor;
}

}  // namespace

NormGradientTask NormGradient::task(const ChannelTask &where, std::int64_t at) const {
  NormGradientTask task;
  task.where = where;
  task.gradient = m_gradient.data_ptr<float>() + at;
  task.input = x.data_ptr<float>() + at;
  task.result = result.defined() ? result.data_ptr<float>() + at : nullptr;
  task.scale = map->scale.data();
  task.shift = map->shift.data();
  task.gate = m_gate;
  return task;
}

void NormGradient::begin(const at::Tensor &gradient, bool wanted) {
  const LanePlan plan(x, map->images);
  const auto channels = static_cast<std::size_t>(plan.channels);
  m_gradient = gradient;
  m_gate = gate;
  // The gradient of what was added is written on the way, and is behind the gate.
  const bool gated = added && gate != Gate::None;
  const at::Tensor passed = gated ? at::empty_like(gradient) : gradient;
  float *behind = gated ? passed.data_ptr<float>() : nullptr;
  std::vector<double> sums = std::move(map->gradientSums);
  map->gradientSums.clear();
  if (sums.empty())
    sums = channelSumsOf(plan, [&](const ChannelTask &where, std::int64_t at, double *here) {
      laneKernels().normGradientSums(task(where, at), map->mean.data(), here, gated ? behind + at : nullptr);
    });
  else
    sums.push_back(plan.count());
  std::vector<double> weight(channels);
  for (std::size_t c = 0; c < channels; ++c) weight[c] = sums[channels + c] * static_cast<double>(deviation[c]);
  ofWeight = tensorOf(weight);
  ofBias = tensorOf(std::span(sums).first(channels));
  if (added) ofAdded = passed;
  m_gradient = passed;
  m_gate = gated ? Gate::None : gate;
  if (!wanted) return;
  if (sum) sum(sums);
  m_slope.assign(channels, 0);
  m_offset.assign(channels, 0);
  for (std::size_t c = 0; c < channels && train; ++c) {
    const auto a = static_cast<double>(map->scale[c]);
    const auto d = static_cast<double>(deviation[c]);
    const double slope = -a * d * d * sums[channels + c] / sums.back();
    m_slope[c] = static_cast<float>(slope);
    m_offset[c] = static_cast<float>(-a * sums[c] / sums.back() - slope * static_cast<double>(map->mean[c]));
  }
}

void NormGradient::write(std::int64_t block, int begin, int end, float *to) const {
  const LanePlan plan(x, map->images);
  laneKernels().normGradient(task(plan.task(block, begin, end), plan.at(block, begin)), map->scale.data(),
                             m_slope.data(), m_offset.data(), to);
}

at::Tensor NormGradient::ofX() const {
  const LanePlan plan(x, map->images);
  at::Tensor all = at::empty_like(x);
  float *to = all.data_ptr<float>();
  overPositions(plan.blocks, plan.pixels, [&](std::int64_t, std::int64_t block, int begin, int end) {
    write(block, begin, end, to + plan.at(block, begin));
  });
  return all;
}

void NormGradient::release() {
  for (at::Tensor *tensor : {&x, &result, &ofWeight, &ofBias, &ofAdded, &m_gradient}) tensor->reset();
}

}  // namespace pimento::learn
