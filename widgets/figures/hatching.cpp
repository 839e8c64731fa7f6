// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/hatching.h"

#include <QPainter>
#include <QTransform>
#include <algorithm>
#include <cmath>

namespace pimento {

namespace {

// Where the level line at `y` crosses the outline, from the left.
std::vector<double> crossings(const QPolygonF &polygon, double y) {
  std::vector<double> at;
  for (qsizetype i = 0; i < polygon.size(); ++i) {
    const QPointF a = polygon[i];
    const QPointF b = polygon[(i + 1) % polygon.size()];
    if ((a.y() <= y) != (b.y() <= y)) at.push_back(a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x()));
  }
  std::sort(at.begin(), at.end());
  return at;
}

}  // namespace

std::vector<QLineF> hatchLines(const QPolygonF &polygon, double degrees, double step) {
  std::vector<QLineF> lines;
  if (polygon.size() < 3 || !(step > 0)) return lines;
  const QTransform back = QTransform().rotate(-degrees);
  const QPolygonF turned = back.inverted().map(polygon);
  const QRectF box = turned.boundingRect();
  constexpr double most = 2000;
  step = std::max(step, box.height() / most);
  for (double k = std::floor(box.top() / step); (k + 0.5) * step < box.bottom(); ++k) {
    const double y = (k + 0.5) * step;
    const std::vector<double> at = crossings(turned, y);
    for (std::size_t i = 0; i + 1 < at.size(); i += 2) lines.push_back(back.map(QLineF(at[i], y, at[i + 1], y)));
  }
  return lines;
}

void paintHatch(QPainter &painter, const QPolygonF &polygon, Hatch hatch, double step) {
  const auto paint = [&](double degrees, double apart) {
    const std::vector<QLineF> lines = hatchLines(polygon, degrees, apart);
    if (!lines.empty()) painter.drawLines(lines.data(), static_cast<int>(lines.size()));
  };
  switch (hatch) {
    case Hatch::None:
      return;
    case Hatch::Rising:
      return paint(45, step);
    case Hatch::Falling:
      return paint(-45, step);
    case Hatch::Level:
      return paint(0, step);
    case Hatch::Upright:
      return paint(90, step);
    case Hatch::Crossed:
      paint(45, step * 1.4);
      return paint(-45, step * 1.4);
  }
}

}  // namespace pimento
