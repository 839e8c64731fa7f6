// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <stop_token>

#include "widgets/figures/plot_frame.h"
#include "widgets/figures/scatter_geometry.h"

namespace pimento {

// One panel of a trade-off chart in the order in which it is painted: frame, under, points, arrows, over.

// Hypervolume, lines of equal energy-delay product, budgets.
void paintUnder(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view, const Style &style);

// Markers, or dots in an image of `dotsPerUnit` resolution when there are too many; intervals, the staircase front and
// its markers. All that changes with view and data alone, so that it can be kept as a picture. Some is missing where a
// stop is asked for.
void paintPoints(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view, const Style &style,
                 double dotsPerUnit, const std::stop_token &stop = {});

// Arrows from designs as they were to what they are now, each with a small open circle at its end: an
// estimate, but not a design of the table.
void paintArrows(QPainter &painter, const QRectF &area, const View &view, const std::vector<ScatterArrow> &arrows,
                 const Style &style);

// The end of such an arrow; a ring around it stands for an arrow that is shorter than the markers at its ends.
enum class Reach : std::uint8_t { Arrow, TooShort };
void paintChangedMark(QPainter &painter, QPointF centre, double size, const QColor &colour, Reach reach,
                      const Style &style);

// Corners of a box around the design that answers the budgets.
void paintAnswerMark(QPainter &painter, QPointF centre, double markerSize, const Style &style);

// Ideal point, arrows of changed designs, marks and labels that do not overlap; points that another panel names (the
// zoom beside an overview) are not labelled again.
void paintOver(QPainter &painter, const QRectF &area, const PointCloud &cloud, const View &view,
               const ScatterMarks &marks, const std::optional<ValueRange> &labelledElsewhere, const Style &style);

// Frame of a range of values in a panel (the zoom, in the overview): in the colour of selections on the screen, where
// it can be moved; grey on paper.
void paintRangeFrame(QPainter &painter, const QRectF &box, const Style &style);
void paintLinkedRange(QPainter &painter, const QRectF &area, const View &view, const ValueRange &range,
                      const Style &style);

}  // namespace pimento
