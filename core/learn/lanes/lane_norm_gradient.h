// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include "core/learn/lanes/lane_map.h"
#include "core/learn/lanes/lane_norm.h"
#include "core/learn/lanes/lanes.h"

namespace pimento::learn {

// Feature maps in lanes, of which `images` are images, as pixels of channels.
struct LanePlan {
  std::int64_t blocks = 0;
  std::int64_t pixels = 0;
  std::int64_t images = 0;
  int channels = 0;

  LanePlan(const at::Tensor &x, std::int64_t imageCount)
      : blocks(x.size(0)), pixels(x.size(1) * x.size(2)), images(imageCount), channels(static_cast<int>(x.size(3))) {}
  [[nodiscard]] double count() const { return static_cast<double>(images * pixels); }
  [[nodiscard]] std::int64_t at(std::int64_t block, int pixel) const {
    return (block * pixels + pixel) * channels * Lanes;
  }
  [[nodiscard]] ChannelTask task(std::int64_t block, int begin, int end) const {
    return {end - begin, channels, keptLanes(block, images)};
  }
};

// Two sums a channel and the number of values behind them: f(where, offset, sums) adds those of some pixels.
template <typename Function>
std::vector<double> channelSumsOf(const LanePlan &plan, const Function &f) {
  const auto width = static_cast<std::size_t>(2 * plan.channels);
  std::vector<double> parts(width * static_cast<std::size_t>(chunkCount()));
  overPositions(plan.blocks, plan.pixels, [&](std::int64_t chunk, std::int64_t block, int begin, int end) {
    f(plan.task(block, begin, end), plan.at(block, begin), parts.data() + width * static_cast<std::size_t>(chunk));
  });
  std::vector<double> sums = addParts(parts, width);
  sums.push_back(plan.count());
  return sums;
}

// The way back of a batch norm with what was added to it and the ReLU behind. After begin() its parts can be asked for.
struct NormGradient {
  at::Tensor x;                                                // what was normalised
  at::Tensor result;                                           // only where something was added before the ReLU
  std::shared_ptr<NormMap> map = std::make_shared<NormMap>();  // what was added comes before its ReLU
  std::vector<float> deviation;                                // 1 / sqrt(variance + epsilon)
  bool train = false;
  bool added = false;
  Gate gate = Gate::None;
  SumOverRanks sum;

  // `gradient` of the result. Adds over ranks only if the gradient of x is `wanted`.
  void begin(const at::Tensor &gradient, bool wanted);
  void write(std::int64_t block, int begin, int end, float *to) const;  // gradient of these pixels of x
  [[nodiscard]] at::Tensor ofX() const;                                 // the whole
  void release();

  at::Tensor ofWeight;
  at::Tensor ofBias;
  at::Tensor ofAdded;  // undefined if nothing was added

 private:
  [[nodiscard]] NormGradientTask task(const ChannelTask &where, std::int64_t at) const;
  at::Tensor m_gradient;  // before or behind the gate
  Gate m_gate = Gate::None;
  std::vector<float> m_slope;  // gradient of x = gradient x scale + x x slope + offset
  std::vector<float> m_offset;
};

}  // namespace pimento::learn
