// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense_strobe.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/sense/sense_cells.h"

namespace pimento {

namespace {

// A latch fired at once still needs a share to divide by: it decides by its offset alone.
constexpr double LeastDeveloped = 1e-9;

// How the difference of the two branches that is the smaller, the state above the reference and the reference, grows on
// a line that is not clamped.
struct Growth {
  double high_ohm;
  double ratio;  // resistance of the reference over that of the state

  // -ln(1 - developed) and its slope, v time constants of the higher branch after the start. With r the ratio,
  //   1 - developed = (exp(-v) - r exp(-v / r)) / (1 - r),
  // which is the chance that the sum of two exponential times, of means 1 and r, is above v. Written so that nothing
  // cancels when r is near 1.
  struct Rise {
    double value;
    double slope;
  };
  [[nodiscard]] Rise rise(double v) const {
    const double rate = (1 - ratio) / ratio;
    const double grown = -std::expm1(-v * rate) / rate;
    return {v - std::log1p(grown), 1 - (1 - rate * grown) / (1 + grown)};
  }

  // Time constants until that share. The logarithm of a sum's survival is concave, so the rise is convex, and Newton's
  // steps from above come down on the root. They start above: the sum is at most that of two times of mean 1, whose
  // rise v - ln(1 + v) is at least L for v = L + sqrt(2 L) (Boucheron, Lugosi and Massart 2013, section 2.4).
  [[nodiscard]] double timeConstants(double developed) const {
    constexpr int MostSteps = 40;  // two to seven in use
    constexpr double Enough = 1e-10;
    const double wanted = -std::log1p(-developed);
    double v = wanted + std::sqrt(2 * wanted);
    for (int step = 0; step < MostSteps; ++step) {
      const Rise at = rise(v);
      const double down = (at.value - wanted) / at.slope;
      if (!(down > Enough * v)) break;
      v -= down;
    }
    return v;
  }
};

// Cell and reference branches of one operation on their lines.
struct Branches {
  SenseCell cell;
  double line_ff;
  double low_ohm;
  double reference_ohm;
  double high_ohm;
  double half_mv;

  Branches(const Sensing &s, SenseOp op, double ff) : cell(s), line_ff(ff) {
    const SenseStates states = senseStates(op);
    low_ohm = cell.parallel_ohm(states.cells, states.below);
    high_ohm = cell.parallel_ohm(states.cells, states.below + 1);
    reference_ohm = cell.reference_ohm(op);
    half_mv = (cell.clamped_mv(high_ohm) - cell.clamped_mv(low_ohm)) / 2;
  }

  [[nodiscard]] bool clamped() const { return cell.current_ma * high_ohm > cell.clamp_mv; }
  [[nodiscard]] Growth growth() const { return {high_ohm, reference_ohm / high_ohm}; }

  [[nodiscard]] double voltage_mv(double ohm, double ns) const {
    return std::min(cell.current_ma * ohm * -std::expm1(-ns * 1e6 / (ohm * line_ff)), cell.clamp_mv);
  }
  // The smaller difference on a clamped line. Once the higher branch is at the clamp it stays above half the margin, so
  // every share below is passed once.
  [[nodiscard]] double difference_mv(double ns) const {
    const double at = voltage_mv(reference_ohm, ns);
    return std::min(voltage_mv(high_ohm, ns) - at, at - voltage_mv(low_ohm, ns));
  }
  [[nodiscard]] double ns(double developed) const {
    const double high_ns = high_ohm * line_ff * 1e-6;
    if (!clamped()) return growth().timeConstants(developed) * high_ns;
    double early = 0;
    double late = 20 * high_ns;
    for (int step = 0; step < 50; ++step) {
      const double middle = (early + late) / 2;
      (difference_mv(middle) < developed * half_mv ? early : late) = middle;
    }
    return late;
  }
};

}  // namespace

Strobe strobe(const Sensing &s, SenseOp op, double line_ff, double temperature_k) {
  const Branches branches(s, op, line_ff);
  const SenseStates states = senseStates(op);
  const SenseCell &cell = branches.cell;
  const double above_ohm = branches.clamped() ? 0 : cell.spread_ohm(states.cells, states.below + 1);
  const double cells_mv = cell.current_ma * std::max(cell.spread_ohm(states.cells, states.below), above_ohm);
  const double amplifier_mv = std::hypot(s.offset_mv, readNoise_mv(line_ff, temperature_k));
  // x half = sigmas sqrt(amplifier² + (x cells)²)
  const double left = branches.half_mv * branches.half_mv - s.sense_sigmas * s.sense_sigmas * cells_mv * cells_mv;
  const double wanted = left > 0 ? s.sense_sigmas * amplifier_mv / std::sqrt(left) : MostDeveloped;
  Strobe at;
  at.developed = std::clamp(wanted, LeastDeveloped, MostDeveloped);
  at.ns = branches.ns(at.developed);
  return at;
}

double developedAfter(const Sensing &s, SenseOp op, double line_ff, double ns) {
  const Branches branches(s, op, line_ff);
  const double v = ns * 1e6 / (branches.high_ohm * line_ff);
  double share = MostDeveloped;
  if (!branches.clamped())
    share = -std::expm1(-branches.growth().rise(v).value);
  else if (branches.half_mv > 0)
    share = branches.difference_mv(ns) / branches.half_mv;
  return std::clamp(share, LeastDeveloped, 1.0);
}

Sensing asStrobed(const Sensing &s, double developed, double noise_mv) {
  Sensing seen = s;
  seen.offset_mv = std::hypot(s.offset_mv, noise_mv) / developed;
  return seen;
}

}  // namespace pimento
