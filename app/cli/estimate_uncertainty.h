// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/network_argument.h"
#include "core/explore/design_table.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// Draws what is uncertain of the estimates in a table (estimateTable of the same choice) and puts the intervals there.
// Text output gets a table of them.
void addUncertainty(const VerbParser &parser, const NetworkChoice &choice, const Accelerator &accelerator,
                    DesignTable &table);

// For people: the intervals of a table, a row a design that has some.
[[nodiscard]] ReportTable intervalSummary(const DesignTable &table);

// What each uncertain parameter causes of each design's metrics.
void printSensitivity(const VerbParser &parser, const NetworkChoice &choice, const Accelerator &accelerator,
                      const DesignTable &table);

}  // namespace pimento
