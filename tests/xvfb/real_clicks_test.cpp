// SPDX-License-Identifier: GPL-3.0-or-later
// The window on a real X server with a window manager, driven by the pointer and the keys of the server. Run by
// tests/xvfb/run, which starts both.
#include <gtest/gtest.h>

#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QTabBar>
#include <QTextBrowser>
#include <QToolButton>

#include "app/session/documents.h"
#include "app/session/session.h"
#include "app/window/frame/main_window.h"
#include "tests/xvfb/pointer.h"
#include "widgets/pareto_chart.h"

using namespace pimento;
using namespace pimento::test;

namespace {

class Clicks : public testing::Test {
 protected:
  void SetUp() override {
    m_window.resize(1400, 900);
    m_window.show();
    ASSERT_TRUE(becomesTrue([&] { return m_window.isActiveWindow(); }));
    click(*child<QWidget>("startPublished"));
    ASSERT_TRUE(
        becomesTrue([&] { return !m_session.rows().empty() && child<ParetoChart>("tradeOffChart")->isVisible(); }));
    ASSERT_TRUE(becomesTrue([&] { return panel().layerIsCurrent() && panel().area().width() > 100; }));
  }

  template <class Widget>
  Widget *child(const char *name) {
    auto *widget = m_window.findChild<Widget *>(QString::fromLatin1(name));
    if (widget == nullptr) throw std::runtime_error(std::string("no widget named ") + name);
    return widget;
  }

  PlotSurface &panel() { return *child<ParetoChart>("tradeOffChart")->zoomPanel(); }

  std::uint32_t row(const char *id) {
    const auto found = rowWithId(m_session.table(), QString::fromLatin1(id));
    if (!found) throw std::runtime_error(std::string("no design ") + id);
    return *found;
  }

  // Clicks where the chart shows a design, found by asking the chart what lies where.
  void clickDesign(const char *id) {
    const std::uint32_t wanted = row(id);
    const QRectF area = panel().area();
    for (int y = int(area.top()); y < area.bottom(); y += 2)
      for (int x = int(area.left()); x < area.right(); x += 2) {
        const auto point = panel().pointAt(QPointF(x, y));
        if (!point || m_session.rows()[*point] != wanted) continue;
        click(panel(), QPoint(x + 2, y + 2));
        ASSERT_TRUE(becomesTrue([&] { return m_session.selected() == wanted; })) << id;
        return;
      }
    FAIL() << "the chart does not show " << id;
  }

  Session m_session;
  Documents m_documents{m_session};
  MainWindow m_window{m_session, m_documents};
};

constexpr const char *Vgg1 = "deco-vgg16/fe+cm1/cifar-100/joint/deco-pim/whole";
constexpr const char *Mobile2 = "deco-mobilenetv1/fe+cm2/cifar-100/joint/deco-pim/whole";

}  // namespace

TEST_F(Clicks, onAPointFillTheInspector) {
  clickDesign(Vgg1);
  const QString text = child<QTextBrowser>("inspectorText")->toPlainText();
  EXPECT_TRUE(text.contains(QStringLiteral("37.13"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("1.433 W x 24.2 µs + 0.211 W x 11.6 µs"))) << text.toStdString();
}

TEST_F(Clicks, andTheSpaceBarPinTwoDesignsToCompare) {
  clickDesign(Vgg1);
  press("space");
  ASSERT_TRUE(becomesTrue([&] { return m_session.isPinned(row(Vgg1)); }));
  clickDesign(Mobile2);
  press("space");
  ASSERT_TRUE(becomesTrue([&] { return m_session.pinnedRows().size() == 2; }));
  EXPECT_GE(child<QAbstractItemView>("compareTable")->model()->columnCount(), 2);
  press("ctrl+z");
  EXPECT_TRUE(becomesTrue([&] { return m_session.pinnedRows().size() == 1; }));
}

TEST_F(Clicks, switchTheScopeAndUndoIt) {
  const auto whole = std::vector(m_session.rows().begin(), m_session.rows().end());
  QWidget *button = nullptr;
  for (auto *candidate : m_window.findChildren<QToolButton *>())
    if (candidate->text() == QStringLiteral("Head only")) button = candidate;
  ASSERT_NE(button, nullptr);
  click(*button);
  ASSERT_TRUE(becomesTrue([&] { return m_session.table().key(m_session.rows().front()).scope == Scope::Head; }));
  press("ctrl+z");
  EXPECT_TRUE(becomesTrue([&] { return std::vector(m_session.rows().begin(), m_session.rows().end()) == whole; }));
}

TEST_F(Clicks, typeABudgetAndReadTheAnswer) {
  const auto type = [&](const char *field, const char *text) {
    click(*child<QLineEdit>(field));
    xdotool({QStringLiteral("type"), QString::fromLatin1(text)});
    press("Return");
  };
  type("budget_energy", "35");
  auto *answer = child<QLabel>("budgetAnswer");
  ASSERT_TRUE(becomesTrue([&] { return answer->text().contains(QStringLiteral("60.26")); }))
      << answer->text().toStdString();
  type("budget_latency", "30");
  EXPECT_TRUE(becomesTrue([&] { return answer->text().contains(QStringLiteral("53.82")); }))
      << answer->text().toStdString();
}

TEST_F(Clicks, dragASliderAndWatchTheArrows) {
  m_documents.compareResNet20();
  QTabBar *docks = nullptr;
  int whatIf = -1;
  ASSERT_TRUE(becomesTrue([&] {
    for (auto *bar : m_window.findChildren<QTabBar *>())
      for (int i = 0; i < bar->count(); ++i)
        if (bar->isVisible() && bar->tabText(i) == QStringLiteral("What-if")) docks = bar, whatIf = i;
    return docks != nullptr;
  }));
  click(*docks, docks->tabRect(whatIf).center());
  ASSERT_TRUE(becomesTrue([&] {
    auto *slider = m_window.findChild<QSlider *>(QStringLiteral("slider_write_pulse_ns"));
    return slider != nullptr && !slider->visibleRegion().isEmpty();
  }));
  auto *slider = child<QSlider>("slider_write_pulse_ns");
  auto *chart = child<ParetoChart>("tradeOffChart");
  const auto arrows = [&] { return chart->figure().marks().arrows; };
  ASSERT_TRUE(arrows().empty());
  const double share = double(slider->value()) / slider->maximum();
  const QPoint handle(int(share * (slider->width() - 16)) + 8, slider->height() / 2);
  const auto global = [&](QPoint at) {
    return (QPointF(slider->mapToGlobal(at)) * slider->devicePixelRatioF()).toPoint();
  };
  const auto move = [&](QPoint at) {
    xdotool({QStringLiteral("mousemove"), QString::number(global(at).x()), QString::number(global(at).y())});
  };
  move(handle);
  xdotool({QStringLiteral("mousedown"), QStringLiteral("1")});
  ASSERT_TRUE(becomesTrue([&] { return slider->isSliderDown(); }));
  move(handle + QPoint(10, 0));
  ASSERT_TRUE(becomesTrue([&] { return arrows().size() == 4; })) << "while the button is down";
  const double first = arrows().front().to.x();
  move(handle + QPoint(25, 0));
  ASSERT_TRUE(becomesTrue([&] { return arrows().front().to.x() != first; })) << "the arrows follow";
  xdotool({QStringLiteral("mouseup"), QStringLiteral("1")});
  ASSERT_TRUE(becomesTrue([&] { return !slider->isSliderDown(); }));
  EXPECT_TRUE(child<QLabel>("tradeOffWhatIf")->text().contains(QStringLiteral("write pulse")));
  EXPECT_EQ(m_session.undoStack().count(), 1) << "one drag, one step";
  EXPECT_TRUE(m_session.undoStack().undoText().startsWith(QStringLiteral("Set write pulse to ")));
  press("ctrl+z");
  EXPECT_TRUE(becomesTrue([&] { return arrows().empty(); }));
  EXPECT_TRUE(child<QLabel>("tradeOffWhatIf")->text().isEmpty());
}
