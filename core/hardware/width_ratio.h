// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <vector>

#include "core/hardware/accelerator.h"
#include "core/network/counts.h"

namespace pimento {

// How much less the narrowest variant costs than the widest, for one way to lay the narrow one out.
struct WidthRatio {
  QString option;                // "unpacked", "packed", "column-gated", "repacked"
  QString explanation;           // one sentence
  double energyRatio = 0;        // whole inference, wide over narrow
  double rowOperationRatio = 0;  // wide over narrow; column-gated: columns switched on in row operations
};

// ResNet20 at width 1.0 over 0.25 on an accelerator. The dynamic-network paper states 2.7 times less energy; no option
// gives it, and none is tuned to. `fixedShare` is the width-independent part of 1.0's energy that 2.7 would need.
struct WidthRatios {
  std::vector<WidthRatio> options;
  double publishedRatio = 2.7;  // dynamic-network paper, section IV-B
  double fixedShare = 0;        // with the unpacked option's ratio for the rest
};

[[nodiscard]] WidthRatios energyRatioByOption(const Accelerator &accelerator, Bits bits = {});

}  // namespace pimento
