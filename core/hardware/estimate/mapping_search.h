// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "core/base/report_table.h"
#include "core/hardware/estimate/layer_cost.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// What a wide variant costs over a narrow one by one way of running both: all that a paper may leave unsaid of its
// mapping and that changes the ratio of their energies.
struct MappingChoice {
  Schedule schedule;
  double wide_uj = 0;
  double narrow_uj = 0;
  [[nodiscard]] double ratio() const { return wide_uj / narrow_uj; }
  [[nodiscard]] QString text() const;  // "tap, packing power-of-two, layout widest, no idle gating"
};

// Every combination of dataflow, packing, layout, column gating, idle gating and write-back that is possible, the
// schedule of `base` first; other parameters as in `base`. All are shown, none is picked to agree with anything.
[[nodiscard]] std::vector<MappingChoice> mappingSearch(const NetworkSpec &network, const Variant &wide,
                                                       const Variant &narrow, const Accelerator &base, Bits bits);

// A row a choice: dataflow, packing, layout, column_gating, idle_gating, write_back, wide_uj, narrow_uj, ratio.
[[nodiscard]] ReportTable mappingReport(const std::vector<MappingChoice> &choices);

}  // namespace pimento
