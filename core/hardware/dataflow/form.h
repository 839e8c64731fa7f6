// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/dataflow/layer_work.h"
#include "core/hardware/profile/dataflows.h"

namespace pimento {

// How a layer's data lie in the rows; mapping.h and placement.h say what each means. WideDepthwise: a depthwise kernel
// that is wider than a row.
enum class Form : std::uint8_t { Patch, Tap, Depthwise, WideDepthwise };

[[nodiscard]] inline Form formOf(const LayerWork &work, std::int64_t columns, Dataflow dataflow) {
  if (work.op == Op::Depthwise) return work.patch > columns ? Form::WideDepthwise : Form::Depthwise;
  return work.op == Op::Conv && traits(dataflow).taps ? Form::Tap : Form::Patch;
}

// Elements that a segment of a row is laid out for.
[[nodiscard]] inline std::int64_t layoutOf(const LayerWork &work, Form form) {
  return form == Form::Tap ? work.layoutPatch / work.kernelArea : work.layoutPatch;
}

}  // namespace pimento
