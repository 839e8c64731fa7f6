// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/scaling/supply.h"

#include <algorithm>
#include <cmath>

namespace pimento {

double supplyDelay(double vdd_v, double nominal_v, double threshold_v) {
  constexpr double Alpha = 1.33;
  const double overdrive = std::max(vdd_v - threshold_v, 1e-3);
  return vdd_v / nominal_v * std::pow((nominal_v - threshold_v) / overdrive, Alpha);
}

}  // namespace pimento
