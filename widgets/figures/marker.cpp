// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/marker.h"

#include <QPainter>
#include <QPainterPath>
#include <cmath>
#include <numbers>

#include "widgets/figures/text.h"

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

QPainterPath plus(QPointF c, double size) {
  const double arm = size * 0.58;
  const double half = size * 0.21;
  return closed(QPolygonF{c + QPointF(-half, -arm), c + QPointF(half, -arm), c + QPointF(half, -half),
                          c + QPointF(arm, -half), c + QPointF(arm, half), c + QPointF(half, half),
                          c + QPointF(half, arm), c + QPointF(-half, arm), c + QPointF(-half, half),
                          c + QPointF(-arm, half), c + QPointF(-arm, -half), c + QPointF(-half, -half)});
}

// Shapes of about the same area.
QPainterPath outline(QPointF c, double size, const PointStyle &style) {
  const double r = size / 2;
  if (style.role == PointRole::GpuReference) return closed(regularPolygon(c, r * 1.1, 6, 0));
  if (style.role == PointRole::DigitalReference) return plus(c, size);
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

// Of a family: a dot, bars, a plus, a ring, pairs of dots.
QPainterPath familyMark(QPointF c, double size, std::size_t mark) {
  QPainterPath path;
  const auto dot = [&](QPointF at, double radius) { path.addEllipse(c + at * size, radius * size, radius * size); };
  const auto bar = [&](double width, double height) {
    path.addRect(QRectF(c - QPointF(width, height) * size / 2, QSizeF(width, height) * size));
  };
  path.setFillRule(Qt::WindingFill);
  switch (mark) {
    case 1:
      dot({}, 0.17);
      break;
    case 2:
      bar(0.6, 0.2);
      break;
    case 3:
      bar(0.2, 0.6);
      break;
    case 4:
      bar(0.56, 0.16);
      bar(0.16, 0.56);
      break;
    case 5:
      path.setFillRule(Qt::OddEvenFill);
      dot({}, 0.28);
      dot({}, 0.15);
      break;
    case 6:
      dot({-0.2, 0}, 0.13);
      dot({0.2, 0}, 0.13);
      break;
    case 7:
      dot({0, -0.2}, 0.13);
      dot({0, 0.2}, 0.13);
      break;
    default:
      break;
  }
  return path;
}

bool filled(const PointStyle &style) {
  if (isReference(style.role)) return true;
  return style.role == PointRole::Design && (style.kind == Kind::Published || style.kind == Kind::Measured);
}

}  // namespace

QColor markerColour(const PointStyle &style, const Theme &theme) {
  switch (style.role) {
    case PointRole::Dominated:
    case PointRole::OverBudget:
    case PointRole::LeftOut:
      return theme.faintHue(style.hue);
    case PointRole::GpuReference:
    case PointRole::DigitalReference:
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
  const bool faint =
      style.role == PointRole::Dominated || style.role == PointRole::OverBudget || style.role == PointRole::LeftOut;
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
  if (!isReference(style.role)) {
    const bool half = style.role == PointRole::Design && style.kind == Kind::Derived;
    const QColor &onInk = theme.background;
    paintFamilyMark(painter, centre, size, style.hue, filled(style) || half ? onInk : colour,
                    filled(style) ? onInk : colour);
  }
  if (style.validity == Validity::Invalid) paintInvalidCross(painter, centre, size, theme);
}

void paintFamilyMark(QPainter &painter, QPointF centre, double size, std::size_t hue, const QColor &left,
                     const QColor &right) {
  const std::size_t mark = hue / HueCount % FamilyMarks;
  if (mark == 0) return;
  const QPainterPath whole = familyMark(centre, size, mark);
  painter.setPen(Qt::NoPen);
  painter.setBrush(left);
  painter.drawPath(whole);
  if (left == right) return;
  QPainterPath side;
  side.addRect(QRectF(centre - QPointF(0, size), QSizeF(size, 2 * size)));
  painter.setBrush(right);
  painter.drawPath(whole.intersected(side));
}

void paintInvalidCross(QPainter &painter, QPointF centre, double markerSize, const Theme &theme) {
  const double arm = markerSize * 0.68;
  for (const QPen &pen : {QPen(theme.background, markerSize * 0.36, Qt::SolidLine, Qt::FlatCap),
                          QPen(theme.warning, markerSize * 0.16, Qt::SolidLine, Qt::FlatCap)}) {
    painter.setPen(pen);
    for (const QPointF direction : {QPointF(1, 1), QPointF(1, -1)})
      painter.drawLine(centre - direction * arm, centre + direction * arm);
  }
}

QRectF doubtBadgeBox(QPointF markerCentre, double markerSize, const Style &style) {
  const double radius = style.em() * 0.36;
  const QPointF centre = markerCentre + QPointF(-1, -1) * (markerSize * 0.5 + radius * 0.6);
  return {centre - QPointF(radius, radius), centre + QPointF(radius, radius)};
}

void paintDoubtBadge(QPainter &painter, QPointF markerCentre, double markerSize, const Style &style) {
  const QRectF box = doubtBadgeBox(markerCentre, markerSize, style);
  const double radius = box.width() / 2;
  const QPointF c = box.center();
  painter.setPen(QPen(style.theme.background, style.hairline()));
  painter.setBrush(style.theme.warning);
  painter.drawEllipse(box);
  // Drawn, as the "!" is: a hook from the left over the top to the middle, and a dot.
  QPainterPath hook;
  const double bend = radius * 0.36;
  const QRectF turn(c.x() - bend, c.y() - radius * 0.66, 2 * bend, 2 * bend);
  hook.arcMoveTo(turn, 170);
  hook.arcTo(turn, 170, -230);
  hook.lineTo(c + QPointF(0, radius * 0.26));
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(style.theme.background, radius * 0.24, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(hook);
  painter.drawPoint(c + QPointF(0, radius * 0.62));
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

QRectF correctedBadgeBox(QPointF markerCentre, double markerSize, const Style &style) {
  const QSizeF size(style.em() * 0.42, style.em() * 0.8);
  const QPointF centre = markerCentre + QPointF(markerSize * 0.5 + size.width() * 0.6, markerSize * 0.5);
  return {centre - QPointF(size.width(), size.height()) / 2, size};
}

void paintCorrectedBadge(QPainter &painter, QPointF markerCentre, double markerSize, const Style &style) {
  const QRectF box = correctedBadgeBox(markerCentre, markerSize, style);
  const double bar = box.top() + box.height() * 0.3;
  for (const QPen &pen : {QPen(style.theme.background, style.em() * 0.26, Qt::SolidLine, Qt::RoundCap),
                          QPen(style.theme.text, style.em() * 0.12, Qt::SolidLine, Qt::FlatCap)}) {
    painter.setPen(pen);
    painter.drawLine(QPointF(box.center().x(), box.top()), QPointF(box.center().x(), box.bottom()));
    painter.drawLine(QPointF(box.left(), bar), QPointF(box.right(), bar));
  }
}

void paintBadges(QPainter &painter, QPointF markerCentre, double markerSize, const PointStyle &point,
                 const Style &style) {
  if (point.warning) paintWarningBadge(painter, markerCentre, markerSize, style);
  if (point.corrected) paintCorrectedBadge(painter, markerCentre, markerSize, style);
  if (point.validity == Validity::Doubtful) paintDoubtBadge(painter, markerCentre, markerSize, style);
}

}  // namespace pimento
