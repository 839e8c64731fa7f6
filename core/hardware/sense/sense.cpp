// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense.h"

#include "core/hardware/sense/sense_cells.h"
#include "core/hardware/sense/sense_errors.h"
#include "core/hardware/sense/sense_strobe.h"

namespace pimento {

SenseCost physicalSense(const Sensing &s, SenseOp op, double line_ff, double vdd_v, double temperature_k) {
  const SenseStates states = senseStates(op);
  const SenseCell cell(s);
  const Strobe at = strobe(s, op, line_ff, temperature_k);
  SenseCost cost;
  cost.reference_ohm = cell.reference_ohm(op);
  cost.margin_mv = cell.voltage_mv(states.cells, states.below + 1) - cell.voltage_mv(states.cells, states.below);
  cost.below_offset = cost.margin_mv / 2 < WeakOffsets * s.offset_mv;
  cost.error_rate = headlineError(s, op);
  cost.developed = at.developed;
  cost.strobed_error_rate = headlineError(asStrobed(s, at.developed, readNoise_mv(line_ff, temperature_k)), op);
  cost.settle_ns = s.latch_ns + at.ns;
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

SenseCost sense(const Sensing &sensing, SenseOp op, double line_ff, double vdd_v, double temperature_k) {
  return sensing.sense_model == SenseModel::Nvsim ? nvsimSense()
                                                  : physicalSense(sensing, op, line_ff, vdd_v, temperature_k);
}

}  // namespace pimento
