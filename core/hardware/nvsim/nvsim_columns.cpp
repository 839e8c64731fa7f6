// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_columns.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"

namespace pimento {

namespace {

// Widths in F (NVSim 6334d00; the latch from CACTI 6.5).
constexpr double Precharge_f = 6;
constexpr double LatchP_f = 7.5;
constexpr double LatchN_f = 3.75;
constexpr double Isolation_f = 12.5;
constexpr double Enable_f = 5;
constexpr double AmplifierMux_f = 9;
constexpr double WellGap_f = 2;
constexpr double DiffusionGap_f = 1.5;
constexpr double LeastPass = 6;      // times the smallest transistor
constexpr double PassDrop = 0.2;     // of the resistance of an on-cell
constexpr double PassSettled = 2.3;  // ln 10
constexpr double Converter_f2 = 50'000;

// The current-to-voltage converter from the node on that stands in front.
struct Converter {
  double from_nm, ns, fj, leakage_nw;
};
constexpr std::array<Converter, 6> Converters{{{119, 0.49, 85.2, 14.0},
                                               {89, 0.53, 87.2, 18.7},
                                               {64, 0.62, 90.0, 25.7},
                                               {44, 0.80, 102.6, 4.41},
                                               {31, 1.07, 125.6, 125.4},
                                               {0, 1.45, 150, 150}}};

const Converter &converterAt(double feature_nm) {
  return *std::find_if(Converters.begin(), Converters.end() - 1,
                       [&](const Converter &c) { return feature_nm >= c.from_nm; });
}

}  // namespace

NvsimPrecharge nvsimPrecharge(const NvsimGates &gates, const NvsimWire &wire, const NvsimColumnLine &line,
                              double widest_f, double slope_per_ns) {
  const double strip_um = gates.f_um(NvsimDrawn_f);
  const NvsimGate inverter{.n_um = gates.least_um(), .p_um = gates.least_um() * gates.technology().p_over_n};
  const double pull_um = gates.f_um(Precharge_f);
  const double equal_um = gates.least_um();
  const double gates_ff = gates.gate_ff(equal_um) + 2 * gates.gate_ff(pull_um) +
                          gates.drain_n_ff(inverter.n_um, strip_um) + gates.drain_p_ff(inverter.p_um, strip_um);
  const double column_ff = gates.input_ff(inverter) + line.pitch_um * wire.ff_per_um;
  const NvsimChain enable(
      gates, {.input_ff = gates.input_ff(inverter), .load_ff = line.columns * column_ff, .widest_f = widest_f});
  const NvsimEdge enabled = enable.edge(slope_per_ns);
  const NvsimEdge opened = gates.fall(inverter.n_um, gates_ff, enabled.slope_per_ns);
  const double drains_ff = gates.drain_p_ff(pull_um, strip_um) + gates.drain_p_ff(equal_um, strip_um);
  const NvsimBox pull = gates.box({.p_um = pull_um}, strip_um);
  const NvsimBox equal = gates.box({.p_um = equal_um}, strip_um);
  const NvsimBox invert = gates.box(inverter, strip_um);
  const NvsimBox chain = enable.box();
  NvsimPrecharge p;
  p.enable_ns = enabled.delay_ns + opened.delay_ns;
  p.charge_ns = gates.rise(pull_um, line.ff + drains_ff, opened.slope_per_ns, rc_ns(line.ohm, line.ff) / 2).delay_ns;
  p.energy_pj = enable.energy_pj() + line.columns * gates.switched_pj(gates_ff);
  p.leakage_w = enable.leakage_w() + line.columns * (gates.leakage_w(inverter) + gates.leakage_w({.p_um = pull_um}));
  const double columns_um = line.columns * std::max(2 * pull.width_um + equal.width_um, invert.width_um);
  p.box = {std::max(columns_um, chain.width_um),
           std::max(std::max(pull.height_um, equal.height_um) + invert.height_um, chain.height_um)};
  return p;
}

NvsimMux nvsimMux(const NvsimGates &gates, const NvsimMuxShape &s) {
  NvsimMux m;
  if (s.inputs <= 1) return m;
  const NvsimTechnology &t = gates.technology();
  double width_um = 0;
  if (s.on_ohm > 0) width_um = std::min(gates.n_ohm(1) / (PassDrop * s.on_ohm), gates.f_um(s.widest_f));
  width_um = std::max({width_um, s.current_ua / t.n_on_ua_per_um, LeastPass * gates.least_um()});
  const double strip_um = gates.f_um(NvsimDrawn_f);
  m.pass_ff = gates.drain_n_ff(width_um, strip_um);
  m.pass_ohm = gates.n_ohm(width_um);
  const double output_ff = s.inputs * m.pass_ff;
  m.delayLoad_ff = output_ff + m.pass_ff + s.load_ff;
  m.delay_ns = PassSettled * rc_ns(m.pass_ohm, output_ff + s.load_ff);
  m.energy_pj = s.count * (output_ff + s.next_ff) * t.vdd_v * (t.vdd_v - t.threshold_v) * 1e-3;
  const NvsimBox box = gates.box({.n_um = width_um}, strip_um);
  m.height_um = box.height_um;
  m.area_um2 = double(s.count) * s.inputs * box.width_um * box.height_um;
  return m;
}

NvsimAmplifier nvsimAmplifier(const NvsimGates &gates, const NvsimAmplifierShape &s) {
  if (s.pitch_um <= gates.f_um(NvsimLeastPitch_f) * (1 + 1e-9))
    throw Error(QStringLiteral("cell"),
                QStringLiteral("a sense amplifier does not fit below columns %1 F wide")
                    .arg(QString::number(s.pitch_um / gates.technology().feature_um, 'g', 3)),
                QStringLiteral("let columns share one: -ForceMuxSenseAmp: 2 or more"));
  const NvsimTechnology &t = gates.technology();
  const auto part = [&](double f) { return gates.f_um(f); };
  NvsimAmplifier a;
  a.load_ff = gates.gate_ff(part(LatchP_f + LatchN_f)) + gates.drain_n_ff(part(LatchN_f), s.pitch_um) +
              gates.drain_p_ff(part(LatchP_f), s.pitch_um) + gates.drain_p_ff(part(Isolation_f), s.pitch_um) +
              gates.drain_n_ff(part(AmplifierMux_f), s.pitch_um);
  const double siemens = gates.n_siemens(part(LatchN_f)) + gates.p_siemens(part(LatchP_f));
  a.sense_ns = a.load_ff * 1e-6 / siemens * std::max(0.0, std::log(t.vdd_v / s.signal_v));
  a.energy_pj = gates.switched_pj(a.load_ff);
  a.leakage_w = gates.leakage_w({.n_um = part(Enable_f)}) * t.vdd_v;  // as NVSim: with the supply twice
  // Transistors lie across the pitch, one above the other; the strip is that of the widest.
  const NvsimBox p = gates.box({.p_um = part(LatchP_f)}, s.pitch_um);
  const NvsimBox n = gates.box({.n_um = part(LatchN_f)}, s.pitch_um);
  const NvsimBox isolation = gates.box({.p_um = part(Isolation_f)}, s.pitch_um);
  const NvsimBox enable = gates.box({.n_um = part(Enable_f)}, s.pitch_um);
  const double stack_um =
      2 * p.width_um + 2 * n.width_um + isolation.width_um + enable.width_um + part(4 * DiffusionGap_f + WellGap_f);
  const double across_um = std::max({p.height_um, n.height_um, isolation.height_um, enable.height_um});
  a.height_um = stack_um * across_um / s.pitch_um;
  if (!s.current) return a;
  const Converter &converter = converterAt(t.feature_um * 1e3);
  a.sense_ns += converter.ns;
  a.energy_pj += converter.fj * 1e-3;
  a.leakage_w += converter.leakage_nw * 1e-9;
  a.height_um += Converter_f2 * t.feature_um * t.feature_um / s.pitch_um;
  return a;
}

}  // namespace pimento
