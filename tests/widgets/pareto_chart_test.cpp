// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pareto_chart.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <limits>

#include "core/base/error.h"
#include "tests/widgets/sample_data.h"
#include "widgets/figures/clipping.h"
#include "widgets/figures/legend.h"

namespace {

using namespace pimento;

void wheel(QWidget &widget, QPointF at) {
  QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&widget, &event);
}

class ParetoChartTest : public testing::Test {
 protected:
  ParetoChartTest() {
    m_chart.resize(900, 450);
    m_chart.setData(sample::decoEnergy());
    QObject::connect(&m_chart, &ParetoChart::zoomChanged, [this](const ValueRange &before, const ValueRange &after) {
      m_steps.emplace_back(before, after);
    });
  }
  ParetoChart m_chart;
  std::vector<std::pair<ValueRange, ValueRange>> m_steps;
};

TEST_F(ParetoChartTest, showsAllInTheOverviewAndTheFrontInTheZoom) {
  const ParetoFigure &figure = m_chart.figure();
  EXPECT_EQ(figure.overviewView().x.kind(), AxisScale::Log10);
  EXPECT_EQ(figure.overviewView().y.kind(), AxisScale::Linear);
  EXPECT_EQ(figure.zoomView().x.kind(), AxisScale::Linear);
  const ScatterData &points = *figure.data().points;
  for (std::uint32_t i = 0; i < points.size(); ++i) EXPECT_TRUE(figure.overview()->visible(i, figure.overviewView()));
  for (const std::uint32_t point : points.front) EXPECT_TRUE(figure.zoom()->visible(point, figure.zoomView()));
}

TEST_F(ParetoChartTest, linksThePanels) {
  const ValueRange before = m_chart.zoom();
  wheel(*m_chart.zoomPanel(), m_chart.zoomPanel()->area().center());
  EXPECT_FALSE(m_chart.zoom() == before);
  EXPECT_EQ(m_steps.size(), 1U) << "one step of undo";
  EXPECT_EQ(m_steps[0].first, before);
  EXPECT_EQ(m_steps[0].second, m_chart.zoom());
  EXPECT_EQ(rangeOf(m_chart.figure().zoomView()), m_chart.zoom()) << "an export shows what the window shows";
  wheel(*m_chart.overviewPanel(), m_chart.overviewPanel()->area().center());
  EXPECT_EQ(m_steps.size(), 2U);
  EXPECT_EQ(rangeOf(m_chart.zoomPanel()->view()), m_chart.zoom());
}

TEST_F(ParetoChartTest, panelsSideBySideHaveOneUnit) {
  const ParetoFigure &figure = m_chart.figure();
  const auto title = [&](const View &view) { return axisTicks(view.x, figure.axes().x, 5).title; };
  EXPECT_EQ(title(figure.zoomView()), QStringLiteral("Energy (µJ)"));
  EXPECT_EQ(title(figure.overviewView()), QStringLiteral("Energy (µJ)"));
  m_chart.setZoom({4e6, 1.6e7, 40, 70});
  EXPECT_EQ(title(figure.zoomView()), QStringLiteral("Energy (J)")) << "that of the zoom";
  EXPECT_EQ(title(figure.overviewView()), QStringLiteral("Energy (J)"));
}

TEST_F(ParetoChartTest, tellsOfThePointThatThePointerRestsOn) {
  PlotSurface &panel = *m_chart.zoomPanel();
  const ParetoFigure &figure = m_chart.figure();
  const std::uint32_t point = figure.data().points->front.front();
  const QPoint at = figure.zoom()->position(point, figure.zoomView(), panel.area()).toPoint();
  const auto rest = [&](QPoint where) {
    QHelpEvent event(QEvent::ToolTip, where, panel.mapToGlobal(where));
    QApplication::sendEvent(&panel, &event);
  };
  QToolTip::hideText();
  rest(at);
  EXPECT_TRUE(QToolTip::text().contains(figure.data().points->labelOf(point))) << QToolTip::text().toStdString();
  rest(at);
  EXPECT_FALSE(QToolTip::text().isEmpty()) << "it stays";
}

// As a window of 1280 x 800 pixels has it.
TEST_F(ParetoChartTest, showsItsTextsWholeInAPicture) {
  m_chart.resize(640, 425);
  ParetoData data = sample::decoEnergy();
  data.takeaway =
      QStringLiteral("One of these designs is not dominated by another one in what the axes show. ").repeated(4);
  m_chart.setData(data);
  const QRectF bounds(m_chart.rect());
  const Style style = screenStyle(m_chart);
  const auto legendFits = [&] {
    return fits(m_chart.figure().legend(style), m_chart.figure().layout(bounds, style).legend.size(), style);
  };
  ASSERT_TRUE(m_chart.figure().layout(bounds, style).heading.cut);
  ASSERT_FALSE(legendFits());
  m_chart.setTexts(Texts::Whole);
  for (const char *when : {"at once", "with other data"}) {
    EXPECT_FALSE(m_chart.figure().layout(bounds, style).heading.cut) << when;
    EXPECT_TRUE(legendFits()) << when;
    EXPECT_EQ(m_chart.zoomPanel()->geometry(), m_chart.figure().layout(bounds, style).panels[1].toRect()) << when;
    m_chart.setData(data);
  }
}

TEST_F(ParetoChartTest, setsTheZoomSilently) {
  const ValueRange before = m_chart.zoom();
  const ValueRange range{31, 33, 50, 58};
  m_chart.setZoom(range);
  EXPECT_EQ(m_chart.zoom(), range);
  m_chart.resetZoom();
  EXPECT_EQ(m_chart.zoom(), before);
  EXPECT_TRUE(m_steps.empty());
}

TEST_F(ParetoChartTest, keepsTheZoomWhenAsked) {
  const ValueRange range{31, 33, 50, 58};
  m_chart.setZoom(range);
  m_chart.setData(sample::decoEnergy(), ParetoChart::Zoom::Keep);
  EXPECT_EQ(m_chart.zoom(), range);
  m_chart.setData(sample::decoEnergy());
  EXPECT_FALSE(m_chart.zoom() == range);
}

TEST_F(ParetoChartTest, tellsOfSelectionsOfEitherPanel) {
  std::vector<quint32> selected;
  QObject::connect(&m_chart, &ParetoChart::pointSelected, [&](quint32 point) { selected.push_back(point); });
  for (PlotSurface *panel : {m_chart.overviewPanel(), m_chart.zoomPanel()}) {
    QKeyEvent press(QEvent::KeyPress, Qt::Key_BracketRight, Qt::NoModifier);
    QCoreApplication::sendEvent(panel, &press);
  }
  EXPECT_EQ(selected, (std::vector<quint32>{14, 12})) << "the selection is one";
  EXPECT_EQ(m_chart.figure().marks().selected, 12U);
}

TEST_F(ParetoChartTest, saysWhyItIsEmpty) {
  auto data = std::make_shared<ScatterData>();
  data->x = {1, 2};
  data->y = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  m_chart.setData(
      {.title = QStringLiteral("Area"), .emptyText = QStringLiteral("No area is published."), .points = data});
  EXPECT_TRUE(m_chart.figure().isEmpty());
  EXPECT_FALSE(m_chart.zoomPanel()->isVisibleTo(&m_chart));
  EXPECT_EQ(m_chart.accessibleDescription(), QStringLiteral("No area is published."));
  m_chart.setData(sample::decoEnergy());
  EXPECT_TRUE(m_chart.zoomPanel()->isVisibleTo(&m_chart));
}

TEST_F(ParetoChartTest, showsReferencesAlone) {
  auto data = std::make_shared<ScatterData>(*sample::decoEnergy().points);
  for (std::size_t i = 0; i < data->size(); i += 2) data->x[i] = std::numeric_limits<double>::quiet_NaN();
  data->front.clear();
  data->whiskers.clear();
  m_chart.setData({.title = QStringLiteral("GPU"), .points = data});
  EXPECT_FALSE(m_chart.figure().isEmpty());
  EXPECT_TRUE(m_chart.figure().zoom()->visible(1, m_chart.figure().zoomView()));
  (void)m_chart.grab();
}

TEST_F(ParetoChartTest, refusesDataThatDoesNotFitAndKeepsTheOld) {
  auto data = std::make_shared<ScatterData>();
  data->x = {1};
  EXPECT_THROW(m_chart.setData({.points = data}), Error);
  EXPECT_FALSE(m_chart.figure().isEmpty());
}

TEST(Staircase, goesFromTheBestXToTheWorst) {
  auto points = std::make_shared<ScatterData>();
  ScatterData &data = *points;
  data.xAxis = axisSpec(Metric::Energy);
  data.yAxis = axisSpec(Metric::Accuracy);
  data.x = {3, 1, 2};
  data.y = {90, 50, 70};
  data.front = {0, 1, 2};
  const View view{Scale(AxisScale::Linear, 0, 4), Scale(AxisScale::Linear, 40, 100)};
  const std::vector<QPointF> corners = staircase(PointCloud(points, AxisScale::Linear, AxisScale::Linear), view);
  ASSERT_EQ(corners.size(), 7U);
  EXPECT_EQ(corners[0].x(), 1);
  EXPECT_LT(corners[0].y(), 40) << "from below the plot";
  EXPECT_EQ(corners[1], QPointF(1, 50));
  EXPECT_EQ(corners[2], QPointF(2, 50));
  EXPECT_EQ(corners[3], QPointF(2, 70));
  EXPECT_EQ(corners[5], QPointF(3, 90));
  EXPECT_GT(corners[6].x(), 4) << "to beyond the plot";
  EXPECT_EQ(corners[6].y(), 90);
}

TEST(Staircase, turnsRoundWhenLargerXIsBetter) {
  auto points = std::make_shared<ScatterData>();
  ScatterData &data = *points;
  data.xAxis = axisSpec(Metric::GpuSpeedup);
  data.yAxis = axisSpec(Metric::Energy);
  data.x = {10, 20};
  data.y = {1, 5};
  data.front = {0, 1};
  const View view{Scale(AxisScale::Linear, 0, 30), Scale(AxisScale::Linear, 0, 10)};
  const std::vector<QPointF> corners = staircase(PointCloud(points, AxisScale::Linear, AxisScale::Linear), view);
  ASSERT_EQ(corners.size(), 5U);
  EXPECT_EQ(corners[1], QPointF(20, 5));
  EXPECT_GT(corners[0].y(), 10);
  EXPECT_EQ(corners[2], QPointF(10, 5));
  EXPECT_EQ(corners[3], QPointF(10, 1));
  EXPECT_LT(corners[4].x(), 0);
}

QStringList legendTexts(const ParetoFigure &figure, const Style &style) {
  QStringList texts;
  for (const LegendEntry &entry : figure.legend(style)) texts << entry.text;
  return texts;
}

TEST(Legend, ofAPrintListsOnlyWhatItsViewsShow) {
  ParetoFigure figure(sample::decoEnergy());
  const QString zoom = QStringLiteral("range of the zoom");
  EXPECT_TRUE(legendTexts(figure, printStyle()).contains(QStringLiteral("GPU reference")));
  EXPECT_TRUE(legendTexts(figure, printStyle()).contains(zoom));
  figure.setPanels(Panels::ZoomOnly);
  const QStringList alone = legendTexts(figure, printStyle());
  EXPECT_TRUE(alone.contains(QStringLiteral("front (non-dominated)")));
  EXPECT_FALSE(alone.contains(QStringLiteral("GPU reference"))) << "five decades away";
  EXPECT_FALSE(alone.contains(zoom));
  figure.setZoom({1e3, 2e3, 1, 2});
  EXPECT_TRUE(legendTexts(figure, printStyle()).isEmpty()) << "nothing is there";
}

TEST(Legend, namesTheReferenceOfTheHypervolumeWhereItIsInView) {
  auto points = std::make_shared<ScatterData>();
  points->xAxis = axisSpec(Metric::Energy);
  points->yAxis = axisSpec(Metric::Accuracy);
  points->x = {1, 2};
  points->y = {50, 70};
  points->front = {0, 1};
  points->hypervolumeReference = QPointF(3, 40);
  ParetoFigure figure({.points = points});
  figure.setPanels(Panels::ZoomOnly);
  figure.setZoom({0, 4, 30, 80});
  EXPECT_TRUE(legendTexts(figure, printStyle()).contains(QStringLiteral("hypervolume to the reference ×")));
  figure.setZoom({0, 2.5, 45, 80});
  EXPECT_TRUE(legendTexts(figure, printStyle()).contains(QStringLiteral("hypervolume")));
  figure.setZoom({0, 0.9, 45, 80});
  EXPECT_FALSE(legendTexts(figure, printStyle()).contains(QStringLiteral("hypervolume")));
}

TEST(Legend, onAScreenKeepsItsPlaceAndSaysHowManyEntriesAreLeftOut) {
  Style screen = printStyle();
  screen.medium = Medium::Screen;
  ParetoFigure figure(sample::decoEnergy());
  for (const QSizeF &size : {QSizeF(screen.em() * 40, screen.em() * 20), QSizeF(screen.em() * 90, screen.em() * 60)}) {
    const QRectF bounds(QPointF(), size);
    figure.setMarks({});
    const QRectF box = figure.layout(bounds, screen).legend;
    figure.setMarks(sample::decoChanges());
    EXPECT_EQ(figure.layout(bounds, screen).legend, box);
    const std::vector<LegendEntry> all = figure.legend(screen);
    const std::vector<LegendEntry> shown = fittingEntries(all, box.size(), screen);
    EXPECT_LE(legendHeight(shown, box.width(), screen), box.height() + 1);
    if (shown.size() < all.size())
      EXPECT_EQ(shown.back().text, QStringLiteral("and %1 more").arg(all.size() - shown.size() + 1));
    else
      EXPECT_EQ(shown.back().text, all.back().text);
    EXPECT_EQ(shown.size() < all.size(), size.width() < screen.em() * 50);
  }
}

// Also where one entry alone gives way to the count: then there are as many as before.
TEST(Legend, knowsWhetherAllOfItIsShown) {
  const Style style = printStyle();
  const std::vector<LegendEntry> all = ParetoFigure(sample::decoEnergy()).legend(style);
  const double height = legendHeight(1, style);
  bool oneLess = false;
  for (double width = style.em() * 10; width < style.em() * 200; width += style.em()) {
    const QSizeF room(width, height);
    const std::vector<LegendEntry> shown = fittingEntries(all, room, style);
    EXPECT_EQ(fits(all, room, style), !shown.empty() && shown.back().text == all.back().text) << width;
    oneLess |= !fits(all, room, style) && shown.size() == all.size();
  }
  EXPECT_TRUE(oneLess);
}

TEST(Legend, leavesOutWhatAMarkerOfTheFrontCovers) {
  auto points = std::make_shared<ScatterData>();
  points->x = {1, 1, 2};
  points->y = {5, 5, 4};
  points->styles = {{}, {.role = PointRole::GpuReference}};
  points->style = {0, 1, 0};
  points->front = {0, 2};
  EXPECT_FALSE(legendTexts(ParetoFigure({.points = points}), printStyle()).contains(QStringLiteral("GPU reference")));
  points->x[1] = 1.5;
  EXPECT_TRUE(legendTexts(ParetoFigure({.points = points}), printStyle()).contains(QStringLiteral("GPU reference")));
}

TEST(ParetoFigure, printsOnePanelWhereTheZoomIsTheWhole) {
  auto points = std::make_shared<ScatterData>();
  points->x = {1, 2, 3};
  points->y = {50, 60, 70};
  points->front = {0, 1, 2};
  ParetoFigure figure({.points = points});
  ASSERT_EQ(figure.overviewView().x.kind(), AxisScale::Linear);
  const QRectF bounds(0, 0, 5131, 3000);
  EXPECT_TRUE(figure.layout(bounds, printStyle()).panels[0].isEmpty());
  Style screen = printStyle();
  screen.medium = Medium::Screen;
  EXPECT_FALSE(figure.layout(bounds, screen).panels[0].isEmpty()) << "there the zoom can be moved";
  figure.setZoom({1, 2, 40, 80});
  EXPECT_FALSE(figure.layout(bounds, printStyle()).panels[0].isEmpty());
}

TEST(ParetoFigure, givesASinglePanelOfAColumnThreeQuartersOfItsWidth) {
  ParetoFigure figure(sample::decoEnergy());
  figure.setPanels(Panels::ZoomOnly);
  const double width = 2520;
  const ParetoLayout layout = figure.layout(QRectF(0, 0, width, figure.heightFor(width, printStyle())), printStyle());
  EXPECT_NEAR(layout.panels[1].height() / width, 0.75, 0.01);
}

TEST(Clipped, cutsASegmentAtTheArea) {
  const QRectF area(0, 0, 10, 10);
  EXPECT_EQ(clipped(QLineF(-5, 5, 15, 5), area), QLineF(0, 5, 10, 5));
  EXPECT_EQ(clipped(QLineF(5, -5, 5, 5), area), QLineF(5, 0, 5, 5));
  EXPECT_EQ(clipped(QLineF(2, 2, 3, 4), area), QLineF(2, 2, 3, 4));
  EXPECT_FALSE(clipped(QLineF(-5, -1, 15, -1), area));
  EXPECT_FALSE(clipped(QLineF(-5, 8, 4, 17), area));
}

TEST(OverviewScale, isLogarithmicWhereValuesSpread) {
  const std::vector<double> shares{40, 90};
  const std::vector<double> energies{30, 15e6};
  const std::vector<double> speedups{3, 200};
  const std::vector<double> zero{0, 15e6};
  EXPECT_EQ(overviewScale(axisSpec(Metric::Accuracy), shares), AxisScale::Linear);
  EXPECT_EQ(overviewScale(axisSpec(Metric::Energy), energies), AxisScale::Log10);
  EXPECT_EQ(overviewScale(axisSpec(Metric::GpuSpeedup), speedups), AxisScale::Log10);
  EXPECT_EQ(overviewScale(axisSpec(Metric::Energy), zero), AxisScale::Linear);
}

}  // namespace
