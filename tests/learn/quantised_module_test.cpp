// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/quantise/quantised_module.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/learn/module/network_module.h"
#include "core/learn/train/batch_loader.h"
#include "core/network/families/families.h"
#include "core/simulate/integers/accuracy.h"
#include "core/simulate/integers/input_quantiser.h"

namespace pimento::learn {

namespace {

Images randomImages(const Shape &shape, std::size_t count) {
  std::vector<std::uint8_t> pixels(count * static_cast<std::size_t>(shape.elements()));
  Random random(5);
  // Blurred along rows, so that neighbouring pixels are alike as in pictures.
  int value = 128;
  for (std::uint8_t &pixel : pixels) {
    value = std::clamp(value + static_cast<int>(random.below(61)) - 30, 0, 255);
    pixel = static_cast<std::uint8_t>(value);
  }
  return makeImages(shape, std::vector<std::uint16_t>(count, 0), std::move(pixels), QStringLiteral("images"));
}

// Weights with batch norms that are not trivial: statistics of random images, random gains and offsets.
void settleNorms(NetworkModule &module, const at::Tensor &images, std::span<const std::size_t> variants) {
  for (int i = 0; i < 20; ++i) static_cast<void>(module.forward(images, variants, Mode::Train));
  const at::NoGradGuard noGradient;
  Random random(7);
  for (std::size_t i = 0; i < module.store().tensors().size(); ++i) {
    const StoredTensor &t = module.store().tensors()[i];
    if (t.role != Role::Norm) continue;
    at::Tensor values = module.store().copyOf(i);
    for (std::int64_t c = 0; c < t.size; ++c) {
      const double change = 0.4 * random.normal();
      values[c] = t.name.endsWith(QStringLiteral("weight")) ? 1 + change : change;
    }
    module.store().assign(i, values);
  }
}

struct Sample {
  NetworkSpec network;
  std::vector<Variant> variants;
  Binding binding;
  InputRecipe input;
  Images images;
  at::Tensor batch;
  std::unique_ptr<NetworkModule> module;
};

Sample sampleOf(const char *name, const char *binding, std::vector<std::size_t> chosen, std::size_t count = 8) {
  Sample s;
  s.network = makeNetwork(QString::fromLatin1(name));
  for (const std::size_t v : chosen) s.variants.push_back(s.network.variants[v]);
  s.binding = findBinding(s.network, QString::fromLatin1(binding));
  s.input = {s.network.input, false, 0, false, {{0.5, 0.45, 0.4}, {0.25, 0.26, 0.27}}};
  s.images = randomImages(s.network.input, count);
  const Source source{s.images, s.input};
  std::vector<std::uint32_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<std::uint32_t>(i);
  s.batch = BatchLoader(source, order, static_cast<int>(count), BatchLoader::Last::Keep, std::nullopt).next()->images;
  s.module = std::make_unique<NetworkModule>(s.network, s.variants, s.binding);
  s.module->initialise(1);
  std::vector<std::size_t> all;
  for (std::size_t v = 0; v < s.variants.size(); ++v) all.push_back(v);
  settleNorms(*s.module, s.batch, all);
  return s;
}

QuantisedModule settled(const Sample &s, Bits bits) {
  QuantisedModule module(s.network, s.variants, s.binding, s.module->store(), bits, s.input);
  module.settleWeights();
  module.observe(s.batch);
  module.settleFormats();
  return module;
}

// Largest difference of class scores over their spread.
double difference(const at::Tensor &a, const at::Tensor &b) { return ((a - b).abs().max() / b.std()).item<double>(); }

at::Tensor integerScores(const QuantisedNetwork &network, std::size_t variant, const Sample &s) {
  const IntegerProgram program = integerProgram(network, variant);
  const InputQuantiser quantise(s.input, program.layers.front().format);
  std::vector<at::Tensor> rows;
  for (std::size_t i = 0; i < s.images.size(); ++i) {
    const std::vector<std::int32_t> logits = evaluate(program, quantise(s.images.image(i))).logits;
    rows.push_back(at::tensor(logits, at::kFloat) * program.layers.back().format.scale);
  }
  return at::stack(rows);
}

void expectAgreement(const Sample &s, Bits bits, double most) {
  const at::NoGradGuard noGradient;
  const QuantisedModule module = settled(s, bits);
  const QuantisedNetwork network = module.integers();
  for (std::size_t v = 0; v < s.variants.size(); ++v) {
    const at::Tensor floats = module.forward(s.batch, v, Rounding::All);
    EXPECT_LT(difference(integerScores(network, v, s), floats), most)
        << s.network.name.toStdString() << " variant " << v << " at " << bits.weights << ":" << bits.activations;
  }
}

}  // namespace

TEST(QuantisedModule, computesAsTheNetworkWithoutRounding) {
  const at::NoGradGuard noGradient;
  for (const auto &[name, binding] :
       {std::pair{"resnet20-slimmable", "slimmable"}, std::pair{"resnet20-slimmable", "individual"},
        std::pair{"deco-mobilenetv1", "joint"}}) {
    const Sample s = sampleOf(name, binding, {1, 3}, 3);
    const QuantisedModule module(s.network, s.variants, s.binding, s.module->store(), {8, 8}, s.input);
    for (std::size_t v = 0; v < s.variants.size(); ++v) {
      const at::Tensor expected = s.module->forward(s.batch, std::array<std::size_t, 1>{v}, Mode::Evaluate)[0];
      EXPECT_LT(difference(module.forward(s.batch, v, Rounding::None), expected), 1e-3) << name << " " << v;
    }
  }
}

// Rounding would make some integer of what is not a number.
TEST(QuantisedModule, refusesWhatIsNotANumber) {
  const at::NoGradGuard noGradient;
  const auto indexOf = [](const Sample &s, const char *name) {
    const auto &all = s.module->store().tensors();
    return static_cast<std::size_t>(
        std::find_if(all.begin(), all.end(), [&](const StoredTensor &t) { return t.name == QLatin1String(name); }) -
        all.begin());
  };
  for (const char *name : {"layer1.0.conv1.weight", "0.5/layer1.0.bn1.running_mean", "fc.bias"}) {
    const Sample s = sampleOf("resnet20-slimmable", "slimmable", {2, 3}, 3);
    QuantisedModule module = settled(s, {8, 8});
    s.module->store().at(indexOf(s, name)).detach().select(0, 0).fill_(std::nan(""));
    try {
      static_cast<void>(module.integers());
      FAIL() << name;
    } catch (const Error &error) {
      EXPECT_TRUE(error.message().contains(QLatin1String(name))) << error.what();
    }
  }
  const Sample s = sampleOf("resnet20-slimmable", "slimmable", {2, 3}, 3);
  s.module->store().at(indexOf(s, "layer1.0.conv1.weight")).detach().fill_(3e38F);  // overflows in the layer
  QuantisedModule module(s.network, s.variants, s.binding, s.module->store(), {8, 8}, s.input);
  module.settleWeights();
  try {
    module.observe(s.batch);
    FAIL();
  } catch (const Error &error) {
    EXPECT_TRUE(error.message().contains(QStringLiteral("layer layer1.0.bn1"))) << error.what();
  }
  const double nan = std::nan("");
  const IntegerRange room = signedRange(32);
  EXPECT_THROW(static_cast<void>(foldedWords(nan, 1, 0, room)), Error);
  EXPECT_THROW(static_cast<void>(foldedWords(1, nan, 0, room)), Error);
  EXPECT_THROW(static_cast<void>(foldedWords(std::numeric_limits<double>::infinity(), 1, 0, room)), Error);
}

TEST(QuantisedModule, takesStatisticsOfTheBatchAndMovesTheRunningOnes) {
  const at::NoGradGuard noGradient;
  for (const auto &[name, binding] : {std::pair{"resnet20-slimmable", "slimmable"}, {"deco-mobilenetv1", "joint"}}) {
    const Sample s = sampleOf(name, binding, {1, 3}, 3);
    ParameterStore &store = s.module->store();
    std::vector<at::Tensor> before;
    for (std::size_t i = 0; i < store.tensors().size(); ++i) before.push_back(store.copyOf(i));
    const std::array<std::size_t, 1> second{1};
    const at::Tensor expected = s.module->forward(s.batch, second, Mode::Train)[0];
    std::vector<at::Tensor> after;
    for (std::size_t i = 0; i < before.size(); ++i) {
      after.push_back(store.copyOf(i));
      store.assign(i, before[i]);
    }
    const QuantisedModule module(s.network, s.variants, s.binding, store, {8, 8}, s.input);
    EXPECT_LT(difference(module.forward(s.batch, 1, Rounding::None, Statistics::Batch), expected), 1e-3) << name;
    int moved = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_LT((store.copyOf(i) - after[i]).abs().max().item<double>(), 1e-4) << store.tensors()[i].name.toStdString();
      moved += at::equal(store.copyOf(i), before[i]) ? 0 : 1;
    }
    EXPECT_GE(moved, 10) << name;
  }
}

TEST(QuantisedModule, agreesWithItsIntegers) {
  const Sample s = sampleOf("resnet20-slimmable", "slimmable", {2, 3});
  expectAgreement(s, {16, 16}, 0.002);
  expectAgreement(s, {8, 8}, 0.1);
  expectAgreement(s, {4, 8}, 0.1);
  expectAgreement(s, {8, 16}, 0.002);
}

TEST(QuantisedModule, agreesWithItsIntegersForHeadsAndOwnWeights) {
  expectAgreement(sampleOf("deco-mobilenetv1", "joint", {3}, 2), {16, 16}, 0.002);
  expectAgreement(sampleOf("resnet20-slimmable", "individual", {3}, 3), {16, 16}, 0.002);
}

TEST(QuantisedModule, agreesWithItsIntegersForLearnedMasks) {
  for (const char *binding : {"slimmable", "individual"}) {
    Sample s = sampleOf("resnet20-slimmable", binding, {3}, 3);
    Variant mask = s.network.variants[3];
    mask.name = QStringLiteral("mask");
    int first = 0;
    for (auto &[space, set] : mask.kept) {
      set.indices.clear();  // every second channel from 0 or 1
      first = 1 - first;
      for (int i = 0; i < set.count; ++i) set.indices.push_back(first + 2 * i);
    }
    s.variants = {mask};
    s.module = std::make_unique<NetworkModule>(s.network, s.variants, s.binding);
    s.module->initialise(1);
    settleNorms(*s.module, s.batch, std::array<std::size_t, 1>{0});
    expectAgreement(s, {16, 16}, 0.002);
  }
}

TEST(QuantisedModule, quantisesSharedWeightsOnce) {
  const Sample s = sampleOf("resnet20-slimmable", "slimmable", {0, 3}, 2);
  const QuantisedNetwork both = settled(s, {8, 8}).integers();
  EXPECT_EQ(both.weights.size(), 20U);
  for (const auto &[name, weights] : both.weights) {
    EXPECT_EQ(weights.scale.size(), static_cast<std::size_t>(weights.kernels)) << name.toStdString();
    for (const std::int16_t q : weights.values) EXPECT_LE(std::abs(q), 127);
  }
}

TEST(QuantisedModule, fewerBitsAreFurtherFromTheNetwork) {
  const at::NoGradGuard noGradient;
  const Sample s = sampleOf("resnet20-slimmable", "slimmable", {3});
  const at::Tensor floats = s.module->forward(s.batch, std::array<std::size_t, 1>{0}, Mode::Evaluate)[0];
  double last = 0;
  for (const int bits : {16, 8, 4, 2}) {
    const double error =
        ((settled(s, {bits, bits}).forward(s.batch, 0, Rounding::All) - floats).square().mean() / floats.var())
            .item<double>();
    EXPECT_GT(error, last) << bits;
    last = error;
  }
}

TEST(QuantisedModule, passesGradientsThroughRoundings) {
  const Sample s = sampleOf("resnet20-slimmable", "slimmable", {3}, 4);
  const QuantisedModule module = settled(s, {4, 4});
  ParameterStore &store = s.module->store();
  store.gradients().zero_();
  module.forward(s.batch, 0, Rounding::All).square().sum().backward();
  for (std::size_t i = 0; i < store.tensors().size(); ++i) {
    const StoredTensor &t = store.tensors()[i];
    if (t.role == Role::Statistics) continue;
    EXPECT_GT(store.at(i).grad().abs().sum().item<double>(), 0) << t.name.toStdString();
  }
}

TEST(QuantisedModule, refusesBitsThatIntegersCanNotHave) {
  const Sample s = sampleOf("resnet20-slimmable", "slimmable", {3}, 1);
  EXPECT_THROW(QuantisedModule(s.network, s.variants, s.binding, s.module->store(), {17, 8}, s.input), Error);
}

TEST(FoldedWords, keepTheBiasWithinItsRoom) {
  const IntegerRange room = signedRange(32);
  const Requantiser plain = foldedWords(0.01, 5, 300, room);
  EXPECT_EQ(plain.bias, 200);
  EXPECT_EQ(rescale(300, plain), 5);
  EXPECT_EQ(rescale(1300, plain), 15);
  for (const double factor : {1e-12, -1e-12, 0.0})
    for (const double offset : {40.0, -40.0}) {
      const Requantiser words = foldedWords(factor, offset, 1000, room);
      EXPECT_TRUE(room.holds(words.bias));
      EXPECT_EQ(rescale(1000, words), static_cast<std::int64_t>(offset)) << factor << " " << offset;
    }
  EXPECT_EQ(rescale(123456, foldedWords(0, 0, 7, room)), 0);
}

}  // namespace pimento::learn
