// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <optional>

#include "widgets/figures/figure.h"

namespace pimento {

enum class ChartFormat { Svg, Pdf, Png };

[[nodiscard]] std::optional<ChartFormat> chartFormatFromName(QStringView name);  // "svg", "pdf", "png"

inline constexpr double columnWidth_mm = 88.9;
inline constexpr double pageWidth_mm = 181;

struct PrintSize {
  double width_mm = pageWidth_mm;
  std::optional<double> height_mm;  // absent: what the drawing reads well in
  int dpi = 300;                    // of PNG
  HeadingIs heading = HeadingIs::Shown;
};

// The drawing laid out anew for paper: text of 7 pt and more in the bundled font whatever the width. The same drawing
// gives the same bytes on every run. Needs a QGuiApplication, no display. Throws Error for sizes out of reason.
[[nodiscard]] QByteArray exportChart(const Figure &figure, ChartFormat format, const PrintSize &size = {},
                                     const Theme &theme = lightTheme());

// Replaces the time of writing in a PDF by a fixed one and mends the offsets behind it.
[[nodiscard]] QByteArray withFixedDate(QByteArray pdf);

}  // namespace pimento
