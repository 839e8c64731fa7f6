// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

#include "core/hardware/dataflow/form.h"
#include "core/hardware/dataflow/layer_map.h"
#include "core/hardware/dataflow/layer_work.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// Precision must leave a weight row beside the operands: rows >= scratch + A + W, which every valid profile has.
[[nodiscard]] LayerMap mapLayer(const LayerWork &work, const Array &array, const Schedule &schedule, const Chip &chip,
                                Bits bits);

// What the mapping of a layer reads, for its form.
[[nodiscard]] LayerPlace placeOf(const LayerWork &work, const Array &array, const Schedule &schedule, const Chip &chip,
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
