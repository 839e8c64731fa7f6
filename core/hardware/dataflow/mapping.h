// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

#include "core/hardware/dataflow/layer_work.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// How one layer lies in the sub-arrays, and what it makes them do for one image. Counts of one bit pair (one weight
// plane against one activation plane) unless said otherwise. A layer without weights maps to nothing (subarrays = 0).
// placement.h gives the same row by row; these are its sums in closed form.
//
//   patch    im2col: `segments` patches share a row, or a patch takes `chunks` rows in as many sub-arrays. A group is
//            what lies in the rows at one time. Each kernel meets each group once. Padding inside a patch is written
//            (it holds the zero point).
//   tap      a row holds the channels of pixels of the input map; padding is not stored. With stride s the pixels
//            stand in rows by phase (row mod s, column mod s), each phase beginning a row of its own; pixels that no
//            tap needs are left out. A kernel's K² taps are weight rows of one sub-array where they fit, else of
//            `parts`. A tap meets the rows of its phase that hold at least one pixel it gives a result for; counts of
//            other pixels are dropped, neither shifted nor added.
//   latched  as patch, but the operand planes stand in column registers: a weight row is read once for all planes.
//
// A depthwise layer takes floor(columns / K²) channels to a row in every dataflow, with own weights and own counts; it
// is never made dense. Several pixels share a row where all channels of one leave room (not with packing = none). A
// kernel wider than a row takes `chunks` rows, and meets the rows of its own channel only.
// Fully connected layers have one patch: other segments of its row stay empty.
// Kernels that do not fit beside the operands go to further `copies`, which get the operands too.
struct LayerMap {
  std::int64_t groups = 0;    // operand rows of the busiest sub-array, one after another
  std::int64_t segments = 1;  // results of one count, at most
  std::int64_t chunks = 1;
  std::int64_t parts = 1;  // tap: sub-arrays that the taps of one kernel lie in
  std::int64_t copies = 1;
  std::int64_t unitRows = 0;       // weight rows of the busiest sub-array (kernels, or kernel taps)
  std::int64_t steps = 0;          // row operations of the busiest sub-array
  std::int64_t subarrays = 0;      // one replica: chunks x copies
  std::int64_t rowPairs = 0;       // row operations
  double activeColumns = 0;        // columns whose data count in a result, over all row operations
  double gatedColumns = 0;         // columns of the groups that hold data, over all row operations (column_gating)
  std::int64_t results = 0;        // counts to shift and add
  std::int64_t operandRows = 0;    // rows written, a plane
  std::int64_t operandBits = 0;    // bits written, a plane
  std::int64_t transportBits = 0;  // bits over the H-tree to the mats, a plane
  std::int64_t matBits = 0;        // bits inside the mats, a plane
  std::int64_t partials = 0;       // partial sums that travel between sub-arrays of a mat, whole words
  std::int64_t weightRows = 0;     // rows that hold weights, a plane, one replica
  std::int64_t weightBits = 0;     // bits in them: weights repeated over the segments
  [[nodiscard]] double utilisation(int columns) const {
    return rowPairs == 0 ? 0 : activeColumns / (static_cast<double>(rowPairs) * columns);
  }
};

// Precision must leave a weight row beside the operands: rows >= scratch + A + W, which every valid profile has.
[[nodiscard]] LayerMap mapLayer(const LayerWork &work, const Array &array, const Schedule &schedule, const Chip &chip,
                                Bits bits);

// Width of the segment that a patch takes in a row: its own, the next power of two, or the whole row.
[[nodiscard]] std::int64_t segmentWidth(std::int64_t patch, std::int64_t columns, Packing packing);

// Weight rows of one plane that a sub-array has room for beside scratch rows and operands.
[[nodiscard]] std::int64_t weightRoom(const Array &array, const Schedule &schedule, Bits bits);

// Columns of the gating groups that the first `segments` segments touch, `width` apart with `data` columns each.
[[nodiscard]] std::int64_t switchedOn(std::int64_t segments, std::int64_t width, std::int64_t data, std::int64_t group,
                                      std::int64_t columns);

[[nodiscard]] constexpr int accumulatorBits(Bits bits) { return bits.weights > 8 || bits.activations > 8 ? 48 : 32; }

}  // namespace pimento
