// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/sense_cells.h"
#include "core/hardware/sense_errors.h"

namespace pimento {

namespace {

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
  const SenseStates states = senseStates(op);
  const SenseCell cell(s);
  const double low = cell.parallel_ohm(states.cells, states.below);
  const double high = cell.parallel_ohm(states.cells, states.below + 1);
  SenseCost cost;
  cost.reference_ohm = (low + high) / 2;
  cost.margin_mv = s.sense_current_ua * (high - low) * 1e-3;
  const double half = cost.margin_mv / 2;
  const double wanted = s.sense_sigmas * s.offset_mv;
  cost.below_offset = half < wanted;
  cost.error_rate = headlineError(s, op);
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
