// SPDX-License-Identifier: GPL-3.0-or-later
// Every instruction set computes what the fastest does; lanes_test.cpp compares that one with LibTorch.
#include "core/learn/kernels/lane_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/learn/kernels/lane_geometry.h"

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

// `odd` stands in lane 5 of the first channel of pixel 12, which lies inside.
Values convolve(const LaneKernels &kernels, const Picture &p, bool depthwise, const Part &part = {}, float odd = 0) {
  const int outs = depthwise ? p.ins : p.outs;
  Values x = some(p.lanes(p.geometry.pixels(), p.ins), 1);
  x[p.lanes(12, p.ins) + 5] = odd;
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

// A ReLU that turned what is not a number into zero would let a broken network answer something.
TEST(LaneKernels, keepWhatIsNotANumber) {
  const float nan = std::nanf("");
  constexpr std::size_t Odd = (std::size_t{3} * Channels + 2) * Lanes + 5;  // pixel 3, channel 2, lane 5
  const Values ones(Vectors, 1);
  const Values zeros(Vectors, 0);
  const Values scale(Channels, 1);
  const Values shift(Channels, -0.5F);
  Values odd = some(Vectors, 1);
  odd[Odd] = nan;
  for (const LaneKernels *kernels : usableLaneKernels()) {
    SCOPED_TRACE(kernels->name);
    for (const bool relu : {false, true})
      for (const float *added : std::initializer_list<const float *>{nullptr, zeros.data(), odd.data()}) {
        Values y(Vectors);
        kernels->normalise(Where, added == odd.data() ? ones.data() : odd.data(), scale.data(), shift.data(), added,
                           relu, y.data());
        for (std::size_t i = 0; i < Vectors; ++i) EXPECT_EQ(std::isnan(y[i]), i == Odd) << i;
      }
    // A gradient passes where the ReLU's result was not a number, and is none where it is none itself.
    for (const Gate gate : {Gate::None, Gate::Input, Gate::Result}) {
      for (const bool ofGradient : {false, true}) {
        const float *gradient = ofGradient ? odd.data() : ones.data();
        const float *other = ofGradient ? ones.data() : odd.data();
        const NormGradientTask task{Where, gradient, other, other, scale.data(), shift.data(), gate};
        Values gated(Vectors);
        Values out(Vectors);
        std::vector<double> sums(2 * Channels);
        kernels->normGradientSums(task, shift.data(), sums.data(), gated.data());
        kernels->normGradient(task, scale.data(), shift.data(), shift.data(), out.data());
        EXPECT_TRUE(std::isnan(out[Odd])) << static_cast<int>(gate);
        EXPECT_TRUE(std::isnan(sums[Channels + 2])) << static_cast<int>(gate);
        EXPECT_EQ(std::isnan(gated[Odd]), ofGradient) << static_cast<int>(gate);
        if (!ofGradient) {
          EXPECT_EQ(gated[Odd], 1) << static_cast<int>(gate);
        }
      }
    }
    std::vector<double> sums(2 * Channels);
    kernels->channelSums(Where, odd.data(), shift.data(), sums.data());
    for (std::size_t c = 0; c < Channels; ++c) EXPECT_EQ(std::isnan(sums[c]), c == 2) << c;
  }
}

// Whatever a convolution reads it passes on, in every output channel and every tap.
TEST(LaneKernels, convolveWhatIsNotANumber) {
  for (const LaneKernels *kernels : usableLaneKernels())
    for (const bool depthwise : {false, true}) {
      const Values y = convolve(*kernels, {}, depthwise, {}, std::nanf(""));
      const auto odd = std::count_if(y.begin(), y.end(), [](float v) { return std::isnan(v); });
      EXPECT_GT(odd, 0) << kernels->name;
      for (std::size_t i = 0; i < y.size(); ++i) EXPECT_TRUE(!std::isnan(y[i]) || i % Lanes == 5) << kernels->name;
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
