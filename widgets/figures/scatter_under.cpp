// SPDX-License-Identifier: GPL-3.0-or-later
// What lies under the points: hypervolume, lines of equal energy-delay product, budgets, the range of a zoom.
#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

#include "core/base/format.h"
#include "widgets/figures/clipping.h"
#include "widgets/figures/scatter_painter.h"
#include "widgets/figures/text.h"

namespace pimento {

namespace {

void paintHypervolume(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view,
                      const Style &style) {
  const ScatterData &data = cloud.data();
  if (!data.hypervolumeReference || data.front.empty()) return;
  const QPointF reference = *data.hypervolumeReference;
  const double xSign = data.xAxis.sense == Sense::Minimise ? 1 : -1;
  const double ySign = data.yAxis.sense == Sense::Minimise ? 1 : -1;
  // Corners closer than a fraction of a line's width are one: clipping a polygon takes far longer than drawing it.
  const double step = style.hairline() * 0.5;
  QPolygonF region;
  std::optional<double> reached;
  std::optional<double> lowest;
  for (const std::uint32_t point : cloud.front()) {
    if (xSign * data.x[point] >= xSign * reference.x() || ySign * data.y[point] >= ySign * reference.y()) continue;
    lowest = data.y[point];
    const QPointF corner = mapped({data.x[point], data.y[point]}, view, area);
    if (!region.isEmpty() && (corner - region.back()).manhattanLength() < step) continue;
    region << mapped({data.x[point], reached.value_or(reference.y())}, view, area) << corner;
    reached = data.y[point];
  }
  if (!lowest) return;
  region << mapped({reference.x(), *lowest}, view, area) << mapped(reference, view, area);
  QColor shade = style.theme.hue(0);
  shade.setAlphaF(0.1F);
  painter.setPen(Qt::NoPen);
  painter.setBrush(shade);
  painter.drawPolygon(region.intersected(QPolygonF(area)));
  const QPointF corner = mapped(reference, view, area);
  if (!area.contains(corner)) return;
  painter.setPen(QPen(style.theme.mutedText, style.hairline() * 1.5));
  const double arm = style.em() * 0.3;
  painter.drawLine(corner + QPointF(-arm, -arm), corner + QPointF(arm, arm));
  painter.drawLine(corner + QPointF(-arm, arm), corner + QPointF(arm, -arm));
}

// Lines x * y = const a decade apart. In log-log space they are straight.
void paintIsoEdp(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view, const Style &style) {
  const ScatterData &data = cloud.data();
  if (!showsIsoEdp(cloud, view)) return;
  const double toBase = data.xAxis.toBase * data.yAxis.toBase;
  const auto decade = [&](double x, double y) { return std::log10(x * y * toBase); };
  const int first = static_cast<int>(std::ceil(decade(view.x.low(), view.y.low())));
  const int last = static_cast<int>(std::floor(decade(view.x.high(), view.y.high())));
  const int stride = std::max(1, (last - first) / 6);
  const LabelObstacles obstacles = obstaclesIn(area, cloud, view, style);
  const QFont small = style.smallFont();
  for (int e = first; e <= last; e += stride) {
    const double product = std::pow(10.0, e) / toBase;
    const QLineF line(view.map(view.x.low(), product / view.x.low(), area),
                      view.map(view.x.high(), product / view.x.high(), area));
    const auto part = clipped(line, area);
    if (!part) continue;
    painter.setPen(QPen(style.theme.mutedText, style.hairline(), Qt::DotLine));
    painter.drawLine(*part);
    const QString text = siValue(std::pow(10.0, e), QStringLiteral("J·s"));
    const QSizeF size(textWidth(text, small), lineHeight(small));
    // On the line, where it hides neither a marker nor the front.
    for (const double along : {0.85, 0.7, 0.55, 0.4, 0.25}) {
      const QRectF box(part->pointAt(along) - QPointF(size.width(), size.height()) / 2, size);
      if (!area.contains(box) || hitsAny(box, obstacles.hard) || hitsAny(box, obstacles.soft)) continue;
      painter.fillRect(box, style.theme.background);
      drawText(painter, box, Qt::AlignCenter, text, small, style.theme.mutedText, style);
      break;
    }
  }
}

void paintLimits(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view, const Style &style) {
  const ScatterData &data = cloud.data();
  painter.setPen(QPen(style.theme.text, style.hairline() * 1.4, Qt::DashLine, Qt::FlatCap));
  if (data.xLimit) {
    const double x = mapped({*data.xLimit, view.y.low()}, view, area).x();
    drawClipped(painter, QLineF(x, area.top(), x, area.bottom()), area);
  }
  if (data.yLimit) {
    const double y = mapped({view.x.low(), *data.yLimit}, view, area).y();
    drawClipped(painter, QLineF(area.left(), y, area.right(), y), area);
  }
}

}  // namespace

void paintUnder(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view, const Style &style) {
  paintHypervolume(painter, area, cloud, view, style);
  paintIsoEdp(painter, area, cloud, view, style);
  paintLimits(painter, area, cloud, view, style);
}

void paintLinkedRange(QPainter &painter, const QRectF &area, const View &view, const ValueRange &range,
                      const Style &style) {
  paintRangeFrame(painter, rangeBox(view, range, area, style.em() * 0.5), style);
}

void paintRangeFrame(QPainter &painter, const QRectF &box, const Style &style) {
  const bool print = style.medium == Medium::Print;
  QColor accent = print ? style.theme.mutedText : style.theme.selection;
  painter.setPen(QPen(accent, style.hairline() * (print ? 0.8 : 1.5)));
  accent.setAlphaF(print ? 0 : 0.06F);
  painter.setBrush(accent);
  painter.drawRect(box);
}

}  // namespace pimento
