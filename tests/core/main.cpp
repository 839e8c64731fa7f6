// SPDX-License-Identifier: GPL-3.0-or-later
// The fence: the engine's tests run without widgets, charts or a display.
#include <gtest/gtest.h>

#include <QCoreApplication>

#include "tests/core/base/left_work.h"

int main(int argc, char **argv) {
  const QCoreApplication application(argc, argv);
  testing::InitGoogleTest(&argc, argv);
  pimento::test::requireLeftWorkToEnd();
  return RUN_ALL_TESTS();
}
