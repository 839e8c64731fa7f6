// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot_surface.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <functional>

#include "tests/core/base/no_threads.h"
#include "tests/widgets/input_events.h"
#include "tests/widgets/sample_data.h"
#include "widgets/figures/navigation.h"

namespace {

using namespace pimento;
using namespace pimento::test;

void drag(QWidget &widget, QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  mouse(widget, QEvent::MouseButtonPress, from, modifiers);
  mouse(widget, QEvent::MouseMove, (from + to) / 2, modifiers);
  mouse(widget, QEvent::MouseMove, to, modifiers);
  mouse(widget, QEvent::MouseButtonRelease, to, modifiers);
}

void wheel(QWidget &widget, QPointF at, int steps) {
  QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, 120 * steps}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                    false);
  QCoreApplication::sendEvent(&widget, &event);
}

bool waitFor(const std::function<bool()> &condition) {
  QElapsedTimer timer;
  timer.start();
  while (!condition() && timer.elapsed() < 20000) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
  return condition();
}

class PlotSurfaceTest : public testing::Test {
 protected:
  void show(ScatterDataPtr points, Cover cover = Cover::Front) {
    m_cloud = std::make_shared<PointCloud>(points, AxisScale::Linear, AxisScale::Linear);
    m_surface.resize(600, 400);
    m_surface.setPoints(m_cloud, viewOf(*m_cloud, cover));
    QObject::connect(&m_surface, &PlotSurface::pointSelected, [this](quint32 point) { m_selected.push_back(point); });
    QObject::connect(&m_surface, &PlotSurface::pinToggled, [this](quint32 point) { m_pinned.push_back(point); });
    QObject::connect(&m_surface, &PlotSurface::inspectRequested,
                     [this](quint32 point) { m_inspected.push_back(point); });
  }
  QPointF at(std::uint32_t point) { return m_cloud->position(point, m_surface.view(), m_surface.area()); }
  QImage grab() {
    QImage image(m_surface.size(), QImage::Format_RGB32);
    m_surface.render(&image);
    return image;
  }

  PointCloudPtr m_cloud;
  PlotSurface m_surface;
  std::vector<quint32> m_selected, m_pinned, m_inspected;
};

TEST_F(PlotSurfaceTest, selectsThePointThatIsClicked) {
  show(sample::decoEnergy().points);
  mouse(m_surface, QEvent::MouseButtonPress, at(10) + QPointF(2, 1));
  mouse(m_surface, QEvent::MouseButtonRelease, at(10) + QPointF(2, 1));
  EXPECT_EQ(m_selected, std::vector<quint32>{10});
  mouse(m_surface, QEvent::MouseButtonPress, m_surface.area().topLeft() + QPointF(40, 40));
  mouse(m_surface, QEvent::MouseButtonRelease, m_surface.area().topLeft() + QPointF(40, 40));
  EXPECT_EQ(m_selected.size(), 1U) << "there is no point";
}

TEST_F(PlotSurfaceTest, walksAlongTheFrontByBrackets) {
  show(sample::decoEnergy().points);
  for (int i = 0; i < 5; ++i) key(m_surface, Qt::Key_BracketRight);
  // MobileNetV1 CM4, CM3, CM2, VGG16 CM1; beyond the end nothing happens.
  EXPECT_EQ(m_selected, (std::vector<quint32>{14, 12, 10, 0}));
  key(m_surface, Qt::Key_BracketLeft);
  EXPECT_EQ(m_selected.back(), 10U);
}

TEST_F(PlotSurfaceTest, goesToTheNearestPointByArrows) {
  auto data = std::make_shared<ScatterData>();
  data->x = {0, 1, 2, 1, 1, 1};
  data->y = {1, 1, 1, 0, 2, 1};  // a cross whose middle is two points
  show(data, Cover::Everything);
  m_surface.setMarks({.selected = 1});
  const auto next = [&](int code) {
    key(m_surface, code);
    return m_selected.empty() ? 99 : m_selected.back();
  };
  EXPECT_EQ(next(Qt::Key_Up), 4U);
  EXPECT_EQ(next(Qt::Key_Up), 4U) << "the end";
  EXPECT_EQ(next(Qt::Key_Down), 1U);
  EXPECT_EQ(next(Qt::Key_Right), 5U) << "a point at the same place can be reached";
  EXPECT_EQ(next(Qt::Key_Right), 2U);
  m_surface.setMarks({.selected = 1});
  EXPECT_EQ(next(Qt::Key_Left), 0U);
}

TEST_F(PlotSurfaceTest, startsInTheMiddleWithoutASelection) {
  auto data = std::make_shared<ScatterData>();
  data->x = {0, 5, 10};
  data->y = {0, 5, 10};
  show(data, Cover::Everything);
  key(m_surface, Qt::Key_Left);
  EXPECT_EQ(m_selected, std::vector<quint32>{1});
}

TEST_F(PlotSurfaceTest, pinsBySpaceAndInspectsByEnter) {
  show(sample::decoEnergy().points);
  key(m_surface, Qt::Key_Space);
  EXPECT_TRUE(m_pinned.empty()) << "nothing is selected";
  m_surface.setMarks({.selected = 12});
  key(m_surface, Qt::Key_Space);
  key(m_surface, Qt::Key_Return);
  EXPECT_EQ(m_pinned, std::vector<quint32>{12});
  EXPECT_EQ(m_inspected, std::vector<quint32>{12});
}

TEST_F(PlotSurfaceTest, pansByDraggingAndComesBackByDoubleClick) {
  show(sample::decoEnergy().points);
  const View home = m_surface.view();
  const QPointF start = m_surface.area().center();
  const QPointF value = home.unmap(start, m_surface.area());
  drag(m_surface, start, start + QPointF(60, -30));
  EXPECT_FALSE(m_surface.view() == home);
  const QPointF moved = m_surface.view().map(value.x(), value.y(), m_surface.area());
  EXPECT_NEAR(moved.x(), start.x() + 60, 3) << "the values stay under the mouse";
  EXPECT_NEAR(moved.y(), start.y() - 30, 3);
  mouse(m_surface, QEvent::MouseButtonDblClick, start);
  EXPECT_TRUE(m_surface.view() == home);
}

TEST_F(PlotSurfaceTest, zoomsByWheelAboutTheMouse) {
  show(sample::decoEnergy().points);
  const QPointF anchor = at(10);
  const double width = m_surface.view().x.high() - m_surface.view().x.low();
  wheel(m_surface, anchor, 2);
  EXPECT_LT(m_surface.view().x.high() - m_surface.view().x.low(), width * 0.7);
  EXPECT_NEAR(at(10).x(), anchor.x(), 3);
  EXPECT_NEAR(at(10).y(), anchor.y(), 3);
}

TEST_F(PlotSurfaceTest, zoomsIntoARubberBand) {
  show(sample::decoEnergy().points);
  const QRectF area = m_surface.area();
  const View before = m_surface.view();
  drag(m_surface, area.topLeft() + QPointF(area.width() / 4, area.height() / 4),
       area.topLeft() + QPointF(area.width() / 2, area.height() / 2), Qt::ShiftModifier);
  EXPECT_NEAR(m_surface.view().x.low(), before.x.fromUnit(0.25), 1e-9);
  EXPECT_NEAR(m_surface.view().x.high(), before.x.fromUnit(0.5), 1e-9);
  EXPECT_NEAR(m_surface.view().y.high(), before.y.fromUnit(0.75), 1e-9);
}

TEST_F(PlotSurfaceTest, paintsAMillionPointsWhereTheyAre) {
  auto data = std::make_shared<ScatterData>();
  // All in the lower left quarter but one.
  for (int i = 0; i < 999999; ++i) {
    data->x.push_back(i % 1000 * 0.001);
    data->y.push_back(i / 1000 * 0.001);
  }
  data->x.push_back(2);
  data->y.push_back(2);
  show(data, Cover::Everything);
  (void)grab();
  EXPECT_FALSE(m_surface.layerIsCurrent()) << "so many are not waited for";
  ASSERT_TRUE(waitFor([&] { return m_surface.layerIsCurrent(); }));
  const QImage image = grab();
  const QRgb colour = lightTheme().hue(0).rgb();
  const auto pixel = [&](double x, double y) {
    const QPointF p = m_surface.view().map(x, y, m_surface.area());
    for (const int dx : {0, -1, 1})
      for (const int dy : {0, -1, 1})
        if (image.pixel(p.toPoint() + QPoint(dx, dy)) == colour) return colour;
    return image.pixel(p.toPoint());
  };
  for (const double x : {0.1, 0.5, 0.9})
    for (const double y : {0.1, 0.5, 0.9}) EXPECT_EQ(pixel(x, y), colour) << x << " " << y;
  EXPECT_EQ(pixel(2, 2), colour);
  EXPECT_NE(pixel(1.53, 1.53), colour);
  EXPECT_NE(pixel(1.3, 0.55), colour);
  EXPECT_EQ(m_surface.pointAt(at(999999) + QPointF(3, 3)), 999999U);
}

TEST_F(PlotSurfaceTest, movesThePictureWhilePanningAndDrawsItAnewInTheBackground) {
  show(sample::many(50000).points, Cover::Everything);
  (void)grab();
  ASSERT_TRUE(m_surface.layerIsCurrent());
  key(m_surface, Qt::Key_Right, Qt::ControlModifier);
  const QImage moved = grab();
  EXPECT_FALSE(m_surface.layerIsCurrent()) << "the moved picture is shown at first";
  ASSERT_TRUE(waitFor([&] { return m_surface.layerIsCurrent(); }));
  const QImage fresh = grab();
  int same = 0;
  int counted = 0;
  const QRect inside = m_surface.area().toRect().adjusted(20, 20, -80, -20);
  for (int y = inside.top(); y < inside.bottom(); ++y)
    for (int x = inside.left(); x < inside.right(); ++x, ++counted) same += moved.pixel(x, y) == fresh.pixel(x, y);
  EXPECT_GT(same, counted * 0.8) << "both show the same points at the same places";
}

// What was begun for other points, or in other colours, is never shown.
TEST_F(PlotSurfaceTest, showsNothingOfPointsThatAreNotItsOwnAnyMore) {
  const auto allAt = [](double place) {
    auto data = std::make_shared<ScatterData>();
    data->x.assign(200'000, place);
    data->y.assign(200'000, place);
    data->x.insert(data->x.end(), {0, 1});
    data->y.insert(data->y.end(), {0, 1});
    return data;
  };
  show(allAt(0.25), Cover::Everything);
  (void)grab();
  show(allAt(0.75), Cover::Everything);
  (void)grab();
  ASSERT_TRUE(waitFor([&] { return m_surface.layerIsCurrent(); }));
  const QImage image = grab();
  const auto drawnAt = [&](double place) {
    const QPoint at = m_surface.view().map(place, place, m_surface.area()).toPoint();
    for (const int dx : {0, -1, 1})
      for (const int dy : {0, -1, 1})
        if (image.pixel(at + QPoint(dx, dy)) == lightTheme().hue(0).rgb()) return true;
    return false;
  };
  EXPECT_TRUE(drawnAt(0.75));
  EXPECT_FALSE(drawnAt(0.25));
}

TEST_F(PlotSurfaceTest, drawsInPlaceWhereThereIsNoThread) {
  show(sample::many(50000).points, Cover::Everything);
  (void)grab();
  {
    const NoThreads none;
    key(m_surface, Qt::Key_Right, Qt::ControlModifier);
    (void)grab();
    EXPECT_GT(NoThreads::refused(), 0);
  }
  EXPECT_TRUE(waitFor([&] { return m_surface.layerIsCurrent(); }));
}

TEST_F(PlotSurfaceTest, canGoWhileItDraws) {
  auto surface = std::make_unique<PlotSurface>();
  const auto cloud = std::make_shared<PointCloud>(sample::many(100000).points, AxisScale::Linear, AxisScale::Linear);
  surface->resize(500, 300);
  surface->setPoints(cloud, viewOf(*cloud, Cover::Everything));
  (void)surface->grab();
  wheel(*surface, QPointF(250, 150), 1);
  (void)surface->grab();
  surface.reset();
  QCoreApplication::processEvents();
  SUCCEED();
}

TEST_F(PlotSurfaceTest, ofAnOverviewMovesTheLinkedRange) {
  show(sample::decoEnergy().points, Cover::Everything);
  const View view = m_surface.view();
  const QRectF area = m_surface.area();
  const ValueRange range = rangeOf({view.x.between(0.2, 0.4), view.y.between(0.2, 0.4)});
  m_surface.setLinkedRange(range);
  std::optional<ValueRange> told;
  QObject::connect(&m_surface, &PlotSurface::linkedRangeChanged, [&](const ValueRange &r) { told = r; });
  const QPointF inside = area.bottomLeft() + QPointF(0.3 * area.width(), -0.3 * area.height());
  drag(m_surface, inside, inside + QPointF(0.1 * area.width(), 0));
  ASSERT_TRUE(told);
  EXPECT_NEAR(told->xLow, view.x.fromUnit(0.3), 1e-6 * view.x.high());
  EXPECT_NEAR(told->yLow, range.yLow, 1e-6);
  EXPECT_TRUE(m_surface.view() == view) << "the overview itself stays";
  const QPointF outside = area.bottomLeft() + QPointF(0.6 * area.width(), -0.6 * area.height());
  drag(m_surface, outside, outside + QPointF(0.2 * area.width(), -0.2 * area.height()));
  EXPECT_NEAR(told->xLow, view.x.fromUnit(0.6), 1e-6 * view.x.high());
  EXPECT_NEAR(told->yHigh, view.y.fromUnit(0.8), 1e-6);
}

TEST_F(PlotSurfaceTest, saysWhatIsSelected) {
  show(sample::decoEnergy().points);
  EXPECT_FALSE(m_surface.accessibleName().isEmpty());
  key(m_surface, Qt::Key_BracketRight);
  EXPECT_EQ(m_surface.accessibleDescription(), QStringLiteral("MobileNetV1 CM4"));
}

TEST_F(PlotSurfaceTest, isCalmWithoutData) {
  m_surface.resize(300, 200);
  for (const int code : {Qt::Key_Left, Qt::Key_Space, Qt::Key_Return, Qt::Key_Plus, Qt::Key_BracketLeft})
    key(m_surface, code);
  wheel(m_surface, QPointF(100, 100), 1);
  drag(m_surface, QPointF(10, 10), QPointF(100, 100));
  EXPECT_FALSE(m_surface.pointAt(QPointF(50, 50)));
  (void)grab();
}

}  // namespace
