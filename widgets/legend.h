// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <QString>
#include <functional>
#include <vector>

#include "widgets/theme.h"

class QPainter;

namespace pimento {

struct ScatterData;

struct LegendEntry {
  std::function<void(QPainter &, QPointF centre, const Style &)> symbol;  // within 1.4 em x 1 em
  QString text;
};

// Entries flow in rows from left to right; the same call measures and paints.
[[nodiscard]] double legendHeight(const std::vector<LegendEntry> &entries, double width, const Style &style);
void paintLegend(QPainter &painter, const QRectF &box, const std::vector<LegendEntry> &entries, const Style &style);

// Explains what the chart of `data` shows, and nothing that it does not.
[[nodiscard]] std::vector<LegendEntry> scatterLegend(const ScatterData &data);

[[nodiscard]] LegendEntry swatch(const QColor &colour, const QString &text);

}  // namespace pimento
