// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/switching_fit.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pimento {

namespace {

constexpr double FirstGate = 0.65;  // logarithm of the gate without a thermal field

// Logarithm of the gate of thermal writes, by the growth in ten radians of the precession and the fields' ratio.
double thermalGate(const ReducedWrite &w, double overdrive) {
  const double growth = std::clamp(10 * (overdrive - 1) * w.pulse / w.radians, 0.0, 4.0);
  const double ratio = std::log(std::clamp(w.ratio, 2.0, 40.0));
  return -0.012 + 0.542 * growth + 0.0955 * growth * growth + (0.326 - 0.1961 * growth) * ratio;
}

}  // namespace

ReducedWrite reducedWrite(const Device &d, const Magnetics &m, double pulse_ns) {
  const double rise_ns = d.write_rise_ps * 1e-3;
  const double full_ns = pulse_ns > rise_ns ? pulse_ns - rise_ns / 2 : pulse_ns * pulse_ns / (2 * rise_ns);
  const double turns = Gyromagnetic * full_ns * 1e-9;
  const double a = m.damping;
  return {.stability = m.stability(),
          .ratio = m.stiffness_v() / m.stiffness_u(),
          .pulse = turns * a * (m.stiffness_u() + m.stiffness_v()) / 2 / (1 + a * a),
          .radians = turns * std::sqrt(m.stiffness_u() * m.stiffness_v())};
}

static double instability_a_per_m(const Magnetics &m) { return m.damping * (m.stiffness_u() + m.stiffness_v()) / 2; }

double overdriveOf(const Magnetics &m, double current_ua) {
  return (current_ua * m.field_a_per_m_per_ua + m.assist_a_per_m) / instability_a_per_m(m);
}

double currentFor_ua(const Magnetics &m, double overdrive) {
  return std::max(0.0, overdrive * instability_a_per_m(m) - m.assist_a_per_m) / m.field_a_per_m_per_ua;
}

double instability_ua(const Magnetics &m) {
  if (m.axis() == EasyAxis::Y) return currentFor_ua(m, 1);
  return std::max(0.0, m.stiffness_u() / 2 - m.bias_a_per_m / std::numbers::sqrt2) / m.field_a_per_m_per_ua;
}

double firstOverdrive(const ReducedWrite &w) {
  const double growth = FirstGate + std::log(4 * w.stability / (1 + w.ratio));
  return 1 + std::max(0.0, growth) / (2 * w.pulse);
}

double failureRate(const ReducedWrite &w, double overdrive) {
  if (overdrive <= 1) return 1;
  const double grown = overdrive * std::exp(2 * (overdrive - 1) * w.pulse) - 1;
  return -std::expm1(-std::exp(thermalGate(w, overdrive)) * w.stability * (overdrive - 1) / grown);
}

double overdriveFor(const ReducedWrite &w, double rate) {
  constexpr double Most = 1e6;
  constexpr int Halvings = 40;
  double low = 1;
  double high = 2;
  while (failureRate(w, high) > rate && high < Most) high *= 2;
  for (int step = 0; step < Halvings; ++step) {
    const double middle = (low + high) / 2;
    (failureRate(w, middle) > rate ? low : high) = middle;
  }
  return high;
}

}  // namespace pimento
