// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/hardware/magnetics.h"

namespace pimento {

namespace {

constexpr double AttemptRate_hz = 1e9;
constexpr double Nano = 1e-9;
constexpr double SecondsPerDay = 86400;

double meanStiffness_a_per_m(const Magnetics &m) { return (m.stiffness_u() + m.stiffness_v()) / 2; }

double instability_ua(const Magnetics &m) { return m.damping * meanStiffness_a_per_m(m) / m.field_a_per_m_per_ua; }

// Growth of the precession during a pulse, at twice the instability current: the exponent of its amplitude.
double reducedPulse(const Device &d, const Magnetics &m, double pulse_ns) {
  const double rise_ns = d.write_rise_ps * 1e-3;
  const double full_ns = pulse_ns > rise_ns ? pulse_ns - rise_ns / 2 : pulse_ns * pulse_ns / (2 * rise_ns);
  return Gyromagnetic * m.damping * meanStiffness_a_per_m(m) * full_ns * Nano / (1 + m.damping * m.damping);
}

double failureRate(const Magnetics &m, double overdrive, double reducedPulse) {
  constexpr double Gate = 2.4674;
  if (overdrive <= 1) return 1;
  const double grown = overdrive * std::exp(2 * (overdrive - 1) * reducedPulse) - 1;
  return -std::expm1(-Gate * m.stability() * (overdrive - 1) / grown);
}

}  // namespace

double switchingCurrent_ua(const Device &d, double pulse_ns) {
  if (d.write_model == WriteModel::Fixed) return d.fixed_write_current_ua;
  const Magnetics m = magneticsOf(d);
  const double start = std::sqrt(1 / (2 * m.stability()));
  const double growth = std::max(0.0, std::log(std::numbers::pi / 2 / start));
  return instability_ua(m) * (1 + growth / reducedPulse(d, m, pulse_ns));
}

double writeErrorRate(const Device &d, double current_ua, double pulse_ns) {
  const Magnetics m = magneticsOf(d);
  return failureRate(m, current_ua / instability_ua(m), reducedPulse(d, m, pulse_ns));
}

double writeErrorRate(const Device &d) {
  if (d.write_model == WriteModel::Fixed) return d.write_error_target;
  return writeErrorRate(d, deviceState(d).write_current_ua, d.write_pulse_ns);
}

double writeCurrent_ua(const Device &d, double pulse_ns, double rate) {
  const Magnetics m = magneticsOf(d);
  const double pulse = reducedPulse(d, m, pulse_ns);
  double low = 1;
  double high = 2;
  while (failureRate(m, high, pulse) > rate && high < 1e6) high *= 2;
  for (int step = 0; step < 40; ++step) {
    const double middle = (low + high) / 2;
    (failureRate(m, middle, pulse) > rate ? low : high) = middle;
  }
  return high * instability_ua(m);
}

DeviceState deviceState(const Device &d) {
  DeviceState s;
  s.write_pulse_ns = d.write_pulse_ns;
  if (d.write_model == WriteModel::Sot) {
    const Magnetics m = magneticsOf(d);
    s.in_plane_field_a_per_m = m.hx_a_per_m;
    s.out_of_plane_field_a_per_m = m.hz_a_per_m;
    s.stability = m.stability();
    s.effective_spin_hall_angle = m.spin_hall_angle;
    s.metal_ohm = d.heavy_metal_resistivity_uohm_cm * 1e-8 * d.heavy_metal_length_nm * Nano /
                  (d.heavy_metal_width_nm * d.heavy_metal_thickness_nm * Nano * Nano);
    s.instability_ua = instability_ua(m);
    s.switching_ua = switchingCurrent_ua(d, d.write_pulse_ns);
    s.write_current_ua = writeCurrent_ua(d, d.write_pulse_ns, d.write_error_target);
    s.metal_fj =
        s.write_current_ua * s.write_current_ua * s.metal_ohm * d.heavy_metal_current_share * s.write_pulse_ns * 1e-6;
  } else {
    s.stability = d.fixed_stability * 300 / d.temperature_k;
    s.instability_ua = d.fixed_write_current_ua;
    s.switching_ua = d.fixed_write_current_ua;
    s.write_current_ua = d.fixed_write_current_ua;
  }
  s.write_fj = d.write_supply_v * s.write_current_ua * s.write_pulse_ns;
  return s;
}

double flipsPerDay(const DeviceState &state, double bits) {
  return bits * AttemptRate_hz * std::exp(-state.stability) * SecondsPerDay;
}

}  // namespace pimento
