// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of this room against LibTorch's own operations, forth and back.
#include "core/learn/lanes/lanes.h"

#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/learn/lanes/lane_convolution.h"
#include "core/learn/lanes/lane_norm.h"

namespace pimento::learn {

namespace {

// Numbers without a pattern, between -1 and 1.
at::Tensor some(at::IntArrayRef shape, double seed) {
  std::int64_t n = 1;
  for (const std::int64_t d : shape) n *= d;
  const at::Tensor x = at::arange(n, at::kDouble).add(seed).mul(12.9898).sin().mul(43758.5453);
  return (x - x.floor()).mul(2).sub(1).to(at::kFloat).view(shape);
}

at::Tensor trained(const at::Tensor &x) {
  at::Tensor leaf = x.clone();
  leaf.set_requires_grad(true);
  return leaf;
}

void expectNear(const at::Tensor &ours, const at::Tensor &theirs, const std::string &what) {
  ASSERT_TRUE(ours.defined() && theirs.defined()) << what;
  ASSERT_EQ(ours.sizes(), theirs.sizes()) << what;
  const double off = (ours - theirs).abs().max().item<double>();
  const double size = theirs.abs().max().item<double>();
  EXPECT_LE(off, 2e-5 * size + 1e-6) << what;
}

std::vector<at::Tensor> gradients(const at::Tensor &result, const at::Tensor &seed, const std::vector<at::Tensor> &of) {
  return torch::autograd::grad({(result * seed).sum()}, of);
}

void expectEqualGradients(const at::Tensor &ours, const at::Tensor &theirs, const at::Tensor &seed,
                          const std::vector<at::Tensor> &of, const std::string &what) {
  const auto mine = gradients(ours, seed, of);
  const auto reference = gradients(theirs, seed, of);
  for (std::size_t i = 0; i < of.size(); ++i)
    expectNear(mine[i], reference[i], what + " gradient " + std::to_string(i));
}

struct Case {
  std::int64_t images, ins, outs;
  int height, width, kernel, stride, padding;
  bool bias;
};

std::string text(const Case &c) {
  return std::to_string(c.images) + " x " + std::to_string(c.ins) + "->" + std::to_string(c.outs) + " @" +
         std::to_string(c.height) + "x" + std::to_string(c.width) + " k" + std::to_string(c.kernel) + " s" +
         std::to_string(c.stride) + " p" + std::to_string(c.padding);
}

Convolution convolutionOf(const Case &c, Connection connection) {
  return {std::make_shared<Geometry>(makeGeometry(c.height, c.width, c.kernel, c.stride, c.padding)), connection,
          static_cast<int>(c.ins), static_cast<int>(c.outs)};
}

void compareConvolution(const Case &c, Connection connection) {
  const bool depthwise = connection == Connection::Depthwise;
  const at::Tensor x = trained(some({c.images, c.ins, c.height, c.width}, 1));
  const at::Tensor w = trained(some({c.outs, depthwise ? 1 : c.ins, c.kernel, c.kernel}, 2));
  const at::Tensor b = trained(some({c.outs}, 3));
  std::vector<at::Tensor> of{x, w};
  c10::optional<at::Tensor> bias;
  if (c.bias) {
    of.push_back(b);
    bias = b;
  }
  const at::Tensor theirs =
      at::conv2d(x, w, bias, {c.stride, c.stride}, {c.padding, c.padding}, {1, 1}, depthwise ? c.ins : 1);
  const at::Tensor ours = fromLanes(laneConvolution(toLanes(x), w, bias, convolutionOf(c, connection)), c.images);
  expectNear(ours, theirs, text(c));
  const at::Tensor seed = some(theirs.sizes(), 4);
  expectEqualGradients(ours, theirs, seed, of, text(c));
}

void compareNorm(std::int64_t images, std::int64_t channels, bool relu, bool add, bool train) {
  const at::Tensor x = trained(some({images, channels, 5, 3}, 1) * 3 + 7);
  const at::Tensor w = trained(some({channels}, 2) + 1.5);
  const at::Tensor b = trained(some({channels}, 3));
  const at::Tensor r = trained(some({images, channels, 5, 3}, 4));
  const at::Tensor mean = some({channels}, 5);
  const at::Tensor variance = some({channels}, 6).abs() + 0.5;
  const at::Tensor theirMean = mean.clone();
  const at::Tensor theirVariance = variance.clone();
  at::Tensor theirs = at::batch_norm(x, w, b, theirMean, theirVariance, train, 0.1, 1e-5, false);
  if (add) theirs = theirs + r;
  if (relu) theirs = theirs.relu();
  const Norm norm{w, b, mean, variance, 0.1, 1e-5, train, relu};
  const at::Tensor ours =
      fromLanes(laneNorm(toLanes(x), norm, add ? toLanes(r) : at::Tensor(), images, nullptr), images);
  const std::string what = std::to_string(channels) + " channels, relu " + std::to_string(static_cast<int>(relu)) +
                           ", added " + std::to_string(static_cast<int>(add));
  expectNear(ours, theirs, what);
  expectNear(mean, theirMean, what + " running mean");
  expectNear(variance, theirVariance, what + " running variance");
  std::vector<at::Tensor> of{x, w, b};
  if (add) of.push_back(r);
  const at::Tensor seed = some(theirs.sizes(), 7);
  expectEqualGradients(ours, theirs, seed, of, what);
}

void compareNormedConvolution(const Case &c, Connection connection, bool relu, bool add, bool train) {
  const bool depthwise = connection == Connection::Depthwise;
  const at::Tensor x = trained(some({c.images, c.ins, c.height, c.width}, 1));
  const at::Tensor w = trained(some({c.outs, depthwise ? 1 : c.ins, c.kernel, c.kernel}, 2));
  const at::Tensor b = trained(some({c.outs}, 3));
  const at::Tensor gain = trained(some({c.outs}, 4) + 1.5);
  const at::Tensor offset = trained(some({c.outs}, 5));
  const at::Tensor mean = some({c.outs}, 6);
  const at::Tensor variance = some({c.outs}, 7).abs() + 0.5;
  const at::Tensor theirMean = mean.clone();
  const at::Tensor theirVariance = variance.clone();
  const c10::optional<at::Tensor> bias = c.bias ? c10::optional<at::Tensor>(b) : c10::nullopt;
  at::Tensor theirs =
      at::conv2d(x, w, bias, {c.stride, c.stride}, {c.padding, c.padding}, {1, 1}, depthwise ? c.ins : 1);
  theirs = at::batch_norm(theirs, gain, offset, theirMean, theirVariance, train, 0.1, 1e-5, false);
  const at::Tensor r = trained(some(theirs.sizes(), 8));
  if (add) theirs = theirs + r;
  if (relu) theirs = theirs.relu();
  const Norm norm{gain, offset, mean, variance, 0.1, 1e-5, train, relu};
  const at::Tensor ours =
      fromLanes(laneNormedConvolution({toLanes(x), nullptr, nullptr}, w, bias, convolutionOf(c, connection), norm,
                                      {add ? toLanes(r) : at::Tensor(), nullptr, nullptr}, c.images, nullptr)
                    .values,
                c.images);
  const std::string what = text(c) + (relu ? " relu" : "") + (add ? " added" : "") + (train ? " train" : "");
  expectNear(ours, theirs, what);
  expectNear(mean, theirMean, what + " running mean");
  expectNear(variance, theirVariance, what + " running variance");
  std::vector<at::Tensor> of{x, w, gain, offset};
  if (c.bias && !train) of.push_back(b);  // else the norm takes it away: the gradient is rounding alone
  if (add) of.push_back(r);
  const at::Tensor seed = some(theirs.sizes(), 9);
  expectEqualGradients(ours, theirs, seed, of, what);
}

void compareLeftNorm(const Case &first, Connection connection, Case second, int threads, bool relu, bool train) {
  at::set_num_threads(threads);
  const Convolution one = convolutionOf(first, Connection::Dense);
  second.images = first.images;
  second.ins = first.outs;
  second.height = one.geometry->outHeight;
  second.width = one.geometry->outWidth;
  const Convolution two = convolutionOf(second, connection);
  const at::Tensor x = trained(some({first.images, first.ins, first.height, first.width}, 1));
  const at::Tensor w1 = trained(some({first.outs, first.ins, first.kernel, first.kernel}, 2));
  const std::int64_t ins = connection == Connection::Depthwise ? 1 : second.ins;
  const at::Tensor w2 = trained(some({second.outs, ins, second.kernel, second.kernel}, 3));
  const at::Tensor gain = trained(some({first.outs}, 4) + 1.5);
  const at::Tensor offset = trained(some({first.outs}, 5));
  const at::Tensor bias = trained(some({second.outs}, 6));
  const at::Tensor last = at::ones({second.outs});
  const auto run = [&](Leave leave) {
    const Norm norm{gain, offset, some({first.outs}, 7), some({first.outs}, 8).abs() + 0.5, 0.1, 1e-5, train, relu};
    const Norm behind{last, bias, bias.detach().clone(), last.clone(), 0.1, 1e-5, train, true};
    const LaneMap between =
        laneNormedConvolution({toLanes(x), nullptr, nullptr}, w1, {}, one, norm, {}, first.images, nullptr, leave);
    EXPECT_EQ(between.norm != nullptr, leave == Leave::Norm);
    const c10::optional<at::Tensor> added = second.bias ? c10::optional<at::Tensor>(bias) : c10::nullopt;
    const LaneMap y = laneNormedConvolution(between, w2, added, two, behind, {}, first.images, nullptr);
    return fromLanes(y.values, first.images);
  };
  const at::Tensor whole = run(Leave::Nothing);
  const at::Tensor left = run(Leave::Norm);
  const std::string what = text(first) + " then " + text(second);
  expectNear(left, whole, what);
  expectEqualGradients(left, whole, some(whole.sizes(), 9), {x, w1, w2, gain, offset, bias}, what);
}

}  // namespace

TEST(Lanes, areImagesAndBack) {
  for (const std::int64_t n : {1, 15, 16, 17, 40}) {
    const at::Tensor x = some({n, 3, 4, 5}, 1);
    const at::Tensor lanes = toLanes(x);
    EXPECT_EQ(lanes.sizes(), (std::vector<std::int64_t>{(n + 15) / 16, 4, 5, 3, 16}));
    EXPECT_TRUE(fromLanes(lanes, n).equal(x));
    EXPECT_TRUE(fromPicture(asPicture(lanes)).equal(lanes));
  }
}

TEST(LaneConvolution, isThatOfLibTorchForthAndBack) {
  for (const Case &c : {Case{16, 16, 16, 8, 8, 3, 1, 1, false}, Case{33, 3, 12, 9, 7, 3, 1, 1, true},
                        Case{5, 4, 4, 6, 6, 3, 2, 1, false}, Case{17, 12, 24, 7, 9, 3, 2, 1, true},
                        Case{20, 13, 7, 5, 5, 1, 1, 0, true}, Case{32, 8, 5, 8, 6, 1, 2, 0, false},
                        Case{3, 3, 6, 15, 13, 7, 2, 3, false}, Case{2, 5, 3, 9, 9, 5, 3, 0, true},
                        Case{1, 1, 1, 1, 1, 3, 1, 1, true}, Case{16, 48, 48, 4, 4, 3, 1, 1, false}})
    compareConvolution(c, Connection::Dense);
}

TEST(LaneConvolution, isDepthwiseToo) {
  for (const Case &c : {Case{16, 16, 16, 8, 8, 3, 1, 1, false}, Case{19, 7, 7, 9, 6, 3, 2, 1, true},
                        Case{2, 5, 5, 8, 8, 5, 1, 2, true}, Case{33, 3, 3, 4, 4, 3, 2, 1, false}})
    compareConvolution(c, Connection::Depthwise);
}

TEST(LaneNorm, isThatOfLibTorchForthAndBack) {
  for (const std::int64_t channels : {1, 4, 12, 33})
    for (const bool relu : {false, true})
      for (const bool add : {false, true})
        for (const bool train : {false, true}) compareNorm(21, channels, relu, add, train);
}

// Large pictures go back block by block if the blocks are a multiple of the threads, small ones as a whole.
TEST(LaneNorm, ofAConvolutionIsThatOfLibTorchForthAndBack) {
  for (const int threads : {1, 2}) {
    at::set_num_threads(threads);
    for (const Case &c : {Case{32, 4, 8, 12, 12, 3, 1, 1, false}, Case{33, 3, 5, 24, 23, 3, 2, 1, true},
                          Case{20, 13, 7, 5, 5, 1, 1, 0, false}, Case{17, 6, 6, 13, 11, 1, 1, 0, true}})
      for (const bool relu : {false, true})
        for (const bool add : {false, true})
          for (const bool train : {false, true}) compareNormedConvolution(c, Connection::Dense, relu, add, train);
    compareNormedConvolution({32, 7, 7, 12, 13, 3, 1, 1, false}, Connection::Depthwise, true, false, true);
    compareNormedConvolution({19, 5, 5, 9, 6, 3, 2, 1, true}, Connection::Depthwise, true, true, false);
  }
}

// Two in a row: the second reads the first one's norm as it was left, or as a whole. 3 blocks do not go to 2 threads.
TEST(LaneNorm, canBeLeftToTheConvolutionThatReadsIt) {
  struct Pair {
    Case first;
    Connection connection;
    Case second;
  };
  for (const Pair &p :
       {Pair{{32, 3, 16, 20, 22, 3, 1, 1, false}, Connection::Dense, {0, 0, 7, 0, 0, 3, 1, 1, false}},
        Pair{{49, 3, 20, 26, 24, 1, 1, 0, true}, Connection::Depthwise, {0, 0, 20, 0, 0, 3, 2, 1, false}},
        Pair{{33, 2, 6, 13, 12, 3, 1, 1, false}, Connection::Dense, {0, 0, 9, 0, 0, 1, 1, 0, false}},
        Pair{{32, 2, 90, 34, 33, 1, 1, 0, false}, Connection::Dense, {0, 0, 5, 0, 0, 5, 1, 2, true}}})
    for (const int threads : {1, 2})
      for (const bool relu : {false, true})
        for (const bool train : {false, true}) compareLeftNorm(p.first, p.connection, p.second, threads, relu, train);
}

// A map that two convolutions read, an addition, and an operation that knows no lanes; then without one of them.
TEST(LaneNorm, addsUpTheGradientsOfAllThatReadAMap) {
  at::set_num_threads(2);
  for (const int side : {14, 5}) {  // block by block and as a whole
    const Case c{32, 6, 6, side, side, 3, 1, 1, false};
    const Convolution dense = convolutionOf(c, Connection::Dense);
    const Convolution depthwise = convolutionOf(c, Connection::Depthwise);
    const at::Tensor x = trained(some({c.images, c.ins, side, side}, 1));
    const std::vector<at::Tensor> w{trained(some({6, 6, 3, 3}, 2)), trained(some({6, 6, 3, 3}, 3)),
                                    trained(some({6, 1, 3, 3}, 4))};
    const at::Tensor one = at::ones({6});
    const at::Tensor zero = at::zeros({6});
    const auto theirNorm = [&](const at::Tensor &y) {
      return at::batch_norm(y, one, zero, zero.clone(), one.clone(), true, 0.1, 1e-5, false);
    };
    const auto ourNorm = [&](const LaneMap &map, const at::Tensor &weight, const Convolution &convolution,
                             const LaneMap &added) {
      const Norm norm{one, zero, zero.clone(), one.clone(), 0.1, 1e-5, true, true};
      return laneNormedConvolution(map, weight, {}, convolution, norm, added, c.images, nullptr);
    };
    const auto seeds = [&](int i) { return some({c.images, 6, side, side}, static_cast<std::uint64_t>(i)); };
    for (const bool all : {true, false}) {
      const at::Tensor a = theirNorm(at::conv2d(x, w[0], {}, {1, 1}, {1, 1})).relu();
      const at::Tensor b = (theirNorm(at::conv2d(a, w[1], {}, {1, 1}, {1, 1})) + a).relu();
      const at::Tensor d = theirNorm(at::conv2d(a, w[2], {}, {1, 1}, {1, 1}, {1, 1}, 6)).relu();
      at::Tensor theirs = (b * seeds(5)).sum() + (a * seeds(6)).sum();
      if (all) theirs = theirs + (d * seeds(7)).sum();

      const LaneMap la = ourNorm({toLanes(x), nullptr, nullptr}, w[0], dense, {});
      const LaneMap lb = ourNorm(la, w[1], dense, {la.values, nullptr, la.gradient});
      const LaneMap ld = ourNorm(la, w[2], depthwise, {});
      const auto back = [&](const LaneMap &map) { return fromLanes(map.values, c.images); };
      at::Tensor ours = (back(lb) * seeds(5)).sum() + (back(la) * seeds(6)).sum();
      if (all) ours = ours + (back(ld) * seeds(7)).sum();

      const std::vector<at::Tensor> of = all ? std::vector{x, w[0], w[1], w[2]} : std::vector{x, w[0], w[1]};
      expectEqualGradients(ours, theirs, at::ones({}), of, "side " + std::to_string(side) + (all ? " all" : ""));
      EXPECT_FALSE(la.gradient->defined());
    }
  }
}

// What is before needs no gradient: a network's first layer.
TEST(LaneNorm, ofAConvolutionOfImagesGivesTheGradientOfItsWeightsAlone) {
  const Case c{16, 3, 4, 12, 12, 3, 1, 1, false};
  const at::Tensor x = some({c.images, c.ins, c.height, c.width}, 1);
  const at::Tensor w = trained(some({c.outs, c.ins, 3, 3}, 2));
  const at::Tensor one = at::ones({c.outs});
  const at::Tensor zero = at::zeros({c.outs});
  const at::Tensor theirs = at::batch_norm(at::conv2d(x, w, {}, {1, 1}, {1, 1}), one, zero, zero.clone(), one.clone(),
                                           true, 0.1, 1e-5, false);
  const Norm norm{one, zero, zero.clone(), one.clone(), 0.1, 1e-5, true, false};
  const at::Tensor ours =
      fromLanes(laneNormedConvolution({toLanes(x), nullptr, nullptr}, w, {}, convolutionOf(c, Connection::Dense), norm,
                                      {}, c.images, nullptr)
                    .values,
                c.images);
  const at::Tensor seed = some(theirs.sizes(), 9);
  expectNear(gradients(ours, seed, {w})[0], gradients(theirs, seed, {w})[0], "weights");
}

}  // namespace pimento::learn
