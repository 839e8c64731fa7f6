// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>

#include "core/hardware/dataflow/layer_map.h"
#include "core/hardware/dataflow/layer_work.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// Everything that the mapping of one layer reads.
struct LayerPlace {
  const LayerWork &work;
  const Schedule &schedule;
  std::int64_t columns;  // of a sub-array
  std::int64_t group;    // columns that are gated together
  std::int64_t room;     // weight rows of a plane in a sub-array
  std::int64_t mat;      // sub-arrays of a mat
};

// A run of columns of an operand row: columns [column, column + columns) hold elements [element, element + columns) of
// the patch of output pixel `pixel` (element = (channel · K + ky) · K + kx as in the weight tensor, padding included; a
// linear layer: its inputs), of `channel`'s patch alone (depthwise: element = ky · K + kx), or, in a form by taps, of
// input pixel `pixel` (element = channel). Pixels are numbered line by line. Elements are in channel order of the
// tensor that the variant reads.
struct Slice {
  std::int64_t column = 0;
  std::int64_t columns = 0;
  std::int64_t element = 0;
  std::int64_t pixel = 0;
  std::int64_t channel = 0;
};

// A weight row meeting an operand row, for one bit pair. It gives one count a slice.
struct Step {
  std::int64_t subarray = 0;
  std::int64_t group = 0;      // operand row, in the order they are written
  std::int64_t weightRow = 0;  // among the weight rows of one plane in this sub-array
  std::int64_t kernel = 0;     // output channel; depthwise: 0, the slice names it
  std::int64_t tap = 0;        // ky · K + kx in a form by taps, else 0
};

// Where every bit of one layer lies and which row operations are executed, in order: what the closed form counts.
// Sub-array = chunk · copies + copy, filled mat by mat in this order; chunk c holds columns of elements [c · columns,
// …) unless the form says otherwise.
class FormRows {
 public:
  virtual ~FormRows() = default;
  [[nodiscard]] virtual std::int64_t groups(std::int64_t subarray) const = 0;  // operand rows that it is given
  [[nodiscard]] virtual std::vector<Slice> operandRow(std::int64_t subarray, std::int64_t group) const = 0;
  [[nodiscard]] virtual std::vector<Step> steps(std::int64_t subarray, std::int64_t group) const = 0;
  // Output pixel that a count belongs to; -1: dropped.
  [[nodiscard]] virtual std::int64_t result(const Slice &slice, const Step &) const { return slice.pixel; }
  // Index into the kernel's flattened weights of the weight that meets the i-th column of a slice.
  [[nodiscard]] virtual std::int64_t weight(const Slice &slice, const Step &, std::int64_t i) const {
    return slice.element + i;
  }
};

// Whose operands the sub-arrays of a layer are given: all the same, those of their chunk (which then is a group of
// whole channels), or those of their copy.
enum class Operands : std::uint8_t { Shared, OfChunk, OfCopy };

// How a layer's data lie in the rows: the closed form of what that makes the sub-arrays do, and the same row by row. A
// file each; placement_test.cpp holds the two against each other.
struct Form {
  bool taps;  // operands are input pixels, which a kernel's taps meet one by one; else patches of output pixels
  Operands operands;
  std::int64_t (*width)(const LayerWork &work, std::int64_t columns, Packing packing);  // from one slice to the next
  LayerMap (*map)(const LayerPlace &place);
  // `map` is what `map(place)` gave. The rows keep what they need of the place: it need not outlive the call.
  std::unique_ptr<FormRows> (*rows)(const LayerPlace &place, const LayerMap &map);
};

extern const Form PatchForm;          // form_patch.cpp
extern const Form TapForm;            // form_tap.cpp
extern const Form DepthwiseForm;      // form_depthwise.cpp
extern const Form WideDepthwiseForm;  // form_wide_depthwise.cpp: a depthwise kernel that is wider than a row

// A depthwise layer is never made dense, and a linear one has one patch, in every dataflow.
[[nodiscard]] inline const Form &formOf(const LayerWork &work, std::int64_t columns, Dataflow dataflow) {
  if (work.op == Op::Depthwise) return work.patch > columns ? WideDepthwiseForm : DepthwiseForm;
  return work.op == Op::Conv ? *dataflow->convolution : PatchForm;
}

}  // namespace pimento
