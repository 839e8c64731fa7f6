// SPDX-License-Identifier: GPL-3.0-or-later
// The window on a small screen: drawn at twice the size, one of 1600 x 1000 has room for 800 x 500.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QDockWidget>

#include "app/window/controls/page.h"
#include "app/window/frame/main_window.h"
#include "tests/app/opened.h"

using namespace pimento;
using namespace pimento::test;

namespace {

constexpr QSize Room{780, 440};  // inside of the frame and beside a panel of the desktop

void settle() {
  for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
}

}  // namespace

TEST(SmallWindow, fitsASmallScreenWhicheverDocksAreOpen) {
  for (const QSize first : {Room, QSize(1600, 1000)}) {  // docks on one side, and on both
    Opened opened;
    MainWindow window(opened.session, opened.documents);
    window.resize(first);
    window.show();
    settle();
    for (const char *id : {Vgg1, Vgg2, Mobile1, Mobile2, Mobile4}) opened.session.togglePin(opened.row(id));
    for (QDockWidget *dock : window.findChildren<QDockWidget *>()) {
      dock->show();
      dock->raise();
      settle();
      EXPECT_LE(window.minimumSizeHint().width(), Room.width()) << dock->objectName().toStdString();
      EXPECT_LE(window.minimumSizeHint().height(), Room.height()) << dock->objectName().toStdString();
      EXPECT_EQ(window.size(), first) << dock->objectName().toStdString();
    }
    window.resize(Room);
    for (const QString &page : window.pageNames()) {
      window.showPage(page);
      settle();
      EXPECT_EQ(window.size(), Room) << page.toStdString();
    }
  }
}

TEST(SmallWindow, shrinksPagesBeforeTheyScroll) {
  Opened opened;
  MainWindow window(opened.session, opened.documents);
  window.resize(1024, 480);
  window.show();
  for (const QString &name : window.pageNames()) {
    window.showPage(name);
    settle();
    const auto *viewport = window.page()->parentWidget();
    EXPECT_TRUE(window.page()->size() == viewport->size()) << name.toStdString();
  }
}
