// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QRectF>
#include <array>
#include <cstdint>

#include "core/base/kind.h"
#include "core/base/validity.h"
#include "widgets/figures/theme.h"

class QPainter;

namespace pimento {

// Left out is an invalid design that does not compete: it looks as a dominated one does, but nothing dominates it.
enum class PointRole : std::uint8_t { Dominated, Design, GpuReference, DigitalReference, OverBudget, LeftOut };

// What designs are held against, beside the papers' accelerators.
[[nodiscard]] constexpr bool isReference(PointRole role) {
  return role == PointRole::GpuReference || role == PointRole::DigitalReference;
}

inline constexpr std::array PaintOrder{PointRole::OverBudget,   PointRole::LeftOut,          PointRole::Dominated,
                                       PointRole::GpuReference, PointRole::DigitalReference, PointRole::Design};

// Looks that tell families apart: every hue of a theme, by itself and with each of these marks inside of the marker.
inline constexpr std::size_t FamilyMarks = 8;
inline constexpr std::size_t FamilyLooks = HueCount * FamilyMarks;

// How a point looks. Shape says kind: filled circle published, half-filled diamond derived, hollow square estimated,
// triangle measured. Hue says family, with a mark inside from the sixth on. Dominated points are hollow and of a faint
// hue, those over a budget struck through as well; a GPU as reference is a grey hexagon, a digital accelerator a grey
// plus; invalid designs are crossed out. What colour says, shape or filling says too.
struct PointStyle {
  Kind kind = Kind::Published;
  std::uint8_t hue = 0;  // below FamilyLooks; Theme::hue takes what is beyond its hues from the start again
  PointRole role = PointRole::Design;
  bool warning = false;                 // carries a badge: its source contradicts itself
  bool corrected = false;               // carries a dagger: a printed value was replaced
  Validity validity = Validity::Valid;  // doubtful ones carry a badge of their own
  bool operator==(const PointStyle &) const = default;
};

[[nodiscard]] QColor markerColour(const PointStyle &style, const Theme &theme);

enum class Halo : std::uint8_t { None, Background };  // a ring of the background keeps neighbours apart

void paintMarker(QPainter &painter, QPointF centre, double size, const PointStyle &style, const Theme &theme,
                 Halo halo = Halo::Background);

// What tells a family from the other ones of its hue, `size` large; nothing for the first of them. Of the first colour
// on the left of the centre, of the second on its right.
void paintFamilyMark(QPainter &painter, QPointF centre, double size, std::size_t hue, const QColor &left,
                     const QColor &right);

// Over the marker of an invalid design.
void paintInvalidCross(QPainter &painter, QPointF centre, double markerSize, const Theme &theme);

// A small "?" in a disc, up and left of the marker of a doubtful design.
[[nodiscard]] QRectF doubtBadgeBox(QPointF markerCentre, double markerSize, const Style &style);
void paintDoubtBadge(QPainter &painter, QPointF markerCentre, double markerSize, const Style &style);

// A small "!" in a triangle, drawn up and right of a marker.
[[nodiscard]] QRectF warningBadgeBox(QPointF markerCentre, double markerSize, const Style &style);
void paintWarningBadge(QPainter &painter, QPointF markerCentre, double markerSize, const Style &style);

// A dagger, down and right of the marker of a corrected value. Drawn, as the other badges are.
[[nodiscard]] QRectF correctedBadgeBox(QPointF markerCentre, double markerSize, const Style &style);
void paintCorrectedBadge(QPainter &painter, QPointF markerCentre, double markerSize, const Style &style);

// Paints the badges of warnings and corrections that a point carries.
void paintBadges(QPainter &painter, QPointF markerCentre, double markerSize, const PointStyle &point,
                 const Style &style);

}  // namespace pimento
