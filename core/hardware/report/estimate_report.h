// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/report_table.h"
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/estimate/estimate_table.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// A row a layer: shape on the arrays, time, energy in all and by component, memory at full precision and at W bits;
// passes, area of its sub-arrays (replicas among them; area_single_mm2: one copy of the weights), writes of the row
// written most often, and what is reloaded. The kind is that of its weakest numbers; MACs and memory are derived.
[[nodiscard]] ReportTable layerReport(const NetworkSpec &network, const Variant &variant,
                                      const Accelerator &accelerator, Bits bits, Part part = Part::Whole);

// A row a component of energy (with its share and whether it is one of the paper's four regions), then a row a part of
// the chip with area and leakage, the three slices of the area overhead beside the published total, memory at full
// precision and quantised, time of the first image and from image to image, energy with and without sub-array pruning,
// reload, wear of the busiest row, and retention. share_of says what share_pct is a share of.
[[nodiscard]] ReportTable componentReport(const NetworkSpec &network, const Variant &variant,
                                          const Accelerator &accelerator, Bits bits, Part part = Part::Whole);

}  // namespace pimento
