// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantile.h"

#include <algorithm>
#include <cmath>

namespace pimento {

namespace {

// p within 0.425 of the middle.
double central(double q) {
  const double r = 0.180625 - q * q;
  return q * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179) /
         (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1);
}

double tail(double p) {
  const double root = std::sqrt(-std::log(p));
  if (root <= 5) {
    const double r = root - 1.6;
    return (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777) /
           ((0.12021132975 * r + 0.73700164250) * r + 1);
  }
  const double r = root - 5;
  return (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150) /
         ((0.012258202635 * r + 0.24197894225) * r + 1);
}

}  // namespace

double normalQuantile(double p) {
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) return central(q);
  return q < 0 ? -tail(p) : tail(1 - p);
}

}  // namespace pimento
