// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

#include "core/hardware/device/device_parameters.h"
#include "core/hardware/device/physical_constants.h"

namespace pimento {

enum class EasyAxis : std::uint8_t { Y, Z };

// The free layer as fields. Energy over mu0 Ms V / 2: Hx mx² + Hz mz² - 2 Hb mx, up to a constant.
struct Magnetics {
  double hx_a_per_m = 0;    // Ms (Nx - Ny)
  double hz_a_per_m = 0;    // Ms (Nz - Ny) - 2 Ki / (mu0 Ms t); below zero the easy axis is z
  double bias_a_per_m = 0;  // along x
  double damping = 0;
  double energy_per_kt = 0;         // mu0 Ms V / (2 k T), m/A
  double spin_hall_angle = 0;       // effective: θ (1 - sech(t/λ))
  double field_like = 0;            // field along s over Hs
  double assist_a_per_m = 0;        // spin-transfer field of the assisting current, toward the written state
  double field_a_per_m_per_ua = 0;  // Hs a unit of current: ħ θ share / (2 e mu0 Ms t) over the metal's cross-section

  [[nodiscard]] EasyAxis axis() const { return hz_a_per_m < 0 ? EasyAxis::Z : EasyAxis::Y; }
  // Stiffness of the well: energy k u² along x and k v² along the other hard axis.
  [[nodiscard]] double stiffness_u() const { return axis() == EasyAxis::Y ? hx_a_per_m : hx_a_per_m - hz_a_per_m; }
  [[nodiscard]] double stiffness_v() const { return axis() == EasyAxis::Y ? hz_a_per_m : -hz_a_per_m; }
  [[nodiscard]] double well_a_per_m() const;     // energy of the wells
  [[nodiscard]] double saddle_a_per_m() const;   // lowest energy between them
  [[nodiscard]] double barrier_a_per_m() const;  // their difference; 0 where there are no two wells
  [[nodiscard]] double stability() const { return energy_per_kt * barrier_a_per_m(); }  // Δ
};

[[nodiscard]] Magnetics magneticsOf(const Device &device);

}  // namespace pimento
