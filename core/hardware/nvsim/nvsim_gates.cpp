// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_gates.h"

#include <algorithm>
#include <cmath>

namespace pimento {

namespace {

// Design rules in F (NVSim 6334d00, constant.h).
constexpr double Contact_f = 1;
constexpr double ContactToPoly_f = 0.75;
constexpr double PolyToPoly_f = 1.5;
constexpr double NToP_f = 2;
constexpr double Rail_f = 2;
constexpr double Fold_f = 3;  // of a strip lost to each fold
constexpr double Diffusion_f = Contact_f + 2 * ContactToPoly_f;

// Average share of a gate's width that leaks over its inputs (CACTI).
constexpr double NandLeak2 = 0.48;
constexpr double NandLeak3 = 0.31;

// Junctions at zero bias and their grading, BSIM4 as in NVSim 6334d00: bottom (fF/µm²), isolation edge and gate edge
// (fF/µm); built-in potential 0.9 V.
constexpr double BuiltIn_v = 0.9;
constexpr double Bottom_ff = 1.0;
constexpr double Side_ff = 0.25;
constexpr double GateEdge_ff = 0.05;
constexpr double BottomGrading = 0.5;
constexpr double SideGrading = 0.33;

constexpr double OverlapShare = 0.2;    // of the ideal gate capacitance
constexpr double Saturation_m_s = 1e5;  // velocity of carriers in silicon

// Fingers of one transistor and the height they take.
struct Fingers {
  int count = 1;
  double height_um = 0;
};

Fingers fingersOf(double width_um, double strip_um, double feature_um) {
  if (width_um < strip_um) return {1, width_um};
  const double usable = std::max(strip_um - Fold_f * feature_um, feature_um);
  return {static_cast<int>(std::ceil(width_um / usable)), strip_um};
}

}  // namespace

NvsimEdge nvsimEdge(double rc, double beta, double slope_per_ns) {
  constexpr double Half = 0.5;  // switching voltage over supply
  const double step = std::log(Half);
  const double delay = std::sqrt(rc * (rc * step * step + 2 * beta * (1 - Half) / slope_per_ns));
  return {delay, (1 - Half) / delay};
}

double NvsimGates::gate_ff(double width_um) const {
  return ((1 + OverlapShare) * m_t.gate_ff_per_um + 3 * m_t.fringe_ff_per_um) * width_um;
}

// The strip is shared by n and p in proportion to their widths, with the gap between the two wells.
NvsimGates::Strips NvsimGates::strips(const NvsimGate &gate, double strip_um) const {
  if (gate.p_um == 0) return {strip_um, 0};
  if (gate.n_um == 0) return {0, strip_um};
  const double usable = strip_um - f_um(NToP_f);
  const double p = gate.p_um / (gate.n_um + gate.p_um) * usable;
  return {usable - p, p};
}

double NvsimGates::output_ff(const NvsimGate &gate, double strip_um) const {
  const Strips strip = strips(gate, strip_um);
  const double bias = 1 + m_t.vdd_v / BuiltIn_v;
  const double bottom = Bottom_ff / std::pow(bias, BottomGrading);
  const double side = Side_ff / std::pow(bias, SideGrading);
  const double channel = GateEdge_ff / std::pow(bias, SideGrading);
  // Transistors of a NAND: n in series, p in parallel.
  const auto drain = [&](double width_um, double height_um, bool series) {
    if (width_um == 0) return 0.0;
    const Fingers f = fingersOf(width_um, height_um, m_t.feature_um);
    const double folds_um = f_um((f.count - 1) * PolyToPoly_f);
    const double drain_um = series ? f_um(Diffusion_f) + folds_um * gate.inputs + f_um((gate.inputs - 1) * PolyToPoly_f)
                                   : (f_um(Diffusion_f) + folds_um) * gate.inputs;
    const double edge_um = 2 * drain_um + (f.count % 2 == 0 ? 0 : f.height_um);
    return drain_um * f.height_um * bottom + edge_um * side + f.count * f.height_um * channel;
  };
  return drain(gate.n_um, strip.n_um, true) + drain(gate.p_um, strip.p_um, false);
}

NvsimBox NvsimGates::box(const NvsimGate &gate, double strip_um) const {
  const Strips strip = strips(gate, strip_um);
  const auto region = [&](double width_um, double height_um, bool series) -> NvsimBox {
    if (width_um == 0) return {f_um(2 * Diffusion_f), 0};
    const Fingers f = fingersOf(width_um, height_um, m_t.feature_um);
    const double unit_f = f.count + (f.count - 1) * PolyToPoly_f;
    const double gap_f = series ? PolyToPoly_f : Diffusion_f;
    return {f_um(2 * Diffusion_f + unit_f * gate.inputs + (gate.inputs - 1) * gap_f), f.height_um};
  };
  const NvsimBox n = region(gate.n_um, strip.n_um, true);
  const NvsimBox p = region(gate.p_um, strip.p_um, false);
  const bool both = gate.n_um > 0 && gate.p_um > 0;
  return {std::max(n.width_um, p.width_um), n.height_um + p.height_um + (both ? f_um(NToP_f + 2 * Rail_f) : 0)};
}

double NvsimGates::n_ohm(double width_um) const {
  return m_t.resistance_factor * m_t.vdd_v / (m_t.n_on_ua_per_um * width_um) * 1e6;
}

double NvsimGates::p_ohm(double width_um) const {
  return m_t.resistance_factor * m_t.vdd_v / (m_t.p_on_ua_per_um * width_um) * 1e6;
}

double NvsimGates::n_siemens(double width_um) const {
  const double saturation_v = m_t.gate_um * 1e-6 * Saturation_m_s / m_t.n_mobility;
  const double drive_v = std::min(saturation_v, m_t.vdd_v - m_t.threshold_v);
  return m_t.n_mobility * m_t.oxide_ff_per_um2 * 1e-3 / 2 * width_um / m_t.gate_um * drive_v;
}

double NvsimGates::p_siemens(double width_um) const {
  const double saturation_v = m_t.gate_um * 1e-6 * Saturation_m_s / m_t.p_mobility;
  const double drive_v = std::min(saturation_v, m_t.vdd_v - m_t.threshold_v);
  return m_t.p_mobility * m_t.oxide_ff_per_um2 * 1e-3 / 2 * width_um / m_t.gate_um * drive_v;
}

NvsimEdge NvsimGates::fall(double width_um, double ff, double slope_per_ns, int stacked, double line_ns) const {
  const double ohm = n_ohm(width_um) * stacked;
  return nvsimEdge(rc_ns(ohm, ff) + line_ns, 1 / (ohm * n_siemens(width_um)), slope_per_ns);
}

NvsimEdge NvsimGates::rise(double width_um, double ff, double slope_per_ns, double line_ns) const {
  const double ohm = p_ohm(width_um);
  return nvsimEdge(rc_ns(ohm, ff) + line_ns, 1 / (ohm * p_siemens(width_um)), slope_per_ns);
}

double NvsimGates::leakage_w(const NvsimGate &gate) const {
  const double n_ua = gate.n_um * m_t.n_off_ua_per_um;
  const double p_ua = gate.p_um * m_t.p_off_ua_per_um;
  const double ua = gate.kind == NvsimGateKind::Inverter ? std::max(n_ua, p_ua)
                    : gate.inputs == 2                   ? NandLeak2 * p_ua * gate.inputs
                                                         : NandLeak3 * p_ua * gate.inputs;
  return ua * m_t.vdd_v * 1e-6;
}

}  // namespace pimento
