// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>

#include "core/hardware/nvsim/nvsim_files.h"

namespace pimento {

// Sense model `nvsim`: the memory that a `.cell` and a `.cfg` file describe, priced by the circuit of NVSim 6334d00:
// its roadmaps of transistors, wires, buffers by logical effort, decoders, column circuits and H-tree, written anew.
// For comparison only: its current-sense converter is a constant of the node, so neither TMR nor access resistance has
// an effect on time.
enum class NvsimPart : std::uint8_t {
  Routing,     // H-tree of the bank, from the middle of an edge
  Predecoder,  // of a mat
  RowDecoder,  // of a sub-array, with the word line
  BitLine,     // and cells
  SenseAmplifier,
  MuxDecoder,
  Precharge,  // beside the decoder, never on the path
  Pulse       // time of the write pulse; its energy is the bit line's
};
inline constexpr std::size_t NvsimPartCount = 8;
inline constexpr std::array<const char *, NvsimPartCount> NvsimPartNames{
    "routing", "predecoder", "row decoder", "bit line", "sense amplifier", "mux decoder", "precharge", "write pulse"};

struct NvsimCost {
  double read_ns = 0;
  double write_ns = 0;
  double read_pj = 0;  // of one access to the whole memory
  double write_pj = 0;
  double area_um2 = 0;  // of the whole memory; cells are on the bit lines
  double leakage_w = 0;
};

struct NvsimArray {
  std::array<NvsimCost, NvsimPartCount> parts;
  int rows = 0;
  int columns = 0;
  int mats = 1;
  int subarrays = 1;  // of the whole memory
  double vdd_v = 1;
  double subarray_um2 = 0;
  double mat_um2 = 0;
  double bitLine_ohm = 0;
  double bitLine_ff = 0;
  double wordLine_ohm = 0;
  double wordLine_ff = 0;
  double precharge_ns = 0;  // beside the decoder
  double path_mm = 0;       // of the H-tree, one way

  [[nodiscard]] const NvsimCost &at(NvsimPart part) const { return parts[static_cast<std::size_t>(part)]; }
  [[nodiscard]] NvsimCost total() const;
};

// The memory of a cell, which is brought to the configuration's node first. Throws Error where the cells can not be
// told apart, nothing can drive them, or the circuit does not fit.
[[nodiscard]] NvsimArray nvsimArray(const NvsimCell &cell, const NvsimConfig &config);

}  // namespace pimento
