// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/plot_view.h"

#include <algorithm>
#include <cmath>

namespace pimento {

QPointF View::map(double xValue, double yValue, const QRectF &area) const {
  return {area.left() + x.toUnit(xValue) * area.width(), area.bottom() - y.toUnit(yValue) * area.height()};
}

QPointF View::unmap(QPointF position, const QRectF &area) const {
  return {x.fromUnit((position.x() - area.left()) / area.width()),
          y.fromUnit((area.bottom() - position.y()) / area.height())};
}

ValueRange rangeOf(const View &view) { return {view.x.low(), view.x.high(), view.y.low(), view.y.high()}; }

QRectF rangeBox(const View &view, const ValueRange &range, const QRectF &area, double least) {
  const auto unit = [](const Scale &scale, double value) {
    const double at = scale.toUnit(value);
    return std::isfinite(at) ? std::clamp(at, 0.0, 1.0) : 0;
  };
  const View &v = view;
  QRectF box(QPointF(area.left() + unit(v.x, range.xLow) * area.width(),
                     area.bottom() - unit(v.y, range.yHigh) * area.height()),
             QPointF(area.left() + unit(v.x, range.xHigh) * area.width(),
                     area.bottom() - unit(v.y, range.yLow) * area.height()));
  const double wider = std::max(0.0, least - box.width()) / 2;
  const double higher = std::max(0.0, least - box.height()) / 2;
  return box.adjusted(-wider, -higher, wider, higher);
}

View partOf(const View &view, const QRectF &part, const QRectF &area) {
  return {
      view.x.between((part.left() - area.left()) / area.width(), (part.right() - area.left()) / area.width()),
      view.y.between((area.bottom() - part.bottom()) / area.height(), (area.bottom() - part.top()) / area.height())};
}

}  // namespace pimento
