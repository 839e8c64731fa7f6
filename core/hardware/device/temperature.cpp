// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/temperature.h"

#include <algorithm>
#include <cmath>

namespace pimento {

namespace {

double lost(double temperature_k, double curie_k) {
  const double share = temperature_k / curie_k;
  return share * std::sqrt(share);
}

double ratioOf(const Device &d) { return magnetisationRatio(d.temperature_k, d.curie_temperature_k); }

}  // namespace

double magnetisationRatio(double temperature_k, double curie_k) {
  if (temperature_k == MagneticReference_k) return 1;
  return (1 - lost(temperature_k, curie_k)) / (1 - lost(MagneticReference_k, curie_k));
}

double saturationMagnetisation_a_per_m(const Device &d) { return d.saturation_magnetisation_a_per_m * ratioOf(d); }

double interfaceAnisotropy_j_per_m2(const Device &d) {
  constexpr double Power = 2.18;
  return d.interface_anisotropy_j_per_m2 * std::pow(ratioOf(d), Power);
}

double polarisation(double tmr_pct) { return std::sqrt(tmr_pct / (tmr_pct + 200)); }

double tmrAt_pct(double tmr_pct, double temperature_k, double curie_k) {
  constexpr double Most = 0.9999;  // of P²: a junction is never more than nearly perfect
  if (temperature_k == MagneticReference_k) return tmr_pct;
  const double p = polarisation(tmr_pct) * magnetisationRatio(temperature_k, curie_k);
  const double square = std::min(p * p, Most);
  return 200 * square / (1 - square);
}

}  // namespace pimento
