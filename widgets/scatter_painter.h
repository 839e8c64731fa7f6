// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/point_cloud.h"

class QPainter;

namespace pimento {

// One panel of a trade-off chart in the order in which it is painted: frame, under, points, over. Nothing is clipped by
// the painter (SVG has no clipping), so every line is cut to the area by itself.
struct PlotFrame {
  QRectF bounds;  // with tick labels and titles
  QRectF area;    // of the points
  AxisTicks xTicks;
  AxisTicks yTicks;
};

[[nodiscard]] PlotFrame layoutFrame(const QRectF &bounds, const View &view, const ScatterData &data,
                                    const Style &style);

void paintFrame(QPainter &painter, const PlotFrame &frame, const View &view, const Style &style);

// Hypervolume, lines of equal energy-delay product.
void paintUnder(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view, const Style &style);

// Markers, or dots in an image of `dotsPerUnit` resolution when there are too many; intervals, the staircase front and
// its markers. All that changes with view and data alone, so that it can be kept as a picture.
void paintPoints(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view, const Style &style,
                 double dotsPerUnit);

// Ideal point, marks and labels that do not overlap; points
// that another panel names (the zoom beside an overview) are not labelled again.
void paintOver(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view,
               const ScatterMarks &marks, const std::optional<ValueRange> &labelledElsewhere, const Style &style);

// Whether a panel in this view draws them.
[[nodiscard]] bool showsFront(const PointCloud &cloud, const View &view);
[[nodiscard]] bool showsIdeal(const PointCloud &cloud, const View &view);
[[nodiscard]] bool showsHypervolume(const PointCloud &cloud, const View &view);
[[nodiscard]] bool showsHypervolumeReference(const PointCloud &cloud, const View &view);  // its x
[[nodiscard]] bool showsIsoEdp(const PointCloud &cloud, const View &view);
[[nodiscard]] bool showsWhiskers(const PointCloud &cloud, const View &view);

// Frame of a range of values in a panel (the zoom, in the overview): in the colour of selections on the screen, where
// it can be moved; grey on paper.
void paintRangeFrame(QPainter &painter, const QRectF &box, const Style &style);
void paintLinkedRange(QPainter &painter, const QRectF &area, const View &view, const ValueRange &range,
                      const Style &style);

// The front as corners in values: from the best x, along x at the y reached so far, then to the better y.
[[nodiscard]] std::vector<QPointF> staircase(const PointCloud &cloud, const View &view);

// Part of the segment inside `area`, if any.
[[nodiscard]] std::optional<QLineF> clipped(const QLineF &line, const QRectF &area);

}  // namespace pimento
