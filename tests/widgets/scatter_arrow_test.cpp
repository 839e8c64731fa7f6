// SPDX-License-Identifier: GPL-3.0-or-later
// Arrows from designs to what they change to.
#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>
#include <cmath>
#include <limits>

#include "tests/widgets/sample_data.h"
#include "widgets/figures/point_layer.h"
#include "widgets/pareto_chart.h"

namespace {

using namespace pimento;

const QRectF area(0, 0, 1000, 500);

View view(AxisScale x) { return {Scale(x, 1, 1000), Scale(AxisScale::Linear, 0, 100)}; }

QImage painted(const View &shown, const ScatterArrow &arrow) {
  QImage image(1200, 700, QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.translate(100, 100);
  Style style = printStyle();
  style.font.setPixelSize(20);
  paintArrows(painter, area, shown, {arrow}, style);
  return image;
}

bool inked(const QImage &image, const QRect &box) {
  for (int y = box.top(); y <= box.bottom(); ++y)
    for (int x = box.left(); x <= box.right(); ++x)
      if (image.pixelColor(x, y) == lightTheme().hue(1)) return true;
  return false;
}

QRect around(QPointF at, int reach = 2) {
  const QPoint centre = (at + QPointF(100, 100)).toPoint();
  return {centre - QPoint(reach, reach), centre + QPoint(reach, reach)};
}

TEST(ScatterArrow, leadsFromTheBaseToTheChangedDesign) {
  for (const AxisScale scale : {AxisScale::Linear, AxisScale::Log10}) {
    const View shown = view(scale);
    const ScatterArrow arrow{.from = {10, 20}, .to = {600, 80}, .hue = 1};
    const QImage image = painted(shown, arrow);
    const QLineF line(shown.map(10, 20, area), shown.map(600, 80, area));
    EXPECT_TRUE(inked(image, around(line.center()))) << "the shaft is straight";
    EXPECT_TRUE(inked(image, around(line.p2(), 12))) << "a marker at the changed end";
    EXPECT_FALSE(inked(image, around(line.p1(), 4))) << "the base keeps its own marker";
  }
}

TEST(ScatterArrow, endsInAnOpenCircleAndRingsWhatHardlyMoves) {
  const View shown = view(AxisScale::Linear);
  const QPointF end = shown.map(600, 80, area);
  const Style style = [] {
    Style s = printStyle();
    s.font.setPixelSize(20);
    return s;
  }();
  const double ring = markerSize(style, 0) * 0.82;
  const QImage far = painted(shown, {.from = {10, 20}, .to = {600, 80}, .hue = 1});
  EXPECT_FALSE(inked(far, around(end, 1))) << "hollow";
  EXPECT_FALSE(inked(far, around(end + QPointF(0, ring), 1)));
  const QImage near = painted(shown, {.from = {598, 80}, .to = {600, 80}, .hue = 1});
  EXPECT_FALSE(inked(near, around(end, 1)));
  EXPECT_TRUE(inked(near, around(end + QPointF(0, ring), 1))) << "a ring in place of the arrow";
}

TEST(ScatterArrow, isCutToThePanel) {
  const View shown = view(AxisScale::Linear);
  const QImage image = painted(shown, {.from = {500, 50}, .to = {4000, 320}, .hue = 1});
  const QRect inside(100, 100, 1000, 500);
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      if (!inside.adjusted(-1, -1, 2, 2).contains(x, y)) {
        ASSERT_EQ(image.pixelColor(x, y), QColor(Qt::white)) << x << ", " << y;
      }
  EXPECT_TRUE(inked(image, inside));
}

TEST(ScatterArrow, isLeftOutWhereAnAxisCanNotShowAnEnd) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Style style = printStyle();
  const View log = view(AxisScale::Log10);
  EXPECT_FALSE(arrowLine({.from = {0, 20}, .to = {10, 20}}, log, area, style));
  EXPECT_FALSE(arrowLine({.from = {10, 20}, .to = {nan, 20}}, log, area, style));
  EXPECT_FALSE(arrowLine({.from = {10, 20}, .to = {10, 20}}, log, area, style)) << "nothing changed";
  EXPECT_FALSE(showsArrows({{.from = {0, 20}, .to = {10, 20}}}, log));
  EXPECT_FALSE(showsArrows({{.from = {10, 200}, .to = {10, 300}}}, log)) << "beside the panel";
  EXPECT_TRUE(showsArrows({{.from = {10, -50}, .to = {10, 300}}}, log)) << "across the panel";
}

TEST(ScatterArrow, widensTheOverviewAndLeavesTheZoom) {
  ParetoChart chart;
  chart.resize(900, 450);
  chart.setData(sample::decoEnergy());
  const View before = chart.figure().overviewView();
  const ValueRange zoom = chart.zoom();
  ScatterMarks marks = sample::decoChanges();
  chart.setMarks(marks);
  for (const ScatterArrow &arrow : marks.arrows)
    EXPECT_TRUE(inView(chart.figure().overviewView(), arrow.to)) << arrow.label.toStdString();
  EXPECT_GT(chart.figure().overviewView().x.high(), before.x.high());
  EXPECT_EQ(chart.figure().overviewView().x.low(), before.x.low());
  EXPECT_EQ(chart.overviewPanel()->view(), chart.figure().overviewView());
  EXPECT_EQ(chart.zoom(), zoom);
  marks.arrows.clear();
  chart.setMarks(marks);
  EXPECT_EQ(chart.figure().overviewView(), before);
}

TEST(ScatterArrow, isExplainedAndTold) {
  ParetoFigure figure(sample::decoEnergy());
  const auto explained = [&] {
    return std::ranges::any_of(figure.legend(printStyle()),
                               [](const LegendEntry &entry) { return entry.text == changedEntry().text; });
  };
  EXPECT_FALSE(explained());
  figure.setMarks(sample::decoChanges());
  EXPECT_TRUE(explained());
  ParetoChart chart;
  chart.setData(sample::decoEnergy());
  chart.setMarks(sample::decoChanges());
  EXPECT_TRUE(chart.accessibleDescription().contains(QStringLiteral("Arrows lead from 4 designs")));
}

}  // namespace
