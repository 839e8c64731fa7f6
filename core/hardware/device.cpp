// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pimento {

namespace {

// CODATA 2018, and the gyromagnetic ratio times mu0 in m/(A s).
constexpr double Boltzmann = 1.380649e-23;
constexpr double Charge = 1.602176634e-19;
constexpr double ReducedPlanck = 1.054571817e-34;
constexpr double VacuumPermeability = 1.25663706212e-6;
constexpr double Gyromagnetic = 2.2128e5;
constexpr double AttemptRate_hz = 1e9;
constexpr double Nano = 1e-9;
constexpr double SecondsPerDay = 86400;

double volume_m3(const Device &d) {
  return std::numbers::pi / 4 * d.free_layer_length_nm * d.free_layer_width_nm * d.free_layer_thickness_nm * 1e-27;
}

// Spin-orbit field a unit of current: ħ θ / (2 e µ0 Ms t) over the metal's cross-section.
double fieldPerAmpere(const Device &d, double spinHallAngle) {
  const double thickness = d.free_layer_thickness_nm * Nano;
  const double section = d.heavy_metal_width_nm * d.heavy_metal_thickness_nm * Nano * Nano;
  return ReducedPlanck * spinHallAngle /
         (2 * Charge * VacuumPermeability * d.saturation_magnetisation_a_per_m * thickness * section);
}

DeviceState magnetics(const Device &d) {
  DeviceState s;
  const double ms = d.saturation_magnetisation_a_per_m;
  s.in_plane_field_a_per_m = ms * (d.demagnetisation_x - d.demagnetisation_y);
  s.out_of_plane_field_a_per_m =
      ms * (d.demagnetisation_z - d.demagnetisation_y) -
      2 * d.interface_anisotropy_j_per_m2 / (VacuumPermeability * ms * d.free_layer_thickness_nm * Nano);
  s.stability = VacuumPermeability * ms * s.in_plane_field_a_per_m * volume_m3(d) / (2 * Boltzmann * d.temperature_k);
  const double ratio = d.heavy_metal_thickness_nm / d.spin_diffusion_length_nm;
  s.effective_spin_hall_angle = d.spin_hall_angle * (1 - 1 / std::cosh(ratio));
  s.metal_ohm = d.heavy_metal_resistivity_uohm_cm * 1e-8 * d.heavy_metal_length_nm * Nano /
                (d.heavy_metal_width_nm * d.heavy_metal_thickness_nm * Nano * Nano);
  // Below zero the easy axis would be out of the plane; the in-plane model then has only Hx left.
  const double hz = std::max(0.0, s.out_of_plane_field_a_per_m);
  s.instability_ua =
      1e6 * d.damping * (s.in_plane_field_a_per_m + hz) / 2 / fieldPerAmpere(d, s.effective_spin_hall_angle);
  return s;
}

}  // namespace

double switchingCurrent_ua(const Device &d, double pulse_ns) {
  if (d.write_model == WriteModel::Fixed) return d.fixed_write_current_ua;
  const DeviceState s = magnetics(d);
  const double start = std::sqrt(1 / (2 * s.stability));
  const double growth = std::max(0.0, std::log(std::numbers::pi / 2 / start));
  const double field = (1 + d.damping * d.damping) * growth / (Gyromagnetic * pulse_ns * Nano);
  return s.instability_ua + 1e6 * field / fieldPerAmpere(d, s.effective_spin_hall_angle);
}

DeviceState deviceState(const Device &d) {
  DeviceState s;
  s.write_pulse_ns = d.write_pulse_ns;
  if (d.write_model == WriteModel::Sot) {
    s = magnetics(d);
    s.write_pulse_ns = d.write_pulse_ns;
    s.write_current_ua = d.write_overdrive * switchingCurrent_ua(d, d.write_pulse_ns);
    s.metal_fj = s.write_current_ua * s.write_current_ua * s.metal_ohm * s.write_pulse_ns * 1e-6;
  } else {
    s.stability = d.fixed_stability * 300 / d.temperature_k;
    s.instability_ua = d.fixed_write_current_ua;
    s.write_current_ua = d.fixed_write_current_ua;
  }
  s.write_fj = d.write_supply_v * s.write_current_ua * s.write_pulse_ns;
  return s;
}

double flipsPerDay(const DeviceState &state, double bits) {
  return bits * AttemptRate_hz * std::exp(-state.stability) * SecondsPerDay;
}

}  // namespace pimento
