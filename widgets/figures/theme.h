// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QFont>
#include <array>

class QPalette;
class QWidget;

namespace pimento {

inline constexpr std::size_t HueCount = 5;

// Colours of a chart. Every hue has a contrast of at least 3:1 with the background and stays apart from the others
// under the three colour deficiencies.
struct Theme {
  QColor background;
  QColor text;
  QColor mutedText;
  QColor axis;
  QColor grid;
  QColor selection;
  QColor warning;
  QColor reference;  // GPU and other baselines
  QColor dominated;
  std::array<QColor, HueCount> hues;  // network families, components

  [[nodiscard]] const QColor &hue(std::size_t index) const { return hues[index % hues.size()]; }

  // The hue of what is dominated: half grey, and as pale as the contrast with the background allows.
  [[nodiscard]] QColor faintHue(std::size_t index) const;
};

// The contrast of two colours as WCAG 2 defines it, from 1 (the same luminance) to 21 (black on white).
[[nodiscard]] double contrastRatio(const QColor &a, const QColor &b);
inline constexpr double LeastContrast = 3;  // of what is not text, WCAG 2 level AA

[[nodiscard]] Theme lightTheme();
[[nodiscard]] Theme darkTheme();
[[nodiscard]] bool isDark(const QPalette &palette);     // writes light text on dark ground
[[nodiscard]] Theme themeFor(const QPalette &palette);  // by the lightness of its window colour

// Exports carry text as outlines where a reader may lack the font.
enum class TextAs { Glyphs, Outlines };

// Prints show a choice of an author, not what someone is doing at the moment.
enum class Medium { Screen, Print };

// Title and takeaway above a figure: authors write captions of their own.
enum class HeadingIs { Shown, LeftOut };

// All that a drawing needs besides its data. Lengths in drawings are multiples of em(), so that the same code fills a
// window and a printed column.
struct Style {
  Theme theme;
  QFont font;  // its size is in pixels
  TextAs text = TextAs::Glyphs;
  Medium medium = Medium::Screen;
  HeadingIs heading = HeadingIs::Shown;

  [[nodiscard]] double em() const { return font.pixelSize(); }
  [[nodiscard]] double hairline() const { return em() * 0.075; }
  [[nodiscard]] QFont smallFont() const;  // 7/8 of the font
  [[nodiscard]] QFont titleFont() const;  // bold
};

[[nodiscard]] Style screenStyle(const QWidget &widget);

// The bundled font, so that a print looks the same on every machine. One unit of the drawing is 1/10 pt: text is 8 pt,
// small text 7 pt, the least that journals take.
inline constexpr double printUnitsPerPoint = 10;
[[nodiscard]] Style printStyle(const Theme &theme = lightTheme());

}  // namespace pimento
