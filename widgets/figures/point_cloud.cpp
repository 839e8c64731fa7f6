// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/point_cloud.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/vector_registers.h"

namespace pimento {

namespace {

// Position in [0, 1] along one axis, for a coordinate in axis space.
double unitOf(const Scale &scale, double axis) {
  return (axis - scale.axisLow()) / (scale.axisHigh() - scale.axisLow());
}

double axisOf(const Scale &scale, double unit) { return scale.axisLow() + unit * (scale.axisHigh() - scale.axisLow()); }

int cellOf(double coordinate, double start, double extent, int side) {
  return static_cast<int>(std::clamp((coordinate - start) / extent * side, 0.0, side - 1.0));
}

int cellsWithin(double distance, double cell, int side) {
  return static_cast<int>(std::min(distance / std::max(cell, 1e-300) + 1, static_cast<double>(side)));
}

struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

// With room around; but energies, times and shares end at zero, and an axis far below it would say otherwise.
Scale roomy(AxisScale kind, const Extent &extent, double room) {
  if (!(extent.low <= extent.high)) return kind == AxisScale::Log10 ? Scale(kind, 1, 10) : Scale(kind, 0, 1);
  const Scale tight = Scale::ofAxis(kind, extent.low, extent.high);
  if (extent.low == extent.high) return tight;
  double below = room;
  if (kind == AxisScale::Linear && extent.low >= 0)
    below = std::min(room, 0.03 + extent.low / (extent.high - extent.low));
  return tight.between(-below, 1 + room);
}

}  // namespace

PointCloud::PointCloud(ScatterDataPtr data, AxisScale xScale, AxisScale yScale)
    : m_data(std::move(data)), m_xScale(xScale), m_yScale(yScale), m_x(m_data->size()), m_y(m_data->size()) {
  check(*m_data);
  m_front = orderedFront(*m_data);
  releaseVectorRegisters();
  for (std::size_t i = 0; i < m_x.size(); ++i) {
    m_x[i] = Scale::toAxis(xScale, m_data->x[i]);
    m_y[i] = Scale::toAxis(yScale, m_data->y[i]);
    if (!std::isfinite(m_x[i]) || !std::isfinite(m_y[i])) m_x[i] = m_y[i] = std::numeric_limits<double>::quiet_NaN();
  }
}

QPointF PointCloud::position(std::uint32_t point, const View &view, const QRectF &area) const {
  return {area.left() + unitOf(view.x, m_x[point]) * area.width(),
          area.bottom() - unitOf(view.y, m_y[point]) * area.height()};
}

bool PointCloud::visible(std::uint32_t point, const View &view) const {
  return m_x[point] >= view.x.axisLow() && m_x[point] <= view.x.axisHigh() && m_y[point] >= view.y.axisLow() &&
         m_y[point] <= view.y.axisHigh();
}

std::size_t PointCloud::countVisible(const View &view, std::size_t limit) const {
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < m_x.size() && count < limit; ++i) count += visible(i, view) ? 1 : 0;
  return count;
}

void PointCloud::buildGrid() const {
  Extent xExtent;
  Extent yExtent;
  std::size_t count = 0;
  for (std::size_t i = 0; i < m_x.size(); ++i) {
    if (std::isnan(m_x[i])) continue;
    xExtent.add(m_x[i]);
    yExtent.add(m_y[i]);
    ++count;
  }
  Grid grid;
  grid.side = std::clamp(static_cast<int>(std::sqrt(static_cast<double>(count) / 2)), 1, 1024);
  grid.starts.assign(static_cast<std::size_t>(grid.side) * static_cast<std::size_t>(grid.side) + 1, 0);
  grid.points.resize(count);
  if (count > 0) {
    grid.x0 = xExtent.low;
    grid.y0 = yExtent.low;
    grid.width = std::max(xExtent.high - xExtent.low, 1e-12);
    grid.height = std::max(yExtent.high - yExtent.low, 1e-12);
  }
  const auto cell = [&](std::size_t i) {
    return static_cast<std::size_t>(cellOf(m_y[i], grid.y0, grid.height, grid.side)) *
               static_cast<std::size_t>(grid.side) +
           static_cast<std::size_t>(cellOf(m_x[i], grid.x0, grid.width, grid.side));
  };
  for (std::size_t i = 0; i < m_x.size(); ++i)
    if (!std::isnan(m_x[i])) ++grid.starts[cell(i) + 1];
  for (std::size_t c = 1; c < grid.starts.size(); ++c) grid.starts[c] += grid.starts[c - 1];
  std::vector<std::uint32_t> next(grid.starts.begin(), grid.starts.end() - 1);
  for (std::size_t i = 0; i < m_x.size(); ++i)
    if (!std::isnan(m_x[i])) grid.points[next[cell(i)]++] = static_cast<std::uint32_t>(i);
  m_grid = std::move(grid);
}

// Distances are in pixels: a step along x in axis space is `scaleX` pixels.
struct PointCloud::Query {
  double x, y, scaleX, scaleY;
  double best;  // squared distance
  std::optional<std::uint32_t> point;
};

void PointCloud::searchCell(int cx, int cy, Query &query) const {
  if (cx < 0 || cy < 0 || cx >= m_grid.side || cy >= m_grid.side) return;
  const std::size_t cell =
      static_cast<std::size_t>(cy) * static_cast<std::size_t>(m_grid.side) + static_cast<std::size_t>(cx);
  for (std::uint32_t k = m_grid.starts[cell]; k < m_grid.starts[cell + 1]; ++k) {
    const std::uint32_t point = m_grid.points[k];
    const double dx = (m_x[point] - query.x) * query.scaleX;
    const double dy = (m_y[point] - query.y) * query.scaleY;
    const double distance = dx * dx + dy * dy;
    const bool tie = query.point && distance == query.best && point > *query.point;
    if (distance < query.best || tie || (!query.point && distance == query.best)) {
      query.best = distance;
      query.point = point;
    }
  }
}

std::optional<std::uint32_t> PointCloud::nearest(QPointF position, const View &view, const QRectF &area,
                                                 double reach) const {
  if (m_grid.side == 0) buildGrid();
  if (m_grid.points.empty() || area.isEmpty()) return std::nullopt;
  Query query{.x = axisOf(view.x, (position.x() - area.left()) / area.width()),
              .y = axisOf(view.y, (area.bottom() - position.y()) / area.height()),
              .scaleX = area.width() / (view.x.axisHigh() - view.x.axisLow()),
              .scaleY = area.height() / (view.y.axisHigh() - view.y.axisLow()),
              .best = reach * reach,
              .point = std::nullopt};
  const int cx = cellOf(query.x, m_grid.x0, m_grid.width, m_grid.side);
  const int cy = cellOf(query.y, m_grid.y0, m_grid.height, m_grid.side);
  const double cellWidth = m_grid.width * query.scaleX / m_grid.side;
  const double cellHeight = m_grid.height * query.scaleY / m_grid.side;
  for (int ring = 0; ring < m_grid.side; ++ring) {
    // A cell n columns away is at least n - 1 cell widths away, wherever in the middle cell the position lies.
    const int columns = cellsWithin(std::sqrt(query.best), cellWidth, m_grid.side);
    const int rows = cellsWithin(std::sqrt(query.best), cellHeight, m_grid.side);
    if (ring > columns && ring > rows) break;
    const int dxEnd = std::min(ring, columns);
    const int dyEnd = std::min(ring - 1, rows);
    for (const int sign : {-1, 1}) {
      if (ring == 0 && sign > 0) break;
      for (int dx = -dxEnd; ring <= rows && dx <= dxEnd; ++dx) searchCell(cx + dx, cy + sign * ring, query);
      for (int dy = -dyEnd; ring <= columns && dy <= dyEnd; ++dy) searchCell(cx + sign * ring, cy + dy, query);
    }
  }
  return query.point;
}

View viewOf(const PointCloud &cloud, Cover cover) {
  const ScatterData &data = cloud.data();
  const bool front = cover == Cover::Front && cloud.front().size() > 1;
  Extent x;
  Extent y;
  std::vector<bool> covered(data.whiskers.empty() ? 0 : data.size());
  const auto add = [&](std::uint32_t point) {
    if (std::isnan(cloud.x()[point])) return;
    if (!covered.empty()) covered[point] = true;
    x.add(cloud.x()[point]);
    y.add(cloud.y()[point]);
  };
  const auto addAll = [&](bool references) {
    for (std::uint32_t i = 0; i < data.size(); ++i)
      if (references || !isReference(data.styleOf(i).role)) add(i);
  };
  if (front)
    std::for_each(cloud.front().begin(), cloud.front().end(), add);
  else
    addAll(cover == Cover::Everything);
  if (!(x.low <= x.high)) addAll(true);
  for (const Whisker &whisker : data.whiskers)
    if (covered[whisker.point])
      for (const double end : {whisker.interval.low, whisker.interval.high})
        if (const double at = Scale::toAxis(cloud.yScale(), end); std::isfinite(at)) y.add(at);
  const double room = front ? 0.2 : 0.07;
  return {roomy(cloud.xScale(), x, room), roomy(cloud.yScale(), y, front ? 0.12 : 0.07)};
}

}  // namespace pimento
