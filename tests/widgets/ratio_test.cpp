// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QKeyEvent>
#include <algorithm>
#include <cmath>

#include "tests/widgets/sample_data.h"
#include "widgets/ratio_chart.h"

namespace {

using namespace pimento;

Style smallStyle() {
  Style style = printStyle();
  style.font.setPixelSize(13);
  return style;
}

TEST(RatioFigure, placesRatiosSymmetricallyAroundOne) {
  RatioData data = sample::ratios();
  data.rows = {{.group = QStringLiteral("g"), .name = QStringLiteral("half"), .ratio = 0.5},
               {.group = QStringLiteral("g"), .name = QStringLiteral("double"), .ratio = 2},
               {.group = QStringLiteral("g"), .name = QStringLiteral("none"), .ratio = 0},
               {.group = QStringLiteral("h"), .name = QStringLiteral("same"), .ratio = 1}};
  const RatioFigure figure(data);
  const auto layout = figure.layout(QRectF(0, 0, 700, 400), smallStyle());
  const double one = figure.position(layout, 3)->x();
  EXPECT_NEAR(figure.position(layout, 1)->x() - one, one - figure.position(layout, 0)->x(), 1e-6);
  EXPECT_FALSE(figure.position(layout, 2)) << "zero has no place on a logarithmic axis";
  EXPECT_EQ(figure.ratioText(1), QStringLiteral("2x"));
  EXPECT_EQ(layout.groupNames, (QStringList{QStringLiteral("g"), QStringLiteral("h")}));
}

TEST(RatioFigure, showsEveryDotAndBandWithinItsArea) {
  const RatioFigure figure(sample::ratios());
  const auto layout = figure.layout(QRectF(0, 0, 700, 400), smallStyle());
  ASSERT_EQ(layout.rows.size(), figure.data().rows.size());
  for (std::size_t i = 0; i < layout.rows.size(); ++i) {
    if (const auto at = figure.position(layout, i)) {
      EXPECT_TRUE(layout.area.contains(*at)) << i;
    }
    if (const auto &tolerance = figure.data().rows[i].tolerance) {
      EXPECT_TRUE(layout.scale.contains(tolerance->low)) << i;
      EXPECT_TRUE(layout.scale.contains(tolerance->high)) << i;
    }
    if (i > 0) {
      EXPECT_GE(layout.rows[i].top(), layout.rows[i - 1].bottom());
    }
  }
}

TEST(RatioFigure, marksWhatLiesBeyondItsRange) {
  RatioData data = sample::ratios();
  data.range = Interval{0.3, 3};
  data.rows = {{.group = QStringLiteral("g"), .name = QStringLiteral("far"), .ratio = 0.0032},
               {.group = QStringLiteral("g"), .name = QStringLiteral("near"), .ratio = 0.93},
               {.group = QStringLiteral("g"), .name = QStringLiteral("none"), .ratio = 0}};
  const RatioFigure figure(data);
  const auto layout = figure.layout(QRectF(0, 0, 700, 400), smallStyle());
  EXPECT_TRUE(figure.isBeyond(0));
  EXPECT_FALSE(figure.isBeyond(1));
  EXPECT_FALSE(figure.isBeyond(2)) << "nothing to point at";
  EXPECT_GT(layout.scale.low(), 0.2) << "the axis is not stretched to it";
  EXPECT_DOUBLE_EQ(figure.position(layout, 0)->x(), layout.area.left());
  EXPECT_EQ(figure.ratioText(0), QStringLiteral("0.0032x"));
}

TEST(RatioChart, isWalkedByKeysAndTold) {
  RatioChart chart;
  chart.resize(700, 400);
  chart.setData(sample::ratios());
  EXPECT_TRUE(chart.accessibleDescription().endsWith(QStringLiteral("11 rows, 2 outside their tolerance.")))
      << chart.accessibleDescription().toStdString();
  QKeyEvent press(QEvent::KeyPress, Qt::Key_Down, Qt::NoModifier);
  QCoreApplication::sendEvent(&chart, &press);
  EXPECT_EQ(chart.accessibleDescription(),
            QStringLiteral("Device, first switching current at 0.5 ns: 1.012x, within its tolerance of 0.95 to 1.05"));
  EXPECT_EQ(chart.itemAt(chart.boxOf(7).center()), 7U);
  EXPECT_GT(chart.heightForWidth(300), 150);
}

}  // namespace
