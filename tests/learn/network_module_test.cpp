// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/module/network_module.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "core/network/counts.h"
#include "core/network/families/families.h"
#include "tests/learn/tiny.h"

namespace pimento::learn {

namespace {

std::int64_t trainedElements(const NetworkModule &module) {
  std::int64_t sum = 0;
  for (const StoredTensor &tensor : module.store().tensors())
    if (tensor.role != Role::Statistics) sum += tensor.size;
  return sum;
}

at::Tensor someImages(const NetworkSpec &network, std::int64_t n) {
  const Shape &shape = network.input;
  const at::Tensor values = at::arange(n * shape.elements(), at::kFloat).mul(0.37).sin();
  return values.view({n, shape.height, shape.width, shape.channels}).permute({0, 3, 1, 2});
}

std::vector<std::size_t> all(const NetworkModule &module) {
  std::vector<std::size_t> indices(module.variantCount());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  return indices;
}

}  // namespace

TEST(NetworkModule, holdsTheParametersThatAreCountedForEveryFamilyAndBinding) {
  for (const Family &family : families()) {
    const NetworkSpec network = family.make(family.defaultClasses);
    for (const QString &bindingName : network.bindings) {
      const Binding binding = findBinding(network, bindingName);
      const NetworkModule module(network, network.variants, binding);
      EXPECT_EQ(trainedElements(module), storedParams(network, network.variants, binding))
          << family.name << " " << qPrintable(bindingName);
    }
  }
}

TEST(NetworkModule, holdsTheParametersOfEachVariantAlone) {
  for (const Family &family : families()) {
    const NetworkSpec network = family.make(family.defaultClasses);
    for (const Variant &variant : network.variants) {
      const NetworkModule module(network, {variant}, findBinding(network, network.bindings.front()));
      EXPECT_EQ(trainedElements(module), total(network, countLayers(network, variant)).params)
          << family.name << " " << qPrintable(variant.name);
    }
  }
}

TEST(NetworkModule, givesScoresForEveryClassOfEveryVariant) {
  const at::NoGradGuard noGradient;
  for (const Family &family : families()) {
    const NetworkSpec network = family.make(7);
    NetworkModule module(network, network.variants, findBinding(network, network.bindings.front()));
    module.initialise(1);
    const auto scores = module.forward(someImages(network, 2), all(module), Mode::Train);
    ASSERT_EQ(scores.size(), network.variants.size());
    for (const at::Tensor &score : scores) {
      EXPECT_EQ(score.sizes(), (std::vector<std::int64_t>{2, 7})) << family.name;
      EXPECT_TRUE(score.isfinite().all().item<bool>()) << family.name;
    }
  }
}

TEST(NetworkModule, namesTheFirstLayerWhoseOutputIsNotFinite) {
  const at::NoGradGuard noGradient;
  const NetworkSpec network = test::tinyNetwork();
  for (const auto &[tensor, layer] : std::vector<std::pair<const char *, const char *>>{
           {"stem.conv.weight", "stem.bn"}, {"three.bn.bias", "three.bn"}, {"fc.weight", "fc"}, {"", ""}}) {
    NetworkModule module(network, network.variants, findBinding(network, QStringLiteral("slimmable")));
    module.initialise(1);
    for (const StoredTensor &t : module.store().tensors())
      if (*tensor != 0 && t.name.endsWith(QLatin1String(tensor)))
        module.store().values().narrow(0, t.offset, 1).fill_(std::numeric_limits<float>::infinity());
    EXPECT_EQ(module.firstNotFinite(someImages(network, 4), all(module)), QLatin1String(layer)) << tensor;
  }
}

}  // namespace pimento::learn
