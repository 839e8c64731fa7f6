// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/report_table.h"
#include "core/hardware/uncertainty/sensitivity.h"

namespace pimento {

// How a design of a sensitivity is called in a report.
struct SensitivityName {
  QString network;
  QString variant;
  QString scope;
};

// A row a design, metric and parameter, those of the largest total share first: parameter, metric, first_order and
// total with the ends of their 95 % intervals, the range that was drawn from, and where it is from. Parameters whose
// total is below `least` are left out (0: none is).
[[nodiscard]] ReportTable sensitivityReport(const Sensitivity &sensitivity, std::span<const SensitivityName> designs,
                                            double least = 0);

}  // namespace pimento
