// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QApplication>
#include <QTemporaryDir>

#include "app/window/controls/program_style.h"
#include "tests/core/base/left_work.h"

int main(int argc, char **argv) {
  const QTemporaryDir home;  // no settings of the user, none left behind
  qputenv("XDG_CONFIG_HOME", home.path().toLocal8Bit());
  qputenv("XDG_DATA_HOME", home.path().toLocal8Bit());
  qputenv("XDG_CACHE_HOME", home.path().toLocal8Bit());
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application(argc, argv);
  QApplication::setStyle(new pimento::ProgramStyle);
  QCoreApplication::setOrganizationName(QStringLiteral("pimento-tests"));
  testing::InitGoogleTest(&argc, argv);
  pimento::test::requireLeftWorkToEnd();
  return RUN_ALL_TESTS();
}
