// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pimento {

namespace {

// Cells open, and ones among them on either side of the reference.
struct States {
  int cells;
  int below;
  int above;
};

constexpr std::array<States, SenseOpCount> Table{{{1, 0, 1}, {2, 1, 2}, {2, 0, 1}, {3, 2, 3}, {3, 1, 2}, {3, 0, 1}}};

double low_ohm(const Sensing &s) { return s.parallel_resistance_ohm + s.access_ohm; }
double high_ohm(const Sensing &s) { return s.parallel_resistance_ohm * (1 + s.tmr_pct / 100) + s.access_ohm; }

double parallel_ohm(const Sensing &s, int cells, int ones) {
  return 1 / (ones / high_ohm(s) + (cells - ones) / low_ohm(s));
}

// First-order spread of the parallel resistance: dR = R² sqrt(sum (dRi / Ri²)²).
double spread_ohm(const Sensing &s, int cells, int ones) {
  const double spread = s.resistance_sigma_pct / 100;
  const double tmr = s.tmr_pct / 100;
  const double lowSpread = s.parallel_resistance_ohm * spread;
  const double highSpread = std::hypot(s.parallel_resistance_ohm * (1 + tmr) * spread,
                                       s.parallel_resistance_ohm * tmr * s.tmr_sigma_pct / 100);
  const double high = highSpread / (high_ohm(s) * high_ohm(s));
  const double low = lowSpread / (low_ohm(s) * low_ohm(s));
  const double total = parallel_ohm(s, cells, ones);
  return total * total * std::sqrt(ones * high * high + (cells - ones) * low * low);
}

double beyond(double sigmas) { return 0.5 * std::erfc(sigmas / std::numbers::sqrt2); }

double errorRate(const Sensing &s, const States &states, double half_mv) {
  double sum = 0;
  for (const int ones : {states.below, states.above}) {
    const double sigma = std::hypot(s.offset_mv, s.sense_current_ua * spread_ohm(s, states.cells, ones) * 1e-3);
    sum += sigma > 0 ? beyond(half_mv / sigma) : 0;
  }
  return sum / 2;
}

// Voltage (mV) of a branch of `ohm` on a line of `line_ff`, `ns` after the current (µA) is switched on.
double voltage_mv(double current_ua, double ohm, double line_ff, double ns) {
  return current_ua * ohm * 1e-3 * -std::expm1(-ns * 1e6 / (ohm * line_ff));
}

// Smaller of the two differences from the reference; both grow with time, as the slower branch ends higher.
double difference_mv(const Sensing &s, double low, double reference, double high, double line_ff, double ns) {
  const double at = voltage_mv(s.sense_current_ua, reference, line_ff, ns);
  return std::min(voltage_mv(s.sense_current_ua, high, line_ff, ns) - at,
                  at - voltage_mv(s.sense_current_ua, low, line_ff, ns));
}

double strobe_ns(const Sensing &s, double low, double reference, double high, double line_ff, double target_mv) {
  double early = 0;
  double late = 20 * high * line_ff * 1e-6;  // twenty time constants of the slowest branch
  for (int step = 0; step < 50; ++step) {
    const double middle = (early + late) / 2;
    (difference_mv(s, low, reference, high, line_ff, middle) < target_mv ? early : late) = middle;
  }
  return late;
}

}  // namespace

SenseCost physicalSense(const Sensing &s, SenseOp op, double line_ff, double vdd_v) {
  constexpr double Reachable = 0.95;
  const States &states = Table[static_cast<std::size_t>(op)];
  const double low = parallel_ohm(s, states.cells, states.below);
  const double high = parallel_ohm(s, states.cells, states.above);
  SenseCost cost;
  cost.reference_ohm = (low + high) / 2;
  cost.margin_mv = s.sense_current_ua * (high - low) * 1e-3;
  const double half = cost.margin_mv / 2;
  const double wanted = s.sense_sigmas * s.offset_mv;
  cost.below_offset = half < wanted;
  cost.error_rate = errorRate(s, states, half);
  cost.settle_ns =
      s.latch_ns + strobe_ns(s, low, cost.reference_ohm, high, line_ff, std::min(wanted, Reachable * half));
  cost.energy_fj = 2 * s.sense_current_ua * vdd_v * cost.settle_ns + s.latch_fj;  // µA V ns = fJ
  return cost;
}

SenseCost nvsimSense() {
  // NVSim 6334d00, reference run of the 256x512 sub-array: "Senseamp Latency" 809.046 ps, "Senseamp Dynamic Energy"
  // 53.164 pJ and "Bitline & Cell Read Energy" 24.854 pJ over 512 columns.
  SenseCost cost;
  cost.settle_ns = 0.809046;
  cost.energy_fj = (53.164 + 24.854) * 1e3 / 512;
  return cost;
}

SenseCost sense(const Sensing &sensing, SenseOp op, double line_ff, double vdd_v) {
  return sensing.sense_model == SenseModel::Nvsim ? nvsimSense() : physicalSense(sensing, op, line_ff, vdd_v);
}

}  // namespace pimento
