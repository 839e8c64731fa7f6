// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/explain/design_difference.h"
#include "core/hardware/nvsim/nvsim_result.h"

namespace pimento {

// A memory's result as NVSim writes it, or the sub-array of a profile in the same words.
struct ExplainedResult {
  QString name;
  NvsimResult result;
};

// A profile's sub-array: its reads and writes of a whole row, area and leakage, part by part.
[[nodiscard]] NvsimResult subarrayResult(const Accelerator &accelerator);

// The differences of what both have, part by part of the circuit; parts that only one has are nothing in the other.
// Metrics: read_latency_ns, write_latency_ns, read_energy_pj, write_energy_pj, leakage_uw, area_um2.
[[nodiscard]] DesignDifference differenceOf(const ExplainedResult &a, const ExplainedResult &b);

}  // namespace pimento
