// SPDX-License-Identifier: GPL-3.0-or-later
// The table of dataflows: a row each.
#include "core/hardware/profile/dataflows.h"

#include <array>

#include "core/hardware/dataflow/form.h"

namespace pimento {

constinit const DataflowTraits PatchDataflow{
    .name = "patch", .meaning = "im2col rows beside the weights", .latched = false, .convolution = &PatchForm};
constinit const DataflowTraits TapDataflow{.name = "tap",
                                           .meaning = "a pixel's channels in a row, K² partial sums",
                                           .latched = false,
                                           .convolution = &TapForm};
constinit const DataflowTraits LatchedDataflow{.name = "latched",
                                               .meaning = "weights in the array, operands in column registers",
                                               .latched = true,
                                               .convolution = &PatchForm};

std::span<const Dataflow> dataflows() {
  static constexpr std::array<Dataflow, 3> Table{Dataflow::Patch, Dataflow::Tap, Dataflow::Latched};
  return Table;
}

}  // namespace pimento
