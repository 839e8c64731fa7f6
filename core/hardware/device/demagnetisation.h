// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento {

// How a uniformly magnetised free layer resists being magnetised along each axis: x across, y along, z out of the
// plane. They add up to 1.
struct DemagnetisingFactors {
  double x = 0;
  double y = 0;
  double z = 0;
};

// Volume averages of an elliptic cylinder of this width (x), length (y) and thickness, all in one unit: the factors of
// Beleggia, De Graef, Millev, Goode and Rowlands, J. Phys. D 38, 3333, 2005, in the form that demagnetisation.cpp
// derives. Within 1e-7 for aspect ratios up to 50 and thicknesses from a thousandth to ten times the diameter; x - y
// keeps its relative precision as the ellipse becomes round. About a microsecond for common sizes.
[[nodiscard]] DemagnetisingFactors ellipticCylinder(double width, double length, double thickness);

}  // namespace pimento
