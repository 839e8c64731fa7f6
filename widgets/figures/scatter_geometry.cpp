// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/scatter_geometry.h"

#include <algorithm>
#include <cmath>

#include "widgets/figures/clipping.h"
#include "widgets/figures/point_layer.h"

namespace pimento {

namespace {

// Far beyond what the view shows, on the worse side: where lines that go on for ever end.
double beyond(const Scale &scale, Sense sense) { return scale.fromUnit(sense == Sense::Minimise ? 2 : -1); }

// Whether an interval and what a scale shows have more than an end in common.
bool overlaps(const Scale &scale, double a, double b) {
  return std::max(a, b) > scale.low() && std::min(a, b) < scale.high();
}

}  // namespace

QPointF mapped(QPointF value, const View &view, const QRectF &area) {
  const auto clampUnit = [](double unit) { return std::isnan(unit) ? -50.0 : std::clamp(unit, -50.0, 50.0); };
  return {area.left() + clampUnit(view.x.toUnit(value.x())) * area.width(),
          area.bottom() - clampUnit(view.y.toUnit(value.y())) * area.height()};
}

bool inView(const View &view, QPointF value) { return view.x.contains(value.x()) && view.y.contains(value.y()); }

QRectF boxAround(QPointF centre, double size) { return {centre - QPointF(size, size) / 2, QSizeF(size, size)}; }

QLineF whiskerLine(const PointCloud &cloud, const Whisker &whisker, const View &view, const QRectF &area) {
  const double x = cloud.data().x[whisker.point];
  return {mapped({x, whisker.interval.low}, view, area), mapped({x, whisker.interval.high}, view, area)};
}

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
      const PointStyle &point = cloud.data().styleOf(i);
      if (point.warning) result.hard.push_back(warningBadgeBox(at, size, style));
      if (point.corrected) result.hard.push_back(correctedBadgeBox(at, size, style));
      if (point.validity == Validity::Doubtful) result.hard.push_back(doubtBadgeBox(at, size, style));
    }
  return result;
}

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

std::optional<QPointF> idealPoint(const PointCloud &cloud) {
  if (cloud.front().size() < 2) return std::nullopt;
  return QPointF(cloud.data().x[cloud.front().front()], cloud.data().y[cloud.front().back()]);
}

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

}  // namespace pimento
