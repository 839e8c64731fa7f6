// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/clipping.h"

#include <QPainter>
#include <algorithm>

namespace pimento {

std::optional<QLineF> clipped(const QLineF &line, const QRectF &area) {
  double enter = 0;
  double leave = 1;
  const auto cut = [&](double start, double step, double low, double high) {
    if (step == 0) return start >= low && start <= high;
    const auto [near, far] = std::minmax({(low - start) / step, (high - start) / step});
    enter = std::max(enter, near);
    leave = std::min(leave, far);
    return enter <= leave;
  };
  if (!cut(line.x1(), line.dx(), area.left(), area.right())) return std::nullopt;
  if (!cut(line.y1(), line.dy(), area.top(), area.bottom())) return std::nullopt;
  return QLineF(line.pointAt(enter), line.pointAt(leave));
}

void drawClipped(QPainter &painter, const QLineF &line, const QRectF &area) {
  if (const auto part = clipped(line, area)) painter.drawLine(*part);
}

}  // namespace pimento
