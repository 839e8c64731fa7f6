// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/learn/lanes/lane_norm.h"
#include "core/learn/lanes/lanes.h"
#include "tests/learn/rank_threads.h"

namespace pimento::learn {

namespace {

constexpr std::int64_t Images = 37, Channels = 5, Side = 3;

at::Tensor wave(const std::vector<std::int64_t> &shape, double frequency, double offset) {
  std::int64_t count = 1;
  for (const std::int64_t side : shape) count *= side;
  return at::arange(count, at::kFloat).mul(frequency).sin().add(offset).view(shape);
}

struct Result {
  at::Tensor y, dx, dWeight, dBias, mean, variance;
};

Norm someNorm() {
  Norm norm;
  norm.weight = wave({Channels}, 0.9, 2).set_requires_grad(true);
  norm.bias = wave({Channels}, 0.4, 0).set_requires_grad(true);
  norm.mean = wave({Channels}, 1.1, 0);
  norm.variance = wave({Channels}, 1.3, 2);
  norm.train = true;
  return norm;
}

const std::vector<std::int64_t> All{Images, Channels, Side, Side};
at::Tensor inputs() { return wave(All, 0.37, 3); }
at::Tensor gradients() { return wave(All, 0.71, 0.1); }

// LibTorch's own, of all images.
Result expected() {
  const Norm norm = someNorm();
  const at::Tensor x = inputs().set_requires_grad(true);
  const at::Tensor y =
      at::batch_norm(x, norm.weight, norm.bias, norm.mean, norm.variance, true, norm.momentum, norm.epsilon, false);
  torch::autograd::backward({y}, {gradients()});
  return {y, x.grad(), norm.weight.grad(), norm.bias.grad(), norm.mean, norm.variance};
}

Result partOfRank(Ranks &ranks) {
  const std::int64_t begin = Images * ranks.rank() / ranks.size();
  const std::int64_t count = Images * (ranks.rank() + 1) / ranks.size() - begin;
  const Norm norm = someNorm();
  const at::Tensor x = toLanes(inputs().narrow(0, begin, count)).set_requires_grad(true);
  const at::Tensor y =
      fromLanes(laneNorm(x, norm, {}, count, [&](std::span<double> values) { ranks.sum(values); }), count);
  torch::autograd::backward({y}, {gradients().narrow(0, begin, count)});
  return {y, fromLanes(x.grad(), count), norm.weight.grad(), norm.bias.grad(), norm.mean, norm.variance};
}

double difference(const at::Tensor &a, const at::Tensor &b) { return (a - b).abs().max().item<double>(); }

}  // namespace

TEST(RankNorm, equalsTheNormOfAllImages) {
  const Result whole = expected();
  for (const int size : {2, 3}) {
    std::vector<Result> parts(static_cast<std::size_t>(size));
    test::together(size, [&](Ranks &ranks) { parts[static_cast<std::size_t>(ranks.rank())] = partOfRank(ranks); });
    std::vector<at::Tensor> y, dx;
    at::Tensor dWeight = at::zeros({Channels}), dBias = at::zeros({Channels});
    for (const Result &part : parts) {
      y.push_back(part.y);
      dx.push_back(part.dx);
      dWeight += part.dWeight;
      dBias += part.dBias;
      EXPECT_LT(difference(part.mean, whole.mean), 1e-6) << size;
      EXPECT_LT(difference(part.variance, whole.variance), 1e-6) << size;
      EXPECT_TRUE(part.mean.equal(parts[0].mean) && part.variance.equal(parts[0].variance)) << size;
    }
    EXPECT_LT(difference(at::cat(y), whole.y), 1e-5) << size;
    EXPECT_LT(difference(at::cat(dx), whole.dx), 1e-5) << size;
    EXPECT_LT(difference(dWeight, whole.dWeight), 1e-3) << size;
    EXPECT_LT(difference(dBias, whole.dBias), 1e-4) << size;
  }
}

}  // namespace pimento::learn
