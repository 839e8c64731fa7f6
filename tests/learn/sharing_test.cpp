// SPDX-License-Identifier: GPL-3.0-or-later
// What variants share is what their binding says: storage, and so what a step of one does to another.
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <set>

#include "core/learn/module/network_module.h"
#include "core/learn/module/parts.h"
#include "core/learn/train/losses.h"
#include "core/learn/train/optimiser.h"
#include "tests/learn/tiny.h"

namespace pimento::learn {

namespace {

NetworkModule moduleOf(const NetworkSpec &network, const char *binding) {
  NetworkModule module(network, network.variants, findBinding(network, QString::fromLatin1(binding)));
  module.initialise(1);
  return module;
}

QStringList names(const NetworkModule &module) {
  QStringList list;
  for (const StoredTensor &tensor : module.store().tensors()) list << tensor.name;
  return list;
}

at::Tensor valuesOf(const NetworkModule &module, const char *name) {
  const qsizetype index = names(module).indexOf(QString::fromLatin1(name));
  EXPECT_GE(index, 0) << name;
  return module.store().copyOf(static_cast<std::size_t>(index));
}

// One update from the loss of one variant alone.
void stepOf(NetworkModule &module, std::size_t variant) {
  const Source source = test::tinyImages(8, 3, 1);
  const Batch batch = *BatchLoader(source, {0, 1, 2, 3, 4, 5, 6, 7}, 8, BatchLoader::Last::Keep, std::nullopt).next();
  Recipe recipe;
  recipe.weight_decay = 0;
  module.store().gradients().zero_();
  const std::vector<std::size_t> one{variant};
  torch::autograd::backward({lossOf(module.forward(batch.images, one, Mode::Train)[0], batch.labels, {}, recipe)}, {});
  at::Tensor momentum = at::zeros_like(module.store().trained());
  descend(module.store(), momentum, recipe, 0.1);
}

QStringList changedBy(NetworkModule &module, std::size_t variant) {
  std::vector<at::Tensor> before;
  for (std::size_t t = 0; t < module.store().tensors().size(); ++t) before.push_back(module.store().copyOf(t));
  stepOf(module, variant);
  QStringList changed;
  for (std::size_t t = 0; t < before.size(); ++t)
    if (!at::equal(before[t], module.store().copyOf(t))) changed << module.store().tensors()[t].name;
  return changed;
}

bool anyStartsWith(const QStringList &list, const char *prefix) {
  return std::any_of(list.begin(), list.end(), [&](const QString &s) { return s.startsWith(QLatin1String(prefix)); });
}

}  // namespace

TEST(Sharing, jointHeadsHaveOneExtractorThatEachMoves) {
  NetworkModule module = moduleOf(test::tinyHeads(), "joint");
  EXPECT_EQ(names(module).count(QStringLiteral("stem.conv.weight")), 1);
  for (const std::size_t head : {0, 1}) {
    const QStringList changed = changedBy(module, head);
    EXPECT_TRUE(changed.contains(QStringLiteral("stem.conv.weight"))) << "head " << head;
    EXPECT_TRUE(changed.contains(QStringLiteral("stem.bn.running_mean"))) << "head " << head;
    EXPECT_TRUE(anyStartsWith(changed, head == 0 ? "a." : "b."));
    EXPECT_FALSE(anyStartsWith(changed, head == 0 ? "b." : "a."));
  }
}

TEST(Sharing, independentHeadsShareNothing) {
  NetworkModule module = moduleOf(test::tinyHeads(), "independent");
  EXPECT_TRUE(names(module).contains(QStringLiteral("a/stem.conv.weight")));
  EXPECT_TRUE(names(module).contains(QStringLiteral("b/stem.conv.weight")));
  const QStringList changed = changedBy(module, 1);
  EXPECT_TRUE(anyStartsWith(changed, "b/stem."));
  EXPECT_FALSE(anyStartsWith(changed, "a/"));
}

TEST(Sharing, widthsAreSlicesOfOneTensorWithNormsOfTheirOwn) {
  NetworkModule module = moduleOf(test::tinyNetwork(), "slimmable");
  EXPECT_EQ(names(module).filter(QStringLiteral("three.conv.weight")).size(), 1);
  for (const char *norm : {"1.0/three.bn.weight", "0.5/three.bn.weight", "0.5/three.bn.running_var"})
    EXPECT_TRUE(names(module).contains(QString::fromLatin1(norm))) << norm;
  const at::Tensor before = valuesOf(module, "three.conv.weight");
  const QStringList changed = changedBy(module, 1);  // the half width
  const at::Tensor moved = valuesOf(module, "three.conv.weight").ne(before);
  const at::Tensor slice = moved.narrow(0, 0, 4).narrow(1, 0, 2);  // 4 of 8 channels from 2 of 4
  EXPECT_GT(slice.sum().item<std::int64_t>(), slice.numel() / 2);
  EXPECT_EQ(moved.sum().item<std::int64_t>(), slice.sum().item<std::int64_t>()) << "nothing outside of the slice";
  EXPECT_TRUE(anyStartsWith(changed, "0.5/"));
  EXPECT_FALSE(anyStartsWith(changed, "1.0/"));
}

TEST(Sharing, individualSubNetsHaveTheirOwnSize) {
  NetworkModule module = moduleOf(test::tinyNetwork(), "individual");
  EXPECT_EQ(valuesOf(module, "0.5/three.conv.weight").sizes(), (std::vector<std::int64_t>{4, 2, 3, 3}));
  EXPECT_FALSE(anyStartsWith(changedBy(module, 1), "1.0/"));
}

TEST(Parts, dividesTheTensorsOfVariantsThatShareNothing) {
  const NetworkSpec network = test::tinyHeads();
  for (const QString &name : network.bindings) {
    const Binding binding = findBinding(network, name);
    const NetworkModule module(network, network.variants, binding);
    const std::vector<Part> parts = partsOf(module.store(), network.variants, binding);
    EXPECT_EQ(parts.size(), name == QStringLiteral("joint") ? 1U : 2U);
    std::multiset<std::size_t> tensors;
    for (const Part &part : parts) tensors.insert(part.tensors.begin(), part.tensors.end());
    EXPECT_EQ(tensors.size(), module.store().tensors().size());
    EXPECT_EQ(std::set<std::size_t>(tensors.begin(), tensors.end()).size(), tensors.size());
  }
}

}  // namespace pimento::learn
