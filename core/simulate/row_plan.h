// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "core/hardware/accelerator.h"
#include "core/hardware/layer_work.h"
#include "core/simulate/integer_program.h"

namespace pimento {

// Which cell of which sub-array holds what, for one layer with weights. Names as in LayerMap: a unit is a weight row of
// each plane (a kernel, or one tap of one); a group is what lies in the operand rows at one time; a segment of a row
// makes one count. Cell i of segment s stands in column s x width + i; chunk c holds the cells from c x columns on.
//
//   Patch       unit = kernel; segment = an output pixel's patch
//   Tap         unit = kernel x taps + tap; segment = the channels of an input pixel; its count goes to another output
//               pixel for every tap, or nowhere
//   Depthwise   one unit; segment = a channel of an output pixel; chunks are groups of channels, each with all columns
//
// Sub-array (chunk, copy) holds the units copy x unitRows … of its chunk. Rows from the top: operand planes (none if
// latched), then the planes of one unit after another.
struct RowPlan {
  enum class Kind : std::uint8_t { Patch, Tap, Depthwise };
  Kind kind = Kind::Patch;
  bool latched = false;
  int width = 0;           // columns from one segment to the next
  std::int64_t cells = 0;  // of data in a segment, over all chunks
  int segments = 1;
  int chunks = 1;
  int copies = 1;
  int mats = 1;  // that hold copies
  int units = 0;
  int unitRows = 0;
  int classes = 1;  // taps; a unit's class is unit % classes
  int groups = 0;
  int channels = 0;  // Depthwise: in all, and side by side in a row
  int rowChannels = 1;
  int columns = 0;
  std::vector<std::int32_t> origins;  // view, group, segment: what a segment holds; -1: nothing
  std::vector<std::int32_t> targets;  // view, group, segment: output pixel that a count is for; -1: none
  std::vector<std::uint8_t> meets;    // class, group: whether units of the class meet the group

  [[nodiscard]] int words() const { return static_cast<int>((std::min<std::int64_t>(cells, columns) + 63) / 64); }
  [[nodiscard]] std::int64_t chunkCells(int chunk) const {
    return kind == Kind::Depthwise ? cells : std::min<std::int64_t>(columns, cells - std::int64_t{chunk} * columns);
  }
  [[nodiscard]] int firstWeightRow(Bits bits) const { return latched ? 0 : bits.activations; }
  [[nodiscard]] int kernelOf(int unit) const { return unit / classes; }

  // Depthwise: the channel of a segment, or -1 in the last chunk's rest.
  [[nodiscard]] int channelOf(int chunk, int segment) const {
    const int channel = chunk * rowChannels + segment % rowChannels;
    return channel < channels ? channel : -1;
  }

  // The segments of a group: as Patch sees them, as each class (Tap) or as each chunk (Depthwise) does.
  [[nodiscard]] const std::int32_t *originsOf(int chunk, int group) const {
    const int view = kind == Kind::Depthwise ? chunk : 0;
    return origins.data() + (std::int64_t{view} * groups + group) * segments;
  }
  [[nodiscard]] const std::int32_t *targetsOf(int chunk, int unit, int group) const {
    const int view = kind == Kind::Depthwise ? chunk : unit % classes;
    return targets.data() + (std::int64_t{view} * groups + group) * segments;
  }
  [[nodiscard]] bool unitMeets(int unit, int group) const {
    return meets[static_cast<std::size_t>(unit % classes) * static_cast<std::size_t>(groups) +
                 static_cast<std::size_t>(group)] != 0;
  }
};

// The layout that mapLayer() counts. Throws Error for what can not be laid out: weights that do not fit into the rows,
// a depthwise kernel wider than a row.
[[nodiscard]] RowPlan planRows(const IntegerLayer &layer, const LayerWork &work, const Accelerator &accelerator,
                               Bits bits, const QString &place);

// The weights of a unit (of a depthwise layer: of a channel), all chunks, as two's complement.
void fillWeights(const RowPlan &plan, const IntegerLayer &layer, int unit, std::uint16_t *values);

}  // namespace pimento
