// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

namespace pimento {

// What one layer made its sub-arrays do for one image, added up while it is done; over all bit planes.
struct RowTrace {
  std::int64_t rowOperations = 0;  // rows ANDed: pairs of an operand row and a weight row
  std::int64_t reads = 0;          // weight rows read by themselves (latched dataflow)
  std::int64_t dataColumns = 0;    // columns that hold data of both rows, over the row operations
  std::int64_t shifts = 0;         // counts shifted, each then added: one a segment and row operation
  std::int64_t partials = 0;       // accumulators of one sub-array added to those of another
  std::int64_t padding = 0;        // constants added where a tap falls on padding that is not 0 (tap dataflow)
  std::int64_t operandRows = 0;    // rows written with operands
  std::int64_t operandBits = 0;    // bits in them
  std::int64_t transportBits = 0;  // bits of the map, or of its patches, sent to the mats
  std::int64_t senses = 0;         // results of amplifiers in the segments that hold operands

  // Against the same without errors. A wrong operand or weight bit is one that did not take its new value.
  std::int64_t wrongWrites = 0;  // operand bits
  std::int64_t wrongSenses = 0;  // results of an amplifier, given what the cells hold
  std::int64_t wrongCounts = 0;  // counts of a segment, given what the cells hold

  RowTrace &operator+=(const RowTrace &other);
  bool operator==(const RowTrace &) const = default;
};

}  // namespace pimento
