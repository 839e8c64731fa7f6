// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/recalibration.h"

#include <gtest/gtest.h>

#include <numeric>

#include "core/base/error.h"
#include "core/learn/module/network_module.h"
#include "core/network/widest.h"
#include "tests/learn/tiny.h"

namespace pimento::learn {

namespace {

const auto Go = [] { return Command::Continue; };

Batch batchOf(const Source &source, std::size_t first, std::size_t count) {
  std::vector<std::uint32_t> indices(count);
  std::iota(indices.begin(), indices.end(), static_cast<std::uint32_t>(first));
  return *BatchLoader(source, indices, static_cast<int>(count), BatchLoader::Last::Keep, std::nullopt).next();
}

at::Tensor tensorOf(const NetworkModule &module, const QString &name) {
  for (std::size_t t = 0; t < module.store().tensors().size(); ++t)
    if (module.store().tensors()[t].name == name) return module.store().copyOf(t);
  ADD_FAILURE() << name.toStdString();
  return {};
}

// What the first convolution makes of a batch: [channel, image x pixel].
at::Tensor afterStem(const NetworkModule &module, const Batch &batch) {
  const at::Tensor y = at::conv2d(batch.images, tensorOf(module, QStringLiteral("stem.conv.weight")), {}, 1, 1);
  return y.transpose(0, 1).flatten(1);
}

NetworkModule plainModule(const NetworkSpec &spec, const Variant &variant) {
  NetworkModule module(spec, {variant}, aloneBinding());
  module.initialise(3);
  return module;
}

}  // namespace

TEST(Recalibration, isTheMeanOfTheBatchesStatisticsByTheirImages) {
  const NetworkSpec spec = test::tinyNetwork();
  NetworkModule module = plainModule(spec, spec.variants[0]);
  const Source source = test::tinyImages(EvaluationBatch + 64, 3, 1);
  ASSERT_TRUE(recalibrate(module, source, Go));
  const at::NoGradGuard noGradient;
  const at::Tensor first = afterStem(module, batchOf(source, 0, EvaluationBatch));
  const at::Tensor second = afterStem(module, batchOf(source, EvaluationBatch, 64));
  const double a = double{EvaluationBatch} / (EvaluationBatch + 64);
  EXPECT_TRUE(at::allclose(tensorOf(module, QStringLiteral("stem.bn.running_mean")),
                           a * first.mean(1) + (1 - a) * second.mean(1), 1e-4, 1e-5));
  EXPECT_TRUE(at::allclose(tensorOf(module, QStringLiteral("stem.bn.running_var")),
                           a * first.var(1, true) + (1 - a) * second.var(1, true), 1e-4, 1e-5));
}

TEST(Recalibration, leavesNothingOfTheStatisticsBeforeAndAllElseAsItWas) {
  const NetworkSpec spec = test::tinyNetwork();
  const Source source = test::tinyImages(100, 3, 1);
  std::vector<NetworkModule> modules;
  for (const double before : {0.5, 7.0}) {
    modules.push_back(plainModule(spec, spec.variants[0]));
    for (const StoredTensor &t : modules.back().store().tensors())
      if (t.role == Role::Statistics) modules.back().store().values().narrow(0, t.offset, t.size).fill_(before);
    ASSERT_TRUE(recalibrate(modules.back(), source, Go));
  }
  EXPECT_TRUE(at::allclose(modules[0].store().values(), modules[1].store().values(), 1e-4, 1e-5));
  EXPECT_TRUE(at::equal(modules[0].store().trained(), plainModule(spec, spec.variants[0]).store().trained()));
  // On the batch that they come from, statistics say what training says: variances differ by n / (n - 1).
  const Batch batch = batchOf(source, 0, 100);
  const at::NoGradGuard noGradient;
  const std::vector<std::size_t> one{0};
  const at::Tensor evaluated = modules[0].forward(batch.images, one, Mode::Evaluate)[0];
  EXPECT_TRUE(at::allclose(evaluated, modules[0].forward(batch.images, one, Mode::Train)[0], 0.02, 0.01));
}

TEST(Recalibration, endsWhenItIsTold) {
  const NetworkSpec spec = test::tinyNetwork();
  NetworkModule module = plainModule(spec, spec.variants[0]);
  EXPECT_FALSE(recalibrate(module, test::tinyImages(10, 3, 1), [] { return Command::Cancel; }));
}

// Whatever names the file has, three quarters of the width are the first channels of the whole.
TEST(HeldVariant, isTheFirstChannelsOfTheNextWiderOne) {
  const NetworkSpec spec = test::tinyNetwork();
  const Variant between = widthVariant(spec, 0.75);
  for (const Binding &binding : {aloneBinding(), findBinding(spec, QStringLiteral("slimmable")),
                                 findBinding(spec, QStringLiteral("individual"))}) {
    const std::vector<Variant> stored = binding == aloneBinding() ? std::vector{spec.variants[0]} : spec.variants;
    NetworkModule whole(spec, stored, binding);
    whole.initialise(5);
    const at::NoGradGuard noGradient;
    for (const StoredTensor &t : whole.store().tensors())  // norms that differ from the first ones
      if (t.role == Role::Norm) whole.store().values().narrow(0, t.offset, t.size).add_(at::arange(t.size) * 0.1);
    const SafeTensors file = exportWeights(whole.store());
    EXPECT_FALSE(loadVariant(spec, between, namedFor(spec, file, spec.name)).report.complete())
        << binding.name.toStdString();

    HeldVariant held = holdVariant(spec, between, namedFor(spec, file, spec.name));
    settleHeld(held, spec, between, QStringLiteral("end"), [] { return Source(); });
    EXPECT_EQ(held.from, QStringLiteral("1.0"));
    EXPECT_TRUE(held.loaded.report.complete());
    EXPECT_TRUE(held.loaded.report.leftOver.isEmpty()) << held.loaded.report.leftOver.join(u' ').toStdString();
    const QString weights = binding.weights == Sharing::PerVariant ? QStringLiteral("1.0/") : QString();
    const QString norms = binding.norms == Sharing::PerVariant ? QStringLiteral("1.0/") : QString();
    for (const char *layer : {"stem", "one", "three"}) {
      const QString name = QString::fromLatin1(layer);
      const at::Tensor slice = tensorOf(held.loaded.module, name + QStringLiteral(".conv.weight"));
      const at::Tensor full = tensorOf(whole, weights + name + QStringLiteral(".conv.weight"));
      EXPECT_LT(slice.size(0), full.size(0));
      EXPECT_TRUE(at::equal(slice, full.narrow(0, 0, slice.size(0)).narrow(1, 0, slice.size(1)))) << layer;
      const at::Tensor scale = tensorOf(held.loaded.module, name + QStringLiteral(".bn.weight"));
      EXPECT_TRUE(
          at::equal(scale, tensorOf(whole, norms + name + QStringLiteral(".bn.weight")).narrow(0, 0, scale.size(0))));
    }
  }
}

TEST(HeldVariant, thatNoWiderOneHoldsIsRefusedWithoutAdviceToRecalibrate) {
  const NetworkSpec spec = test::tinyNetwork();
  const SafeTensors file = exportWeights(plainModule(spec, spec.variants[1]).store());
  const NamedTensors narrow = namedFor(spec, file, QStringLiteral("narrow.safetensors"));
  try {
    requireHeld(loadVariant(spec, spec.variants[0], narrow).report, spec, spec.variants[0], narrow);
    ADD_FAILURE();
  } catch (const Error &error) {
    EXPECT_FALSE(error.message().contains(QStringLiteral("--recalibrate-norms"))) << error.what();
    EXPECT_TRUE(error.message().contains(QStringLiteral("narrow.safetensors"))) << error.what();
  }
  EXPECT_NO_THROW(requireHeld(loadVariant(spec, spec.variants[1], narrow).report, spec, spec.variants[1], narrow));
}

// What a wider variant does not have can not be cut out of it.
TEST(HeldVariant, isNotCutOutOfOneThatEndsElsewhere) {
  const NetworkSpec spec = test::tinyNetwork();
  NetworkModule whole = plainModule(spec, spec.variants[0]);
  const SafeTensors file = exportWeights(whole.store());
  Variant early = widthVariant(spec, 0.75);
  early.output -= 1;
  EXPECT_TRUE(holdVariant(spec, early, namedFor(spec, file, spec.name)).from.isEmpty());
}

TEST(HeldVariant, isTheFilesOwnWhereItHoldsThatOne) {
  const NetworkSpec spec = test::tinyNetwork();
  NetworkModule both(spec, spec.variants, findBinding(spec, QStringLiteral("slimmable")));
  both.initialise(5);
  const SafeTensors file = exportWeights(both.store());
  EXPECT_TRUE(holdVariant(spec, spec.variants[1], namedFor(spec, file, spec.name)).from.isEmpty());
  const HeldVariant narrow = holdVariant(spec, widthVariant(spec, 0.25), namedFor(spec, file, spec.name));
  EXPECT_EQ(narrow.from, QStringLiteral("0.5")) << "the next wider one";
}

// Shortcuts that were padded on both sides are renumbered before channels are left out.
TEST(HeldVariant, settlesThePaddingOfTheWholeFirst) {
  const NetworkSpec spec = test::tinyNetwork();
  const Variant half = spec.variants[1];
  NetworkModule whole = plainModule(spec, spec.variants[0]);
  const SafeTensors file = exportWeights(whole.store());
  HeldVariant held = holdVariant(spec, half, namedFor(spec, file, spec.name));
  EXPECT_EQ(settleHeld(held, spec, half, QStringLiteral("middle"), [] { return Source(); }), QStringLiteral("middle"));
  const at::NoGradGuard noGradient;
  fromMiddlePadding(whole, spec, spec.variants[0]);
  const at::Tensor slice = tensorOf(held.loaded.module, QStringLiteral("three.conv.weight"));
  EXPECT_TRUE(at::equal(slice, tensorOf(whole, QStringLiteral("three.conv.weight")).narrow(0, 0, 4).narrow(1, 0, 2)));
}

}  // namespace pimento::learn
