// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for the text of every chart, on paper and on the screen: large enough, within the bounds, never one over
// another.
#include <gtest/gtest.h>

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "tests/widgets/recording_device.h"
#include "tests/widgets/sample_data.h"
#include "widgets/figures/chart_export.h"

namespace {

using namespace pimento;

std::vector<DrawnText> textsOf(const Figure &figure, QSizeF size, const Style &style) {
  RecordingDevice device(size.toSize());
  QPainter painter(&device);
  figure.paint(painter, QRectF(QPointF(), size), style);
  painter.end();
  return device.texts();
}

void expectSound(const Figure &figure, QSizeF size, const Style &style, double leastSize) {
  const std::vector<DrawnText> texts = textsOf(figure, size, style);
  ASSERT_FALSE(texts.empty());
  const QRectF bounds(QPointF(), size);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string name = texts[i].text.toStdString() + " at width " + std::to_string(size.width());
    EXPECT_GE(texts[i].size, leastSize) << name;
    EXPECT_TRUE(bounds.adjusted(-1, -1, 1, 1).contains(texts[i].box)) << name << " is cut";
    for (std::size_t k = 0; k < i; ++k) {
      const QRectF both = texts[i].box.intersected(texts[k].box);
      // Line boxes hold room above and below the letters.
      const bool over = both.width() > style.em() * 0.1 && both.height() > style.em() * 0.3;
      EXPECT_FALSE(over) << name << " lies over " << texts[k].text.toStdString();
    }
  }
}

void expectSoundEverywhere(const Figure &figure) {
  const Style print = printStyle();
  for (const double width_mm : {columnWidth_mm, 120.0, pageWidth_mm}) {
    const double width = width_mm / 25.4 * 72 * printUnitsPerPoint;
    expectSound(figure, QSizeF(width, std::ceil(figure.heightFor(width, print))), print, 7 * printUnitsPerPoint);
  }
  Style screen = print;
  for (const int pixels : {12, 13, 26}) {
    screen.font.setPixelSize(pixels);
    for (const double width : {500.0, 700.0, 960.0, 1600.0}) {
      if (width < 32 * pixels) continue;
      expectSound(figure, QSizeF(width, std::ceil(figure.heightFor(width, screen))), screen, pixels * 0.8);
    }
  }
}

TEST(FigureText, isSoundInTheTradeOffChart) {
  ParetoFigure figure(sample::decoEnergy());
  expectSoundEverywhere(figure);
  figure.setMarks({.selected = 2, .pins = {8, 10, 4, 6}});
  expectSoundEverywhere(figure);
  figure.setMarks(sample::decoChanges());
  expectSoundEverywhere(figure);
  figure.setPanels(Panels::ZoomOnly);
  expectSoundEverywhere(figure);
}

TEST(FigureText, isSoundWithLinesOfEqualEnergyDelayProduct) {
  expectSoundEverywhere(ParetoFigure(sample::decoEnergyLatency()));
}

TEST(FigureText, isSoundWithManyPoints) { expectSoundEverywhere(ParetoFigure(sample::many(5000))); }

TEST(FigureText, isSoundWhenThereIsNothing) {
  expectSoundEverywhere(ParetoFigure({.title = QStringLiteral("Accuracy against area")}));
  expectSoundEverywhere(BarFigure({.title = QStringLiteral("Energy")}));
  expectSoundEverywhere(PieFigure({.title = QStringLiteral("Area")}));
  expectSoundEverywhere(CurveFigure({.title = QStringLiteral("Switching")}));
  expectSoundEverywhere(HistogramFigure({.title = QStringLiteral("Margins")}));
  expectSoundEverywhere(ChainFigure({.title = QStringLiteral("Chain")}));
  expectSoundEverywhere(RatioFigure({.title = QStringLiteral("Checks")}));
}

TEST(FigureText, isSoundInBars) {
  expectSoundEverywhere(BarFigure(sample::stackedEnergy()));
  expectSoundEverywhere(BarFigure(sample::layers(54)));
}

TEST(FigureText, isSoundInBarsThatAreSqueezed) {
  const BarFigure figure(sample::layers(54));
  Style style = printStyle();
  style.font.setPixelSize(13);
  expectSound(figure, QSizeF(620, 300), style, 11);
}

TEST(FigureText, isSoundInThePie) { expectSoundEverywhere(PieFigure(sample::area())); }

TEST(FigureText, isSoundInCurves) {
  CurveData data = sample::switching();
  expectSoundEverywhere(CurveFigure(data));
  for (const double pulse_ns : {0.5, 10.0, 8.0}) {  // the label of the mark at the ends, and near the note
    data.mark->x = pulse_ns;
    expectSoundEverywhere(CurveFigure(data));
  }
}

TEST(FigureText, isSoundInHistograms) {
  expectSoundEverywhere(HistogramFigure(sample::and2Margins()));
  expectSoundEverywhere(HistogramFigure(sample::or3Margins()));
}

TEST(FigureText, isSoundInTheChain) {
  expectSoundEverywhere(ChainFigure(sample::chain()));
  Style style = printStyle();
  style.font.setPixelSize(13);
  for (double width = 260; width < 1800; width += 70) {
    const ChainFigure figure(sample::chain());
    expectSound(figure, QSizeF(width, std::ceil(figure.heightFor(width, style))), style, 11);
  }
}

TEST(FigureText, isSoundInRatios) { expectSoundEverywhere(RatioFigure(sample::ratios())); }

TEST(FigureText, saysWhyThereIsNothing) {
  const ParetoFigure figure(
      {.title = QStringLiteral("Accuracy against area"), .emptyText = QStringLiteral("No area is published.")});
  const auto texts = textsOf(figure, QSizeF(5000, 3000), printStyle());
  EXPECT_TRUE(std::any_of(texts.begin(), texts.end(),
                          [](const DrawnText &t) { return t.text == QStringLiteral("No area is published."); }));
}

TEST(FigureText, leavesTheHeadingOutWhenAsked) {
  Style style = printStyle();
  const ParetoFigure pareto(sample::decoEnergy());
  const BarFigure bars(sample::stackedEnergy());
  const PieFigure pie(sample::area());
  const CurveFigure curves(sample::switching());
  const HistogramFigure histogram(sample::and2Margins());
  const ChainFigure chain(sample::chain());
  const RatioFigure ratios(sample::ratios());
  for (const Figure *figure :
       std::initializer_list<const Figure *>{&pareto, &bars, &pie, &curves, &histogram, &chain, &ratios}) {
    style.heading = HeadingIs::Shown;
    const double with = figure->heightFor(2520, style);
    style.heading = HeadingIs::LeftOut;
    EXPECT_LT(figure->heightFor(2520, style), with);
    const auto texts = textsOf(*figure, QSizeF(2520, 3000), style);
    EXPECT_FALSE(texts.empty());
    EXPECT_FALSE(std::any_of(texts.begin(), texts.end(), [&](const DrawnText &t) {
      return t.text.size() > 8 && figure->title().startsWith(t.text);
    })) << figure->title().toStdString();
  }
}

TEST(FigureText, isAbsentFromAPrintOfOutlines) {
  Style style = printStyle();
  style.text = TextAs::Outlines;
  EXPECT_TRUE(textsOf(ParetoFigure(sample::decoEnergy()), QSizeF(5131, 3000), style).empty());
  EXPECT_TRUE(textsOf(PieFigure(sample::area()), QSizeF(5131, 3000), style).empty());
}

}  // namespace
