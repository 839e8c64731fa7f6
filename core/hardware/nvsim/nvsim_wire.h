// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/array/wire.h"
#include "core/hardware/nvsim/nvsim_gates.h"

namespace pimento {

// A wire as NVSim 6334d00 draws it at the next node of its table (22, 32, 45, 65, 90, 120, 200 nm) above or at the one
// asked for: copper with the table's resistivity, 0.39 % more a kelvin above 293 K; two plates, two neighbours with a
// Miller factor of 1.5 and 0.115 fF/µm of fringes.
struct NvsimWire {
  double ohm_per_um = 0;
  double ff_per_um = 0;
  double pitch_um = 0;
};
[[nodiscard]] NvsimWire nvsimWire(WireLayer layer, WireQuality quality, double feature_nm, double temperature_k);

// What a wire costs by length: time (with its square where there are no repeaters), energy, leakage.
class NvsimLongWire {
 public:
  // No repeaters.
  explicit NvsimLongWire(const NvsimGates &gates, const NvsimWire &wire);
  // Repeaters for the least delay, or with `penalty` (0.1: 10 % more delay) the cheapest that keeps to it.
  NvsimLongWire(const NvsimGates &gates, const NvsimWire &wire, double penalty);

  [[nodiscard]] double delay_ns(double um) const;
  [[nodiscard]] double energy_pj(double um) const;
  [[nodiscard]] double leakage_w(double um) const;
  // Room that `count` wires side by side take on silicon, across them: that of their repeaters.
  [[nodiscard]] double room_um(double count) const;

 private:
  struct Unit {
    double ns_per_um = 0;
    double pj_per_um = 0;
    double w_per_um = 0;
  };
  [[nodiscard]] Unit unit(double spacing_um, double times) const;
  void relax(double penalty);

  const NvsimGates &m_gates;
  NvsimWire m_wire;
  bool m_repeated = false;
  double m_spacing_um = 0;
  double m_times = 0;  // of the smallest inverter
  Unit m_unit;
};

}  // namespace pimento
