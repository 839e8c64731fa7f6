// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/mapping_ratios.h"

#include <gtest/gtest.h>

#include "core/network/families/families.h"

using namespace pimento;

namespace {

MappingRatio ratioOf(const char *id) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  for (const MappingRatio &r :
       mappingRatios(network, network.variants.front(), network.variants.back(), Accelerator{}, {}))
    if (qstrcmp(r.id, id) == 0) return r;
  return {};
}

}  // namespace

// Row operations of all layers with weights, the classifier among them.
TEST(MappingRatios, workOfTheOptionsIsThatOfTheirRows) {
  EXPECT_NEAR(ratioOf("unpacked").work, 4.43, 0.01);
  EXPECT_GT(ratioOf("packed").work, 15);
  EXPECT_GT(ratioOf("gated").work, ratioOf("layout").work);
}

TEST(MappingRatios, energyFollowsTheWorkButForWhatTheRowsDoNotCost) {
  for (const char *id : {"packed", "unpacked", "layout", "gated", "regions"}) {
    const MappingRatio r = ratioOf(id);
    EXPECT_GT(r.ratio(), 2.7) << id;
    EXPECT_LT(r.ratio(), 22.1) << id;
  }
  const MappingRatio regions = ratioOf("regions");
  EXPECT_EQ(regions.wide_pj[index(Component::Transport)], 0);
  EXPECT_GT(regions.wide_pj[index(Component::AndWriteBack)], 0);
}

TEST(MappingRatios, independentShareGivesTheStatedRatio) {
  for (const double ratio : {4.43, 15.5}) {
    const double c = independentShare(ratio, 2.7);
    EXPECT_NEAR((1 + c) / (1 / ratio + c), 2.7, 1e-12);
  }
  EXPECT_NEAR(independentShare(4.43, 2.7), 0.23, 0.001);  // unpacked rows: 23 % of 1.0
  EXPECT_LT(independentShare(2, 2.7), 0);
}
