// SPDX-License-Identifier: GPL-3.0-or-later
// Two copies of an ellipse that are shifted along the direction θ overlap as two circles do whose radius is the
// ellipse's in that direction, r(θ) = 1 / sqrt(cos²θ / a² + sin²θ / b²). So the factors are means over directions of
// what a circular cylinder of radius r has. With τ = t / 2r, P(τ) the sum of its two in-plane factors (Joseph, J. Appl.
// Phys. 37, 4639, 1966, in elliptic integrals of m = 1 / (1 + τ²)):
//   1 - Nz = <P>,   Nx - Ny = (1/a² - 1/b²) / 4 <sin²2θ r² Q>,   Q = P + (4/π) τ sqrt(1 + τ²) (K - E),
// the second after an integration by parts, which takes the logarithm of the pair potential away.
#include "core/hardware/device/demagnetisation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pimento {

namespace {

using std::numbers::pi;

constexpr int LeastNodes = 4;
constexpr int MostNodes = 64;  // enough up to an aspect ratio of 200

struct EllipticIntegrals {
  double k = 0;
  double e = 0;
};

// Complete ones of parameter m = 1 - complement, by the arithmetic-geometric mean.
EllipticIntegrals ellipticIntegrals(double complement) {
  constexpr int MostRounds = 12;  // each doubles the digits; 1e-30 for the complement takes 9
  double mean = 1;
  double geometric = std::sqrt(complement);
  double sum = (1 - complement) / 2;
  double weight = 0.5;
  for (int round = 0; round < MostRounds && mean - geometric > 1e-9 * mean; ++round) {
    const double half = (mean - geometric) / 2;
    const double root = std::sqrt(mean * geometric);
    mean = (mean + geometric) / 2;
    geometric = root;
    weight *= 2;
    sum += weight * half * half;
  }
  const double k = pi / (mean + geometric);
  return {k, k * (1 - sum)};
}

struct Circular {
  double plane = 0;  // P
  double bend = 0;   // Q
};

Circular circularCylinder(double tau) {
  const double root = std::sqrt(1 + tau * tau);
  const auto [k, e] = ellipticIntegrals(tau * tau / (root * root));
  const double plane = 4 / (3 * pi * tau) * (root * (tau * tau * k + (1 - tau * tau) * e) - 1);
  return {plane, plane + 4 / pi * tau * root * (k - e)};
}

}  // namespace

DemagnetisingFactors ellipticCylinder(double width, double length, double thickness) {
  const double a = width / 2;
  const double b = length / 2;
  const double stretch = std::sqrt(b / a);
  // tan θ = stretch tan ψ puts the singularities of the integrand at the largest distance from the real axis; the
  // midpoint rule then errs by exp(-4 n distance).
  const double narrow = std::min(stretch, 1 / stretch);
  const int nodes = std::clamp(static_cast<int>(std::ceil(4.5 / std::atanh(narrow))), LeastNodes, MostNodes);
  double plane = 0;
  double difference = 0;
  for (int i = 0; i < nodes; ++i) {
    const double psi = (i + 0.5) * pi / 2 / nodes;
    const double cosine = std::cos(psi);
    const double sine = stretch * std::sin(psi);
    const double square = cosine * cosine + sine * sine;
    const double weight = stretch / (square * nodes);  // dθ/dψ, of a mean
    const double r2 = square / (cosine * cosine / (a * a) + sine * sine / (b * b));
    const Circular circle = circularCylinder(thickness / 2 / std::sqrt(r2));
    const double sine2 = 2 * sine * cosine / square;
    plane += weight * circle.plane;
    difference += weight * sine2 * sine2 * r2 * circle.bend;
  }
  difference *= (1 / (a * a) - 1 / (b * b)) / 4;
  return {(plane + difference) / 2, (plane - difference) / 2, 1 - plane};
}

}  // namespace pimento
