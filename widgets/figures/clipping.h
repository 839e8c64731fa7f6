// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLineF>
#include <QRectF>
#include <optional>

class QPainter;

namespace pimento {

// Nothing is clipped by the painter (SVG has no clipping), so every line is cut to its area by itself.

// Part of the segment inside `area`, if any.
[[nodiscard]] std::optional<QLineF> clipped(const QLineF &line, const QRectF &area);

void drawClipped(QPainter &painter, const QLineF &line, const QRectF &area);

}  // namespace pimento
