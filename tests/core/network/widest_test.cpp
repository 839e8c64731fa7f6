// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/widest.h"

#include <gtest/gtest.h>

#include "core/network/families/families.h"
#include "core/network/families/network_library.h"

using namespace pimento;

TEST(WidestVariant, isFoundInAnyOrder) {
  const NetworkSpec resnet = makeNetwork(QStringLiteral("resnet20-slimmable"));
  std::vector<Variant> variants = resnet.variants;
  std::ranges::reverse(variants);
  EXPECT_EQ(widestVariant(resnet, variants).name, QStringLiteral("1.0"));
  variants = {widthVariant(resnet, 0.3), widthVariant(resnet, 0.6), widthVariant(resnet, 0.5)};
  EXPECT_EQ(widestVariant(resnet, variants).name, QStringLiteral("0.6"));
}

TEST(WidestVariant, isTheFirstOfEqualOnes) {
  const NetworkSpec resnet = makeNetwork(QStringLiteral("resnet20-slimmable"));
  Variant again = resnet.variants.front();
  again.name = QStringLiteral("again");
  EXPECT_EQ(widestVariant(resnet, {again, resnet.variants.front()}).name, QStringLiteral("again"));
}

TEST(AdjustableChannels, areThoseThatAreKept) {
  const NetworkSpec lenet = libraryNetwork(QStringLiteral("lenet5"));
  EXPECT_EQ(adjustableChannels(lenet, {}), 6 + 16 + 120 + 84);
  EXPECT_EQ(adjustableChannels(lenet, widthVariant(lenet, 0.5)), 3 + 8 + 60 + 42);
}

TEST(Classifiers, areWhatNoLayerReads) {
  const NetworkSpec lenet = libraryNetwork(QStringLiteral("lenet5"));
  ASSERT_EQ(classifiers(lenet).size(), 1U);
  EXPECT_EQ(classifiers(lenet)[0].name, QStringLiteral("whole"));
  const NetworkSpec vgg = makeNetwork(QStringLiteral("deco-vgg16"));
  EXPECT_EQ(classifiers(vgg), vgg.variants);
}
