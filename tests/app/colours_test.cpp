// SPDX-License-Identifier: GPL-3.0-or-later
// Light and dark, chosen at the start or while the window is open.
#include <gtest/gtest.h>

#include <QCheckBox>
#include <QCoreApplication>
#include <QListWidget>
#include <QToolButton>
#include <cmath>

#include "app/window/controls/colours.h"
#include "app/window/controls/program_style.h"
#include "app/window/frame/main_window.h"
#include "tests/app/opened.h"

using namespace pimento;
using namespace pimento::test;

namespace {

// Every test begins and ends with light colours.
class ChosenColours : public testing::Test {
 protected:
  void SetUp() override { applyColours(Colours::Light); }
  void TearDown() override { applyColours(Colours::System); }
};

// Of WCAG 2.1, as is contrast().
double luminance(const QColor &colour) {
  const auto linear = [](double share) {
    return share <= 0.03928 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b) {
  const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

// The highest along a row of pixels.
double contrastWith(const QColor &ground, const QImage &picture, int y, int width) {
  double best = 1;
  for (int x = 0; x < std::min(width, picture.width()); ++x)
    best = std::max(best, contrast(ground, picture.pixelColor(x, y)));
  return best;
}

QColor ground(QWidget *widget) { return widget->grab().toImage().pixelColor(1, widget->height() / 2); }

}  // namespace

TEST_F(ChosenColours, reachEveryControlOfAWindowThatIsOpen) {
  Opened opened;
  MainWindow window(opened.session, opened.documents);
  window.resize(1600, 1000);
  window.show();
  opened.session.select(opened.row(Mobile1));
  const auto isDark = [&](const QString &name) {
    QCoreApplication::processEvents();
    auto *widget = window.findChild<QWidget *>(name);
    return widget != nullptr && ground(widget).lightness() < 100;
  };
  for (const auto &[colours, dark] : {std::pair{Colours::Dark, true}, std::pair{Colours::Light, false}}) {
    applyColours(colours);
    for (const char *name : {"filterBar", "networkPicker", "datasetPicker", "pick_fe+cm2"})
      EXPECT_EQ(isDark(QString::fromLatin1(name)), dark) << name;
  }
}

// 3:1 is what WCAG 2.1 asks of the parts of a control.
TEST_F(ChosenColours, showWhatIsNotCheckedInTheDark) {
  constexpr double Seen = 3;
  ProgramStyle style;
  applyColours(Colours::Dark);
  QCheckBox box;
  box.setStyle(&style);
  box.resize(box.sizeHint());
  EXPECT_GE(contrastWith(box.palette().color(QPalette::Window), box.grab().toImage(), box.height() / 2, box.width()),
            Seen);
  QListWidget list;
  list.setStyle(&style);
  auto *item = new QListWidgetItem(QString(), &list);
  item->setCheckState(Qt::Unchecked);
  const QRect row = list.visualItemRect(item);
  EXPECT_GE(contrastWith(list.palette().color(QPalette::Base), list.viewport()->grab().toImage(), row.center().y(), 20),
            Seen);
}
