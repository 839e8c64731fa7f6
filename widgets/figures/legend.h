// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <QString>
#include <functional>
#include <span>
#include <vector>

#include "widgets/figures/theme.h"

class QPainter;

namespace pimento {

struct ScatterData;
class PointCloud;
struct View;

struct LegendEntry {
  std::function<void(QPainter &, QPointF centre, const Style &)> symbol;  // within 1.4 em x 1 em
  QString text;
};

// Entries flow in rows from left to right; the same call measures and paints.
[[nodiscard]] double legendHeight(const std::vector<LegendEntry> &entries, double width, const Style &style);
[[nodiscard]] double legendHeight(int rows, const Style &style);
void paintLegend(QPainter &painter, const QRectF &box, const std::vector<LegendEntry> &entries, const Style &style);

[[nodiscard]] bool fits(const std::vector<LegendEntry> &entries, const QSizeF &room, const Style &style);

// The first entries and, where not all of them fit, how many more there are.
[[nodiscard]] std::vector<LegendEntry> fittingEntries(std::vector<LegendEntry> entries, const QSizeF &room,
                                                      const Style &style);

struct ShownPanel {
  const PointCloud &cloud;
  const View &view;
};

// Explains what panels of the same data show, and nothing that they do not.
struct ScatterLegend {
  std::vector<LegendEntry> points;  // and their marks
  std::vector<LegendEntry> plane;   // what stands behind them: front, ideal point, hypervolume, lines
};
[[nodiscard]] ScatterLegend scatterLegend(std::span<const ShownPanel> panels);

// The mark of a changed design, and the arrow that leads to it.
[[nodiscard]] LegendEntry changedEntry();
[[nodiscard]] LegendEntry arrowEntry();

// The cross of an invalid design, changed or not.
[[nodiscard]] LegendEntry invalidEntry();

// The mark of the design that answers the budgets.
[[nodiscard]] LegendEntry answerEntry();

// The frame of a zoom in an overview.
[[nodiscard]] LegendEntry zoomEntry();

[[nodiscard]] LegendEntry swatch(const QColor &colour, const QString &text);

}  // namespace pimento
