// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/magnetics.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/device/geometry.h"
#include "core/hardware/device/temperature.h"

namespace pimento {

Magnetics magneticsOf(const Device &d) {
  const double ms = saturationMagnetisation_a_per_m(d);
  const double thickness = d.free_layer_thickness_nm * Nano;
  const double section = heavyMetalWidth_nm(d) * d.heavy_metal_thickness_nm * Nano * Nano;
  const DemagnetisingFactors n = demagnetisingFactors(d);
  Magnetics m;
  m.hx_a_per_m = ms * (n.x - n.y);
  m.hz_a_per_m = ms * (n.z - n.y) - 2 * interfaceAnisotropy_j_per_m2(d) / (VacuumPermeability * ms * thickness);
  m.bias_a_per_m = d.bias_field_mt * 1e-3 / VacuumPermeability;
  m.damping = d.damping;
  m.energy_per_kt = VacuumPermeability * ms * freeLayerVolume_m3(d) / (2 * Boltzmann * d.temperature_k);
  m.spin_hall_angle = d.spin_hall_angle * (1 - 1 / std::cosh(d.heavy_metal_thickness_nm / d.spin_diffusion_length_nm));
  m.field_a_per_m_per_ua = 1e-6 * ReducedPlanck * m.spin_hall_angle * d.heavy_metal_current_share /
                           (2 * ElementaryCharge * VacuumPermeability * ms * thickness * section);
  m.field_like = d.field_like_ratio;
  m.assist_a_per_m = 1e-6 * ReducedPlanck * d.stt_polarisation * d.stt_assist_ua /
                     (2 * ElementaryCharge * VacuumPermeability * ms * freeLayerVolume_m3(d));
  return m;
}

double Magnetics::well_a_per_m() const {
  const double floor = axis() == EasyAxis::Y ? 0 : hz_a_per_m;
  const double tilt = std::clamp(bias_a_per_m / stiffness_u(), -1.0, 1.0);
  return floor + stiffness_u() * tilt * tilt - 2 * bias_a_per_m * tilt;
}

// On the circle between the wells, u² + v² = 1, the energy is kv + (ku - kv) u² - 2 Hb u above the floor.
double Magnetics::saddle_a_per_m() const {
  const double floor = axis() == EasyAxis::Y ? 0 : hz_a_per_m;
  const double bend = stiffness_u() - stiffness_v();
  const double side = bias_a_per_m < 0 ? -1.0 : 1.0;
  const double u = bend > 0 ? std::clamp(bias_a_per_m / bend, -1.0, 1.0) : side;
  return floor + stiffness_v() + bend * u * u - 2 * bias_a_per_m * u;
}

double Magnetics::barrier_a_per_m() const {
  if (std::abs(bias_a_per_m) >= stiffness_u()) return 0;
  return std::max(0.0, saddle_a_per_m() - well_a_per_m());
}

}  // namespace pimento
