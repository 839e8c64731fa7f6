// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/nvsim/nvsim_files.h"

namespace pimento {

// The cell at another node, as NVSim scales it: an MRAM's resistances with 1 / F² (their product with the area is
// kept), its write currents with F and its write voltages therefore with 1 / F; a PCRAM's resistances with 1 / F, its
// write currents with F; a memristor, SRAM and DRAM not at all. Given energies, pulses and the read voltage stay.
[[nodiscard]] NvsimCell atNode(NvsimCell cell, double node_nm);

// The cell with the voltages that are the supply's put in.
[[nodiscard]] NvsimCell suppliedCell(NvsimCell cell, double vdd_v);

// Energy of writing one cell, without its bit line: as given, or from voltage, current and resistance. A PCRAM's pulse
// shaper wastes four fifths (NVSim 6334d00); the energies are what the supply gives.
struct NvsimWrite {
  double set_pj = 0;
  double reset_pj = 0;
  double efficiency = 1;
  [[nodiscard]] double dearer_pj() const { return set_pj > reset_pj ? set_pj : reset_pj; }
};
[[nodiscard]] NvsimWrite nvsimWrite(const NvsimCell &cell, double vdd_v);

// What lines must carry while `written` of the columns of a row are written. Without a transistor, the word line
// carries its unselected cells too, at half the voltage, and so does the bit line.
struct NvsimCurrents {
  double word_ua = 0;
  double bit_ua = 0;
};
[[nodiscard]] NvsimCurrents nvsimWriteCurrents(const NvsimCell &cell, double rows, double columns, double written);

// Current and power of a cell that is sensed. The power is drawn from the supply: as given, or by that current.
[[nodiscard]] double nvsimRead_ua(const NvsimCell &cell, double vdd_v);
[[nodiscard]] double nvsimRead_uw(const NvsimCell &cell, double vdd_v);

}  // namespace pimento
