// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scatter_painter.h"

#include <QLineF>
#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

#include "core/base/format.h"
#include "widgets/label_placement.h"
#include "widgets/point_layer.h"
#include "widgets/text.h"

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

namespace {

void drawClipped(QPainter &painter, const QLineF &line, const QRectF &area) {
  if (const auto part = clipped(line, area)) painter.drawLine(*part);
}

// Far beyond what the view shows, on the worse side: where lines that go on for ever end.
double beyond(const Scale &scale, Sense sense) { return scale.fromUnit(sense == Sense::Minimise ? 2 : -1); }

// A value that a log axis can not show, or one far out, is moved to where the clipping still works.
QPointF mapped(QPointF value, const View &view, const QRectF &area) {
  const auto clampUnit = [](double unit) { return std::isnan(unit) ? -50.0 : std::clamp(unit, -50.0, 50.0); };
  return {area.left() + clampUnit(view.x.toUnit(value.x())) * area.width(),
          area.bottom() - clampUnit(view.y.toUnit(value.y())) * area.height()};
}

QRectF boxAround(QPointF centre, double size) { return {centre - QPointF(size, size) / 2, QSizeF(size, size)}; }

QLineF whiskerLine(const PointCloud &cloud, const Whisker &whisker, const View &view, const QRectF &area) {
  const double x = cloud.data().x[whisker.point];
  return {mapped({x, whisker.interval.low}, view, area), mapped({x, whisker.interval.high}, view, area)};
}

// The markers around: labels keep clear of them while there are few enough to name at all.
LabelObstacles obstaclesIn(const QRectF &area, const PointCloud &cloud, const View &view, const Style &style) {
  constexpr std::size_t most = 400;
  LabelObstacles result;
  const std::vector<QPointF> corners = staircase(cloud, view);
  for (std::size_t i = 1; i < corners.size() && corners.size() < most; ++i)
    if (const auto part = clipped(QLineF(mapped(corners[i - 1], view, area), mapped(corners[i], view, area)), area))
      result.soft.push_back(QRectF(part->p1(), part->p2()).normalized().adjusted(-1, -1, 1, 1));
  for (const Whisker &whisker : cloud.data().whiskers)
    if (const auto part = clipped(whiskerLine(cloud, whisker, view, area), area))
      result.soft.push_back(QRectF(part->p1(), part->p2()).normalized().adjusted(-1, -1, 1, 1));
  const std::size_t count = cloud.countVisible(view, most + 1);
  if (count > most) return result;
  const double size = markerSize(style, count) * 1.1;
  for (std::uint32_t i = 0; i < cloud.data().size(); ++i)
    if (cloud.visible(i, view)) {
      const QPointF at = cloud.position(i, view, area);
      result.hard.push_back(boxAround(at, size));
      if (cloud.data().styleOf(i).warning) result.hard.push_back(warningBadgeBox(at, size, style));
    }
  return result;
}

void paintHypervolume(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view,
                      const Style &style) {
  const ScatterData &data = cloud.data();
  if (!data.hypervolumeReference || data.front.empty()) return;
  const QPointF reference = *data.hypervolumeReference;
  const double xSign = data.xAxis.sense == Sense::Minimise ? 1 : -1;
  const double ySign = data.yAxis.sense == Sense::Minimise ? 1 : -1;
  QPolygonF region;
  std::optional<double> reached;
  for (const std::uint32_t point : cloud.front()) {
    if (xSign * data.x[point] >= xSign * reference.x() || ySign * data.y[point] >= ySign * reference.y()) continue;
    region << mapped({data.x[point], reached.value_or(reference.y())}, view, area)
           << mapped({data.x[point], data.y[point]}, view, area);
    reached = data.y[point];
  }
  if (!reached) return;
  region << mapped({reference.x(), *reached}, view, area) << mapped(reference, view, area);
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

std::vector<QPointF> staircase(const PointCloud &cloud, const View &view) {
  const ScatterData &data = cloud.data();
  std::vector<QPointF> corners;
  for (const std::uint32_t point : cloud.front()) {
    const QPointF value(data.x[point], data.y[point]);
    if (corners.empty())
      corners.emplace_back(value.x(), beyond(view.y, data.yAxis.sense));
    else
      corners.emplace_back(value.x(), corners.back().y());
    corners.push_back(value);
  }
  if (!corners.empty()) corners.emplace_back(beyond(view.x, data.xAxis.sense), corners.back().y());
  return corners;
}

namespace {

std::optional<QPointF> idealPoint(const PointCloud &cloud) {
  if (cloud.front().size() < 2) return std::nullopt;
  return QPointF(cloud.data().x[cloud.front().front()], cloud.data().y[cloud.front().back()]);
}

bool inView(const View &view, QPointF value) { return view.x.contains(value.x()) && view.y.contains(value.y()); }

// Whether an interval and what a scale shows have more than an end in common.
bool overlaps(const Scale &scale, double a, double b) {
  return std::max(a, b) > scale.low() && std::min(a, b) < scale.high();
}

}  // namespace

bool showsFront(const PointCloud &cloud, const View &view) {
  const QRectF unit(0, 0, 1, 1);
  const std::vector<QPointF> corners = staircase(cloud, view);
  for (std::size_t i = 1; i < corners.size(); ++i)
    if (clipped(QLineF(mapped(corners[i - 1], view, unit), mapped(corners[i], view, unit)), unit)) return true;
  return false;
}

bool showsIdeal(const PointCloud &cloud, const View &view) {
  const auto ideal = idealPoint(cloud);
  return ideal && inView(view, *ideal);
}

// It is the union of the boxes between the front's points and the reference.
bool showsHypervolume(const PointCloud &cloud, const View &view) {
  const ScatterData &data = cloud.data();
  if (!data.hypervolumeReference) return false;
  const QPointF reference = *data.hypervolumeReference;
  const double xSign = data.xAxis.sense == Sense::Minimise ? 1 : -1;
  const double ySign = data.yAxis.sense == Sense::Minimise ? 1 : -1;
  return std::ranges::any_of(cloud.front(), [&](std::uint32_t point) {
    const double x = data.x[point];
    const double y = data.y[point];
    return xSign * x < xSign * reference.x() && ySign * y < ySign * reference.y() &&
           overlaps(view.x, x, reference.x()) && overlaps(view.y, y, reference.y());
  });
}

bool showsHypervolumeReference(const PointCloud &cloud, const View &view) {
  return showsHypervolume(cloud, view) && inView(view, *cloud.data().hypervolumeReference);
}

bool showsIsoEdp(const PointCloud &cloud, const View &view) {
  return cloud.data().isoEdp && view.x.kind() == AxisScale::Log10 && view.y.kind() == AxisScale::Log10;
}

bool showsWhiskers(const PointCloud &cloud, const View &view) {
  return std::ranges::any_of(cloud.data().whiskers,
                             [&](const Whisker &whisker) { return cloud.visible(whisker.point, view); });
}

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

namespace {

void paintAll(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view, const Style &style,
              double dotsPerUnit) {
  if (cloud.countVisible(view, maxMarkers + 1) <= maxMarkers) {
    paintMarkers(painter, cloud, view, area, style);
    return;
  }
  const QSize pixels = (area.size() * dotsPerUnit).toSize().expandedTo(QSize(1, 1));
  const int dot = std::max(2, qRound(style.em() * 0.2 * dotsPerUnit));
  painter.setBrush(style.theme.background);  // PDF draws images with the opacity of the brush
  painter.drawImage(area, dotImage(cloud, view, pixels, dot, style.theme));
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
    if (data.styleOf(point).warning) paintWarningBadge(painter, at, size, style);
    last = at;
  }
}

}  // namespace

void paintPoints(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view, const Style &style,
                 double dotsPerUnit) {
  paintAll(painter, area, cloud, view, style, dotsPerUnit);
  paintStaircase(painter, area, cloud, view, style);
  for (const Whisker &whisker : cloud.data().whiskers) paintWhisker(painter, area, cloud, view, whisker, style);
  paintFrontMarkers(painter, area, cloud, view, style);
}

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

// Selected first, then pins, then the front while it is short enough to name.
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

}  // namespace

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
  for (const std::uint32_t pin : marks.pins)
    if (cloud.visible(pin, view)) paintRing(painter, cloud.position(pin, view, area), size * 0.95, style, Qt::DotLine);
  if (marks.selected && cloud.visible(*marks.selected, view)) {
    const QPointF at = cloud.position(*marks.selected, view, area);
    paintRing(painter, at, size * 0.95, style, Qt::SolidLine);
    paintMarker(painter, at, size, data.styleOf(*marks.selected), style.theme);
  }
  paintLabels(painter, area, cloud, view, marks, labelledElsewhere, obstacles, style);
}

}  // namespace pimento
