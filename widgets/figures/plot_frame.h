// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/figures/plot_view.h"
#include "widgets/figures/theme.h"

class QPainter;

namespace pimento {

// The frame of a plot: grid, ticks, their labels and the titles of the axes.
struct PlotFrame {
  QRectF bounds;  // with tick labels and titles
  QRectF area;    // of what is plotted
  AxisTicks xTicks;
  AxisTicks yTicks;
};

struct PanelAxes {
  AxisSpec x, y;
  bool operator==(const PanelAxes &) const = default;
};

[[nodiscard]] PlotFrame layoutFrame(const QRectF &bounds, const View &view, const AxisSpec &xAxis,
                                    const AxisSpec &yAxis, const Style &style);

void paintFrame(QPainter &painter, const PlotFrame &frame, const View &view, const Style &style);

}  // namespace pimento
