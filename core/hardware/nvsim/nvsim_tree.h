// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/nvsim/nvsim_files.h"
#include "core/hardware/nvsim/nvsim_wire.h"

namespace pimento {

// The H-tree of a bank: from the middle of one side, each level halves the bank across or along, alternating, and
// every level passes the address bits and the word (halved where both halves are active) on.
struct NvsimTree {
  double delay_ns = 0;  // one way
  double energy_pj = 0;
  double leakage_w = 0;
  double path_um = 0;   // one way
  double width_um = 0;  // of the bank, with the room of the repeaters
  double height_um = 0;
};
[[nodiscard]] NvsimTree nvsimTree(const NvsimLongWire &wire, const NvsimBox &mat, const NvsimConfig &config);

}  // namespace pimento
