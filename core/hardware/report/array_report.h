// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>

#include "core/base/report_table.h"
#include "core/hardware/array/array.h"
#include "core/hardware/nvsim/nvsim_array.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// The array layer by itself, for the command line and every page that shows it.

// The memory of NVSim's two files, if there is one. Its reads and writes then stand for those of the sub-array.
using NvsimMemory = std::optional<NvsimArray>;

// A row an operation: operation, latency_ns, energy_pj (a whole row, or a word of a memory with routing), fixed_pj,
// column_fj, level, kind, source.
[[nodiscard]] ReportTable arrayReport(const Accelerator &accelerator, const NvsimMemory &memory = {});

// A row a part of every operation: operation, part, latency_ns, energy_pj, fixed_pj, column_fj.
[[nodiscard]] ReportTable arrayPartsReport(const Accelerator &accelerator, const NvsimMemory &memory = {});

// A row a component and a total: component, area_um2, leakage_w, area_pct, leakage_basis (the
// process that the leakage is of: periphery and added logic are not of one).
[[nodiscard]] ReportTable arrayAreaReport(const Accelerator &accelerator, const NvsimMemory &memory = {});

// Which transistors a part's leakage is of: the periphery's are of a low-standby-power process (off_current_pa_per_um),
// the added logic's of a general-purpose one (logic_leakage_nw_per_um2), a thousand times as much by area.
[[nodiscard]] QString leakageBasis(const Accelerator &accelerator, ArrayPart part);

}  // namespace pimento
