// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/hardware/dataflow/form.h"
#include "core/hardware/dataflow/layer_work.h"
#include "core/hardware/profile/accelerator.h"
#include "core/simulate/integers/integer_program.h"

namespace pimento {

// A weight row of each plane: a kernel, or one of its taps.
struct Unit {
  int kernel = 0;
  int tap = 0;  // tap dataflow
  int row = 0;  // among those of its sub-array
};

// Where a layer's bits lie, as tables: what Placement gives row by row, for one that walks over them again and again.
// A group is what lies in the operand rows at one time; a segment of a row makes one count; cell i of segment s stands
// in column s x width + i; chunk c holds the cells from c x columns on. Rows from the top: operand planes (none if
// latched), then the weight planes of one unit after another.
struct RowPlan {
  bool taps = false;                     // as in Form
  Operands operands = Operands::Shared;  // as in Form
  bool latched = false;
  int columns = 0;
  int width = 0;           // columns from one segment to the next
  std::int64_t cells = 0;  // of data in a segment, over all chunks
  int segments = 1;
  int chunks = 1;
  int copies = 1;
  int views = 1;                      // different operands: one, or one a chunk (Depthwise) or copy (WideDepthwise)
  int groups = 0;                     // of a view, at most
  int pixels = 0;                     // of the output map
  std::vector<std::int32_t> origins;  // view, group, segment: pixel; depthwise: channel x pixels + pixel. -1: nothing
  std::vector<std::int32_t> targets;  // view (Tap: tap), group, segment: output pixel (Depthwise: element). -1: dropped
  std::vector<std::uint8_t> meets;    // Tap: tap, group
  std::vector<std::vector<Unit>> units;  // of a copy
  std::int64_t sentElements = 0;         // of the map, or of its patches, to the mats

  [[nodiscard]] int words() const { return static_cast<int>((std::min<std::int64_t>(cells, columns) + 63) / 64); }
  [[nodiscard]] bool depthwise() const { return operands != Operands::Shared; }
  // Cells of a chunk: a whole channel where chunks are groups of channels.
  [[nodiscard]] std::int64_t chunkCells(int chunk) const {
    return operands == Operands::OfChunk ? cells : std::min<std::int64_t>(columns, cells - firstCell(chunk));
  }
  [[nodiscard]] std::int64_t firstCell(int chunk) const {
    return operands == Operands::OfChunk ? 0 : std::int64_t{chunk} * columns;
  }
  [[nodiscard]] int firstWeightRow(Bits bits) const { return latched ? 0 : bits.activations; }
  [[nodiscard]] int view(int chunk, int copy) const {
    return operands == Operands::OfChunk ? chunk : operands == Operands::OfCopy ? copy : 0;
  }
  [[nodiscard]] const std::int32_t *originsOf(int of, int group) const {
    return origins.data() + (std::int64_t{of} * groups + group) * segments;
  }
  [[nodiscard]] const std::int32_t *targetsOf(int of, const Unit &unit, int group) const {
    return targets.data() + (std::int64_t{taps ? unit.tap : of} * groups + group) * segments;
  }
  [[nodiscard]] bool unitMeets(const Unit &unit, int group) const {
    if (operands == Operands::OfCopy) return group / pixels == unit.row;
    return !taps || meets[static_cast<std::size_t>(unit.tap) * static_cast<std::size_t>(groups) +
                          static_cast<std::size_t>(group)] != 0;
  }
};

[[nodiscard]] RowPlan planRows(const IntegerLayer &layer, const LayerWork &work, const Accelerator &accelerator,
                               Bits bits);

}  // namespace pimento
