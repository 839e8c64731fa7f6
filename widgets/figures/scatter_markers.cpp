// SPDX-License-Identifier: GPL-3.0-or-later
// The points themselves: markers or dots, intervals, the staircase front and its markers.
#include <QPainter>
#include <algorithm>

#include "widgets/figures/clipping.h"
#include "widgets/figures/point_layer.h"
#include "widgets/figures/scatter_painter.h"

namespace pimento {

namespace {

void paintAll(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view, const Style &style,
              double dotsPerUnit, const std::stop_token &stop) {
  if (cloud.countVisible(view, maxMarkers + 1) <= maxMarkers) {
    paintMarkers(painter, cloud, view, area, style);
    return;
  }
  const QSize pixels = (area.size() * dotsPerUnit).toSize().expandedTo(QSize(1, 1));
  const int dot = std::max(2, qRound(style.em() * 0.2 * dotsPerUnit));
  painter.setBrush(style.theme.background);  // PDF draws images with the opacity of the brush
  painter.drawImage(area, dotImage(cloud, view, pixels, dot, style.theme, stop));
}

void paintWhisker(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view,
                  const Whisker &whisker, const Style &style) {
  if (!cloud.visible(whisker.point, view)) return;
  const QLineF line = whiskerLine(cloud, whisker, view, area);
  painter.setPen(QPen(markerColour(cloud.data().styleOf(whisker.point), style.theme), style.hairline() * 1.4));
  drawClipped(painter, line, area);
  const double half = style.em() * 0.22;
  for (const QPointF end : {line.p1(), line.p2()})
    drawClipped(painter, QLineF(end - QPointF(half, 0), end + QPointF(half, 0)), area);
}

// Corners closer than a fraction of the line's width would not be seen.
void paintStaircase(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view,
                    const Style &style) {
  const double width = style.hairline() * 1.6;
  painter.setPen(QPen(style.theme.text, width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
  std::optional<QPointF> last;
  for (const QPointF corner : staircase(cloud, view)) {
    const QPointF next = mapped(corner, view, area);
    if (last && (next - *last).manhattanLength() < width * 0.4) continue;
    if (last) drawClipped(painter, QLineF(*last, next), area);
    last = next;
  }
}

// Above the staircase with a ring of background around each; where they would hide each other, small, without the ring,
// and only as many as can be told apart.
void paintFrontMarkers(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view,
                       const Style &style) {
  constexpr std::ptrdiff_t crowded = 60;
  const ScatterData &data = cloud.data();
  const auto isVisible = [&](std::uint32_t point) { return cloud.visible(point, view); };
  const bool dense = std::count_if(cloud.front().begin(), cloud.front().end(), isVisible) > crowded;
  const double size = markerSize(style, cloud.countVisible(view, 1000)) * (dense ? 0.7 : 1);
  std::optional<QPointF> last;
  for (const std::uint32_t point : cloud.front()) {
    if (!isVisible(point)) continue;
    const QPointF at = cloud.position(point, view, area);
    if (dense && last && (at - *last).manhattanLength() < size * 0.5) continue;
    paintMarker(painter, at, size, data.styleOf(point), style.theme, dense ? Halo::None : Halo::Background);
    paintBadges(painter, at, size, data.styleOf(point), style);
    last = at;
  }
}

}  // namespace

void paintPoints(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view, const Style &style,
                 double dotsPerUnit, const std::stop_token &stop) {
  paintAll(painter, area, cloud, view, style, dotsPerUnit, stop);
  if (stop.stop_requested()) return;
  paintStaircase(painter, area, cloud, view, style);
  if (stop.stop_requested()) return;
  for (const Whisker &whisker : cloud.data().whiskers) paintWhisker(painter, area, cloud, view, whisker, style);
  paintFrontMarkers(painter, area, cloud, view, style);
}

}  // namespace pimento
