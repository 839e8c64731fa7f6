// SPDX-License-Identifier: GPL-3.0-or-later
// Every instruction set computes what the fastest does; lanes_test.cpp compares that one with LibTorch.
#include "core/learn/lane_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/learn/lane_geometry.h"

namespace pimento::learn {

namespace {

using Values = std::vector<float>;

Values some(std::size_t n, std::uint64_t seed) {
  Random random(seed, 0);
  Values values(n);
  for (float &v : values) v = static_cast<float>(random.normal());
  return values;
}

template <typename Result>
void expectNear(const Result &a, const Result &b, const char *kernels, const char *what) {
  ASSERT_EQ(a.size(), b.size());
  double off = 0;
  for (std::size_t i = 0; i < a.size(); ++i) off = std::max(off, std::abs(static_cast<double>(a[i] - b[i])));
  EXPECT_LT(off, 2e-4) << kernels << " " << what;
}

struct Picture {
  int ins = 7;
  int outs = 10;
  Geometry geometry = makeGeometry(9, 11, 3, 2, 1);
  std::size_t lanes(int pixels, int channels) const { return static_cast<std::size_t>(pixels * channels * Lanes); }
};

// Positions from `begin` on, of a source that is there from pixel `first` on, added to what the result holds or not.
struct Part {
  int first = 0;
  int begin = 0;
  bool add = false;
};

constexpr std::uint64_t Held = 9;  // seed of what the result holds

Values convolve(const LaneKernels &kernels, const Picture &p, bool depthwise, const Part &part = {}) {
  const int outs = depthwise ? p.ins : p.outs;
  const Values x = some(p.lanes(p.geometry.pixels(), p.ins), 1);
  const Values w = some(static_cast<std::size_t>(9 * 12 * p.ins), 2);
  const Values bias = some(12, 3);
  const Values zeros(p.lanes(1, p.ins));
  Values y = some(p.lanes(p.geometry.outPixels(), outs), Held);
  ConvolutionTask task;
  task.source = x.data() + p.lanes(part.first, p.ins);
  task.first = part.first;
  task.add = part.add;
  task.result = y.data();
  task.weights = w.data();
  task.bias = bias.data();
  task.from = p.geometry.forward.from.data();
  task.to = p.geometry.forward.to.data();
  task.zeros = zeros.data();
  task.taps = 9;
  task.ins = p.ins;
  task.outs = outs;
  task.begin = part.begin;
  task.end = p.geometry.outPixels();
  (depthwise ? kernels.depthwise : kernels.convolution)(task);
  return y;
}

// Of two blocks.
Values weightGradient(const LaneKernels &kernels, const Picture &p, bool depthwise) {
  const int outs = depthwise ? p.ins : p.outs;
  const std::size_t from = p.lanes(p.geometry.pixels(), p.ins);
  const std::size_t to = p.lanes(p.geometry.outPixels(), outs);
  const Values x = some(2 * from, 4);
  const Values g = some(2 * to, 5);
  Values sums(static_cast<std::size_t>(9 * 12 * p.ins));
  WeightGradientTask task;
  task.source = x.data();
  task.gradient = g.data();
  task.sourceBlock = static_cast<std::int64_t>(from);
  task.gradientBlock = static_cast<std::int64_t>(to);
  task.blocks = 2;
  task.from = p.geometry.forward.from.data();
  task.runs = p.geometry.runs.data();
  task.step = p.geometry.stride;
  task.taps = 9;
  task.ins = p.ins;
  task.outs = outs;
  task.end = p.geometry.outPixels();
  task.sums = sums.data();
  (depthwise ? kernels.depthwiseWeightGradient : kernels.weightGradient)(task);
  return sums;
}

constexpr int Channels = 5;
constexpr ChannelTask Where{70, Channels, 11};
constexpr std::size_t Vectors = std::size_t{70} * Channels * Lanes;

std::vector<double> channelSums(const LaneKernels &kernels) {
  std::vector<double> sums(2 * Channels);
  kernels.channelSums(Where, some(Vectors, 1).data(), some(Channels, 2).data(), sums.data());
  return sums;
}

Values normalised(const LaneKernels &kernels, bool add, bool relu) {
  Values y(Vectors);
  const Values added = some(Vectors, 4);
  kernels.normalise(Where, some(Vectors, 1).data(), some(Channels, 2).data(), some(Channels, 3).data(),
                    add ? added.data() : nullptr, relu, y.data());
  return y;
}

// Both sums and both results.
std::vector<double> normGradient(const LaneKernels &kernels, Gate gate) {
  const Values gradient = some(Vectors, 1);
  const Values input = some(Vectors, 2);
  const Values result = some(Vectors, 3);
  const Values scale = some(Channels, 4);
  const Values shift = some(Channels, 5);
  const NormGradientTask task{Where, gradient.data(), input.data(), result.data(), scale.data(), shift.data(), gate};
  std::vector<double> all(2 * Channels);
  Values gated(Vectors);
  Values out(Vectors);
  kernels.normGradientSums(task, some(Channels, 6).data(), all.data(), gated.data());
  kernels.normGradient(task, some(Channels, 7).data(), some(Channels, 8).data(), some(Channels, 9).data(), out.data());
  all.insert(all.end(), gated.begin(), gated.end());
  all.insert(all.end(), out.begin(), out.end());
  return all;
}

}  // namespace

TEST(LaneKernels, readPartOfASourceAndAddToAResult) {
  const Picture p;
  const int begin = 2 * p.geometry.outWidth;         // the third row
  const int first = (2 * 2 - 1) * p.geometry.width;  // reads from here on: stride 2, padding 1
  for (const LaneKernels *kernels : usableLaneKernels())
    for (const bool depthwise : {false, true}) {
      const int outs = depthwise ? p.ins : p.outs;
      const Values whole = convolve(*kernels, p, depthwise);
      const Values part = convolve(*kernels, p, depthwise, {first, begin, false});
      const Values held = some(whole.size(), Held);
      Values wanted = held;
      const auto at = static_cast<std::ptrdiff_t>(p.lanes(begin, outs));
      std::copy(whole.begin() + at, whole.end(), wanted.begin() + at);
      EXPECT_EQ(part, wanted) << kernels->name;

      // With a bias or with what was there: never both.
      const Values added = convolve(*kernels, p, depthwise, {0, 0, true});
      const Values bias = some(12, 3);
      for (std::size_t i = 0; i < whole.size(); ++i) {
        const float own = bias[i / Lanes % static_cast<std::size_t>(outs)];
        ASSERT_NEAR(added[i] - held[i], whole[i] - own, 1e-4) << kernels->name << " " << i;
      }
    }
}

TEST(LaneKernels, agreeForEveryInstructionSet) {
  const LaneKernels &fastest = laneKernels();
  for (const LaneKernels *kernels : usableLaneKernels()) {
    const char *name = kernels->name;
    for (const bool depthwise : {false, true}) {
      expectNear(convolve(*kernels, {}, depthwise), convolve(fastest, {}, depthwise), name, "convolution");
      expectNear(weightGradient(*kernels, {}, depthwise), weightGradient(fastest, {}, depthwise), name, "weights");
    }
    expectNear(channelSums(*kernels), channelSums(fastest), name, "channel sums");
    for (const bool relu : {false, true})
      for (const bool add : {false, true})
        expectNear(normalised(*kernels, add, relu), normalised(fastest, add, relu), name, "normalised");
    for (const Gate gate : {Gate::None, Gate::Input, Gate::Result})
      expectNear(normGradient(*kernels, gate), normGradient(fastest, gate), name, "gradient of the norm");
  }
}

TEST(LaneKernels, leaveLanesWithoutImagesOut) {
  for (const LaneKernels *kernels : usableLaneKernels()) {
    const std::vector<double> ones = [&] {
      std::vector<double> sums(2 * Channels);
      kernels->channelSums(Where, Values(Vectors, 2).data(), Values(Channels, 1).data(), sums.data());
      return sums;
    }();
    EXPECT_EQ(ones, std::vector<double>(2 * Channels, 70 * 11)) << kernels->name;
  }
}

}  // namespace pimento::learn
