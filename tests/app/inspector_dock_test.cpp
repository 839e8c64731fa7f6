// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/explore/inspector_dock.h"

#include <gtest/gtest.h>

#include "tests/app/opened.h"

using namespace pimento;
using namespace pimento::test;

TEST(InspectorDock, saysThatTheFiltersLeaveItsDesignOut) {
  Opened opened;
  InspectorDock dock(opened.session);
  dock.show();
  opened.session.select(opened.row(Vgg2));
  EXPECT_FALSE(dock.text().contains(QStringLiteral("out of view"))) << dock.text().toStdString();
  ViewState view = opened.session.view();
  view.filter.networks = {QStringLiteral("deco-mobilenetv1")};
  opened.session.change(QStringLiteral("networks"), view);
  ASSERT_EQ(opened.session.selected(), opened.row(Vgg2));
  EXPECT_TRUE(dock.text().contains(QStringLiteral("The filters leave this design out of view")))
      << dock.text().toStdString();
}
