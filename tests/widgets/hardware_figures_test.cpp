// SPDX-License-Identifier: GPL-3.0-or-later
// Curves, histograms and the chain of models.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QImage>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "tests/widgets/input_events.h"
#include "tests/widgets/sample_data.h"
#include "widgets/chain_view.h"
#include "widgets/curve_chart.h"
#include "widgets/figures/chart_export.h"
#include "widgets/figures/label_placement.h"
#include "widgets/histogram_chart.h"

namespace {

using namespace pimento;
using namespace pimento::test;

QImage painted(const Figure &figure, QSize size, int pixels) {
  QImage image(size, QImage::Format_RGB32);
  QPainter painter(&image);
  Style style = printStyle();
  style.font.setPixelSize(pixels);
  figure.paint(painter, QRectF(image.rect()), style);
  return image;
}

Style styleOf(int pixels) {
  Style style = printStyle();
  style.font.setPixelSize(pixels);
  return style;
}

QString nbsp(QString text) { return text.replace(QLatin1Char('_'), QChar(0x00a0)); }

TEST(Hatching, stripesAPolygonAndNothingAround) {
  const QPolygonF ring{{0, 0},   {100, 0}, {100, 100}, {0, 100}, {0, 0},
                       {30, 30}, {30, 70}, {70, 70},   {70, 30}, {30, 30}};
  const std::vector<QLineF> lines = hatchLines(ring, 0, 10);
  double length = 0;
  for (const QLineF &line : lines) {
    EXPECT_NEAR(line.dy(), 0, 1e-9);
    EXPECT_FALSE(QRectF(31, 31, 38, 38).contains(line.center())) << "a hole stays empty";
    length += line.length();
  }
  EXPECT_NEAR(length * 10, 100 * 100 - 40 * 40, 1) << "as much ink as area";
  for (const QLineF &line : hatchLines(ring, 45, 7)) {
    EXPECT_NEAR(line.dx(), -line.dy(), 1e-9) << "rises to the right";
    EXPECT_TRUE(QRectF(-0.01, -0.01, 100.02, 100.02).contains(line.p1()));
  }
  EXPECT_TRUE(hatchLines(QPolygonF{{0, 0}, {1, 1}}, 0, 1).empty());
}

TEST(LabelStrip, raisesLabelsThatWouldTouch) {
  const Style style = styleOf(13);
  const LabelStrip strip = layOutStrip({{100, QStringLiteral("reference AND2")},
                                        {110, QStringLiteral("reference OR2")},
                                        {400, QStringLiteral("far")},
                                        {500, QStringLiteral("at the very end of it")}},
                                       0, 500, 80, style);
  EXPECT_EQ(strip.boxes[0].bottom(), 80);
  EXPECT_LT(strip.boxes[1].bottom(), 80);
  EXPECT_EQ(strip.boxes[1].center().x(), 110) << "still over what it names";
  EXPECT_LE(strip.boxes[3].right(), 500);
  EXPECT_EQ(strip.height, 80 - strip.boxes[1].top());
}

TEST(CurveFigure, showsPointsAndTheMarkOnItsAxes) {
  const CurveFigure figure(sample::switching());
  const CurveFigure::Layout layout = figure.layout(QRectF(0, 0, 900, 500), styleOf(13));
  const QRectF &area = layout.frame.area;
  for (std::size_t s = 0; s < figure.data().series.size(); ++s)
    for (std::size_t p = 0; p < figure.data().series[s].points.size(); ++p) {
      const auto at = figure.position(layout, s, p);
      ASSERT_TRUE(at);
      EXPECT_TRUE(area.contains(*at));
    }
  // Equal factors take equal room on a logarithmic axis: 0.5, 1, 2 ns.
  const double half = figure.position(layout, 0, 0)->x();
  const double one = figure.position(layout, 0, 1)->x();
  const double two = figure.position(layout, 0, 2)->x();
  EXPECT_NEAR(one - half, two - one, 1e-6);
  EXPECT_EQ(layout.view.y.low(), 0) << "a current that comes near zero is shown from zero";
  EXPECT_TRUE(layout.view.y.contains(200)) << "the present current";
  EXPECT_NEAR(layout.strip.boxes[0].center().x(), two, 0.5) << "the label stands over the mark";
}

TEST(CurveFigure, breaksALineWhereThereIsNoValue) {
  CurveData data{.xAxis = {}, .yAxis = {}, .xScale = AxisScale::Linear, .yScale = AxisScale::Log10, .series = {}};
  data.series.push_back({.name = QStringLiteral("errors"), .points = {{0, 1}, {1, 1}, {2, 0}, {3, 1}, {4, 1}}});
  const CurveFigure figure(data);
  const CurveFigure::Layout layout = figure.layout(QRectF(0, 0, 1000, 500), styleOf(20));
  EXPECT_FALSE(figure.position(layout, 0, 2)) << "zero has no place on a logarithmic axis";
  const QImage image = painted(figure, QSize(1000, 500), 20);
  const auto inkAt = [&](double x) {
    const QPoint at = layout.view.map(x, 1, layout.frame.area).toPoint();
    for (int d = -4; d <= 4; ++d)
      if (image.pixelColor(at + QPoint(0, d)) == lightTheme().hue(0)) return true;
    return false;
  };
  EXPECT_TRUE(inkAt(0.5));
  EXPECT_FALSE(inkAt(1.5));
  EXPECT_FALSE(inkAt(2.5));
  EXPECT_TRUE(inkAt(3.5));
}

TEST(CurveFigure, tellsCurvesApartWithoutColour) {
  const Style style = styleOf(13);
  for (std::size_t a = 0; a < 5; ++a)
    for (std::size_t b = 0; b < a; ++b) EXPECT_NE(curvePen(a, style).dashPattern(), curvePen(b, style).dashPattern());
}

TEST(CurveFigure, keepsTheLookOfASeriesWhenOthersCome) {
  CurveData data{.xAxis = {}, .yAxis = {}, .series = {}};
  data.series.push_back({.name = QStringLiteral("before"), .points = {{0, 1}, {4, 1}}});
  data.series.back().ink = CurveSeries::Ink::Grey;
  data.series.push_back({.name = QStringLiteral("now"), .points = {{0, 2}, {4, 2}}});
  data.series.back().look = 0;
  const CurveFigure figure(data);
  const CurveFigure::Layout layout = figure.layout(QRectF(0, 0, 1000, 500), styleOf(20));
  const QImage image = painted(figure, QSize(1000, 500), 20);
  const auto inked = [&](double y, const QColor &colour) {
    const QPointF from = layout.view.map(1, y, layout.frame.area);
    for (int x = 0; x < 60; ++x)
      for (int d = -3; d <= 3; ++d)
        if (image.pixelColor((from + QPointF(x, d)).toPoint()) == colour) return true;
    return false;
  };
  EXPECT_TRUE(inked(2, lightTheme().hue(0)));
  EXPECT_FALSE(inked(2, lightTheme().hue(1)));
  EXPECT_TRUE(inked(1, lightTheme().dominated));
}

// Nothing but what was measured looks like a curve: a run of one epoch has points, and names beside them.
TEST(CurveFigure, joinsALonePointToNothing) {
  CurveData data{.xAxis = {}, .yAxis = {}, .series = {}};
  data.names = CurveData::Names::AtEnds;
  data.series.push_back({.name = QStringLiteral("1.0x"), .points = {{1, 80}}, .markers = Kind::Measured});
  data.series.push_back({.name = QStringLiteral("0.5x"), .points = {{1, 60}}});
  const CurveFigure figure(data);
  const CurveFigure::Layout layout = figure.layout(QRectF(0, 0, 1000, 500), styleOf(20));
  const QImage image = painted(figure, QSize(1000, 500), 20);
  const QRectF &area = layout.frame.area;
  for (std::size_t series = 0; series < 2; ++series) {
    const QColor ink = lightTheme().hue(series);
    const QPointF point = figure.position(layout, series, 0).value();
    int near = 0;
    int far = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = int(area.left()); x < int(area.right()); ++x)
        if (image.pixelColor(x, y) == ink) ++(std::hypot(x - point.x(), y - point.y()) < 20 ? near : far);
    EXPECT_GT(near, 0) << "the point itself, with a marker or without";
    EXPECT_EQ(far, 0);
  }
}

TEST(CurveFigure, saysThatItIsRefined) {
  CurveData data = sample::switching();
  data.series.clear();
  EXPECT_TRUE(CurveFigure(data).isEmpty());
  data.series.push_back({.name = QStringLiteral("x"), .points = {{-1, 3}, {0, 4}}});
  EXPECT_TRUE(CurveFigure(data).isEmpty()) << "no place on a logarithmic axis";
}

TEST(CurveChart, isWalkedByKeysAndTellsWhatIsSelected) {
  CurveChart chart;
  chart.resize(620, 380);
  chart.setData(sample::switching());
  EXPECT_EQ(chart.accessibleName(), QStringLiteral("Switching current against pulse"));
  EXPECT_TRUE(chart.accessibleDescription().contains(QStringLiteral("write pulse 2 ns")));
  std::vector<std::size_t> told;
  QObject::connect(&chart, &FigureView::itemSelected, [&](std::size_t item) { told.push_back(item); });
  key(chart, Qt::Key_Right);
  key(chart, Qt::Key_Right);
  EXPECT_EQ(chart.accessibleDescription(), nbsp(QStringLiteral("first switching: 126.4_µA at 1_ns")));
  key(chart, Qt::Key_Down);
  EXPECT_EQ(chart.accessibleDescription(), nbsp(QStringLiteral("always switching: 141_µA at 1_ns")));
  key(chart, Qt::Key_Up);
  key(chart, Qt::Key_Left);
  key(chart, Qt::Key_Left);
  EXPECT_EQ(told, (std::vector<std::size_t>{0, 1, 7, 1, 0})) << "the first stays the first";
  chart.setData({});
  EXPECT_FALSE(chart.selected());
  key(chart, Qt::Key_Right);
  EXPECT_FALSE(chart.selected());
}

TEST(CurveChart, findsThePointUnderTheMouse) {
  CurveChart chart;
  chart.resize(620, 380);
  chart.setData(sample::switching());
  const CurveFigure::Layout layout = chart.figure().layout(QRectF(chart.rect()), screenStyle(chart));
  click(chart, *chart.figure().position(layout, 1, 4) + QPointF(2, 2));
  EXPECT_EQ(chart.selected(), 10U);
  EXPECT_FALSE(chart.itemAt(layout.frame.area.topRight()));
}

TEST(HistogramFigure, keepsTheAreaOfItsCounts) {
  const HistogramFigure figure(sample::and2Margins());
  const HistogramFigure::Layout layout = figure.layout(QRectF(0, 0, 900, 500), styleOf(13));
  const Distribution &d = figure.data().distributions[1];
  const QPolygonF steps = figure.steps(layout, 1);
  double area = 0;  // of the polygon, by the shoelace formula
  for (qsizetype i = 0; i < steps.size(); ++i) {
    const QPointF a = steps[i];
    const QPointF b = steps[(i + 1) % steps.size()];
    area += a.x() * b.y() - b.x() * a.y();
  }
  const QRectF &plot = layout.frame.area;
  const double perCount =
      d.width / (layout.view.x.high() - layout.view.x.low()) * plot.width() * plot.height() / layout.view.y.high();
  EXPECT_NEAR(std::abs(area) / 2, total(d) * perCount, total(d) * perCount * 1e-9);
}

TEST(HistogramFigure, measuresMeanDeviationAndMargin) {
  const Distribution low{.name = QStringLiteral("0"), .first = 10, .width = 2, .counts = {1, 2, 1}, .mean = {}};
  EXPECT_DOUBLE_EQ(meanOf(low), 13);
  EXPECT_DOUBLE_EQ(deviationOf(low), std::sqrt(2.0));
  const Distribution high{.name = QStringLiteral("1"), .first = 0, .width = 1, .counts = {5}, .mean = 50.5};
  EXPECT_DOUBLE_EQ(meanOf(high), 50.5) << "as given";
  EXPECT_TRUE(std::isnan(meanOf({.name = {}, .first = 0, .width = 1, .counts = {0, 0}, .mean = {}})));
  const HistogramFigure figure({.axis = {.title = {}, .base = QStringLiteral("mV")}, .distributions = {low, high}});
  EXPECT_EQ(figure.marginText(0), nbsp(QStringLiteral("37.5_mV")));
}

TEST(HistogramFigure, showsASingleCountOnALogarithmicAxis) {
  HistogramData data = sample::and2Margins();
  data.countScale = AxisScale::Log10;
  data.distributions = {{.name = QStringLiteral("a"), .first = 0, .width = 1, .counts = {1, 0, 10000}, .mean = {}}};
  data.references.clear();
  const HistogramFigure figure(data);
  const HistogramFigure::Layout layout = figure.layout(QRectF(0, 0, 900, 500), styleOf(13));
  const QPolygonF steps = figure.steps(layout, 0);
  EXPECT_LT(steps[1].y(), layout.frame.area.bottom() - 5) << "a single count can be seen";
  EXPECT_EQ(steps[3].y(), layout.frame.area.bottom()) << "nothing is nothing";
  EXPECT_LT(steps[5].y(), steps[1].y());
}

TEST(HistogramFigure, refusesWhatIsNoDistribution) {
  const auto figure = [](double width, double count) {
    return HistogramFigure({.distributions = {{QStringLiteral("a"), 0, width, {count}, {}}}});
  };
  EXPECT_THROW(figure(0, 1), Error);
  EXPECT_THROW(figure(std::nan(""), 1), Error);
  EXPECT_THROW(figure(1, -1), Error);
  EXPECT_THROW(figure(1, std::numeric_limits<double>::infinity()), Error);
  EXPECT_TRUE(figure(1, 0).isEmpty());
}

TEST(HistogramFigure, differsInHatchingToo) {
  // In greys of equal lightness the hatching alone must tell 0 ones from 1 one.
  HistogramData data = sample::and2Margins();
  data.margins = Margins::Hidden;
  data.references.clear();
  Style style = styleOf(20);
  style.theme.hues.fill(Qt::black);
  const auto pixels = [&](std::size_t which) {
    HistogramData one = data;
    one.distributions = {{QStringLiteral("a"), 0, 1, {0}, {}}, {QStringLiteral("a"), 0, 1, {0}, {}}};
    one.distributions[which] = {QStringLiteral("a"), 0, 1, {5}, {}};
    QImage image(600, 400, QImage::Format_RGB32);
    QPainter painter(&image);
    const HistogramFigure figure(one);
    figure.paint(painter, QRectF(image.rect()), style);
    painter.end();
    const QRectF box = figure.steps(figure.layout(QRectF(image.rect()), style), which).boundingRect();
    return image.copy(box.adjusted(20, 20, -20, -20).toRect());
  };
  EXPECT_NE(pixels(0), pixels(1));
}

TEST(HistogramFigure, outlinesWhatWasBefore) {
  HistogramData data = sample::and2Margins();
  const double low = HistogramFigure(data).layout(QRectF(0, 0, 900, 500), styleOf(13)).view.x.low();
  const auto greys = [](const QImage &image) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y) == lightTheme().dominated ? 1 : 0;
    return count;
  };
  const int plain = greys(painted(HistogramFigure(data), QSize(900, 500), 13));
  data.before = {data.distributions.front()};
  data.before.front().first -= 30;
  const HistogramFigure figure(data);
  EXPECT_LT(figure.layout(QRectF(0, 0, 900, 500), styleOf(13)).view.x.low(), low) << "the axis holds it";
  EXPECT_GT(greys(painted(figure, QSize(900, 500), 13)), plain + 50);
}

TEST(HistogramFigure, keepsItsMarginsClearOfTheArrows) {
  const HistogramFigure figure(sample::or3Margins());
  const HistogramFigure::Layout layout = figure.layout(QRectF(0, 0, 620, 380), styleOf(13));
  for (const QRectF &box : layout.margins.boxes) EXPECT_LT(box.bottom(), layout.arrows - 13 * 0.25);
}

TEST(HistogramChart, tellsDistributionsAndTheirMargins) {
  HistogramChart chart;
  chart.resize(620, 380);
  chart.setData(sample::and2Margins());
  EXPECT_TRUE(chart.accessibleDescription().contains(QStringLiteral("reference 120.9 mV")));
  key(chart, Qt::Key_Down);
  EXPECT_EQ(chart.selected(), 0U);
  EXPECT_TRUE(chart.accessibleDescription().startsWith(QStringLiteral("0 ones: mean 80")));
  EXPECT_TRUE(chart.accessibleDescription().endsWith(QStringLiteral("below 1 one")));
  const HistogramFigure::Layout layout = chart.figure().layout(QRectF(chart.rect()), screenStyle(chart));
  const QPointF in2 = layout.view.map(140, 300, layout.frame.area);
  EXPECT_EQ(chart.itemAt(in2), 2U);
  EXPECT_FALSE(chart.itemAt(layout.view.map(120, 300, layout.frame.area)));
  click(chart, in2);
  EXPECT_EQ(chart.selected(), 2U);
}

TEST(ChainFigure, wrapsIntoRowsThatHoldAllBoxes) {
  const ChainFigure figure(sample::chain());
  const Style style = styleOf(13);
  std::vector<std::size_t> columns;
  for (const double width : {1700.0, 960.0, 620.0, 320.0}) {
    const QRectF bounds(0, 0, width, figure.heightFor(width, style));
    const ChainFigure::Layout layout = figure.layout(bounds, style);
    ASSERT_EQ(layout.boxes.size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) {
      EXPECT_TRUE(bounds.contains(layout.boxes[i])) << i << " at " << width;
      for (std::size_t k = 0; k < i; ++k) EXPECT_FALSE(layout.boxes[i].intersects(layout.boxes[k]));
    }
    columns.push_back(layout.columns);
  }
  EXPECT_EQ(columns, (std::vector<std::size_t>{5, 3, 2, 1}));
}

TEST(ChainFigure, isCompact) {
  const ChainFigure figure(sample::chain());
  const Style style = styleOf(13);
  EXPECT_EQ(figure.layout(QRectF(0, 0, 1250, 600), style).columns, 5U) << "one row";
  const ChainFigure::Layout rows = figure.layout(QRectF(0, 0, 620, 900), style);
  ASSERT_EQ(rows.columns, 2U);
  EXPECT_NEAR(rows.boxes[4].width(), rows.boxes[3].right() - rows.boxes[2].left(), 1e-6) << "nothing is left blank";
  EXPECT_LT(rows.boxes[4].height(), rows.boxes[0].height()) << "its lines stand in two columns";
}

TEST(ChainFigure, growsWithWhatChangedAndWithWarnings) {
  ChainData plain{
      .boxes = {{QStringLiteral("Device"), {{QStringLiteral("TMR"), QStringLiteral("120 %"), {}, {}}}, {}, {}}}};
  const Style style = styleOf(13);
  const double before = ChainFigure(plain).heightFor(400, style);
  plain.boxes[0].lines[0].base = QStringLiteral("100 %");
  const double changed = ChainFigure(plain).heightFor(400, style);
  plain.boxes[0].warnings << QStringLiteral("The retention is below a day.");
  EXPECT_GT(changed, before);
  EXPECT_GT(ChainFigure(plain).heightFor(400, style), changed);
}

TEST(ChainView, activatesBoxesByMouseAndKeyboard) {
  ChainView view;
  view.resize(960, view.heightForWidth(960));
  view.setData(sample::chain());
  view.resize(960, view.heightForWidth(960));
  std::vector<std::size_t> activated;
  QObject::connect(&view, &ChainView::boxActivated, [&](std::size_t box) { activated.push_back(box); });
  const ChainFigure::Layout layout = view.figure().layout(QRectF(view.rect()), screenStyle(view));
  click(view, layout.boxes[3].center());
  key(view, Qt::Key_Left);
  key(view, Qt::Key_Return);
  key(view, Qt::Key_Right);
  key(view, Qt::Key_Right);
  key(view, Qt::Key_Right);
  key(view, Qt::Key_Space);
  EXPECT_EQ(activated, (std::vector<std::size_t>{3, 2, 4}));
  click(view, QPointF(layout.boxes[0].right() + 5, layout.boxes[0].center().y()));
  EXPECT_EQ(activated.size(), 3U) << "an arrow is no box";
}

TEST(ChainView, isToldAsText) {
  ChainView view;
  view.setData(sample::chain());
  EXPECT_TRUE(view.accessibleDescription().contains(QStringLiteral("passes on to Array 256 x 512")));
  view.setSelected(0);
  const QString text = view.accessibleDescription();
  EXPECT_TRUE(text.startsWith(QStringLiteral("Device: write current 200 µA")));
  EXPECT_TRUE(text.contains(QStringLiteral("TMR 171 % (from 120 %, 1.425x)")));
  EXPECT_TRUE(text.contains(QStringLiteral("warning: Retention")));
  EXPECT_GT(view.heightForWidth(320), view.heightForWidth(1700));
}

TEST(HardwareFigures, areExportedWithTheSameBytesEveryTime) {
  const CurveFigure curves(sample::switching());
  const HistogramFigure histogram(sample::or3Margins());
  const ChainFigure chain(sample::chain());
  for (const Figure *figure : std::initializer_list<const Figure *>{&curves, &histogram, &chain})
    for (const ChartFormat format : {ChartFormat::Svg, ChartFormat::Pdf, ChartFormat::Png}) {
      const QByteArray bytes = exportChart(*figure, format, {.width_mm = columnWidth_mm});
      EXPECT_GT(bytes.size(), 1000);
      EXPECT_EQ(bytes, exportChart(*figure, format, {.width_mm = columnWidth_mm}));
    }
}

}  // namespace
