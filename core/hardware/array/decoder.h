// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/array/transistor.h"
#include "core/hardware/array/wire.h"

namespace pimento {

// Energy that a capacitance takes from a supply when it is charged to it, in pJ: C V^2.
[[nodiscard]] inline double switched_pj(double ff, double volt) { return ff * volt * volt * 1e-3; }

// A chain of gates sized by logical effort (Sutherland, Sproull and Harris): as many stages as bring the effort of each
// close to four.
struct GateChain {
  double delay_ps = 0;
  double switched_ff = 0;  // of one path: the load, and gates and drains of the chain
  double width_um = 0;     // transistors of one path
  double last_ohm = 0;     // resistance of the last stage
};
struct ChainLoad {
  double load_ff = 0;
  double input_ff = 0;
  double effort = 1;     // product of the gates' logical efforts
  double parasitic = 1;  // of the first gate; each further stage adds one
  double branches = 1;   // paths that a stage of the chain drives at once
};
[[nodiscard]] GateChain driveChain(const Transistors &transistors, const ChainLoad &load);

// The row decoder of an array: groups of up to three address bits are predecoded, their lines run along all rows, each
// row joins one line of every group and drives its word line.
struct DecoderShape {
  int rows = 0;
  double row_height_um = 0;
  double word_line_ff = 0;  // whole line, with its cells
  double word_line_ohm = 0;
  int blocksAcross = 1;  // sub-arrays that hang on the same predecoder
  int blocksAlong = 1;   // times the length of the predecode lines
};
struct DecoderCost {
  double predecode_ns = 0;
  double row_ns = 0;  // gates of the row and the far end of its word line
  double predecode_pj = 0;
  double row_pj = 0;
  double predecode_um = 0;  // transistor width
  double row_um = 0;        // transistor width of one row
};
[[nodiscard]] DecoderCost decoderCost(const DecoderShape &shape, const Transistors &transistors, const Wire &wire);

[[nodiscard]] int addressBits(int choices);  // ceil(log2)

}  // namespace pimento
