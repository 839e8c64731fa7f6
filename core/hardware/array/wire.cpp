// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array/wire.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace pimento {

namespace {

struct Section {
  double widthInFeatures;
  double aspect;
};
constexpr std::array<Section, 3> Sections{{{1, 1.8}, {2, 2.0}, {4, 2.2}}};

// Copper at 300 K: bulk resistivity and mean free path; surfaces reflect the share p, grains of the line's width the
// share R (Steinhögl et al. 2002 fit p 0.6, R 0.5; ITRS 2007 gives 4.08 µΩ cm for metal 1 at 45 nm, this 4.2).
constexpr double Bulk_uohm_cm = 1.72;
constexpr double MeanFreePath_nm = 39;
constexpr double Specular = 0.6;
constexpr double GrainReflection = 0.5;
constexpr double SurfaceFactor = 1.2;

// Capacitance of a line between neighbours that switch half of the time against it (Miller 1.5) and two planes; plane
// distance as the line's thickness. Form and fringe term of CACTI 5.1 (HPL-2008-20), after Ho, Mai and Horowitz 2001.
constexpr double Vacuum_ff_per_um = 8.854e-3;
constexpr double Miller = 1.5;
constexpr double PlaneDielectric = 3.9;
constexpr double Fringe_ff_per_um = 0.115;

}  // namespace

double copperResistivity_uohm_cm(double width_nm, double aspect) {
  const double reach = MeanFreePath_nm / width_nm;
  const double a = reach * GrainReflection / (1 - GrainReflection);
  const double grains = 1 / 3.0 - a / 2 + a * a - a * a * a * std::log1p(1 / a);
  const double surfaces = 0.375 * SurfaceFactor * (1 - Specular) * (1 + aspect) / aspect * reach;
  return Bulk_uohm_cm * (1 / (3 * grains) + surfaces);
}

double lineWidth_f(WireLayer layer) { return Sections[static_cast<std::size_t>(layer)].widthInFeatures; }

double lineOhm_per_um(double width_nm, double aspect) {
  return copperResistivity_uohm_cm(width_nm, aspect) * 1e4 / (aspect * width_nm * width_nm);
}

Wire wire(WireLayer layer, double feature_nm, WireQuality quality) {
  const Section &section = Sections[static_cast<std::size_t>(layer)];
  const bool conservative = quality == WireQuality::Conservative;
  const double drawn_nm = section.widthInFeatures * feature_nm;
  const double liner_nm = conservative ? std::min(3.0, drawn_nm / 10) : 0;
  const double width_nm = drawn_nm - 2 * liner_nm;
  const double thickness_nm = section.aspect * drawn_nm - liner_nm;
  const double dielectric = conservative ? 3.3 : 2.7;  // ITRS 2007: effective 2.6-2.9 at 45 nm, 3.1-3.4 before
  Wire w;
  w.ohm_per_um = copperResistivity_uohm_cm(width_nm, section.aspect) * 1e4 / (width_nm * thickness_nm);
  w.ff_per_um = Vacuum_ff_per_um * (2 * Miller * dielectric * section.aspect + 2 * PlaneDielectric / section.aspect) +
                Fringe_ff_per_um;
  return w;
}

double lineDelay_ns(double driver_ohm, double wire_ohm, double wire_ff, double load_ff) {
  return (0.69 * driver_ohm * (wire_ff + load_ff) + wire_ohm * (0.38 * wire_ff + 0.69 * load_ff)) * 1e-6;
}

RepeatedWire repeatedWire(const Wire &wire, const Transistors &t, double penalty) {
  const double driver_ohm = t.ohm_um;                          // of one micrometre of n
  const double gate_ff = (1 + t.p_over_n) * t.gate_ff_per_um;  // n and p
  const double both_ff = 2 * gate_ff;                          // gate and parasitic (drains as much as the gate)
  const double size_um = std::sqrt(driver_ohm * wire.ff_per_um / (wire.ohm_per_um * gate_ff));
  const double spacing_um = std::sqrt(0.69 * driver_ohm * both_ff / (0.38 * wire.ohm_per_um * wire.ff_per_um));
  const double stretch = 1 + penalty + std::sqrt((1 + penalty) * (1 + penalty) - 1);
  const double size = size_um / stretch;
  const double spacing = spacing_um * stretch;
  const double stage_ns =
      lineDelay_ns(driver_ohm / size, wire.ohm_per_um * spacing, wire.ff_per_um * spacing, size * gate_ff) +
      0.69 * driver_ohm * gate_ff * 1e-6;
  RepeatedWire r;
  r.ns_per_mm = stage_ns / spacing * 1e3;
  r.ff_per_um = wire.ff_per_um + size * both_ff / spacing;
  r.repeater_um_per_um = size * (1 + t.p_over_n) / spacing;
  return r;
}

}  // namespace pimento
