// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <QStringList>

#include "widgets/figures/theme.h"

class QPainter;

namespace pimento {

// Where a figure's content is, inside the margin that all figures keep.
[[nodiscard]] QRectF withinMargin(const QRectF &bounds, const Style &style);

// Title and sentence of takeaway above a figure, wrapped to its width.
struct Heading {
  QRectF title, takeaway;
  QStringList titleLines, takeawayLines;
  bool cut = false;  // whether the takeaway does not fit
  [[nodiscard]] double bottom() const { return takeaway.bottom(); }
};

// Places title and takeaway from the top of `inner`. An empty text takes no height, nor does one that the style leaves
// out.
[[nodiscard]] Heading layOutHeading(const QString &title, const QString &takeaway, const QRectF &inner,
                                    const Style &style);

// Places them with a takeaway of so many lines whatever it says, so that what is below stays where it is. What does not
// fit ends in "…".
[[nodiscard]] Heading layOutHeading(const QString &title, const QString &takeaway, const QRectF &inner,
                                    const Style &style, std::size_t takeawayLines);

void drawHeading(QPainter &painter, const Heading &heading, const Style &style);

}  // namespace pimento
