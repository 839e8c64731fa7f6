// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/sense_cells.h"
#include "core/hardware/sense_errors.h"

namespace pimento {

namespace {

// The three branches that a sense compares, on lines of one capacitance, from rest.
struct Branches {
  const SenseCell &cell;
  double low_ohm;
  double reference_ohm;
  double high_ohm;
  double line_ff;

  // Voltage of one of them `ns` after the current is switched on.
  [[nodiscard]] double voltage_mv(double ohm, double ns) const {
    return std::min(cell.current_ma * ohm * -std::expm1(-ns * 1e6 / (ohm * line_ff)), cell.clamp_mv);
  }
  // Smaller of the two differences from the reference; both grow with time, as the slower branch ends higher.
  [[nodiscard]] double difference_mv(double ns) const {
    const double at = voltage_mv(reference_ohm, ns);
    return std::min(voltage_mv(high_ohm, ns) - at, at - voltage_mv(low_ohm, ns));
  }
  // When the difference reaches the target.
  [[nodiscard]] double strobe_ns(double target_mv) const {
    double early = 0;
    double late = 20 * high_ohm * line_ff * 1e-6;  // twenty time constants of the slowest branch
    for (int step = 0; step < 50; ++step) {
      const double middle = (early + late) / 2;
      (difference_mv(middle) < target_mv ? early : late) = middle;
    }
    return late;
  }
};

}  // namespace

SenseCost physicalSense(const Sensing &s, SenseOp op, double line_ff, double vdd_v) {
  constexpr double Reachable = 0.95;
  const SenseStates states = senseStates(op);
  const SenseCell cell(s);
  SenseCost cost;
  cost.reference_ohm = cell.reference_ohm(op);
  cost.margin_mv = cell.voltage_mv(states.cells, states.below + 1) - cell.voltage_mv(states.cells, states.below);
  const double half = cost.margin_mv / 2;
  const double wanted = s.sense_sigmas * s.offset_mv;
  cost.below_offset = half < wanted;
  cost.error_rate = headlineError(s, op);
  const Branches branches{cell, cell.parallel_ohm(states.cells, states.below), cost.reference_ohm,
                          cell.parallel_ohm(states.cells, states.below + 1), line_ff};
  cost.settle_ns = s.latch_ns + branches.strobe_ns(std::min(wanted, Reachable * half));
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
