// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/controls/steady_label.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

using namespace pimento;

namespace {

const QString Answer = QStringLiteral(
    "Best accuracy within 35 µJ: <a href=\"answer\">DeCO &lt;VGG16&gt;, FE+CM2</a>, with much more that is said "
    "of it than two lines of a narrow window can take, one value after the other, each with its unit.");

void setWidth(SteadyLabel &label, int width) { label.resize(width, label.height()); }

}  // namespace

TEST(SteadyLabel, keepsItsLinkWhenItIsCut) {
  SteadyLabel label(2);
  label.setTextFormat(Qt::RichText);
  label.setText(Answer);
  const int height = label.height();
  label.show();
  setWidth(label, 5000);
  EXPECT_EQ(label.text(), Answer);
  EXPECT_EQ(label.toolTip(), QString());
  setWidth(label, 320);
  EXPECT_EQ(label.height(), height);
  EXPECT_TRUE(label.text().contains(QStringLiteral("<a href=\"answer\">DeCO &lt;VGG16&gt;, FE+CM2</a>, with")))
      << label.text().toStdString();
  EXPECT_TRUE(label.text().endsWith(QChar(0x2026))) << label.text().toStdString();
  EXPECT_FALSE(label.text().contains(QStringLiteral("unit")));
  EXPECT_FALSE(label.toolTip().isEmpty());
  QSignalSpy followed(&label, &QLabel::linkActivated);
  for (int x = 1; x < label.width() && followed.isEmpty(); x += 5)
    for (int y = 3; y < label.height() && followed.isEmpty(); y += 6)
      QTest::mouseClick(&label, Qt::LeftButton, {}, {x, y});
  EXPECT_EQ(followed.count(), 1);
  setWidth(label, 130);  // the cut is inside of the link
  EXPECT_TRUE(label.text().contains(QStringLiteral("href")) || label.text().size() < 40) << label.text().toStdString();
}

// A name that came out of a file is text, in the tool tip too.
TEST(SteadyLabel, hasNoMarkupOfNamesInItsToolTip) {
  SteadyLabel label(1);
  label.setTextFormat(Qt::RichText);
  label.show();
  setWidth(label, 100);
  label.setText(
      QStringLiteral("Best: <a href=\"answer\">&lt;img src=\"file:///etc/hostname\"&gt; and more</a>, all of it"));
  ASSERT_FALSE(label.toolTip().isEmpty());
  EXPECT_FALSE(label.toolTip().contains(QStringLiteral("<img"))) << label.toolTip().toStdString();
}
