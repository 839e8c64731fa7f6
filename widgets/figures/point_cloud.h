// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>

#include "widgets/figures/plot_view.h"
#include "widgets/figures/scatter_data.h"

namespace pimento {

// The points of a scatter in axis space (logarithms taken once) with a grid over them, so that the nearest of a million
// is found at once. Immutable: shared with the thread that draws.
class PointCloud {
 public:
  PointCloud(ScatterDataPtr data, AxisScale xScale, AxisScale yScale);

  [[nodiscard]] const ScatterData &data() const { return *m_data; }
  [[nodiscard]] const ScatterDataPtr &dataPtr() const { return m_data; }
  [[nodiscard]] std::span<const double> x() const { return m_x; }  // NaN where the axis can not show the point
  [[nodiscard]] std::span<const double> y() const { return m_y; }
  [[nodiscard]] const std::vector<std::uint32_t> &front() const { return m_front; }  // see orderedFront
  [[nodiscard]] AxisScale xScale() const { return m_xScale; }
  [[nodiscard]] AxisScale yScale() const { return m_yScale; }

  [[nodiscard]] QPointF position(std::uint32_t point, const View &view, const QRectF &area) const;
  [[nodiscard]] bool visible(std::uint32_t point, const View &view) const;
  // Points within the view, counted no further than `limit`.
  [[nodiscard]] std::size_t countVisible(const View &view, std::size_t limit) const;

  // Point whose distance on the screen to `position` is least, if within `reach`; of equal ones the one drawn last.
  [[nodiscard]] std::optional<std::uint32_t> nearest(QPointF position, const View &view, const QRectF &area,
                                                     double reach) const;

 private:
  struct Grid {
    int side = 0;
    double x0 = 0, y0 = 0, width = 1, height = 1;  // axis space
    std::vector<std::uint32_t> starts;             // cell → first entry of `points`; side² + 1
    std::vector<std::uint32_t> points;
  };
  void buildGrid() const;
  struct Query;
  void searchCell(int cx, int cy, Query &query) const;

  ScatterDataPtr m_data;
  AxisScale m_xScale;
  AxisScale m_yScale;
  std::vector<double> m_x;
  std::vector<double> m_y;
  std::vector<std::uint32_t> m_front;
  mutable Grid m_grid;  // built on the first hover, in the window's thread; the drawing thread never asks for it
};

using PointCloudPtr = std::shared_ptr<const PointCloud>;

// A view of all points with their whiskers, or of the front with the designs around it (of all that are no reference if
// it is a single point); a unit square if there is none.
enum class Cover { Everything, Front };
[[nodiscard]] View viewOf(const PointCloud &cloud, Cover cover);

}  // namespace pimento
