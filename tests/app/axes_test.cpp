// SPDX-License-Identifier: GPL-3.0-or-later
// The objectives of the front, and the hues of the chart.
#include <gtest/gtest.h>

#include <QJsonArray>
#include <set>

#include "app/session/family_hues.h"
#include "app/session/session.h"
#include "tests/app/opened.h"
#include "widgets/figures/marker.h"

using namespace pimento;
using namespace pimento::test;

namespace {

DesignTable tableOf(const QStringList &networks) {
  DesignTable table;
  for (const QString &network : networks) table.append({.network = table.intern(network)});
  return table;
}

std::uint8_t hueOf(const DesignTable &table, const char *network) {
  return FamilyHues(table).of(*table.find(QString::fromLatin1(network)));
}

}  // namespace

TEST(Objectives, followTheAxesUntilTheyAreSetByHand) {
  ViewState view;
  setAxes(view, Metric::Memory, Metric::Accuracy);
  EXPECT_EQ(view.objectives, (std::vector{objective(Metric::Memory), objective(Metric::Accuracy)}));
  setAxes(view, Metric::Latency, Metric::Latency);
  EXPECT_EQ(view.objectives, (std::vector{objective(Metric::Latency), objective(Metric::Accuracy)}))
      << "a front needs two";
  setAxes(view, Metric::Accuracy, Metric::Accuracy);
  EXPECT_EQ(view.objectives, (std::vector{objective(Metric::Accuracy), objective(Metric::Energy)}));
  view.objectivesByHand = true;
  view.objectives = {objective(Metric::Energy), objective(Metric::Area)};
  setAxes(view, Metric::Memory, Metric::Power);
  EXPECT_EQ(view.objectives, (std::vector{objective(Metric::Energy), objective(Metric::Area)}));
}

TEST(Objectives, comeBackWithWhoChoseThem) {
  ViewState view;
  setAxes(view, Metric::Memory, Metric::Accuracy);
  EXPECT_EQ(viewFromJson(toJson(view)), view);
  view.objectivesByHand = true;
  EXPECT_EQ(viewFromJson(toJson(view)), view) << "the axes' own, but chosen";
  QJsonObject old{{QStringLiteral("x"), QStringLiteral("memory")},
                  {QStringLiteral("objectives"), QJsonArray{QStringLiteral("energy"), QStringLiteral("accuracy")}}};
  EXPECT_TRUE(viewFromJson(old).objectivesByHand) << "a project from before keeps its front";
  old.remove(QStringLiteral("objectives"));
  EXPECT_FALSE(viewFromJson(old).objectivesByHand);
  EXPECT_EQ(viewFromJson(old).objectives.front(), objective(Metric::Memory));
}

TEST(FamilyHues, aNetworkKeepsItsOwnInEveryTable) {
  const char *resnet = "resnet20-slimmable";
  const DesignTable alone = tableOf({QString::fromLatin1(resnet)});
  const DesignTable among = tableOf({QStringLiteral("deco-vgg16"), QStringLiteral("lenet5"), QStringLiteral("mine"),
                                     QString::fromLatin1(resnet), QStringLiteral("resnet18-nonuniform")});
  EXPECT_EQ(hueOf(alone, resnet), hueOf(among, resnet));
  EXPECT_EQ(hueOf(tableOf({QStringLiteral("mine")}), "mine"), hueOf(among, "mine"));
  EXPECT_EQ(hueOf(tableOf({QStringLiteral("resnet18-slimmable")}), "resnet18-slimmable"),
            hueOf(among, "resnet18-nonuniform"))
      << "one family";
  const QStringList names = FamilyHues(among).names();
  EXPECT_EQ(names.value(hueOf(among, resnet)), QStringLiteral("ResNet20"));
}

TEST(FamilyHues, noTwoOfATableAreAlike) {
  QStringList networks{QStringLiteral("deco-vgg16"), QStringLiteral("deco-mobilenetv1"), QStringLiteral("lenet5"),
                       QStringLiteral("alexnet"), QStringLiteral("resnet20-slimmable")};
  for (int i = 0; i < 30; ++i) networks << QStringLiteral("family%1").arg(i);
  const DesignTable table = tableOf(networks);
  const FamilyHues hues(table);
  std::set<int> seen;
  for (const DesignKey &key : table.keys()) {
    EXPECT_TRUE(seen.insert(hues.of(key.network)).second) << table.name(key.network).toStdString();
    EXPECT_LT(hues.of(key.network), FamilyLooks);
  }
}
