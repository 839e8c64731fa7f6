// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/point_cloud.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "core/base/error.h"
#include "tests/widgets/sample_data.h"

namespace {

using namespace pimento;

std::optional<std::uint32_t> bruteForce(const PointCloud &cloud, QPointF at, const View &view, const QRectF &area) {
  std::optional<std::uint32_t> best;
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t i = 0; i < cloud.data().size(); ++i) {
    const QPointF d = cloud.position(i, view, area) - at;
    const double distance = QPointF::dotProduct(d, d);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

double distance(const PointCloud &cloud, std::uint32_t point, QPointF at, const View &view, const QRectF &area) {
  const QPointF d = cloud.position(point, view, area) - at;
  return std::hypot(d.x(), d.y());
}

TEST(PointCloud, findsTheNearestPointAsBruteForceDoes) {
  const PointCloud cloud(sample::many(20000).points, AxisScale::Log10, AxisScale::Linear);
  const QRectF area(40, 10, 800, 300);
  const View all = viewOf(cloud, Cover::Everything);
  std::mt19937 random(7);
  // The whole, a part, and a part stretched along one axis.
  for (const View &view : {all, View{all.x.zoomed(0.05, 0.6), all.y.zoomed(0.05, 0.5)},
                           View{all.x.zoomed(0.001, 0.5), all.y}, View{all.x, all.y.zoomed(0.001, 0.5)}}) {
    for (int i = 0; i < 200; ++i) {
      const QPointF at(random() % 1000 - 50.0, random() % 400 - 40.0);
      const auto found = cloud.nearest(at, view, area, 1e12);
      const auto expected = bruteForce(cloud, at, view, area);
      ASSERT_TRUE(found && expected);
      EXPECT_NEAR(distance(cloud, *found, at, view, area), distance(cloud, *expected, at, view, area), 1e-6);
    }
  }
}

TEST(PointCloud, findsNothingOutOfReach) {
  const PointCloud cloud(sample::decoEnergy().points, AxisScale::Log10, AxisScale::Linear);
  const QRectF area(0, 0, 400, 300);
  const View view = viewOf(cloud, Cover::Everything);
  EXPECT_EQ(cloud.nearest(cloud.position(4, view, area) + QPointF(1, 0), view, area, 5), 4U);
  EXPECT_FALSE(cloud.nearest(QPointF(200, 150), view, area, 5));
}

TEST(PointCloud, copesWithPointsOnOneLine) {
  auto data = std::make_shared<ScatterData>();
  for (int i = 0; i < 5000; ++i) {
    data->x.push_back(i);
    data->y.push_back(50);
  }
  const PointCloud cloud(data, AxisScale::Linear, AxisScale::Linear);
  const View view{Scale(AxisScale::Linear, 0, 5000), Scale(AxisScale::Linear, 0, 100)};
  EXPECT_EQ(cloud.nearest(QPointF(123.2, 10), view, QRectF(0, 0, 5000, 100), 1000), 123U);
}

TEST(PointCloud, leavesOutWhatAnAxisCanNotShow) {
  auto data = std::make_shared<ScatterData>();
  data->x = {0, std::numeric_limits<double>::quiet_NaN(), 10};
  data->y = {1, 2, 3};
  const PointCloud cloud(data, AxisScale::Log10, AxisScale::Linear);
  const View view = viewOf(cloud, Cover::Everything);
  EXPECT_EQ(cloud.countVisible(view, 10), 1U);
  EXPECT_TRUE(cloud.visible(2, view));
  EXPECT_EQ(cloud.nearest(QPointF(0, 0), view, QRectF(0, 0, 10, 10), 1e9), 2U);
}

TEST(PointCloud, refusesDataThatDoesNotFit) {
  auto data = std::make_shared<ScatterData>();
  data->x = {1, 2};
  data->y = {1};
  EXPECT_THROW(PointCloud(data, AxisScale::Linear, AxisScale::Linear), Error);
  data->y = {1, 2};
  data->front = {2};
  EXPECT_THROW(PointCloud(data, AxisScale::Linear, AxisScale::Linear), Error);
  data->front = {};
  data->style = {0, 3};
  EXPECT_THROW(PointCloud(data, AxisScale::Linear, AxisScale::Linear), Error);
}

TEST(View, mapsValuesToTheScreenAndBack) {
  const View view{Scale(AxisScale::Log10, 1, 1000), Scale(AxisScale::Linear, 0, 100)};
  const QRectF area(10, 20, 300, 200);
  EXPECT_EQ(view.map(1, 0, area), area.bottomLeft());
  EXPECT_EQ(view.map(1000, 100, area), area.topRight());
  const QPointF back = view.unmap(view.map(37, 62, area), area);
  EXPECT_NEAR(back.x(), 37, 1e-9);
  EXPECT_NEAR(back.y(), 62, 1e-9);
}

TEST(View, coversTheFrontWithoutTheReferences) {
  const ScatterDataPtr data = sample::decoEnergy().points;
  const PointCloud cloud(data, AxisScale::Linear, AxisScale::Linear);
  const View view = viewOf(cloud, Cover::Front);
  for (const std::uint32_t point : data->front) EXPECT_TRUE(cloud.visible(point, view));
  EXPECT_FALSE(cloud.visible(1, view)) << "a GPU is five decades away";
}

TEST(View, coversTheWhiskersOfWhatItCovers) {
  auto data = std::make_shared<ScatterData>();
  data->x = {1, 2, 3};
  data->y = {10, 11, 5};
  data->front = {0, 1};
  data->whiskers = {{0, {9, 11}}, {1, {7, 15}}, {2, {0, 30}}};
  const View view = viewOf(PointCloud(data, AxisScale::Linear, AxisScale::Linear), Cover::Front);
  EXPECT_LT(view.y.low(), 7);
  EXPECT_GT(view.y.high(), 15);
  EXPECT_LT(view.y.high(), 20) << "not of the third, which is dominated";
}

TEST(View, endsAtZeroWhereValuesDo) {
  auto data = std::make_shared<ScatterData>();
  data->x = {0, 50, 100};
  data->y = {-1, 0, 1};
  data->front = {0, 1, 2};
  const View view = viewOf(PointCloud(data, AxisScale::Linear, AxisScale::Linear), Cover::Front);
  EXPECT_NEAR(view.x.low(), -3, 1e-9) << "room for half a marker";
  EXPECT_NEAR(view.x.high(), 120, 1e-9);
  EXPECT_LT(view.y.low(), -1.2) << "differences may be negative";
}

TEST(RangeBox, isNeverTooSmallToSee) {
  const View view{Scale(AxisScale::Log10, 1, 1e6), Scale(AxisScale::Linear, 0, 100)};
  const QRectF area(0, 0, 600, 100);
  const QRectF box = rangeBox(view, {1000, 1000.1, 50, 50.01}, area, 8);
  EXPECT_EQ(box.size(), QSizeF(8, 8));
  EXPECT_NEAR(box.center().x(), 300, 0.1);
  const QRectF cut = rangeBox(view, {-5, 100, 0, 200}, area, 8);
  EXPECT_EQ(cut.left(), 0);
  EXPECT_EQ(cut.top(), 0);
}

}  // namespace
