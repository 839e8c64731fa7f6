// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/figures/label_placement.h"
#include "widgets/figures/point_cloud.h"

namespace pimento {

// Where the parts of a trade-off chart lie in a panel, and which of them a view shows.

// A value that a log axis can not show, or one far out, is moved to where the clipping still works.
[[nodiscard]] QPointF mapped(QPointF value, const View &view, const QRectF &area);

[[nodiscard]] bool inView(const View &view, QPointF value);

[[nodiscard]] QRectF boxAround(QPointF centre, double size);

[[nodiscard]] QLineF whiskerLine(const PointCloud &cloud, const Whisker &whisker, const View &view, const QRectF &area);

// The front as corners in values: from the best x, along x at the y reached so far, then to the better y.
[[nodiscard]] std::vector<QPointF> staircase(const PointCloud &cloud, const View &view);

[[nodiscard]] std::optional<QPointF> idealPoint(const PointCloud &cloud);

// The markers around: labels keep clear of them while there are few enough to name at all.
[[nodiscard]] LabelObstacles obstaclesIn(const QRectF &area, const PointCloud &cloud, const View &view,
                                         const Style &style);

// The arrow between the markers at its ends, uncut; nullopt if an end has no place or both have the same.
[[nodiscard]] std::optional<QLineF> arrowLine(const ScatterArrow &arrow, const View &view, const QRectF &area,
                                              const Style &style);

// The view, wider if need be, so that the changed ends of all arrows are within.
[[nodiscard]] View holding(const View &view, const std::vector<ScatterArrow> &arrows);

// Whether a panel in this view draws them.
[[nodiscard]] bool showsArrows(const std::vector<ScatterArrow> &arrows, const View &view);
// Whether it crosses out the changed end of one.
[[nodiscard]] bool showsInvalidEnd(const std::vector<ScatterArrow> &arrows, const View &view);
[[nodiscard]] bool showsFront(const PointCloud &cloud, const View &view);
[[nodiscard]] bool showsIdeal(const PointCloud &cloud, const View &view);
[[nodiscard]] bool showsHypervolume(const PointCloud &cloud, const View &view);
[[nodiscard]] bool showsHypervolumeReference(const PointCloud &cloud, const View &view);  // its x
[[nodiscard]] bool showsIsoEdp(const PointCloud &cloud, const View &view);
[[nodiscard]] bool showsWhiskers(const PointCloud &cloud, const View &view);

}  // namespace pimento
