// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/dataflow/layer_work.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/network/families/families.h"

using namespace pimento;

namespace {

std::vector<std::int64_t> layoutsOf(const NetworkSpec &network, const Variant &variant) {
  std::vector<std::int64_t> patches;
  for (const LayerWork &work : workOf(network, variant, Layout::Widest)) patches.push_back(work.layoutPatch);
  return patches;
}

std::vector<std::int64_t> patchesOf(const NetworkSpec &network, const Variant &variant) {
  std::vector<std::int64_t> patches;
  for (const LayerWork &work : workOf(network, variant)) patches.push_back(work.patch);
  return patches;
}

NetworkSpec resnet20() { return makeNetwork(QStringLiteral("resnet20-slimmable")); }

}  // namespace

TEST(WidestLayout, isOfTheWidestVariantInAnyOrder) {
  NetworkSpec network = resnet20();
  const std::vector<std::int64_t> wide = patchesOf(network, findVariant(network, QStringLiteral("1.0")));
  std::ranges::reverse(network.variants);
  ASSERT_EQ(network.variants.back().name, QStringLiteral("1.0"));
  for (const Variant &variant : network.variants)
    EXPECT_EQ(layoutsOf(network, variant), wide) << variant.name.toStdString();
}

// Learned masks keep more in one layer and less in another.
TEST(WidestLayout, isOfEachLayerByItself) {
  NetworkSpec network = resnet20();
  Variant first = widthVariant(network, 0.5);
  Variant second = first;
  const SpaceId early = first.kept.begin()->first;
  const SpaceId late = std::prev(first.kept.end())->first;
  ASSERT_NE(early, late);
  first.kept[early] = ChannelSet::prefix(1);
  second.kept[late] = ChannelSet::prefix(1);
  network.variants = {first, second};
  const std::vector<std::int64_t> half = patchesOf(network, widthVariant(network, 0.5));
  EXPECT_EQ(layoutsOf(network, first), half);
  EXPECT_EQ(layoutsOf(network, second), half);
}

TEST(WidestLayout, holdsAVariantThatTheNetworkDoesNotName) {
  NetworkSpec network = resnet20();
  network.variants = {widthVariant(network, 0.25)};
  const Variant wider = widthVariant(network, 0.75);
  EXPECT_EQ(layoutsOf(network, wider), patchesOf(network, wider));
  network.variants.clear();
  EXPECT_EQ(layoutsOf(network, wider), patchesOf(network, wider));
}
