// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "core/hardware/dataflow/form.h"
#include "core/hardware/dataflow/mapping.h"
#include "core/hardware/dataflow/phase.h"

namespace pimento {

// A run of columns of an operand row: columns [column, column + columns) hold elements [element, element + columns) of
//   patch, latched  the patch of output pixel `pixel`; element = (channel · K + ky) · K + kx as in the weight tensor,
//                   padding included; a linear layer: its inputs
//   tap             input pixel `pixel`; element = channel
//   depthwise       channel `channel`'s patch of output pixel `pixel`; element = ky · K + kx
// Pixels are numbered line by line. Elements are in channel order of the tensor that the variant reads.
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
  std::int64_t tap = 0;        // ky · K + kx with tap dataflow, else 0
};

// Where every bit of a layer lies and which row operations are executed, in order: what LayerMap counts in closed
// form, one replica, one bit pair. Precision: operand row g is written with each of A planes, and each step is done for
// each of W x A bit pairs (latched: W x ceil(A / LatchedPlanes) reads, W x A ANDs).
//
// Sub-array = chunk · copies + copy, filled mat by mat in this order; chunk c holds columns of elements [c · columns,
// …).
//   patch, latched  copy holds kernels [copy · n, …), n = unitRows
//   tap             copy = block · parts + part: kernels of a block, taps [part · t, …), t = ceil(K² / parts). Padding
//                   is not stored: with a zero point z, an output at the border must be given z · Σ w of the taps that
//                   fall outside by the DPU (nothing where z = 0).
//   depthwise       a chunk is a group of floor(columns / K²) channels; wide kernels (K² > columns) as patch, but an
//                   operand row is of one channel and meets that channel's weight row alone
class Placement {
 public:
  Placement(const LayerWork &work, const Array &array, const Schedule &schedule, const Chip &chip, Bits bits);

  [[nodiscard]] const LayerMap &map() const { return m_map; }
  [[nodiscard]] std::int64_t groups(std::int64_t subarray) const;  // operand rows that it is given
  [[nodiscard]] std::vector<Slice> operandRow(std::int64_t subarray, std::int64_t group) const;

  // The steps of an operand row, as it stands in `subarray`.
  [[nodiscard]] std::vector<Step> steps(std::int64_t subarray, std::int64_t group) const;

  // Output pixel that a count belongs to; -1: dropped (tap at the border).
  [[nodiscard]] std::int64_t result(const Slice &slice, const Step &step) const;

  // Index into the kernel's flattened weights of the weight that meets the i-th column of a slice. The weight tensor is
  // (outChannels, patch); a depthwise slice reads the kernel of its own channel.
  [[nodiscard]] std::int64_t weight(const Slice &slice, const Step &step, std::int64_t i) const;

 private:
  [[nodiscard]] std::int64_t chunkOf(std::int64_t subarray) const { return subarray / m_map.copies; }
  [[nodiscard]] std::int64_t copyOf(std::int64_t subarray) const { return subarray % m_map.copies; }
  [[nodiscard]] std::vector<Slice> segments(std::int64_t subarray, std::int64_t first, std::int64_t end,
                                            std::int64_t data) const;
  [[nodiscard]] std::vector<Slice> depthwiseRow(std::int64_t chunk, std::int64_t group) const;
  void addPixels();

  LayerWork m_work;
  std::int64_t m_columns = 0;
  std::int64_t m_width = 0;  // of a segment
  Form m_form = Form::Patch;
  LayerMap m_map;
  std::vector<std::int64_t> m_pixels;    // tap: input pixels, phase after phase
  std::vector<std::int64_t> m_rowBegin;  // tap: first of each operand row, and the end
};

}  // namespace pimento
