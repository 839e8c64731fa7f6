// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/theme.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QPalette>
#include <QWidget>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace pimento {

namespace {

QColor mixed(const QColor &a, const QColor &b, double share) {
  const auto part = [share](float x, float y) { return static_cast<float>((1 - share) * x + share * y); };
  return QColor::fromRgbF(part(a.redF(), b.redF()), part(a.greenF(), b.greenF()), part(a.blueF(), b.blueF()));
}

double luminance(const QColor &colour) {
  const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}  // namespace

double contrastRatio(const QColor &a, const QColor &b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});  // a list: values, no references
  return (high + 0.05) / (low + 0.05);
}

QColor Theme::faintHue(std::size_t index) const {
  constexpr double grey = 0.45;
  constexpr double spare = 1.02;  // colours are rounded to eight bits
  const QColor start = mixed(hue(index), dominated, grey);
  double low = 0;
  double high = 1;
  for (int step = 0; step < 12; ++step) {
    const double middle = (low + high) / 2;
    (contrastRatio(mixed(start, background, middle), background) >= LeastContrast * spare ? low : high) = middle;
  }
  return mixed(start, background, low);
}

Theme lightTheme() {
  return {.background = QColor(0xffffff),
          .text = QColor(0x1a1a1a),
          .mutedText = QColor(0x555555),
          .axis = QColor(0x4d4d4d),
          .grid = QColor(0xe4e4e4),
          .selection = QColor(0xd6006c),
          .warning = QColor(0xb45309),
          .reference = QColor(0x767676),
          .dominated = QColor(0x949494),
          .hues = {QColor(0x1A85FF), QColor(0x994F00), QColor(0x007A5A), QColor(0x332288), QColor(0xCC79A7)}};
}

Theme darkTheme() {
  return {.background = QColor(0x1E1E1E),
          .text = QColor(0xf0f0f0),
          .mutedText = QColor(0xb8b8b8),
          .axis = QColor(0xb0b0b0),
          .grid = QColor(0x3a3a3a),
          .selection = QColor(0xff6db6),
          .warning = QColor(0xffb454),
          .reference = QColor(0xB0B0B0),
          .dominated = QColor(0x8C8C8C),
          .hues = {QColor(0xA6CEE3), QColor(0xE69F00), QColor(0x009E73), QColor(0x9F8CFF), QColor(0xFFFF99)}};
}

bool isDark(const QPalette &p) {
  return p.color(QPalette::WindowText).lightnessF() > p.color(QPalette::Window).lightnessF();
}

Theme themeFor(const QPalette &palette) {
  return palette.color(QPalette::Window).lightnessF() < 0.5 ? darkTheme() : lightTheme();
}

QFont Style::smallFont() const {
  QFont result = font;
  result.setPixelSize(std::max(1, (font.pixelSize() * 7 + 4) / 8));
  return result;
}

QFont Style::titleFont() const {
  QFont result = font;
  result.setBold(true);
  return result;
}

Style screenStyle(const QWidget &widget) {
  QFont font = widget.font();
  font.setPixelSize(std::max(1, QFontInfo(font).pixelSize()));
  return {.theme = themeFor(widget.palette()), .font = font};
}

namespace {

// The family name of a bundled font file; loads it once, however often it is asked for.
QString bundledFamily(const QString &file) {
  const int id = QFontDatabase::addApplicationFont(file);
  const QStringList families = QFontDatabase::applicationFontFamilies(id);
  if (families.isEmpty()) throw Error(file, QStringLiteral("the bundled font does not load"));
  return families.front();
}

}  // namespace

Style printStyle(const Theme &theme) {
  static const QString family = [] {
    (void)bundledFamily(QStringLiteral(":/pimento/fonts/DejaVuSans-Bold.ttf"));
    return bundledFamily(QStringLiteral(":/pimento/fonts/DejaVuSans.ttf"));
  }();
  QFont font(family);
  font.setPixelSize(static_cast<int>(8 * printUnitsPerPoint));
  font.setHintingPreference(QFont::PreferNoHinting);
  return {.theme = theme, .font = font, .medium = Medium::Print};
}

}  // namespace pimento
