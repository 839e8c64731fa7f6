// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QApplication>
#include <QTemporaryDir>

#include "app/window/controls/program_style.h"

int main(int argc, char **argv) {
  const QTemporaryDir home;  // no settings of the user, none left behind
  qputenv("XDG_CONFIG_HOME", home.path().toLocal8Bit());
  qputenv("XDG_DATA_HOME", home.path().toLocal8Bit());
  const QApplication application(argc, argv);
  QApplication::setStyle(new pimento::ProgramStyle);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
