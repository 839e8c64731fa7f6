// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLineF>
#include <QPolygonF>
#include <vector>

class QPainter;

namespace pimento {

// What tells areas apart beside their hue.
enum class Hatch { None, Rising, Falling, Level, Upright, Crossed };
inline constexpr int hatchCount = 6;

// Parallel lines within a polygon (even-odd), `step` apart and at `degrees` from the horizontal. They are cut by
// themselves: neither SVG nor PDF is asked to clip or to tile. Lines of neighbouring polygons continue each other.
[[nodiscard]] std::vector<QLineF> hatchLines(const QPolygonF &polygon, double degrees, double step);

// Paints a hatch inside a polygon with the painter's pen; `step` is the distance of its lines in units of the drawing.
void paintHatch(QPainter &painter, const QPolygonF &polygon, Hatch hatch, double step);

}  // namespace pimento
