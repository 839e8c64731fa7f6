// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/binding.h"

#include <gtest/gtest.h>

#include <numeric>

#include "core/base/error.h"
#include "core/network/counts.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

std::int64_t params(const NetworkSpec &network, const Variant &variant) {
  return total(network, countLayers(network, variant)).params;
}

std::int64_t elements(const std::vector<TensorUse> &uses) {
  return std::accumulate(uses.begin(), uses.end(), std::int64_t{0},
                         [](std::int64_t sum, const TensorUse &use) { return sum + use.elements(); });
}

}  // namespace

TEST(Binding, tensorsHoldExactlyTheCountedParameters) {
  for (const Family &family : families()) {
    const NetworkSpec network = makeNetwork(QString::fromLatin1(family.name));
    for (const QString &name : network.bindings)
      for (const Variant &variant : network.variants)
        EXPECT_EQ(elements(tensors(network, variant, findBinding(network, name))), params(network, variant))
            << family.name << " " << variant.name.toStdString();
  }
}

TEST(Binding, jointHeadsShareTheExtractorAndIndependentOnesDoNot) {
  const NetworkSpec network = makeNetwork(QStringLiteral("deco-vgg16"));
  const std::int64_t extractor = 38'720;
  std::int64_t apart = 0;
  for (const Variant &variant : network.variants) apart += params(network, variant);
  EXPECT_EQ(storedParams(network, network.variants, findBinding(network, QStringLiteral("independent"))), apart);
  EXPECT_EQ(storedParams(network, network.variants, findBinding(network, QStringLiteral("joint"))),
            apart - 3 * extractor);
}

TEST(Binding, widthsShareSlicesButNotBatchNorms) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const auto slimmable = findBinding(network, QStringLiteral("slimmable"));
  // 688 channels are normalised in the widest; the narrower widths keep 3/4, 1/2 and 1/4 of them, two parameters each.
  const std::int64_t norms = 2 * (688 * 3 / 4 + 688 / 2 + 688 / 4);
  EXPECT_EQ(storedParams(network, network.variants, slimmable), params(network, network.variants[0]) + norms);
  const auto narrow = tensors(network, network.variants[3], slimmable);
  EXPECT_EQ(narrow[0].tensor, QStringLiteral("conv1.weight"));
  EXPECT_EQ(narrow[0].out, ChannelSet::prefix(4));
  EXPECT_EQ(narrow[1].tensor, QStringLiteral("0.25/bn1.weight"));
}

TEST(Binding, unionOfLearnedMasksIsStoredOnce) {
  NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const SpaceId space = network.layers[3].space;  // layer1.0.conv1
  Variant odd = network.variants[0];
  odd.kept[space] = {2, {1, 3}};
  Variant low = network.variants[0];
  low.kept[space] = {2, {0, 1}};
  const auto binding = findBinding(network, QStringLiteral("slimmable"));
  const auto one = storedParams(network, {odd}, binding);
  EXPECT_EQ(storedParams(network, {odd, low}, binding) - one, 16 * 9 + 2 + 9 * 16);
}

TEST(Binding, refusesAWayTheNetworkIsNotTrained) {
  EXPECT_THROW(static_cast<void>(findBinding(makeNetwork(QStringLiteral("deco-vgg16")), QStringLiteral("slimmable"))),
               Error);
}
