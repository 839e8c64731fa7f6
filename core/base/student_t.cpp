// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/student_t.h"

#include <cmath>
#include <numbers>

namespace pimento {

namespace {

constexpr int Halvings = 200;

// Probability of |T| below tan(angle) sqrt(degrees).
double within(double angle, int degrees) {
  const double cosine = std::cos(angle);
  const bool odd = degrees % 2 == 1;
  double term = odd ? cosine : 1;
  double sum = degrees == 1 ? 0 : term;
  for (int k = odd ? 3 : 2; k < degrees; k += 2) {
    term *= cosine * cosine * (k - 1) / k;
    sum += term;
  }
  if (odd) return 2 / std::numbers::pi * (angle + std::sin(angle) * sum);
  return std::sin(angle) * sum;
}

}  // namespace

double studentT(double t, int degrees) {
  return (1 + std::copysign(within(std::atan(std::abs(t) / std::sqrt(double(degrees))), degrees), t)) / 2;
}

double studentTQuantile(double p, int degrees) {
  if (p == 0.5) return 0;
  if (p < 0.5) return -studentTQuantile(1 - p, degrees);
  double low = 0;
  double high = 1;
  while (studentT(high, degrees) < p) high *= 2;
  for (int i = 0; i < Halvings && high - low > 1e-10 * high; ++i) {
    const double middle = (low + high) / 2;
    (studentT(middle, degrees) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace pimento
