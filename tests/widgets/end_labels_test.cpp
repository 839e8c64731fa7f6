// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/end_labels.h"

#include <gtest/gtest.h>

using namespace pimento;

namespace {

std::vector<double> placesOf(const std::vector<double> &ends, double top = 0, double bottom = 100) {
  std::vector<EndLabel> labels;
  for (std::size_t i = 0; i < ends.size(); ++i) labels.push_back({i, QPointF(0, ends[i]), ends[i]});
  spreadApart(labels, 10, top, bottom);
  std::vector<double> places(ends.size());
  for (const EndLabel &label : labels) places[label.series] = label.y;
  return places;
}

}  // namespace

TEST(EndLabels, standAtTheirEndsWhereThereIsRoom) {
  EXPECT_EQ(placesOf({80, 20, 50}), (std::vector<double>{80, 20, 50}));
}

TEST(EndLabels, moveApartEvenlyAroundTheirMiddle) {
  EXPECT_EQ(placesOf({50, 50}), (std::vector<double>{45, 55}));
  EXPECT_EQ(placesOf({52, 50, 48}), (std::vector<double>{60, 50, 40}));
  EXPECT_EQ(placesOf({30, 36, 60}), (std::vector<double>{28, 38, 60})) << "what stands far away stays";
}

TEST(EndLabels, stayInside) {
  EXPECT_EQ(placesOf({1, 2}), (std::vector<double>{5, 15}));
  EXPECT_EQ(placesOf({99, 98}), (std::vector<double>{95, 85}));
}
