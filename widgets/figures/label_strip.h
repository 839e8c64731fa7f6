// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <QStringList>
#include <vector>

#include "widgets/figures/theme.h"

class QPainter;

namespace pimento {

struct StripLabel {
  double x = 0;  // what it names: its middle, unless it would leave the strip
  QString text;
};

// One-line labels above a plot, each over the place it names. One that would run into another goes a line higher.
struct LabelStrip {
  std::vector<StripLabel> labels;
  std::vector<QRectF> boxes;
  double height = 0;
};

[[nodiscard]] LabelStrip layOutStrip(std::vector<StripLabel> labels, double left, double right, double bottom,
                                     const Style &style);
void drawStrip(QPainter &painter, const LabelStrip &strip, const QColor &colour, const Style &style);

}  // namespace pimento
