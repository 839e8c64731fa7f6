// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/label_placement.h"

#include <gtest/gtest.h>

namespace {

using namespace pimento;

TEST(LabelPlacement, neverOverlapsAndStaysInside) {
  std::vector<LabelRequest> requests;
  LabelObstacles obstacles;
  for (int i = 0; i < 40; ++i) {
    const QPointF at(20 + i * 37 % 260, 20 + i * 53 % 160);
    requests.push_back({at, QSizeF(50, 12)});
    obstacles.hard.emplace_back(at - QPointF(4, 4), QSizeF(8, 8));
  }
  const QRectF bounds(0, 0, 300, 200);
  const auto placed = placeLabels(requests, obstacles, bounds, 6);
  EXPECT_GT(placed.size(), 10U);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    EXPECT_TRUE(bounds.contains(placed[i].box));
    EXPECT_FALSE(hitsAny(placed[i].box, obstacles.hard));
    for (std::size_t k = 0; k < i; ++k) EXPECT_FALSE(placed[i].box.intersects(placed[k].box));
  }
}

TEST(LabelPlacement, servesTheFirstRequestFirst) {
  const LabelRequest same{QPointF(50, 25), QSizeF(90, 12)};
  const auto placed = placeLabels({same, same, same, same}, {}, QRectF(0, 0, 100, 50), 4);
  ASSERT_FALSE(placed.empty());
  EXPECT_EQ(placed[0].request, 0U);
  EXPECT_LT(placed.size(), 4U) << "what finds no place is left out";
}

TEST(LabelPlacement, coversALineOnlyWhenItMust) {
  const LabelRequest request{QPointF(50, 50), QSizeF(20, 10)};
  const QRectF bounds(0, 0, 100, 100);
  const QRectF right(50, 0, 50, 100);
  auto placed = placeLabels({request}, {.hard = {}, .soft = {right}}, bounds, 5);
  ASSERT_EQ(placed.size(), 1U);
  EXPECT_FALSE(placed[0].box.intersects(right));
  placed = placeLabels({request}, {.hard = {}, .soft = {bounds}}, bounds, 5);
  EXPECT_EQ(placed.size(), 1U);
}

}  // namespace
