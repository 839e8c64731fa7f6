// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

namespace pimento {

// How one layer lies in the sub-arrays, and what it makes them do for one image. Counts of one bit pair (one weight
// plane against one activation plane) unless said otherwise. A layer without weights maps to nothing (subarrays = 0).
// placement.h gives the same row by row; these are its sums in closed form. The files of the forms (form.h) say how
// each lies.
//
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

}  // namespace pimento
