// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <array>
#include <cmath>

#include "core/hardware/device/physical_constants.h"
#include "core/hardware/profile/accelerator.h"
#include "core/hardware/sense/sense.h"

namespace pimento {

// The electrical facts that margins, error rates, histograms and maps share: one model of a cell and of its spread.

// Cells open in an operation, and the ones among them in the highest state below the reference (one more lies above).
struct SenseStates {
  int cells = 0;
  int below = 0;
};

[[nodiscard]] constexpr SenseStates senseStates(SenseOp op) {
  constexpr std::array<SenseStates, SenseOpCount> Table{{{1, 0}, {2, 1}, {2, 0}, {3, 2}, {3, 1}, {3, 0}}};
  return Table[static_cast<std::size_t>(op)];
}

// The TMR that is left at a voltage over the junction, TMR / (1 + (V / V_h)²), where the sense current makes it in the
// high state of one open cell: the most that any operation does, as cells in parallel share the current.
[[nodiscard]] inline double biasedTmr(const Sensing &s) {
  const double zero = s.tmr_pct / 100;
  const double perOhm = s.sense_current_ua * 1e-3 / s.tmr_half_voltage_mv;
  const double low = perOhm * s.parallel_resistance_ohm;  // V / V_h of the low state
  const double clamp = std::max(0.0, s.sense_clamp_mv / s.tmr_half_voltage_mv - perOhm * s.access_ohm);
  double tmr = zero;  // Newton from above on tmr (1 + (low (1 + tmr))²) = zero, which rises and bends up
  for (int step = 0; step < 8; ++step) {
    const double v = low * (1 + tmr);
    const double over = tmr * (1 + v * v) - zero;
    if (!(over > 1e-12 * zero)) break;
    tmr -= over / (1 + v * v + 2 * tmr * v * low);
  }
  return low * (1 + tmr) > clamp ? zero / (1 + clamp * clamp) : tmr;
}

// Junction and access transistor. The spread is Gaussian: the low resistance has a relative standard deviation
// resistance_sigma_pct, the TMR of the same junction, on its own, tmr_sigma_pct. That of the access transistor,
// access_sigma_pct, adds to the junction's in squares: one draw stands for both, exact for a low cell and to first
// order for a high one. Draws beyond the physical are cut: a junction keeps at least 5 % of its resistance, a TMR does
// not fall below zero.
struct SenseCell {
  double low_ohm = 0;  // of the junction alone
  double tmr = 0;      // at its voltage
  double access_ohm = 0;
  double lowSigma = 0;   // of junction and transistor, relative to the junction in its low state
  double highSigma = 0;  // the same, in its high state
  double tmrSigma = 0;
  double current_ma = 0;  // of a sense, and the voltage beyond which its source gives none
  double clamp_mv = 0;

  static constexpr double LeastResistance = 0.05;

  explicit SenseCell(const Sensing &s)
      : low_ohm(s.parallel_resistance_ohm),
        tmr(biasedTmr(s)),
        access_ohm(s.access_ohm),
        lowSigma(std::hypot(s.resistance_sigma_pct, s.access_sigma_pct * access_ohm / low_ohm) / 100),
        highSigma(std::hypot(s.resistance_sigma_pct, s.access_sigma_pct * access_ohm / (low_ohm * (1 + tmr))) / 100),
        tmrSigma(s.tmr_sigma_pct / 100),
        current_ma(s.sense_current_ua * 1e-3),
        clamp_mv(s.sense_clamp_mv) {}

  // Resistance of the branch for draws of mean 0 and standard deviation 1; nominal for zeros.
  [[nodiscard]] double lowBranch_ohm(double resistanceDraw = 0) const {
    return low_ohm * std::max(LeastResistance, 1 + lowSigma * resistanceDraw) + access_ohm;
  }
  [[nodiscard]] double highBranch_ohm(double resistanceDraw = 0, double tmrDraw = 0) const {
    return low_ohm * std::max(LeastResistance, 1 + highSigma * resistanceDraw) *
               (1 + tmr * std::max(0.0, 1 + tmrSigma * tmrDraw)) +
           access_ohm;
  }
  // Nominal cells in parallel, `ones` of them high.
  [[nodiscard]] double parallel_ohm(int cells, int ones) const {
    return 1 / (ones / highBranch_ohm() + (cells - ones) / lowBranch_ohm());
  }
  // Standard deviation of that resistance over cells, first order: R² sqrt(sum (dRi / Ri²)²).
  [[nodiscard]] double spread_ohm(int cells, int ones) const {
    const double high = highBranch_ohm();
    const double low = lowBranch_ohm();
    const double highSpread = std::hypot(low_ohm * (1 + tmr) * highSigma, low_ohm * tmr * tmrSigma);
    const double highPart = highSpread / (high * high);
    const double lowPart = low_ohm * lowSigma / (low * low);
    const double total = parallel_ohm(cells, ones);
    return total * total * std::sqrt(ones * highPart * highPart + (cells - ones) * lowPart * lowPart);
  }
  // What the sense current makes of a resistance.
  [[nodiscard]] double clamped_mv(double ohm) const { return std::min(current_ma * ohm, clamp_mv); }
  [[nodiscard]] double voltage_mv(int cells, int ones) const { return clamped_mv(parallel_ohm(cells, ones)); }
  // Midpoint of the two nominal states that the operation tells apart.
  [[nodiscard]] double reference_mv(SenseOp op) const {
    const SenseStates s = senseStates(op);
    return (voltage_mv(s.cells, s.below) + voltage_mv(s.cells, s.below + 1)) / 2;
  }
  [[nodiscard]] double reference_ohm(SenseOp op) const { return reference_mv(op) / current_ma; }
};

// Noise of one read: the thermal voltage kT/C of the sensed line, sqrt(kT/C) in mV. It is drawn anew every time,
// where offset and spread of the cells are drawn once a chip.
[[nodiscard]] inline double readNoise_mv(double line_ff, double temperature_k) {
  return std::sqrt(Boltzmann * temperature_k / (line_ff * 1e-15)) * 1e3;
}

}  // namespace pimento
