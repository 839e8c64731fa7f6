// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/plot_frame.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <functional>

#include "widgets/figures/text.h"

namespace pimento {

namespace {

double widest(const AxisTicks &ticks, const QFont &font) {
  double result = 0;
  for (const Tick &tick : ticks.ticks) result = std::max(result, textWidth(tick.label, font));
  return result;
}

// Whether neighbouring labels keep `gap` between them along an axis of `length`.
bool fits(const AxisTicks &ticks, const Scale &scale, double length, double gap,
          const std::function<double(const QString &)> &extent) {
  double end = -1e9;
  for (const Tick &tick : ticks.ticks) {
    if (tick.label.isEmpty()) continue;
    const double centre = scale.toUnit(tick.value) * length;
    const double half = extent(tick.label) / 2;
    if (centre - half < end + gap) return false;
    end = centre + half;
  }
  return true;
}

AxisTicks fittedTicks(const Scale &scale, const AxisSpec &spec, double length, double gap,
                      const std::function<double(const QString &)> &extent) {
  AxisTicks ticks;
  for (int labels = 8; labels >= 1; --labels) {
    ticks = axisTicks(scale, spec, labels);
    if (fits(ticks, scale, length, gap, extent)) return ticks;
  }
  return ticks;
}

}  // namespace

PlotFrame layoutFrame(const QRectF &bounds, const View &view, const AxisSpec &xAxis, const AxisSpec &yAxis,
                      const Style &style) {
  const double em = style.em();
  const QFont small = style.smallFont();
  const double line = lineHeight(small);
  PlotFrame frame{.bounds = bounds};
  const double bottom = line * 2 + em * 0.55;
  const double top = line / 2;
  const double height = std::max(em, bounds.height() - top - bottom);
  frame.yTicks = fittedTicks(view.y, yAxis, height, line * 0.5, [&](const QString &) { return line; });
  const double left = line + em * 0.6 + widest(frame.yTicks, small);
  double right = em;
  for (int pass = 0; pass < 2; ++pass) {
    const double width = std::max(em, bounds.width() - left - right);
    frame.xTicks =
        fittedTicks(view.x, xAxis, width, em * 0.7, [&](const QString &text) { return textWidth(text, small); });
    // A label at the right end may reach beyond the area.
    for (const Tick &tick : frame.xTicks.ticks)
      if (!tick.label.isEmpty())
        right = std::max(right, textWidth(tick.label, small) / 2 - (1 - view.x.toUnit(tick.value)) * width + em * 0.1);
  }
  frame.area = QRectF(bounds.left() + left, bounds.top() + top, std::max(em, bounds.width() - left - right), height);
  return frame;
}

void paintFrame(QPainter &painter, const PlotFrame &frame, const View &view, const Style &style) {
  const Theme &theme = style.theme;
  const double em = style.em();
  const QFont small = style.smallFont();
  const double line = lineHeight(small);
  const QRectF &area = frame.area;
  const QPen gridPen(theme.grid, style.hairline());
  const QPen axisPen(theme.axis, style.hairline());
  for (const Tick &tick : frame.xTicks.ticks) {
    const double x = area.left() + view.x.toUnit(tick.value) * area.width();
    const bool major = !tick.label.isEmpty();
    painter.setPen(gridPen);
    if (major) painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    painter.setPen(axisPen);
    painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + em * (major ? 0.3 : 0.16)));
    if (major)
      drawText(painter, QRectF(x, area.bottom() + em * 0.35, 0, line), Qt::AlignHCenter | Qt::AlignTop, tick.label,
               small, theme.text, style);
  }
  for (const Tick &tick : frame.yTicks.ticks) {
    const double y = area.bottom() - view.y.toUnit(tick.value) * area.height();
    const bool major = !tick.label.isEmpty();
    painter.setPen(gridPen);
    if (major) painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    painter.setPen(axisPen);
    painter.drawLine(QPointF(area.left() - em * (major ? 0.3 : 0.16), y), QPointF(area.left(), y));
    if (major)
      drawText(painter, QRectF(area.left() - em * 0.4, y, 0, 0), Qt::AlignRight | Qt::AlignVCenter, tick.label, small,
               theme.text, style);
  }
  painter.setPen(axisPen);
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(area);
  drawText(painter, QRectF(area.left(), frame.bounds.bottom() - line, area.width(), line), Qt::AlignHCenter,
           frame.xTicks.title, small, theme.text, style);
  drawTextUpwards(painter, QRectF(frame.bounds.left(), area.top(), line, area.height()), frame.yTicks.title, small,
                  theme.text, style);
}

}  // namespace pimento
