// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cmath>
#include <functional>
#include <random>

#include "core/hardware/device/magnetics.h"

namespace pimento {

// One moment by Gilbert's equation as it is written down, for comparison with the lanes:
//   dm/dt = -g m×H + a m×dm/dt - g m×(m×T),
// solved for dm/dt as three linear equations, by Heun's method in small fixed steps.
struct ScalarSpin {
  using Vector = std::array<double, 3>;
  Magnetics magnetics;
  double step_s = 2e-13;  // two hundredths of a radian of the fastest precession, or less
  double thermal = 0;     // deviation of the thermal field times sqrt(dt)
  std::mt19937_64 random{1};

  static Vector cross(const Vector &a, const Vector &b) {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
  }

  static double determinant(const Vector &a, const Vector &b, const Vector &c) {
    const Vector n = cross(b, c);
    return a[0] * n[0] + a[1] * n[1] + a[2] * n[2];
  }

  // (1 - a m×) rate = right, by Cramer's rule over columns.
  [[nodiscard]] Vector rate(const Vector &m, const Vector &noise, double spin, double assist) const {
    const bool inPlane = magnetics.axis() == EasyAxis::Y;
    const Vector h{magnetics.bias_a_per_m - magnetics.hx_a_per_m * m[0] + noise[0],
                   magnetics.field_like * spin + noise[1], noise[2] - magnetics.hz_a_per_m * m[2]};
    const Vector t{0, spin + (inPlane ? assist : 0), inPlane ? 0 : assist};
    const Vector precession = cross(m, h);
    const Vector torque = cross(m, cross(m, t));
    Vector right{};
    for (std::size_t i = 0; i < 3; ++i) right[i] = -Gyromagnetic * (precession[i] + torque[i]);
    const double a = magnetics.damping;
    const Vector x{1, -a * m[2], a * m[1]};
    const Vector y{a * m[2], 1, -a * m[0]};
    const Vector z{-a * m[1], a * m[0], 1};
    const double all = determinant(x, y, z);
    return {determinant(right, y, z) / all, determinant(x, right, z) / all, determinant(x, y, right) / all};
  }

  void step(Vector &m, double spinBegin, double spinEnd, double assist) {
    Vector noise{};
    if (thermal > 0)
      for (double &n : noise) n = thermal / std::sqrt(step_s) * std::normal_distribution<>()(random);
    const Vector k1 = rate(m, noise, spinBegin, assist);
    Vector at{};
    for (std::size_t i = 0; i < 3; ++i) at[i] = m[i] + step_s * k1[i];
    const Vector k2 = rate(at, noise, spinEnd, assist);
    for (std::size_t i = 0; i < 3; ++i) m[i] += step_s / 2 * (k1[i] + k2[i]);
    const double length = std::sqrt(m[0] * m[0] + m[1] * m[1] + m[2] * m[2]);
    for (double &component : m) component /= length;
  }

  // Whether m ends on the written side. The current rises inside the pulse and falls after it.
  [[nodiscard]] bool writes(Vector m, double current_ua, double pulse_s, double rise_s, double fall_s) {
    const double full = current_ua * magnetics.field_a_per_m_per_ua;
    const auto share = [&](double t) {
      if (t < rise_s) return t / rise_s;
      if (t <= pulse_s) return 1.0;
      return t < pulse_s + fall_s ? 1 - (t - pulse_s) / fall_s : 0.0;
    };
    const double damping_s =
        2 / (magnetics.damping * Gyromagnetic * (magnetics.stiffness_u() + magnetics.stiffness_v()));
    const double driven_s = pulse_s + fall_s;
    for (double t = 0; t < driven_s + 8 * damping_s; t += step_s)
      step(m, share(t) * full, share(t + step_s) * full, t < driven_s ? magnetics.assist_a_per_m : 0);
    return (magnetics.axis() == EasyAxis::Y ? m[1] : m[2]) > 0;
  }
};

}  // namespace pimento
