// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>

#include "core/hardware/nvsim/nvsim_files.h"

namespace pimento {

// Sense model `nvsim`: the memory that a `.cell` and a `.cfg` file describe, priced by the same kind of circuit as
// NVSim 6334d00 assumes but with this program's own wires, transistors and decoders (wire.h, transistor.h, decoder.h).
// For comparison only: its current-sense converter is a constant, so neither TMR nor access resistance has an effect.
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

// The cell at another node: resistance-area product kept, write current with the feature size (as NVSim does).
[[nodiscard]] NvsimCell atNode(NvsimCell cell, double node_nm);

// Energy of writing one cell, the mean of set and reset, at the node of the cell; without the bit line.
[[nodiscard]] double nvsimWrite_pj(const NvsimCell &cell);

// Throws Error where a cell can not be sensed (voltage sensing only).
[[nodiscard]] NvsimArray nvsimArray(const NvsimCell &cell, const NvsimConfig &config);

// NVSim's own constants (current-sense converter), at 45 nm and 1 V.
inline constexpr double NvsimConverter_ns = 0.80;
inline constexpr double NvsimConverter_fj = 102.6;
inline constexpr double NvsimConverter_f2 = 50'000;

}  // namespace pimento
