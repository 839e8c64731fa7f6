// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <QStringList>

#include "widgets/figures/theme.h"

class QPainter;

namespace pimento {

[[nodiscard]] double textWidth(const QString &text, const QFont &font);
[[nodiscard]] double lineHeight(const QFont &font);

// One line of text at `alignment` in `box`, never cut; glyphs or outlines as the style says.
void drawText(QPainter &painter, const QRectF &box, Qt::Alignment alignment, const QString &text, const QFont &font,
              const QColor &colour, const Style &style);

// One line of text turned by 90 degrees to read upwards, centred in `box`.
void drawTextUpwards(QPainter &painter, const QRectF &box, const QString &text, const QFont &font, const QColor &colour,
                     const Style &style);

// Breaks at spaces so that every line fits; a single longer word stays whole.
[[nodiscard]] QStringList wrapped(const QString &text, const QFont &font, double width);

// Lines below each other from the top of `box`; returns the height they take.
double drawLines(QPainter &painter, const QRectF &box, const QStringList &lines, const QFont &font,
                 const QColor &colour, const Style &style);

// Lines in the middle of `box`: what an empty chart says.
void drawCentred(QPainter &painter, const QRectF &box, const QStringList &lines, const QFont &font,
                 const QColor &colour, const Style &style);

}  // namespace pimento
