// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/label_strip.h"

#include <algorithm>

#include "widgets/figures/label_placement.h"
#include "widgets/figures/text.h"

namespace pimento {

LabelStrip layOutStrip(std::vector<StripLabel> labels, double left, double right, double bottom, const Style &style) {
  const QFont small = style.smallFont();
  const double line = lineHeight(small);
  const double gap = style.em() * 0.5;
  LabelStrip strip{.labels = std::move(labels), .boxes = {}};
  for (const StripLabel &label : strip.labels) {
    const double width = textWidth(label.text, small);
    const double x = std::max(left, std::min(label.x - width / 2, right - width));
    QRectF box(x, bottom - line, width, line);
    // A little lower and narrower than its line, so that lines above each other do not count as touching.
    while (hitsAny(box.adjusted(-gap, line * 0.1, gap, -line * 0.1), strip.boxes)) box.translate(0, -line);
    strip.boxes.push_back(box);
    strip.height = std::max(strip.height, bottom - box.top());
  }
  return strip;
}

void drawStrip(QPainter &painter, const LabelStrip &strip, const QColor &colour, const Style &style) {
  for (std::size_t i = 0; i < strip.boxes.size(); ++i)
    drawText(painter, strip.boxes[i], Qt::AlignCenter, strip.labels[i].text, style.smallFont(), colour, style);
}

}  // namespace pimento
