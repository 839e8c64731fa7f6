// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/random.h"
#include "core/hardware/sense/sense_cells.h"

namespace pimento {

// Voltage of `cells` open cells, `ones` of them high, each drawn anew.
[[nodiscard]] inline double drawnVoltage_mv(const SenseCell &cell, int cells, int ones, Random &random) {
  double siemens = 0;
  for (int i = 0; i < ones; ++i) {
    const double resistanceDraw = random.normal();
    siemens += 1 / cell.highBranch_ohm(resistanceDraw, random.normal());
  }
  for (int i = ones; i < cells; ++i) siemens += 1 / cell.lowBranch_ohm(random.normal());
  return cell.clamped_mv(1 / siemens);
}

}  // namespace pimento
