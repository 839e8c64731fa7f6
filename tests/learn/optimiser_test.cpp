// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/optimiser.h"

#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <numeric>

#include "core/learn/module/network_module.h"
#include "core/learn/train/losses.h"
#include "tests/learn/tiny.h"

namespace pimento::learn {

namespace {

ParameterStore twoTensors() {
  ParameterStore store;
  static_cast<void>(store.declare(QStringLiteral("fc.weight"), {1, 2}, Role::Weight));
  static_cast<void>(store.declare(QStringLiteral("fc.bias"), {1}, Role::Bias));
  store.allocate();
  return store;
}

std::vector<float> listOf(const at::Tensor &values) {
  const at::Tensor flat = values.detach().contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

}  // namespace

TEST(Descend, isMomentumWithDecayOfWeightsOnly) {
  ParameterStore store = twoTensors();
  Recipe recipe;
  recipe.momentum = 0.5;
  recipe.weight_decay = 0.1;
  for (const bool nesterov : {false, true}) {
    recipe.nesterov = nesterov;
    store.values().copy_(at::tensor({1.0, 2.0, 3.0}, at::kFloat));
    store.gradients().copy_(at::tensor({1.0, 0.0, 2.0}, at::kFloat));
    at::Tensor momentum = at::zeros_like(store.trained());
    // By hand: g = {1.1, 0.2, 2} first; v = g; then v = 0.5 v + g'.
    descend(store, momentum, recipe, 1);
    const double scale = nesterov ? 1.5 : 1;  // g + m v = 1.5 g
    const std::vector<double> after{1 - scale * 1.1, 2 - scale * 0.2, 3 - scale * 2};
    for (int i = 0; i < 3; ++i) EXPECT_NEAR(listOf(store.values())[static_cast<std::size_t>(i)], after[i], 1e-6);
    descend(store, momentum, recipe, 0);
    EXPECT_NEAR(listOf(momentum)[2], 0.5 * 2 + 2, 1e-6);
    EXPECT_NEAR(listOf(store.values())[2], after[2], 1e-6) << "a rate of 0 changes nothing";
  }
}

// Along its gradient g a loss falls by |g|² at first: central differences agree for every way of sharing.
TEST(Gradient, agreesWithFiniteDifferences) {
  const Source source = test::tinyImages(12, 3, 5);
  const std::vector<std::uint32_t> all{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  const Batch batch = *BatchLoader(source, all, 12, BatchLoader::Last::Keep, std::nullopt).next();
  for (const NetworkSpec &network : {test::tinyNetwork(), test::tinyHeads()})
    for (const QString &binding : network.bindings) {
      NetworkModule module(network, network.variants, findBinding(network, binding));
      module.initialise(3);
      ParameterStore &store = module.store();
      const std::vector<std::size_t> variants{0, 1};
      const auto loss = [&] {
        at::Tensor sum;
        for (const at::Tensor &scores : module.forward(batch.images, variants, Mode::Train)) {
          const at::Tensor one = lossOf(scores, batch.labels, {}, {});
          sum = sum.defined() ? sum + one : one;
        }
        return sum;
      };
      store.gradients().zero_();
      torch::autograd::backward({loss()}, {});
      const at::NoGradGuard noGradient;
      const at::Tensor gradient = store.gradients().clone();
      const at::Tensor values = store.trained().clone();
      const double length = gradient.norm().item<double>();
      const double step = 2e-3;
      const auto along = [&](double s) {
        store.trained().copy_(values).add_(gradient, s / length);
        return loss().item<double>();
      };
      const double measured = (along(step) - along(-step)) / (2 * step);
      EXPECT_NEAR(measured / length, 1, 0.02) << qPrintable(network.name) << " " << qPrintable(binding);
    }
}

}  // namespace pimento::learn
