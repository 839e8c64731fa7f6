// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/dataflow/form.h"

namespace pimento {

// Counts that several forms share.

// How the data of one patch or pixel lie in a row: segments of equal width, or chunks in several sub-arrays.
struct Segments {
  std::int64_t data = 0;
  std::int64_t width = 0;
  std::int64_t perRow = 1;
  std::int64_t chunks = 1;
};

[[nodiscard]] Segments segmentsOf(const LayerPlace &place, std::int64_t data, std::int64_t layout,
                                  std::int64_t patches);

// Columns switched on by one row operation (over its chunks) on a row of `filled` segments; and on all rows of so many
// patches.
[[nodiscard]] double rowOn(const LayerPlace &place, const Segments &segments, std::int64_t filled);
[[nodiscard]] double rowsOn(const LayerPlace &place, const Segments &segments, std::int64_t patches);

// Bits of operands inside the mats and over the H-tree, from the operand bits that `map` has. Expansion at the mats:
// the map travels, to each mat the channels that it needs, pixels that no kernel meets left out. Expansion at the bank:
// patches (by taps: pixels) travel, with their padding. `data` elements a patch, `perChannel` of them a channel.
void addTransport(LayerMap &map, const LayerPlace &place, std::int64_t data, std::int64_t perChannel,
                  std::int64_t usedPixels);

// Pixels along one side that some kernel position covers, and those of the largest phase among them.
struct Used {
  std::int64_t all = 0;
  std::int64_t largest = 0;
};

[[nodiscard]] Used usedSide(const LayerWork &work, int inSize, int outSize);

// Pixels of the map: all, but for those that large strides jump over or never reach.
[[nodiscard]] std::int64_t usedPixels(const LayerWork &work);

}  // namespace pimento
