// SPDX-License-Identifier: GPL-3.0-or-later
// Arrows from designs as they were to what they became.
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/figures/clipping.h"
#include "widgets/figures/marker.h"
#include "widgets/figures/point_layer.h"
#include "widgets/figures/scatter_painter.h"

namespace pimento {

namespace {

constexpr std::size_t fewPoints = 0;  // arrows are few: their markers have the full size

double endSize(const Style &style) { return markerSize(style, fewPoints); }

bool hasPlace(QPointF value, const View &view) {
  return std::isfinite(view.x.toUnit(value.x())) && std::isfinite(view.y.toUnit(value.y()));
}

Scale holding(const Scale &scale, double value) {
  const double unit = scale.toUnit(value);
  constexpr double room = 0.05;
  if (!std::isfinite(unit)) return scale;
  constexpr double edge = 0.02;  // a mark on the frame itself would be cut
  if (unit < edge) return scale.between(unit - room * (1 - unit), 1);
  return unit > 1 - edge ? scale.between(0, unit + room * unit) : scale;
}

void paintHead(QPainter &painter, const QLineF &shaft, const QRectF &area, const QColor &colour, const Style &style) {
  const double length = std::min(style.em() * 0.62, shaft.length() * 0.7);
  const QPointF back = (shaft.p1() - shaft.p2()) / shaft.length() * length;
  const QPointF side = QPointF(-back.y(), back.x()) * 0.42;
  const QPolygonF head{shaft.p2(), shaft.p2() + back + side, shaft.p2() + back - side};
  if (!area.contains(head.boundingRect())) return;
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawPolygon(head);
}

// An open head where the arrow leaves the panel.
void paintExit(QPainter &painter, const QLineF &shaft, const QColor &colour, const Style &style) {
  const QLineF cut(shaft.p1(), shaft.pointAt(std::max(0.0, 1 - style.em() * 0.5 / shaft.length())));
  const QPointF back = (cut.p1() - cut.p2()) / std::max(cut.length(), 1e-9) * style.em() * 0.4;
  const QPointF side = QPointF(-back.y(), back.x()) * 0.8;
  if (cut.length() < style.em()) return;
  painter.setPen(QPen(colour, style.hairline() * 2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
  painter.drawPolyline(QPolygonF{cut.p2() + back + side, cut.p2(), cut.p2() + back - side});
}

void paintArrow(QPainter &painter, const QRectF &area, const View &view, const ScatterArrow &arrow,
                const Style &style) {
  const auto whole = arrowLine(arrow, view, area, style);
  const auto shaft = whole ? clipped(*whole, area) : std::nullopt;
  const QColor colour = style.theme.hue(arrow.hue);
  if (shaft) {
    painter.setPen(QPen(style.theme.background, style.hairline() * 5, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(*shaft);
    painter.setPen(QPen(colour, style.hairline() * 2, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(*shaft);
  }
  if (!hasPlace(arrow.from, view) || !hasPlace(arrow.to, view)) return;
  if (!inView(view, arrow.to)) {
    if (shaft) paintExit(painter, *shaft, colour, style);
    return;
  }
  if (shaft) paintHead(painter, QLineF(shaft->p1(), whole->p2()), area, colour, style);
  if (arrow.from == arrow.to) return;
  paintChangedMark(painter, view.map(arrow.to.x(), arrow.to.y(), area), endSize(style), colour,
                   whole ? Reach::Arrow : Reach::TooShort, style);
  if (arrow.validity == Validity::Invalid)
    paintInvalidCross(painter, view.map(arrow.to.x(), arrow.to.y(), area), endSize(style), style.theme);
}

}  // namespace

void paintChangedMark(QPainter &painter, QPointF centre, double size, const QColor &colour, Reach reach,
                      const Style &style) {
  const double dot = size * 0.34;
  const double ring = size * 0.82;
  painter.setBrush(Qt::NoBrush);
  if (reach == Reach::TooShort)
    for (const QPen &pen : {QPen(style.theme.background, style.hairline() * 5), QPen(colour, style.hairline() * 2)}) {
      painter.setPen(pen);
      painter.drawEllipse(centre, ring, ring);
    }
  painter.setPen(QPen(style.theme.background, size * 0.42));
  painter.setBrush(style.theme.background);
  painter.drawEllipse(centre, dot, dot);
  painter.setPen(QPen(colour, size * 0.17));
  painter.drawEllipse(centre, dot, dot);
}

std::optional<QLineF> arrowLine(const ScatterArrow &arrow, const View &view, const QRectF &area, const Style &style) {
  if (!hasPlace(arrow.from, view) || !hasPlace(arrow.to, view)) return std::nullopt;
  const QLineF line(mapped(arrow.from, view, area), mapped(arrow.to, view, area));
  const double gap = endSize(style) * 0.62;
  if (line.length() < 2.6 * gap) return std::nullopt;  // the markers touch: nothing between them
  return QLineF(line.pointAt(gap / line.length()), line.pointAt(1 - gap / line.length()));
}

View holding(const View &view, const std::vector<ScatterArrow> &arrows) {
  View result = view;
  for (const ScatterArrow &arrow : arrows) {
    if (!hasPlace(arrow.from, result) || !hasPlace(arrow.to, result)) continue;
    for (const QPointF &end : {arrow.from, arrow.to}) {
      result.x = holding(result.x, end.x());
      result.y = holding(result.y, end.y());
    }
  }
  return result;
}

bool showsArrows(const std::vector<ScatterArrow> &arrows, const View &view) {
  const QRectF unit(0, 0, 1, 1);
  return std::ranges::any_of(arrows, [&](const ScatterArrow &arrow) {
    return hasPlace(arrow.from, view) && hasPlace(arrow.to, view) &&
           clipped(QLineF(mapped(arrow.from, view, unit), mapped(arrow.to, view, unit)), unit);
  });
}

bool showsInvalidEnd(const std::vector<ScatterArrow> &arrows, const View &view) {
  return std::ranges::any_of(arrows, [&](const ScatterArrow &arrow) {
    return arrow.validity == Validity::Invalid && arrow.from != arrow.to && hasPlace(arrow.from, view) &&
           hasPlace(arrow.to, view) && inView(view, arrow.to);
  });
}

void paintArrows(QPainter &painter, const QRectF &area, const View &view, const std::vector<ScatterArrow> &arrows,
                 const Style &style) {
  for (const ScatterArrow &arrow : arrows) paintArrow(painter, area, view, arrow, style);
}

}  // namespace pimento
