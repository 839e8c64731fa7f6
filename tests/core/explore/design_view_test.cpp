// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_view.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/explore/natural_order.h"
#include "core/explore/radix_sort.h"

using namespace pimento;

namespace {

using Rows = std::vector<std::uint32_t>;

// 0: DECO joint, 1: DECO independent, 2: DECO head, 3: another network, 4: a GPU, 5: an estimate of a DECO network.
DesignTable sample() {
  DesignTable t;
  const auto published = t.intern(Provenance{Kind::Published, QStringLiteral("table"), {}, {}});
  const auto estimated = t.intern(Provenance{Kind::Estimated, QStringLiteral("model"), {}, {}});
  const auto name = [&](const char *text) { return t.intern(QString::fromLatin1(text)); };
  const auto add = [&](DesignKey key, double energy, ProvenanceId from) {
    t.set(t.append(key), Metric::Energy, energy, from);
  };
  DesignKey deco{.network = name("deco-vgg16"),
                 .variant = name("fe+cm10"),
                 .dataset = name("cifar-10"),
                 .training = name("joint"),
                 .platform = name("pim")};
  add(deco, 30, published);
  DesignKey independent = deco;
  independent.training = name("independent");
  independent.variant = name("fe+cm2");
  add(independent, 20, published);
  DesignKey head = deco;
  head.scope = Scope::Head;
  add(head, 1, published);
  add({.network = name("resnet"),
       .variant = name("0.5"),
       .training = name("individual"),
       .bitsWeights = 8,
       .bitsActivations = 4},
      50, published);
  add({.network = deco.network, .platform = name("gpu"), .reference = true}, 1e6, published);
  static_cast<void>(
      t.append({.network = deco.network, .variant = deco.variant, .bitsWeights = 8, .bitsActivations = 8}));
  t.set(5, Metric::Area, 3, estimated);
  return t;
}

}  // namespace

// 0: with its accuracy, 1: the same alone, 2: at other bits; 3, 4: a reference at the bits of each, 5: a GPU.
TEST(Filter, showsAnEstimateOnceWhereItStandsWithItsDataSet) {
  DesignTable t;
  const auto name = [&](const char *text) { return t.intern(QString::fromLatin1(text)); };
  const auto add = [&](DesignKey key, std::uint8_t weights, std::uint8_t activations) {
    key.bitsWeights = weights;
    key.bitsActivations = activations;
    t.append(key);
  };
  DesignKey key{.network = name("resnet"), .variant = name("0.5"), .platform = name("sot"), .profileHash = name("abc")};
  DesignKey joined = key;
  joined.dataset = name("cifar-10");
  joined.training = name("slimmable");
  add(joined, 8, 8);
  add(key, 8, 8);
  add(key, 4, 8);
  key.profileHash = 0;
  key.reference = true;
  key.platform = name("digital");
  add(key, 8, 8);
  add(key, 4, 8);
  key.platform = name("gpu");
  add(key, 32, 32);
  Filter filter;
  filter.datasets = {QStringLiteral("cifar-10")};
  EXPECT_EQ(filteredRows(t, filter), (Rows{0}));
  filter.datasetless = Datasetless::Shown;
  EXPECT_EQ(filteredRows(t, filter), (Rows{0, 2, 4, 5}));
  filter.datasets.clear();
  EXPECT_EQ(filteredRows(t, filter), (Rows{0, 1, 2, 3, 4, 5}));
}

TEST(Filter, withoutDemandsPassesEverything) {
  const DesignTable table = sample();
  EXPECT_EQ(filteredRows(table, {}), (Rows{0, 1, 2, 3, 4, 5}));
  EXPECT_TRUE(filteredRows(DesignTable(), startingFilter()).empty());
}

TEST(Filter, ofDecoTrainingConcernsDecoRowsThatNameOne) {
  Filter filter;
  filter.modularTrainings = {QStringLiteral("joint")};
  EXPECT_EQ(filteredRows(sample(), filter), (Rows{0, 2, 3, 4, 5}));
  filter.modularTrainings = {QStringLiteral("independent")};
  EXPECT_EQ(filteredRows(sample(), filter), (Rows{1, 3, 4, 5}));
  EXPECT_EQ(filteredRows(sample(), startingFilter()), (Rows{0, 3, 4, 5}));
}

TEST(Filter, takesNamesScopeBitsKindsAndReferences) {
  const DesignTable table = sample();
  const auto rows = [&](auto change) {
    Filter filter;
    change(filter);
    return filteredRows(table, filter);
  };
  EXPECT_EQ(rows([](Filter &f) { f.networks = {QStringLiteral("resnet"), QStringLiteral("unheard")}; }), Rows{3});
  EXPECT_EQ(rows([](Filter &f) { f.variants = {QStringLiteral("fe+cm10")}; }), (Rows{0, 2, 5}));
  EXPECT_EQ(rows([](Filter &f) { f.datasets = {QStringLiteral("cifar-10")}; }), (Rows{0, 1, 2}));
  EXPECT_EQ(rows([](Filter &f) { f.datasets = {QStringLiteral("unheard")}; }), Rows{});
  EXPECT_EQ(rows([](Filter &f) { f.trainings = {QStringLiteral("individual")}; }), Rows{3});
  EXPECT_EQ(rows([](Filter &f) { f.platforms = {QStringLiteral("gpu")}; }), Rows{4});
  EXPECT_EQ(rows([](Filter &f) { f.bits = {{8, 4}}; }), Rows{3});
  EXPECT_EQ(rows([](Filter &f) { f.kinds = {Kind::Estimated}; }), Rows{5});
  EXPECT_EQ(rows([](Filter &f) { f.scope = Scope::Head; }), Rows{2});
  EXPECT_EQ(rows([](Filter &f) { f.references = References::Hidden; }), (Rows{0, 1, 2, 3, 5}));
}

TEST(Filter, boundsAreInclusiveAndAskForTheValue) {
  Filter filter;
  filter.bounds[index(Metric::Energy)] = {20, 50};
  EXPECT_EQ(filteredRows(sample(), filter), (Rows{0, 1, 3}));
  filter.bounds[index(Metric::Energy)] = {std::nullopt, 20};
  EXPECT_EQ(filteredRows(sample(), filter), (Rows{1, 2}));
  filter.bounds[index(Metric::Area)].min = 0;
  EXPECT_TRUE(filteredRows(sample(), filter).empty());
}

TEST(DesignView, sortsByMetricWithAbsentLastInBothOrders) {
  const auto view = makeView(sample(), {}, SortBy{Metric::Energy, Order::Ascending});
  EXPECT_EQ(view.rows, (Rows{2, 1, 0, 3, 4, 5}));
  EXPECT_EQ(makeView(sample(), {}, SortBy{Metric::Energy, Order::Descending}).rows, (Rows{4, 3, 0, 1, 2, 5}));
}

TEST(DesignView, sortsByKeysStablyInNaturalOrder) {
  const DesignTable table = sample();
  const auto sorted = [&](KeyColumn column, Order order) { return makeView(table, {}, SortBy{column, order}).rows; };
  EXPECT_EQ(sorted(KeyColumn::Variant, Order::Ascending), (Rows{3, 1, 0, 2, 5, 4}));
  EXPECT_EQ(sorted(KeyColumn::Variant, Order::Descending), (Rows{0, 2, 5, 1, 3, 4}));
  EXPECT_EQ(sorted(KeyColumn::Network, Order::Descending), (Rows{3, 0, 1, 2, 4, 5}));
  EXPECT_EQ(sorted(KeyColumn::Bits, Order::Ascending), (Rows{3, 5, 0, 1, 2, 4}));
  EXPECT_EQ(sorted(KeyColumn::Scope, Order::Descending), (Rows{2, 0, 1, 3, 4, 5}));
  EXPECT_EQ(sorted(KeyColumn::Kind, Order::Descending), (Rows{5, 0, 1, 2, 3, 4}));
}

TEST(DesignView, withoutOrderFollowsTheTable) {
  EXPECT_EQ(makeView(sample(), startingFilter()).rows, (Rows{0, 3, 4, 5}));
}

TEST(NaturalOrder, comparesNumbersAsNumbers) {
  const auto before = [](const char *a, const char *b) {
    return naturallyBefore(QString::fromLatin1(a), QString::fromLatin1(b));
  };
  EXPECT_TRUE(before("fe+cm2", "fe+cm10"));
  EXPECT_TRUE(before("0.25", "0.5"));
  EXPECT_TRUE(before("0.75", "1.0"));
  EXPECT_TRUE(before("Alpha", "beta"));
  EXPECT_TRUE(before("", "a"));
  EXPECT_TRUE(before("cm1", "cm1x"));
  EXPECT_TRUE(before("01", "1") != before("1", "01"));
  EXPECT_FALSE(before("cm1", "cm1"));
}

TEST(RadixSort, isStableAndAgreesWithTheLibrary) {
  std::mt19937_64 random(1);
  for (const std::size_t size : {0U, 1U, 300U, 5000U})
    for (const std::uint64_t mask :
         {0ULL, 0xfULL, 0xffff0000ULL, 0xc000000000000fffULL, 0x8010040030080401ULL, ~0ULL}) {
      std::vector<SortItem> items;
      for (std::uint32_t i = 0; i < size; ++i) items.push_back({random() & mask, i});
      auto expected = items;
      std::stable_sort(expected.begin(), expected.end(), [](auto &a, auto &b) { return a.key < b.key; });
      radixSort(items);
      const auto same = [](const SortItem &a, const SortItem &b) { return a.key == b.key && a.row == b.row; };
      EXPECT_TRUE(std::equal(items.begin(), items.end(), expected.begin(), expected.end(), same));
    }
}

TEST(RadixSort, keysFollowTheOrderOfDoubles) {
  const std::vector<double> values{-1e300, -1, -1e-300, 0, 1e-300, 1, 1e300};
  for (std::size_t i = 1; i < values.size(); ++i) EXPECT_LT(orderedBits(values[i - 1]), orderedBits(values[i]));
  EXPECT_EQ(orderedBits(-0.0), orderedBits(0.0));
}
