// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <array>
#include <cstdint>

#include "core/base/kind.h"
#include "widgets/theme.h"

class QPainter;

namespace pimento {

enum class PointRole : std::uint8_t { Dominated, Design, Reference, OverBudget };

inline constexpr std::array PaintOrder{PointRole::OverBudget, PointRole::Dominated, PointRole::Reference,
                                       PointRole::Design};

// How a point looks. Shape says kind: filled circle published, half-filled diamond derived, hollow square estimated,
// triangle measured. Hue says family. Dominated points are hollow and grey, those over a budget struck through as well,
// references grey hexagons: what colour says, shape or filling says too.
struct PointStyle {
  Kind kind = Kind::Published;
  std::uint8_t hue = 0;
  PointRole role = PointRole::Design;
  bool warning = false;  // carries a badge: its source contradicts itself
  bool operator==(const PointStyle &) const = default;
};

[[nodiscard]] QColor markerColour(const PointStyle &style, const Theme &theme);

enum class Halo : std::uint8_t { None, Background };  // a ring of the background keeps neighbours apart

void paintMarker(QPainter &painter, QPointF centre, double size, const PointStyle &style, const Theme &theme,
                 Halo halo = Halo::Background);

// A small "!" in a triangle, drawn up and right of a marker.
[[nodiscard]] QRectF warningBadgeBox(QPointF markerCentre, double markerSize, const Style &style);
void paintWarningBadge(QPainter &painter, QPointF markerCentre, double markerSize, const Style &style);

}  // namespace pimento
