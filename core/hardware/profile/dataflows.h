// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>

#include "core/hardware/profile/accelerator.h"

namespace pimento {

// A PIM dataflow in the terms that the model knows: how a convolution lies in the rows, and where its operands stand.
// Whatever depends on the dataflow asks for one of these; mapping, placement and row plan follow from them.
struct DataflowTraits {
  const char *name;
  // Tap by tap: a row holds channels of pixels, each written once, and K² weight rows give partial sums. Else patch by
  // patch (im2col).
  bool taps;
  // Operand planes stand in column registers: they take no rows of the array and are never written there, and a weight
  // row is read once for LatchedPlanes of them. Else operand and weight row are sensed together.
  bool latched;
};

inline constexpr std::array<DataflowTraits, 3> Dataflows{{
    {"patch", false, false},
    {"tap", true, false},
    {"latched", false, true},
}};

[[nodiscard]] constexpr const DataflowTraits &traits(Dataflow dataflow) {
  return Dataflows[static_cast<std::size_t>(dataflow)];
}

}  // namespace pimento
