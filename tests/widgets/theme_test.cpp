// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/theme.h"

#include <gtest/gtest.h>

#include <QFontInfo>
#include <QPalette>
#include <cmath>

namespace {

using namespace pimento;

double luminance(const QColor &colour) {
  const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

// Contrast as the Web Content Accessibility Guidelines define it.
double contrast(const QColor &a, const QColor &b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

TEST(Theme, isSeenAgainstItsBackground) {
  for (const Theme &theme : {lightTheme(), darkTheme()}) {
    for (const QColor &hue : theme.hues) EXPECT_GE(contrast(hue, theme.background), 3) << hue.name().toStdString();
    for (const QColor &colour : {theme.reference, theme.dominated, theme.selection, theme.warning, theme.axis})
      EXPECT_GE(contrast(colour, theme.background), 3) << colour.name().toStdString();
    for (const QColor &colour : {theme.text, theme.mutedText})
      EXPECT_GE(contrast(colour, theme.background), 4.5) << colour.name().toStdString();
  }
}

TEST(Theme, whatIsDominatedKeepsAFaintHueThatIsSeen) {
  for (const Theme &theme : {lightTheme(), darkTheme()})
    for (std::size_t hue = 0; hue < HueCount; ++hue) {
      const QColor faint = theme.faintHue(hue);
      EXPECT_GE(contrast(faint, theme.background), 3) << faint.name().toStdString();
      EXPECT_LE(contrast(faint, theme.background), contrast(theme.hue(hue), theme.background) + 0.1);
      EXPECT_NE(faint.rgb(), theme.hue(hue).rgb());
      EXPECT_GT(faint.hsvSaturationF(), 0.1) << "grey: " << faint.name().toStdString();
      for (std::size_t other = 0; other < hue; ++other) EXPECT_NE(faint.rgb(), theme.faintHue(other).rgb());
    }
}

TEST(Theme, followsThePalette) {
  QPalette palette;
  palette.setColor(QPalette::Window, QColor(0x202020));
  EXPECT_EQ(themeFor(palette).background, darkTheme().background);
  palette.setColor(QPalette::Window, QColor(0xefefef));
  EXPECT_EQ(themeFor(palette).background, lightTheme().background);
}

TEST(PrintStyle, takesTheBundledFontAtSevenPointsOrMore) {
  const Style style = printStyle();
  EXPECT_EQ(QFontInfo(style.font).family(), QStringLiteral("DejaVu Sans"));
  EXPECT_EQ(style.font.pixelSize(), 8 * printUnitsPerPoint);
  EXPECT_EQ(style.smallFont().pixelSize(), 7 * printUnitsPerPoint);
  EXPECT_TRUE(QFontInfo(style.titleFont()).bold());
}

}  // namespace
