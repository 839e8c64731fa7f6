// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPointF>
#include <QRectF>

#include "widgets/figures/scale.h"

namespace pimento {

// The two scales of a plot, and where a point lies in its rectangle (y upwards).
struct View {
  Scale x;
  Scale y;

  [[nodiscard]] QPointF map(double xValue, double yValue, const QRectF &area) const;
  [[nodiscard]] QPointF unmap(QPointF position, const QRectF &area) const;  // values
  bool operator==(const View &) const = default;
};

// Part of a plot in values.
struct ValueRange {
  double xLow = 0, xHigh = 1, yLow = 0, yHigh = 1;
  [[nodiscard]] bool contains(double x, double y) const { return x >= xLow && x <= xHigh && y >= yLow && y <= yHigh; }
  bool operator==(const ValueRange &) const = default;
};

[[nodiscard]] ValueRange rangeOf(const View &view);

// The part of a view that a rectangle on the screen covers.
[[nodiscard]] View partOf(const View &view, const QRectF &part, const QRectF &area);

// Where a range lies in a plot, cut to it, and never smaller than can be seen.
[[nodiscard]] QRectF rangeBox(const View &view, const ValueRange &range, const QRectF &area, double least);

}  // namespace pimento
