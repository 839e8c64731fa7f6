// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/breakdowns.h"

#include <gtest/gtest.h>

#include "app/window/session.h"
#include "tests/app/opened.h"

namespace {

using namespace pimento;
using namespace pimento::test;

TEST(ComponentEnergy, saysOfTheRegionsThatTheyAreAPart) {
  Opened opened;
  opened.session.select(opened.row(Mobile2));
  const BarData all = componentEnergy(opened.session, Regions::All);
  const BarData regions = componentEnergy(opened.session, Regions::Published);
  ASSERT_FALSE(regions.bars.empty());
  EXPECT_LT(total(regions.bars[0]), total(all.bars[0]));
  EXPECT_NE(regions.title, all.title);
  EXPECT_TRUE(regions.title.contains(QStringLiteral("the paper's four regions"))) << regions.title.toStdString();
  const QString share = QStringLiteral("%1 % of the").arg(100 * total(regions.bars[0]) / total(all.bars[0]), 0, 'f', 1);
  EXPECT_TRUE(regions.takeaway.contains(share)) << regions.takeaway.toStdString();
  EXPECT_TRUE(regions.takeaway.contains(QStringLiteral("AND-WB is 0"))) << regions.takeaway.toStdString();
  EXPECT_FALSE(all.takeaway.contains(QStringLiteral("AND-WB")));
}

TEST(AreaByComponent, saysHowMuchOfTheChipTheNetworkUses) {
  Opened opened;
  opened.session.select(opened.row(Mobile2));
  const PieData area = areaByComponent(opened.session);
  EXPECT_TRUE(area.title.contains(QStringLiteral("whole chip")));
  EXPECT_TRUE(area.takeaway.contains(QStringLiteral("MobileNetV1 FE+CM2 uses "))) << area.takeaway.toStdString();
  EXPECT_NE(areaOverhead(opened.session).shareTitle, area.shareTitle) << "two columns of per cent";
}

TEST(LayerValues, nameAllThatHaveTheMost) {
  Opened opened;
  opened.session.select(opened.row(Mobile2));
  const BarData data = layerValues(opened.session, LayerMetric::Macs);
  double most = 0;
  for (const Bar &bar : data.bars) most = std::max(most, total(bar));
  int named = 0;
  for (const Bar &bar : data.bars)
    if (total(bar) == most) {
      EXPECT_TRUE(data.takeaway.contains(bar.name)) << data.takeaway.toStdString();
      ++named;
    }
  EXPECT_EQ(data.takeaway.endsWith(QStringLiteral("each.")), named > 1) << data.takeaway.toStdString();
}

}  // namespace
