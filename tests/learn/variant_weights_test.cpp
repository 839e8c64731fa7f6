// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/variant_weights.h"

#include <gtest/gtest.h>

#include "core/network/families/families.h"
#include "core/network/network_builder.h"

namespace pimento::learn {

namespace {

at::Tensor someImages(const NetworkSpec &network, std::int64_t n) {
  const Shape &shape = network.input;
  const at::Tensor values = at::arange(n * shape.elements(), at::kFloat).mul(0.37).sin();
  return values.view({n, shape.height, shape.width, shape.channels}).permute({0, 3, 1, 2});
}

NetworkModule randomModule(const NetworkSpec &network, const std::vector<Variant> &variants, const Binding &binding) {
  NetworkModule module(network, variants, binding);
  module.initialise(3);
  const at::NoGradGuard noGradient;
  for (std::size_t i = 0; i < module.store().tensors().size(); ++i) {
    const StoredTensor &t = module.store().tensors()[i];
    if (t.role != Role::Norm && t.role != Role::Statistics) continue;
    const at::Tensor values = at::arange(t.size, at::kFloat).add(static_cast<double>(i)).sin().mul(0.3).add(1);
    module.store().assign(i, values);
  }
  return module;
}

at::Tensor scoresOf(NetworkModule &module, std::size_t variant, const at::Tensor &images) {
  const at::NoGradGuard noGradient;
  return module.forward(images, std::array<std::size_t, 1>{variant}, Mode::Evaluate)[0];
}

LoadedVariant loadedFrom(const NetworkSpec &network, const Variant &variant, const SafeTensors &file) {
  return loadVariant(network, variant, namedFor(network, file, QStringLiteral("w.safetensors")));
}

// Every variant read from the file computes what it computes in the whole network.
void expectSameVariants(const char *bindingName) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  NetworkModule whole = randomModule(network, network.variants, findBinding(network, QString::fromLatin1(bindingName)));
  const SafeTensors file = exportWeights(whole.store());
  const at::Tensor images = someImages(network, 2);
  for (std::size_t v = 0; v < network.variants.size(); ++v) {
    LoadedVariant loaded = loadedFrom(network, network.variants[v], file);
    EXPECT_TRUE(loaded.report.complete()) << v;
    EXPECT_TRUE(loaded.report.leftOver.isEmpty()) << v;
    EXPECT_EQ(loaded.binding.name, QString::fromLatin1(bindingName));
    EXPECT_TRUE(at::allclose(scoresOf(loaded.module, 0, images), scoresOf(whole, v, images), 1e-4, 1e-4)) << v;
  }
}

// conv → (strided conv + padded shortcut) → average → linear, whose shortcut widens 4 channels to 10.
NetworkSpec shortcutNetwork() {
  NetworkBuilder net(QStringLiteral("tiny"), QStringLiteral("Tiny"), {3, 8, 8});
  const LayerId stem = net.conv(QStringLiteral("conv1"), 0, net.space(4), 3, 1, false, Activation::Relu);
  const SpaceId wide = net.space(10);
  const LayerId conv = net.conv(QStringLiteral("conv2"), stem, wide, 3, 2, false);
  const LayerId norm = net.batchNorm(QStringLiteral("bn2"), conv, Activation::None);
  const LayerId shortcut = net.padShortcut(QStringLiteral("shortcut"), stem, wide, 2);
  LayerId x = net.add(QStringLiteral("add"), norm, shortcut, Activation::Relu);
  x = net.globalAveragePool(QStringLiteral("avgpool"), x);
  x = net.linear(QStringLiteral("fc"), x, net.space(5, false));
  NetworkSpec spec = net.spec();
  spec.variants = {Variant{QStringLiteral("whole"), x, {}, {}}};
  return spec;
}

}  // namespace

TEST(VariantWeights, areSlicesOfSharedOnes) { expectSameVariants("slimmable"); }

TEST(VariantWeights, areThoseOfSubNetsTrainedApart) { expectSameVariants("individual"); }

// "0.25/bn1.weight" in the form of the public slimmable networks: "module.bn1.bn.0.weight", the narrowest first.
TEST(VariantWeights, mayHaveNormsByWidth) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  NetworkModule whole = randomModule(network, network.variants, findBinding(network, QStringLiteral("slimmable")));
  SafeTensors file = exportWeights(whole.store());
  for (Tensor &tensor : file.tensors) {
    for (std::size_t v = 0; v < network.variants.size(); ++v)
      if (const QString own = network.variants[v].name + QLatin1Char('/'); tensor.name.startsWith(own))
        tensor.name = QStringLiteral("%1.bn.%2.%3")
                          .arg(tensor.name.mid(own.size()).section(QLatin1Char('.'), 0, -2))
                          .arg(network.variants.size() - 1 - v)
                          .arg(tensor.name.section(QLatin1Char('.'), -1));
    tensor.name.prepend(QStringLiteral("module."));
  }
  const at::Tensor images = someImages(network, 2);
  for (std::size_t v = 0; v < network.variants.size(); ++v) {
    LoadedVariant loaded = loadedFrom(network, network.variants[v], file);
    EXPECT_TRUE(loaded.report.complete()) << v;
    EXPECT_TRUE(loaded.report.leftOver.isEmpty()) << v;
    EXPECT_TRUE(at::allclose(scoresOf(loaded.module, 0, images), scoresOf(whole, v, images), 1e-4, 1e-4)) << v;
  }
}

TEST(VariantWeights, haveTheirOwnSizeInAFileOfOneSubNet) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const NetworkModule quarter = randomModule(network, {network.variants[3]}, aloneBinding());
  const SafeTensors file = exportWeights(quarter.store());
  EXPECT_TRUE(loadedFrom(network, network.variants[3], file).report.complete());
  EXPECT_FALSE(loadedFrom(network, network.variants[0], file).report.complete());
}

TEST(VariantWeights, ofAHeadLeaveTheOtherHeadsAlone) {
  const NetworkSpec network = makeNetwork(QStringLiteral("deco-mobilenetv1"));
  const NetworkModule whole = randomModule(network, network.variants, findBinding(network, QStringLiteral("joint")));
  const LoadedVariant loaded = loadedFrom(network, network.variants[2], exportWeights(whole.store()));
  EXPECT_TRUE(loaded.report.complete());
  EXPECT_TRUE(loaded.report.leftOver.isEmpty()) << loaded.report.leftOver.join(QLatin1Char(' ')).toStdString();
}

TEST(VariantWeights, computeTheSameWithTheirZeroChannelsMoved) {
  const at::NoGradGuard noGradient;
  const NetworkSpec network = shortcutNetwork();
  NetworkModule module = randomModule(network, network.variants, aloneBinding());
  const auto tensor = [&](const char *name) {
    for (std::size_t i = 0; i < module.store().tensors().size(); ++i)
      if (module.store().tensors()[i].name == QLatin1String(name)) return module.store().copyOf(i);
    return at::Tensor();
  };
  const at::Tensor images = someImages(network, 3);
  const at::Tensor stem = at::relu(at::conv2d(images, tensor("conv1.weight"), {}, 1, 1));
  const at::Tensor conv =
      at::batch_norm(at::conv2d(stem, tensor("conv2.weight"), {}, 2, 1), tensor("bn2.weight"), tensor("bn2.bias"),
                     tensor("bn2.running_mean"), tensor("bn2.running_var"), false, 0.1, 1e-5, false);
  const at::Tensor small = stem.slice(2, 0, c10::nullopt, 2).slice(3, 0, c10::nullopt, 2);
  const at::Tensor sum = at::relu(conv + at::constant_pad_nd(small, {0, 0, 0, 0, 3, 3}));
  const at::Tensor expected = at::linear(sum.mean({2, 3}), tensor("fc.weight"), tensor("fc.bias"));
  EXPECT_FALSE(at::allclose(scoresOf(module, 0, images), expected, 1e-3, 1e-3));
  ASSERT_TRUE(hasWideningShortcuts(network, network.variants[0]));
  fromMiddlePadding(module, network, network.variants[0]);
  EXPECT_TRUE(at::allclose(scoresOf(module, 0, images), expected, 1e-4, 1e-4));
}

}  // namespace pimento::learn
