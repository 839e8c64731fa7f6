// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QPolygonF>

#include "widgets/figures/hatching.h"
#include "widgets/figures/theme.h"

class QPainter;

namespace pimento {

// How the n-th component of a whole is filled: the five hues, then tints of them, each with a hatching of its own, so
// that ten can be told apart, and neighbours in greys too.
[[nodiscard]] QColor componentColour(std::size_t component, const Theme &theme);
[[nodiscard]] Hatch componentHatch(std::size_t component);

void fillComponent(QPainter &painter, const QPolygonF &area, std::size_t component, const Style &style);

// Paints the hatching of a component alone, on an area that is filled already.
void hatchComponent(QPainter &painter, const QPolygonF &area, std::size_t component, const Style &style);

}  // namespace pimento
