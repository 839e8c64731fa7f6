// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/counts.h"

#include <gtest/gtest.h>

#include <QFile>

#include "core/base/error.h"
#include "core/files/csv.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

CsvTable reference(const char *name) {
  QFile file(QStringLiteral(PIMENTO_TEST_DATA "/reference/") + QString::fromLatin1(name));
  EXPECT_TRUE(file.open(QIODevice::ReadOnly));
  return readCsv(file.readAll(), file.fileName());
}

Counts moduleCounts(const NetworkSpec &network, const QString &module, Convention convention) {
  for (const Variant &variant : network.variants) {
    const Counts counts = total(network, countLayers(network, variant, convention), module);
    if (counts.params > 0) return counts;
  }
  return {};
}

std::int64_t params(const NetworkSpec &network, const char *variant) {
  return total(network, countLayers(network, findVariant(network, QString::fromLatin1(variant)))).params;
}

}  // namespace

TEST(Counts, publishedConventionGivesTableOneOfDeco) {
  const CsvTable table = reference("deco_table1.csv");
  ASSERT_EQ(table.rows.size(), 10U);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const QString module = table.rows[i][1];
    const auto network = makeNetwork(table.rows[i][0] == QStringLiteral("VGG16") ? QStringLiteral("deco-vgg16")
                                                                                 : QStringLiteral("deco-mobilenetv1"));
    const Counts c = moduleCounts(network, module, Convention::Published);
    const bool misprint = network.name == QStringLiteral("deco-mobilenetv1") && module == QStringLiteral("CM3");
    const std::vector<std::int64_t> ours{c.convLayers + (misprint ? 2 : 0),
                                         c.convMacs,
                                         c.convParams,
                                         c.fcLayers,
                                         c.fcMacs,
                                         c.fcParams,
                                         c.macs,
                                         c.params};
    for (std::size_t column = 0; column < ours.size(); ++column)
      EXPECT_EQ(ours[column], table.rows[i][static_cast<qsizetype>(column) + 2].toLongLong())
          << module.toStdString() << " column " << column;
  }
}

TEST(Counts, asRunIsWhatMobileNetExecutes) {
  const auto network = makeNetwork(QStringLiteral("deco-mobilenetv1"));
  const std::vector<std::int64_t> macs{45'459'456, 6'241'792, 5'758'976, 4'636'672};
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(moduleCounts(network, QStringLiteral("CM%1").arg(i + 1), Convention::AsRun).convMacs,
              macs[static_cast<std::size_t>(i)]);
}

TEST(Counts, resnetsHaveTheirKnownSizes) {
  EXPECT_EQ(params(makeNetwork(QStringLiteral("resnet18-slimmable")), "1.0"), 11'689'512);
  EXPECT_EQ(params(makeNetwork(QStringLiteral("resnet50-slimmable")), "1.0"), 25'557'032);
  EXPECT_EQ(params(makeNetwork(QStringLiteral("resnet20-slimmable")), "1.0"), 269'722);
  // Dynamic-network paper, Table III, S-NN: 0.83, 3.05 and 6.68 million at widths 0.25, 0.5 and 0.75.
  const auto resnet18 = makeNetwork(QStringLiteral("resnet18-slimmable"));
  EXPECT_EQ(params(resnet18, "0.25"), 831'096);
  EXPECT_EQ(params(resnet18, "0.5"), 3'055'880);
  EXPECT_EQ(params(resnet18, "0.75"), 6'675'352);
}

TEST(Counts, anyWidthRatioKeepsTheCeilingOfTheChannels) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Variant variant = findVariant(network, QStringLiteral("0.3"));
  EXPECT_EQ(keptChannels(network, variant, network.layers[1].space), 5);  // ceil(0.3 x 16)
  EXPECT_EQ(keptChannels(network, variant, network.layers.back().space), 10);
  EXPECT_EQ(findVariant(network, QStringLiteral("1")).name, QStringLiteral("1.0"));
}

TEST(Counts, bitAndsFollowThePrecision) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const auto sum = total(network, countLayers(network, network.variants.front()));
  EXPECT_EQ(bitAnds(sum.macs, {8, 8}), sum.macs * 64);
  EXPECT_EQ(bitAnds(sum.macs, {1, 4}), sum.macs * 4);
}

TEST(Counts, refuseWhatTheyDoNotKnow) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  EXPECT_THROW(static_cast<void>(countLayers(network, network.variants.front(), Convention::Published)), Error);
  EXPECT_THROW(static_cast<void>(findVariant(network, QStringLiteral("0"))), Error);
  EXPECT_THROW(static_cast<void>(findVariant(network, QStringLiteral("1.01"))), Error);
  EXPECT_THROW(static_cast<void>(findVariant(network, QStringLiteral("nan"))), Error);
  EXPECT_THROW(static_cast<void>(findVariant(makeNetwork(QStringLiteral("deco-vgg16")), QStringLiteral("0.5"))), Error);
  EXPECT_THROW(static_cast<void>(makeNetwork(QStringLiteral("resnet20"))), Error);
  EXPECT_THROW(static_cast<void>(makeNetwork(QStringLiteral("deco-vgg16"), 1)), Error);
  for (const char *bad : {"8", "8:", "0:8", "8:33", "8:8:8", "a:b", ""})
    EXPECT_THROW(static_cast<void>(parseBits(QString::fromLatin1(bad), QStringLiteral("test"))), Error) << bad;
}

TEST(NetworkSpec, everyFamilyIsValidAndEveryDefectIsNamed) {
  for (const Family &family : families())
    EXPECT_NO_THROW(validate(makeNetwork(QString::fromLatin1(family.name)))) << family.name;
  const auto broken = [](auto change) {
    NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
    change(network);
    EXPECT_THROW(validate(network), Error);
  };
  broken([](NetworkSpec &n) { n.layers[3].inputs = {5}; });
  broken([](NetworkSpec &n) { n.layers[3].inputs.clear(); });
  broken([](NetworkSpec &n) { n.layers[3].space = 999; });
  broken([](NetworkSpec &n) { n.layers[2].space = 0; });
  broken([](NetworkSpec &n) { n.layers[3].stride = 0; });
  broken([](NetworkSpec &n) { n.layers[3].name = n.layers[4].name; });
  broken([](NetworkSpec &n) {
    n.layers[1].stride = 255;
    n.layers[3].kernel = 200;
    n.layers[3].padding = 0;
  });
  broken([](NetworkSpec &n) { n.spaces[1].width = 1 << 30; });
  broken([](NetworkSpec &n) { n.variants[1].kept[1].count = 17; });
  broken([](NetworkSpec &n) { n.variants[1].output = 10'000; });
  broken([](NetworkSpec &n) { n.layers.clear(); });
}
