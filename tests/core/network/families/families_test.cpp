// SPDX-License-Identifier: GPL-3.0-or-later
// A family that only this file knows: it is made, counted and estimated.
#include "core/network/families/families.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/hardware/estimate/estimate_table.h"
#include "core/network/counts.h"
#include "core/network/network_builder.h"

using namespace pimento;

namespace {

NetworkSpec toyNetwork(int classes) {
  NetworkBuilder net(QStringLiteral("toy"), QStringLiteral("Toy"), {3, 8, 8});
  LayerId x = net.conv(QStringLiteral("conv"), 0, net.space(16), 3, 2, false);
  x = net.batchNorm(QStringLiteral("norm"), x, Activation::Relu);
  x = net.globalAveragePool(QStringLiteral("pool"), x);
  net.linear(QStringLiteral("classes"), x, net.space(classes, false));
  NetworkSpec &spec = net.spec();
  spec.bindings = {QStringLiteral("slimmable")};
  spec.variants = {widthVariant(spec, 1), widthVariant(spec, 0.5)};
  return std::move(spec);
}

std::vector<Family> withToy() {
  std::vector<Family> rows = families();
  rows.push_back({"toy", "Toy", 4, toyNetwork});
  return rows;
}

QString refusal(const QString &name, const std::vector<Family> &rows) {
  try {
    static_cast<void>(makeNetwork(name, 0, rows));
    return {};
  } catch (const Error &error) {
    return error.message();
  }
}

}  // namespace

TEST(Families, oneThatOnlyTheTestKnowsIsCountedAndEstimated) {
  const NetworkSpec network = makeNetwork(QStringLiteral("toy"), 0, withToy());
  EXPECT_NO_THROW(validate(network));
  const Counts whole = total(network, countLayers(network, network.variants[0]));
  const Counts half = total(network, countLayers(network, network.variants[1]));
  EXPECT_EQ(whole.macs, 4 * 4 * 16 * 27 + 16 * 4);  // the convolution on a 4x4 map, and the classes
  EXPECT_EQ(half.macs, 4 * 4 * 8 * 27 + 8 * 4);
  const DesignTable table =
      estimateTable(network, network.variants, Accelerator{}, {8, 8}, {.scopes = Scopes::Whole, .gpuPower = {}});
  std::vector<std::uint32_t> own;  // others are what it is compared with
  for (std::uint32_t row = 0; row < table.size(); ++row)
    if (!table.key(row).reference) own.push_back(row);
  ASSERT_EQ(own.size(), 2U);
  EXPECT_GT(table.at(own[0], Metric::Energy)->value, table.at(own[1], Metric::Energy)->value);
  EXPECT_EQ(table.at(own[0], Metric::Macs)->value, static_cast<double>(whole.macs));
  EXPECT_EQ(makeNetwork(QStringLiteral("toy"), 7, withToy()).spaces.size(), network.spaces.size());
}

TEST(Families, areThoseOfTheRowsThatAreGiven) {
  EXPECT_TRUE(refusal(QStringLiteral("toi"), withToy()).contains(QStringLiteral("toy")));
  EXPECT_FALSE(refusal(QStringLiteral("toy"), families()).isEmpty());
  EXPECT_TRUE(refusal(QStringLiteral("resnet20-slimmable"), withToy()).isEmpty());
}

TEST(Families, nameVariantsByTheModulesThatTheyRun) {
  for (const QString &family : modularFamilies()) {
    const NetworkSpec network = makeNetwork(family);
    ASSERT_EQ(network.variants.size(), 4U);
    for (std::size_t i = 0; i < network.variants.size(); ++i) {
      const auto title = moduleTitle(network.variants[i].name);
      ASSERT_TRUE(title.has_value());
      EXPECT_EQ(title->head, QStringLiteral("CM%1").arg(i + 1));
      EXPECT_EQ(title->whole, QStringLiteral("FE+CM%1").arg(i + 1));
    }
  }
  for (const char *other : {"0.25", "fe+", "fe+cm5", "FE+CM1", ""})
    EXPECT_FALSE(moduleTitle(QString::fromLatin1(other)).has_value()) << other;
}
