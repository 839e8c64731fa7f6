// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_wire.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace pimento {

namespace {

// Pitch, thickness over width, liner, distance to the planes above and below (nm), k between neighbours.
struct Shape {
  double pitch_nm, aspect, liner_nm, plane_nm, k;
};
// Resistivity of local and of global wires (µΩ cm at 293 K); local, semi-global and global, each aggressive and
// conservative. NVSim 6334d00, from ITRS 2005 to 2009 and CACTI; those of 200 nm are its own guesses.
struct WireNode {
  double feature_nm, local_uohm_cm, global_uohm_cm;
  std::array<Shape, 6> shapes;
};
constexpr std::array<WireNode, 7> WireNodes{{
    {22,
     6.0,
     3.0,
     {{{44, 1.9, 0, 41.8, 2.55},
       {44, 1.9, 2.1, 41.8, 3.0},
       {88, 1.9, 0, 83.6, 2.55},
       {88, 1.9, 2.1, 83.6, 3.0},
       {176, 2.34, 0, 288.75, 2.55},
       {176, 2.34, 6.3, 264.6875, 3.0}}}},
    {32,
     5.0,
     2.5,
     {{{64, 1.8, 0, 57.6, 2.82},
       {64, 1.8, 2.6, 57.6, 3.16},
       {128, 1.9, 0, 121.6, 2.82},
       {128, 1.9, 2.6, 121.6, 3.16},
       {256, 2.34, 0, 420, 2.82},
       {256, 2.34, 7.8, 385, 3.16}}}},
    {45,
     4.08,
     2.06,
     {{{102, 1.8, 0, 91.8, 2.6},
       {102, 1.8, 3.3, 91.8, 2.9},
       {180, 1.8, 0, 162, 2.6},
       {180, 1.8, 3.3, 162, 2.9},
       {360, 2.34, 0, 630, 2.6},
       {360, 2.34, 10, 550, 2.9}}}},
    {65,
     2.2,
     2.2,
     {{{162.5, 2.7, 0, 405, 2.303},
       {162.5, 2.0, 6, 405, 2.734},
       {260, 2.7, 0, 405, 2.303},
       {260, 2.0, 6, 405, 2.734},
       {520, 2.8, 0, 810, 2.303},
       {520, 2.2, 6, 770, 2.734}}}},
    {90,
     2.2,
     2.2,
     {{{225, 2.4, 10, 480, 2.709},
       {225, 2.0, 8, 480, 3.038},
       {360, 2.4, 10, 480, 2.709},
       {360, 2.0, 8, 480, 3.038},
       {720, 2.7, 10, 960, 2.709},
       {720, 2.2, 8, 1100, 3.038}}}},
    {120,
     2.2,
     2.2,
     {{{240, 1.6, 12, 480, 3.3},
       {240, 1.4, 10, 480, 3.6},
       {320, 1.7, 12, 480, 3.3},
       {320, 1.5, 10, 480, 3.6},
       {475, 2.1, 12, 960, 3.3},
       {475, 1.9, 10, 1100, 3.6}}}},
    {200,
     2.2,
     2.2,
     {{{450, 2.4, 16, 1000, 3.75},
       {450, 1.2, 12.8, 1000, 4.2055},
       {575, 2.1, 16, 1000, 3.75},
       {575, 1.75, 12.8, 1000, 4.2055},
       {945, 2.1, 16, 2000, 3.75},
       {945, 1.7111, 12.8, 2200, 4.2055}}}},
}};

constexpr double Permittivity_ff_per_um = 8.85e-3;
constexpr double Miller = 1.5;
constexpr double PlaneK = 3.9;
constexpr double Fringe_ff_per_um = 0.115;
constexpr double Warming_per_k = 0.0039;
constexpr double Measured_k = 293;

constexpr double Settled = 2.3;     // ln 10: a bare wire is waited for until 90 %
constexpr double Switched = 0.693;  // ln 2

}  // namespace

NvsimWire nvsimWire(WireLayer layer, WireQuality quality, double feature_nm, double temperature_k) {
  const auto found = std::find_if(WireNodes.begin(), WireNodes.end() - 1,
                                  [&](const WireNode &node) { return feature_nm <= node.feature_nm; });
  const Shape &s = found->shapes[static_cast<std::size_t>(layer) * 2 + static_cast<std::size_t>(quality)];
  const double uohm_cm = layer == WireLayer::Global ? found->global_uohm_cm : found->local_uohm_cm;
  const double ohm_um = uohm_cm * 1e-2 * (1 + Warming_per_k * (temperature_k - Measured_k));
  const double width_um = s.pitch_nm * 1e-3 / 2;
  const double thickness_um = s.aspect * width_um;
  const double liner_um = s.liner_nm * 1e-3;
  NvsimWire w;
  w.pitch_um = s.pitch_nm * 1e-3;
  w.ohm_per_um = ohm_um / ((thickness_um - liner_um) * (width_um - 2 * liner_um));
  w.ff_per_um = 2 * Permittivity_ff_per_um * (PlaneK * width_um / (s.plane_nm * 1e-3) + Miller * s.k * s.aspect) +
                Fringe_ff_per_um;
  return w;
}

NvsimLongWire::NvsimLongWire(const NvsimGates &gates, const NvsimWire &wire) : m_gates(gates), m_wire(wire) {}

NvsimLongWire::NvsimLongWire(const NvsimGates &gates, const NvsimWire &wire, double penalty)
    : m_gates(gates), m_wire(wire), m_repeated(true) {
  const double n_um = gates.least_um();
  const double p_um = n_um * gates.technology().p_over_n;
  const double in_ff = gates.gate_ff(n_um + p_um);
  const double unlimited_um = 1e6;
  const double out_ff = gates.drain_n_ff(n_um, unlimited_um) + gates.drain_p_ff(p_um, unlimited_um);
  const double ohm = gates.n_ohm(n_um) + gates.p_ohm(p_um);
  m_times = std::sqrt(ohm * wire.ff_per_um / (in_ff * wire.ohm_per_um));
  m_spacing_um = std::sqrt(2 * ohm * (out_ff + in_ff) / (wire.ohm_per_um * wire.ff_per_um));
  m_unit = unit(m_spacing_um, m_times);
  if (penalty > 0) relax(penalty);
}

NvsimLongWire::Unit NvsimLongWire::unit(double spacing_um, double times) const {
  const double n_um = m_gates.least_um() * times;
  const double p_um = n_um * m_gates.technology().p_over_n;
  const double unlimited_um = 1e6;
  const double in_ff = m_gates.gate_ff(n_um + p_um);
  const double out_ff = m_gates.drain_n_ff(n_um, unlimited_um) + m_gates.drain_p_ff(p_um, unlimited_um);
  const double ohm = m_gates.n_ohm(n_um) + m_gates.p_ohm(p_um);
  const double wire_ff = m_wire.ff_per_um * spacing_um;
  const double wire_ohm = m_wire.ohm_per_um * spacing_um;
  const double tau = rc_ns(ohm, in_ff + out_ff + wire_ff) + rc_ns(wire_ohm, out_ff + wire_ff / 2);
  return {Switched * tau / spacing_um, m_gates.switched_pj(in_ff + out_ff + wire_ff) / spacing_um,
          m_gates.leakage_w({.n_um = n_um, .p_um = p_um}) / spacing_um};
}

// Smaller repeaters at the fastest spacing, each size kept that costs less energy and leakage together and stays within
// the delay (as NVSim, whose search never gets to another spacing).
void NvsimLongWire::relax(double penalty) {
  const double allowed = m_unit.ns_per_um * (1 + penalty);
  for (double times = m_times; times >= 1; times -= 1) {
    const Unit tried = unit(m_spacing_um, times);
    if (tried.ns_per_um > allowed || tried.pj_per_um / m_unit.pj_per_um + tried.w_per_um / m_unit.w_per_um >= 2)
      continue;
    m_unit = tried;
    m_times = times;
  }
}

double NvsimLongWire::delay_ns(double um) const {
  if (m_repeated) return m_unit.ns_per_um * um;
  return Settled * rc_ns(m_wire.ohm_per_um * um, m_wire.ff_per_um * um) / 2;
}

double NvsimLongWire::energy_pj(double um) const {
  return m_repeated ? m_unit.pj_per_um * um : m_gates.switched_pj(m_wire.ff_per_um * um);
}

double NvsimLongWire::leakage_w(double um) const { return m_repeated ? m_unit.w_per_um * um : 0; }

double NvsimLongWire::room_um(double count) const {
  if (!m_repeated) return 0;
  const double n_um = m_gates.least_um() * m_times;
  const double unlimited_um = 1e6;
  const NvsimBox box = m_gates.box({.n_um = n_um, .p_um = n_um * m_gates.technology().p_over_n}, unlimited_um);
  const double along_um = std::min(box.width_um, box.height_um);
  const double across_um = std::max(box.width_um, box.height_um);
  const double sharing = std::max(1.0, std::floor(m_spacing_um / along_um));
  return std::ceil(count / sharing) * (m_wire.pitch_um + across_um);
}

}  // namespace pimento
