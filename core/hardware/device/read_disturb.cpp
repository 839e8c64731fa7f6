// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/read_disturb.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/device/magnetics.h"
#include "core/hardware/device/temperature.h"

namespace pimento {

ReadDisturb readDisturb(const Device &device, double tmr_pct, double current_ua, double time_ns) {
  constexpr double AttemptRate_per_ns = 1;
  ReadDisturb r;
  if (!device.write_model->freeLayer) return r;
  const Magnetics m = magneticsOf(device);
  const double polarised = polarisation(tmr_pct);
  const double moment = 2 * Boltzmann * device.temperature_k * m.energy_per_kt;  // µ0 Ms V
  const double field = m.damping * (m.stiffness_u() + m.stiffness_v()) / 2;
  r.critical_ua = 2 * ElementaryCharge * moment * field / (ReducedPlanck * polarised) * 1e6;
  r.share = r.critical_ua > 0 ? current_ua / r.critical_ua : 1;
  const double rate_per_ns = AttemptRate_per_ns * std::exp(-m.stability() * std::max(0.0, 1 - r.share));
  r.probability = -std::expm1(-rate_per_ns * time_ns);
  return r;
}

}  // namespace pimento
