// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/demagnetisation.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

using namespace pimento;

namespace {

using std::numbers::pi;

struct Size {
  double width, length, thickness;
};

// The energy of the surface charges in plain words: magnetised along x the mantle carries dy, along y it carries dx.
// Two lines of height t at a distance ρ have 2 [t asinh(t/ρ) - t² / (ρ + sqrt(ρ² + t²))] of the integral over 1/r, and
// the factor is the double integral over pairs of points φ and φ + δ, over 4π V. δ is stretched about its logarithm.
DemagnetisingFactors bySurfaceCharges(const Size &s) {
  constexpr int Around = 240;
  constexpr int Apart = 400;
  const double a = s.width / 2;
  const double b = s.length / 2;
  const double t = s.thickness;
  double x = 0;
  double y = 0;
  for (int i = 0; i < Around; ++i) {
    const double from = 2 * pi * i / Around;
    for (int j = 0; j < Apart; ++j) {
      const double q = (j + 0.5) / Apart;
      const double delta = pi * std::pow(q, 5);
      const double weight = 2 * pi / Around * 5 * pi * std::pow(q, 4) / Apart;
      for (const double to : {from + delta, from - delta}) {
        const double middle = (from + to) / 2;
        const double rho = 2 * std::sin(delta / 2) * std::hypot(a * std::sin(middle), b * std::cos(middle));
        const double lines = 2 * (t * std::asinh(t / rho) - t * t / (rho + std::hypot(rho, t)));
        x += weight * b * b * std::cos(from) * std::cos(to) * lines;
        y += weight * a * a * std::sin(from) * std::sin(to) * lines;
      }
    }
  }
  const double volume = pi * a * b * t;
  return {x / (4 * pi * volume), y / (4 * pi * volume), 0};
}

// Magnetised along z the two faces carry the charge: each acts on itself and on the other, at the height of the layer.
// Ellipses shifted by a share u of their own size overlap as unit circles do.
double byFaces(const Size &s) {
  constexpr int Directions = 360;
  constexpr int Shifts = 4000;
  const double a = s.width / 2;
  const double b = s.length / 2;
  double sum = 0;
  for (int i = 0; i < Directions; ++i) {
    const double angle = 2 * pi * (i + 0.5) / Directions;
    const double stretch = std::hypot(a * std::cos(angle), b * std::sin(angle));
    for (int j = 0; j < Shifts; ++j) {
      const double q = (j + 0.5) / Shifts;
      const double u = 2 * q * q;  // dense where the faces see the height
      const double overlap = a * b * (2 * std::acos(u / 2) - u / 2 * std::sqrt(4 - u * u));
      const double apart = u * stretch;
      sum +=
          2 * pi / Directions * 4 * q / Shifts * a * b * u * overlap * (1 / apart - 1 / std::hypot(apart, s.thickness));
    }
  }
  return sum / (2 * pi * pi * a * b * s.thickness);
}

constexpr std::array<Size, 6> Sizes{
    {{40, 90, 2.6}, {40, 200, 2.6}, {40, 90, 5}, {60, 60, 2.6}, {100, 300, 0.8}, {90, 40, 2.6}}};

}  // namespace

TEST(Demagnetisation, isThatOfTheSurfaceCharges) {
  for (const Size &s : Sizes) {
    const DemagnetisingFactors n = ellipticCylinder(s.width, s.length, s.thickness);
    const DemagnetisingFactors charges = bySurfaceCharges(s);
    EXPECT_NEAR(n.x, charges.x, 1e-5) << s.width << " x " << s.length << " x " << s.thickness;
    EXPECT_NEAR(n.y, charges.y, 1e-5);
    EXPECT_NEAR(n.x - n.y, charges.x - charges.y, 1e-4 * std::abs(charges.x - charges.y) + 1e-9);
    EXPECT_NEAR(n.z, byFaces(s), 1e-5);
    EXPECT_NEAR(n.x + n.y + n.z, 1, 1e-12);
  }
}

// What of 0.0898, 0.0301, 0.8801 and 0.0906, 0.0295, 0.8799 the default layer has.
TEST(Demagnetisation, ofTheDefaultLayerIsSettled) {
  const DemagnetisingFactors n = ellipticCylinder(40, 90, 2.6);
  EXPECT_NEAR(n.x, 0.0906, 5e-5);
  EXPECT_NEAR(n.y, 0.0295, 5e-5);
  EXPECT_NEAR(n.z, 0.8799, 5e-5);
}

// Chen, Brug and Goldfarb, IEEE Trans. Magn. 27, 3601, 1991, table of magnetometric factors along the axis of cylinders
// by length over diameter; Joseph 1966 has 0.4745 for 0.5 and 0.3116 for 1.
TEST(Demagnetisation, ofCirclesIsTheTabulated) {
  EXPECT_NEAR(ellipticCylinder(1, 1, 1).z, 0.3116, 1e-4);
  EXPECT_NEAR(ellipticCylinder(1, 1, 0.5).z, 0.4745, 1e-4);
  EXPECT_NEAR(ellipticCylinder(1, 1, 2).z, 0.1819, 1e-4);
  const DemagnetisingFactors n = ellipticCylinder(50, 50, 1.1);
  EXPECT_DOUBLE_EQ(n.x, n.y);
}

TEST(Demagnetisation, ofThinDiscsFollowsTheirAsymptote) {
  for (const double t : {0.5, 1.0, 2.0}) {
    const double radius = 250;
    const double expected = t / (2 * pi * radius) * (std::log(8 * radius / t) - 0.5);
    EXPECT_NEAR(ellipticCylinder(2 * radius, 2 * radius, t).x, expected, 1e-4 * expected);
  }
}

// Near the circle it is proportional to how far it is from round.
TEST(Demagnetisation, differenceKeepsItsDigitsAsTheEllipseBecomesRound) {
  const auto difference = [](double excess) {
    const DemagnetisingFactors n = ellipticCylinder(60, 60 * (1 + excess), 2.6);
    return n.x - n.y;
  };
  EXPECT_NEAR(difference(1e-6) / difference(1e-3), 1e-3, 2e-6);
  EXPECT_GT(difference(1e-6), 0);
  EXPECT_EQ(difference(0), 0);
}

TEST(Demagnetisation, isTheSameTurnedAround) {
  const DemagnetisingFactors along = ellipticCylinder(40, 200, 3);
  const DemagnetisingFactors across = ellipticCylinder(200, 40, 3);
  EXPECT_NEAR(along.x, across.y, 1e-9);
  EXPECT_NEAR(along.z, across.z, 1e-12);
}
