// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <limits>

#include "core/hardware/nvsim/nvsim_technology.h"

namespace pimento {

// The gates that NVSim's periphery is drawn of, with the design rules, fold rules and delay formula of NVSim 6334d00
// (CACTI's before it). Lengths in µm, capacitances in fF, resistances in Ω, times in ns.

// An edge: the time to it, and the slope (of the supply, per ns) that the next gate sees.
struct NvsimEdge {
  double delay_ns = 0;
  double slope_per_ns = 0;
};
inline constexpr double NvsimStep_per_ns = std::numeric_limits<double>::infinity();  // a slope: an ideal step

enum class NvsimGateKind : std::uint8_t { Inverter, Nand };
struct NvsimGate {
  NvsimGateKind kind = NvsimGateKind::Inverter;
  int inputs = 1;
  double n_um = 0;
  double p_um = 0;
};
struct NvsimBox {
  double width_um = 0;
  double height_um = 0;
};

// Heights of the strip that transistors are folded into, in F.
inline constexpr double NvsimDrawn_f = 40;   // for areas
inline constexpr double NvsimFolded_f = 20;  // for capacitances

inline constexpr double NvsimLeast_f = 1.5;  // width of the smallest n transistor

// A distributed or lumped product of resistance and capacitance.
[[nodiscard]] constexpr double rc_ns(double ohm, double ff) { return ohm * ff * 1e-6; }

class NvsimGates {
 public:
  explicit NvsimGates(const NvsimTechnology &technology) : m_t(technology) {}
  [[nodiscard]] const NvsimTechnology &technology() const { return m_t; }
  [[nodiscard]] double f_um(double multiple) const { return multiple * m_t.feature_um; }
  [[nodiscard]] double least_um() const { return f_um(NvsimLeast_f); }

  [[nodiscard]] double gate_ff(double width_um) const;
  [[nodiscard]] double drain_n_ff(double width_um, double strip_um) const {
    return output_ff({.n_um = width_um}, strip_um);
  }
  [[nodiscard]] double drain_p_ff(double width_um, double strip_um) const {
    return output_ff({.p_um = width_um}, strip_um);
  }
  [[nodiscard]] double input_ff(const NvsimGate &gate) const { return gate_ff(gate.n_um) + gate_ff(gate.p_um); }
  [[nodiscard]] double output_ff(const NvsimGate &gate, double strip_um) const;
  [[nodiscard]] NvsimBox box(const NvsimGate &gate, double strip_um) const;

  [[nodiscard]] double n_ohm(double width_um) const;
  [[nodiscard]] double p_ohm(double width_um) const;
  // Time of an n (pull-down) or p (pull-up) transistor in series with `stacked - 1` more that discharges through `rc`.
  [[nodiscard]] NvsimEdge fall(double width_um, double ff, double slope_per_ns, int stacked = 1,
                               double line_ns = 0) const;
  [[nodiscard]] NvsimEdge rise(double width_um, double ff, double slope_per_ns, double line_ns = 0) const;
  [[nodiscard]] double n_siemens(double width_um) const;  // transconductance
  [[nodiscard]] double p_siemens(double width_um) const;

  [[nodiscard]] double leakage_w(const NvsimGate &gate) const;
  [[nodiscard]] double switched_pj(double ff) const { return ff * m_t.vdd_v * m_t.vdd_v * 1e-3; }

 private:
  struct Strips {
    double n_um;
    double p_um;
  };
  [[nodiscard]] Strips strips(const NvsimGate &gate, double strip_um) const;

  NvsimTechnology m_t;
};

// Horowitz's time of a gate with this time constant, 1 / (R gm), and the slope of its input.
[[nodiscard]] NvsimEdge nvsimEdge(double rc_ns, double beta, double slope_per_ns);

}  // namespace pimento
