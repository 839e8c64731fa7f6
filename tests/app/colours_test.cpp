// SPDX-License-Identifier: GPL-3.0-or-later
// Light and dark, chosen at the start or while the window is open.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QToolButton>

#include "app/window/controls/colours.h"
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
