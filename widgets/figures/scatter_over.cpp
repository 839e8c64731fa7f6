// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over the points: ideal point, marks of the user, labels that do not overlap.
#include <QPainter>
#include <algorithm>
#include <span>

#include "widgets/figures/clipping.h"
#include "widgets/figures/point_layer.h"
#include "widgets/figures/scatter_painter.h"
#include "widgets/figures/text.h"

namespace pimento {

namespace {

void paintIdeal(QPainter &painter, QPointF at, const Style &style) {
  const double arm = style.em() * 0.38;
  painter.setPen(QPen(style.theme.text, style.hairline() * 1.5));
  for (const QPointF direction : {QPointF(1, 0), QPointF(0, 1), QPointF(0.7, 0.7), QPointF(0.7, -0.7)})
    painter.drawLine(at - direction * arm, at + direction * arm);
}

void paintRing(QPainter &painter, QPointF centre, double radius, const Style &style, Qt::PenStyle line) {
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(style.theme.background, style.hairline() * 5));
  painter.drawEllipse(centre, radius, radius);
  painter.setPen(QPen(style.theme.selection, style.hairline() * 2.6, line));
  painter.drawEllipse(centre, radius, radius);
}

// Selected first, then the answer to the budgets, then pins, then the front while it is short enough to name.
std::vector<std::uint32_t> labelledPoints(const PointCloud &cloud, const View &view, const ScatterMarks &marks,
                                          const std::optional<ValueRange> &elsewhere) {
  constexpr std::size_t mostFrontLabels = 14;
  std::vector<std::uint32_t> points;
  const auto named = [&](std::uint32_t point) {
    return elsewhere && elsewhere->contains(cloud.data().x[point], cloud.data().y[point]);
  };
  const auto add = [&](std::uint32_t point) {
    if (!named(point) && cloud.visible(point, view) && std::find(points.begin(), points.end(), point) == points.end())
      points.push_back(point);
  };
  if (marks.selected) add(*marks.selected);
  if (marks.answer) add(*marks.answer);
  for (const std::uint32_t pin : marks.pins) add(pin);
  if (cloud.data().front.size() <= mostFrontLabels)
    for (const std::uint32_t point : cloud.front()) add(point);
  return points;
}

void paintLabels(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view,
                 const ScatterMarks &marks, const std::optional<ValueRange> &elsewhere, const LabelObstacles &obstacles,
                 const Style &style) {
  const QFont small = style.smallFont();
  std::vector<LabelRequest> requests;
  QStringList texts;
  for (const std::uint32_t point : labelledPoints(cloud, view, marks, elsewhere)) {
    const QString text = cloud.data().labelOf(point);
    if (text.isEmpty()) continue;
    requests.push_back({cloud.position(point, view, area), QSizeF(textWidth(text, small), lineHeight(small))});
    texts << text;
  }
  constexpr std::size_t mostArrowLabels = 14;
  const std::span named(marks.arrows.data(), marks.arrows.size() <= mostArrowLabels ? marks.arrows.size() : 0);
  for (const ScatterArrow &arrow : named) {
    if (arrow.label.isEmpty() || !inView(view, arrow.to)) continue;
    if (elsewhere && elsewhere->contains(arrow.to.x(), arrow.to.y())) continue;
    requests.push_back(
        {view.map(arrow.to.x(), arrow.to.y(), area), QSizeF(textWidth(arrow.label, small), lineHeight(small))});
    texts << arrow.label;
  }
  const double inset = style.em() * 0.15;
  for (const PlacedLabel &label :
       placeLabels(requests, obstacles, area.adjusted(inset, inset, -inset, -inset), style.em() * 0.75)) {
    const QPointF anchor = requests[label.request].anchor;
    if (label.leader) {
      const QPointF end(std::clamp(anchor.x(), label.box.left(), label.box.right()),
                        std::clamp(anchor.y(), label.box.top(), label.box.bottom()));
      painter.setPen(QPen(style.theme.mutedText, style.hairline()));
      painter.drawLine(anchor, end);
    }
    QColor paper = style.theme.background;
    paper.setAlphaF(0.8F);
    painter.fillRect(label.box, paper);
    drawText(painter, label.box, Qt::AlignCenter, texts[static_cast<qsizetype>(label.request)], small, style.theme.text,
             style);
  }
}

// Labels keep clear of what an arrow ends in, and of its shaft if they can.
void addArrows(LabelObstacles &obstacles, const QRectF &area, const View &view, const ScatterMarks &marks,
               const Style &style) {
  constexpr int pieces = 12;
  for (const ScatterArrow &arrow : marks.arrows) {
    if (inView(view, arrow.to))
      obstacles.hard.push_back(boxAround(view.map(arrow.to.x(), arrow.to.y(), area), markerSize(style, 0) * 1.1));
    const auto whole = arrowLine(arrow, view, area, style);
    const auto shaft = whole ? clipped(*whole, area) : std::nullopt;
    for (int i = 0; shaft && i < pieces; ++i)
      obstacles.soft.push_back(
          QRectF(shaft->pointAt(static_cast<double>(i) / pieces), shaft->pointAt((i + 1.0) / pieces)).normalized());
  }
}

}  // namespace

void paintAnswerMark(QPainter &painter, QPointF centre, double markerSize, const Style &style) {
  const double half = markerSize * 1.15;
  const double arm = half * 0.55;
  painter.setBrush(Qt::NoBrush);
  for (const QPen &pen : {QPen(style.theme.background, style.hairline() * 5, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin),
                          QPen(style.theme.text, style.hairline() * 2.2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin)}) {
    painter.setPen(pen);
    for (const QPointF corner : {QPointF(1, 1), QPointF(1, -1), QPointF(-1, 1), QPointF(-1, -1)}) {
      const QPointF at = centre + corner * half;
      painter.drawPolyline(QPolygonF{at - QPointF(corner.x() * arm, 0), at, at - QPointF(0, corner.y() * arm)});
    }
  }
}

void paintOver(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view,
               const ScatterMarks &marks, const std::optional<ValueRange> &labelledElsewhere, const Style &style) {
  const ScatterData &data = cloud.data();
  const double size = markerSize(style, cloud.countVisible(view, 1000));
  LabelObstacles obstacles = obstaclesIn(area, cloud, view, style);
  if (const auto ideal = idealPoint(cloud)) {
    const QPointF at = mapped(*ideal, view, area);
    if (area.contains(at)) {
      paintIdeal(painter, at, style);
      obstacles.hard.push_back(boxAround(at, style.em()));
    }
  }
  paintArrows(painter, area, view, marks.arrows, style);
  addArrows(obstacles, area, view, marks, style);
  for (const std::uint32_t pin : marks.pins)
    if (cloud.visible(pin, view)) paintRing(painter, cloud.position(pin, view, area), size * 0.95, style, Qt::DotLine);
  if (marks.answer && cloud.visible(*marks.answer, view))
    paintAnswerMark(painter, cloud.position(*marks.answer, view, area), size, style);
  if (marks.selected && cloud.visible(*marks.selected, view)) {
    const QPointF at = cloud.position(*marks.selected, view, area);
    paintRing(painter, at, size * 0.95, style, Qt::SolidLine);
    paintMarker(painter, at, size, data.styleOf(*marks.selected), style.theme);
  }
  paintLabels(painter, area, cloud, view, marks, labelledElsewhere, obstacles, style);
}

}  // namespace pimento
