// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/dataflow/mapping.h"

namespace pimento {

// Where every bit of a layer lies and which row operations are executed, in order: what LayerMap counts in closed
// form, one replica, one bit pair. Precision: operand row g is written with each of A planes, and each step is done for
// each of W x A bit pairs (latched: W x ceil(A / LatchedPlanes) reads, W x A ANDs). The layer's form says the rest.
// Only for layers with weights.
class Placement {
 public:
  Placement(const LayerWork &work, const Array &array, const Schedule &schedule, const Chip &chip, Bits bits);

  [[nodiscard]] const LayerMap &map() const { return m_map; }
  [[nodiscard]] std::int64_t groups(std::int64_t subarray) const { return m_rows->groups(subarray); }
  [[nodiscard]] std::vector<Slice> operandRow(std::int64_t subarray, std::int64_t group) const {
    return m_rows->operandRow(subarray, group);
  }

  // The steps of an operand row, as it stands in `subarray`.
  [[nodiscard]] std::vector<Step> steps(std::int64_t subarray, std::int64_t group) const {
    return m_rows->steps(subarray, group);
  }

  // Output pixel that a count belongs to; -1: dropped (a tap at the border).
  [[nodiscard]] std::int64_t result(const Slice &slice, const Step &step) const { return m_rows->result(slice, step); }

  // Index into the kernel's flattened weights of the weight that meets the i-th column of a slice. The weight tensor is
  // (outChannels, patch); a depthwise slice reads the kernel of its own channel.
  [[nodiscard]] std::int64_t weight(const Slice &slice, const Step &step, std::int64_t i) const {
    return m_rows->weight(slice, step, i);
  }

 private:
  LayerMap m_map;
  std::unique_ptr<FormRows> m_rows;  // none of a layer without weights
};

}  // namespace pimento
