// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/marker.h"

#include <QPainter>
#include <QPainterPath>
#include <cmath>
#include <numbers>

#include "widgets/text.h"

namespace pimento {

namespace {

QPolygonF regularPolygon(QPointF centre, double radius, int corners, double startDegrees) {
  QPolygonF polygon;
  for (int i = 0; i < corners; ++i) {
    const double angle = (startDegrees + 360.0 * i / corners) * std::numbers::pi / 180;
    polygon << centre + QPointF(std::cos(angle), std::sin(angle)) * radius;
  }
  return polygon;
}

QPainterPath closed(const QPolygonF &polygon) {
  QPainterPath path;
  path.addPolygon(polygon);
  path.closeSubpath();
  return path;
}

// Shapes of about the same area.
QPainterPath outline(QPointF c, double size, const PointStyle &style) {
  const double r = size / 2;
  if (style.role == PointRole::Reference) return closed(regularPolygon(c, r * 1.1, 6, 0));
  switch (style.kind) {
    case Kind::Measured:
      return closed(regularPolygon(c + QPointF(0, r * 0.2), r * 1.25, 3, -90));
    case Kind::Derived:
      return closed(regularPolygon(c, r * 1.2, 4, 0));
    case Kind::Estimated:
      return closed(regularPolygon(c, r * 1.2, 4, 45));
    case Kind::Published:
      break;
  }
  QPainterPath circle;
  circle.addEllipse(c, r, r);
  return circle;
}

QPainterPath leftHalfDiamond(QPointF c, double size) {
  const double r = size / 2 * 1.2;
  return closed(QPolygonF{c + QPointF(0, -r), c + QPointF(-r, 0), c + QPointF(0, r)});
}

bool filled(const PointStyle &style) {
  if (style.role == PointRole::Reference) return true;
  return style.role == PointRole::Design && (style.kind == Kind::Published || style.kind == Kind::Measured);
}

}  // namespace

QColor markerColour(const PointStyle &style, const Theme &theme) {
  switch (style.role) {
    case PointRole::Dominated:
    case PointRole::OverBudget:
      return theme.dominated;
    case PointRole::Reference:
      return theme.reference;
    case PointRole::Design:
      break;
  }
  return theme.hue(style.hue);
}

void paintMarker(QPainter &painter, QPointF centre, double size, const PointStyle &style, const Theme &theme,
                 Halo halo) {
  const QColor colour = markerColour(style, theme);
  const QPainterPath path = outline(centre, size, style);
  if (halo == Halo::Background) {
    painter.setPen(QPen(theme.background, size * 0.42));
    painter.setBrush(theme.background);
    painter.drawPath(path);
  }
  const bool faint = style.role == PointRole::Dominated || style.role == PointRole::OverBudget;
  painter.setPen(QPen(colour, size * (faint ? 0.13 : 0.17), Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
  painter.setBrush(filled(style) ? QBrush(colour) : QBrush(theme.background));
  painter.drawPath(path);
  if (style.role == PointRole::OverBudget) {
    const QPointF arm = QPointF(0.55, -0.55) * size;
    painter.drawLine(centre - arm, centre + arm);
  }
  if (style.role == PointRole::Design && style.kind == Kind::Derived) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPath(leftHalfDiamond(centre, size));
  }
}

QRectF warningBadgeBox(QPointF markerCentre, double markerSize, const Style &style) {
  const double side = style.em() * 0.44;
  const QPointF centre = markerCentre + QPointF(1, -1) * (markerSize * 0.5 + side * 0.55);
  return {centre - QPointF(side, side), centre + QPointF(side, side * 0.6)};
}

void paintWarningBadge(QPainter &painter, QPointF markerCentre, double markerSize, const Style &style) {
  const QRectF box = warningBadgeBox(markerCentre, markerSize, style);
  const double side = box.width() / 2;
  const QPointF centre = box.topLeft() + QPointF(side, side);
  painter.setPen(QPen(style.theme.background, style.hairline()));
  painter.setBrush(style.theme.warning);
  painter.drawPath(closed(regularPolygon(centre, side, 3, -90)));
  // The exclamation mark is drawn, not written: it would be below the least size of text.
  painter.setPen(QPen(style.theme.background, side * 0.22, Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(centre + QPointF(0, -side * 0.42), centre + QPointF(0, side * 0.05));
  painter.drawPoint(centre + QPointF(0, side * 0.32));
}

}  // namespace pimento
