// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>

#include "core/base/row_of.h"

namespace pimento {

struct Form;

// A PIM dataflow in the terms that the model knows: how a convolution lies in the rows, and where its operands stand.
// Whatever depends on the dataflow asks for these; mapping, placement, row plan, sensing and costs follow from them. A
// dataflow is its row in core/hardware/dataflow/dataflows.cpp; a new way to lie in the rows is a Form, in a file there.
struct DataflowTraits {
  const char *name;     // "patch": as profiles say it
  const char *meaning;  // for the help of dataflow, behind the name
  // Operand planes stand in column registers: they take no rows of the array and are never written there, and a weight
  // row is read once for LatchedPlanes of them. Else operand and weight row are sensed together.
  bool latched;
  const Form *convolution;  // core/hardware/dataflow/form.h
};

// The dataflow of a schedule, as a value.
class Dataflow : public RowOf<DataflowTraits> {
 public:
  using RowOf::RowOf;
  static const Dataflow Patch;    // im2col: patches beside the weights (the papers' way)
  static const Dataflow Tap;      // tap by tap: a row holds channels of pixels, K² weight rows give partial sums
  static const Dataflow Latched;  // as patch, with the operands in registers
};

extern const DataflowTraits PatchDataflow;
extern const DataflowTraits TapDataflow;
extern const DataflowTraits LatchedDataflow;
inline constexpr Dataflow Dataflow::Patch{PatchDataflow};
inline constexpr Dataflow Dataflow::Tap{TapDataflow};
inline constexpr Dataflow Dataflow::Latched{LatchedDataflow};

// Those that profiles can name.
[[nodiscard]] std::span<const Dataflow> dataflows();

[[nodiscard]] inline const DataflowTraits &traits(Dataflow dataflow) { return *dataflow; }

}  // namespace pimento
