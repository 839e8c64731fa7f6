// SPDX-License-Identifier: GPL-3.0-or-later
// Bars and pies.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QImage>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "core/base/error.h"
#include "tests/widgets/input_events.h"
#include "tests/widgets/sample_data.h"
#include "widgets/area_pie.h"
#include "widgets/bar_chart.h"
#include "widgets/figures/component_fill.h"

namespace {

using namespace pimento;
using namespace pimento::test;

// Beside the lines of a hatching.
bool hasNear(const QImage &image, QPointF at, const QColor &colour) {
  for (int dy = -8; dy <= 8; ++dy)
    for (int dx = -8; dx <= 8; ++dx)
      if (image.pixelColor(at.toPoint() + QPoint(dx, dy)) == colour) return true;
  return false;
}

TEST(BarFigure, stacksPartsWithoutGaps) {
  const BarFigure figure(sample::stackedEnergy());
  Style style = printStyle();
  const BarFigure::Layout layout = figure.layout(QRectF(0, 0, 5000, 3000), style);
  const Bar &bar = figure.data().bars[3];
  double end = layout.area.left();
  for (std::size_t part = 0; part < bar.parts.size(); ++part) {
    const QRectF box = figure.partBox(layout, 3, part);
    EXPECT_NEAR(box.left(), end, 1e-6);
    EXPECT_NEAR(box.width() / layout.area.width(), bar.parts[part].value / layout.scale.high(), 1e-9);
    end = box.right();
  }
  EXPECT_LT(end, layout.area.right()) << "room for the total";
}

TEST(BarFigure, paintsEachPartInTheColourOfItsComponent) {
  const BarFigure figure(sample::stackedEnergy());
  const Style style = printStyle();
  QImage image(2000, 1000, QImage::Format_RGB32);
  QPainter painter(&image);
  figure.paint(painter, QRectF(image.rect()), style);
  painter.end();
  const BarFigure::Layout layout = figure.layout(QRectF(image.rect()), style);
  for (const std::size_t part : {0U, 1U, 2U})
    EXPECT_TRUE(hasNear(image, figure.partBox(layout, 3, part).center(), componentColour(part, style.theme)));
}

TEST(ComponentFill, isHatchedInsideItsArea) {
  const Style style = printStyle();
  const auto inked = [&](std::size_t component) {
    QImage image(1000, 400, QImage::Format_RGB32);
    image.fill(Qt::red);
    QPainter painter(&image);
    fillComponent(painter, QPolygonF(QRectF(200, 100, 600, 200)), component, style);
    painter.end();
    int ink = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) {
        const QColor pixel = image.pixelColor(x, y);
        if (pixel == QColor(Qt::red) || pixel == componentColour(component, style.theme)) continue;
        EXPECT_TRUE(QRect(195, 95, 610, 210).contains(x, y)) << "within the part";
        ++ink;
      }
    return ink;
  };
  EXPECT_EQ(inked(0), 0);
  for (std::size_t component = 1; component < 10; ++component) EXPECT_GT(inked(component), 3000) << component;
}

TEST(ComponentFill, differsFromItsNeighboursWithoutColour) {
  for (std::size_t component = 1; component < 10; ++component)
    EXPECT_NE(componentHatch(component), componentHatch(component - 1)) << component;
}

TEST(BarFigure, leavesOutWhatIsAbsent) {
  BarFigure figure({.axis = axisSpec(Metric::Energy),
                    .components = {QStringLiteral("a")},
                    .bars = {{QStringLiteral("x"), {{0, std::nan("")}}}, {QStringLiteral("y"), {{0, 2}}}}});
  const BarFigure::Layout layout = figure.layout(QRectF(0, 0, 5000, 3000), printStyle());
  EXPECT_TRUE(figure.partBox(layout, 0, 0).isEmpty());
  EXPECT_EQ(total(figure.data().bars[0]), 0);
  EXPECT_FALSE(figure.partBox(layout, 1, 0).isEmpty());
  EXPECT_THROW(BarFigure({.bars = {{QStringLiteral("x"), {{3, 1}}}}}), Error);
}

TEST(BarFigure, takesColoursOfLayersFromTheirModules) {
  const BarData data = layerBars(QStringLiteral("t"), axisSpec(Metric::BitAnds),
                                 {{QStringLiteral("conv1"), QStringLiteral("FE"), 1},
                                  {QStringLiteral("conv2"), QStringLiteral("CM1"), 2},
                                  {QStringLiteral("conv3"), QStringLiteral("FE"), 3}});
  EXPECT_EQ(data.components, (QStringList{QStringLiteral("FE"), QStringLiteral("CM1")}));
  EXPECT_EQ(data.bars[0].parts[0].component, data.bars[2].parts[0].component);
  EXPECT_NE(data.bars[0].parts[0].component, data.bars[1].parts[0].component);
}

TEST(BarFigure, growsWithTheNumberOfLayers) {
  const Style style = printStyle();
  const double few = BarFigure(sample::layers(10)).heightFor(5131, style);
  const double many = BarFigure(sample::layers(54)).heightFor(5131, style);
  EXPECT_GT(many, 2 * few);
  EXPECT_LT(many / 72 / printUnitsPerPoint * 25.4, 230) << "54 layers fit on a page";
}

TEST(BarChart, isWalkedByKeysAndTellsWhatIsSelected) {
  BarChart chart;
  chart.resize(700, 300);
  chart.setData(sample::stackedEnergy());
  std::vector<std::size_t> told;
  QObject::connect(&chart, &BarChart::barSelected, [&](std::size_t bar) { told.push_back(bar); });
  key(chart, Qt::Key_Down);
  key(chart, Qt::Key_Down);
  key(chart, Qt::Key_Right);
  key(chart, Qt::Key_Right);
  EXPECT_EQ(told, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(chart.accessibleDescription(),
            QStringLiteral("0.5, AND write-back: 2.35") + QChar(0x00a0) + QStringLiteral("µJ (39.5 %)"));
  key(chart, Qt::Key_Up);
  key(chart, Qt::Key_Up);
  EXPECT_EQ(chart.selected(), 0U) << "the first stays the first";
}

TEST(BarChart, selectsTheBarThatIsClicked) {
  BarChart chart;
  chart.resize(700, 300);
  chart.setData(sample::stackedEnergy());
  const BarFigure::Layout layout = chart.figure().layout(QRectF(chart.rect()), screenStyle(chart));
  click(chart, chart.figure().barBox(layout, 2).center());
  EXPECT_EQ(chart.selected(), 2U);
}

TEST(BarChart, framesWhatIsSelectedAndLeavesItsColours) {
  BarChart chart;
  chart.resize(700, 300);
  chart.setData(sample::stackedEnergy());
  const auto centre = [&] {
    const BarFigure::Layout layout = chart.figure().layout(QRectF(chart.rect()), screenStyle(chart));
    return chart.grab().toImage().pixelColor(chart.figure().partBox(layout, 3, 0).center().toPoint());
  };
  const QColor before = centre();
  chart.setSelected(3);
  EXPECT_EQ(centre(), before);
}

TEST(PieFigure, findsTheSliceUnderAPosition) {
  PieFigure figure(
      {.axis = axisSpec(Metric::Area),
       .slices = {{QStringLiteral("a"), 1}, {QStringLiteral("absent"), std::nan("")}, {QStringLiteral("b"), 3}}});
  const PieFigure::Layout layout = figure.layout(QRectF(0, 0, 6000, 3000), printStyle());
  const double r = layout.pie.width() / 2 * 0.6;
  const QPointF c = layout.pie.center();
  EXPECT_EQ(figure.sliceAt(layout, c + QPointF(r, -r) * 0.7), 0U) << "the first quarter, clockwise from the top";
  EXPECT_EQ(figure.sliceAt(layout, c + QPointF(r, r) * 0.7), 2U);
  EXPECT_EQ(figure.sliceAt(layout, c + QPointF(-r, -r) * 0.7), 2U);
  EXPECT_FALSE(figure.sliceAt(layout, c)) << "the hole";
  const QPointF row = layout.table.topLeft() + QPointF(10, layout.row * 2.5);
  EXPECT_EQ(figure.sliceAt(layout, row), 1U) << "the row of what is absent";
  EXPECT_EQ(figure.shareText(0), QStringLiteral("25.0 %"));
  EXPECT_EQ(figure.valueText(1), QStringLiteral("n/a"));
}

TEST(PieFigure, paintsSlicesWhereTheyAreFound) {
  const PieFigure figure(sample::area());
  Style style = printStyle();
  style.font.setPixelSize(40);
  QImage image(3000, 1500, QImage::Format_RGB32);
  QPainter painter(&image);
  figure.paint(painter, QRectF(image.rect()), style);
  painter.end();
  const PieFigure::Layout layout = figure.layout(QRectF(image.rect()), style);
  const double r = layout.pie.width() / 2 * 0.6;
  int checked = 0;
  for (int degrees = 3; degrees < 360; degrees += 5) {
    const double angle = degrees * 3.14159265 / 180;
    const QPointF at = layout.pie.center() + QPointF(std::sin(angle), -std::cos(angle)) * r;
    const auto slice = figure.sliceAt(layout, at);
    ASSERT_TRUE(slice);
    if (hasNear(image, at, componentColour(*slice, style.theme))) ++checked;
  }
  EXPECT_EQ(checked, 72);
}

TEST(AreaPie, isWalkedByKeysAndTellsWhatIsSelected) {
  AreaPie pie;
  pie.resize(600, 300);
  pie.setData(sample::area());
  EXPECT_TRUE(pie.accessibleDescription().contains(QStringLiteral("bank interface: n/a")));
  std::vector<std::size_t> told;
  QObject::connect(&pie, &AreaPie::sliceSelected, [&](std::size_t slice) { told.push_back(slice); });
  key(pie, Qt::Key_Down);
  key(pie, Qt::Key_Down);
  key(pie, Qt::Key_Up);
  EXPECT_EQ(told, (std::vector<std::size_t>{0, 1, 0}));
  EXPECT_TRUE(pie.accessibleDescription().startsWith(QStringLiteral("cell array: 3.21")));
}

TEST(ComponentColour, differsForTenComponents) {
  for (const Theme &theme : {lightTheme(), darkTheme()})
    for (std::size_t a = 0; a < 10; ++a)
      for (std::size_t b = 0; b < a; ++b) EXPECT_NE(componentColour(a, theme), componentColour(b, theme));
}

}  // namespace
