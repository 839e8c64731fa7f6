// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/simulate/bitwise/row_plan.h"
#include "core/simulate/bitwise/row_trace.h"
#include "core/simulate/bitwise/segment_kernels.h"

namespace pimento {

// One sub-array with its weights. Units stand in blocks of `lanes`, those that meet the same groups together.
struct Subarray {
  int chunk = 0;
  int copy = 0;
  int view = 0;                        // RowPlan::view
  int lanes = Lanes;                   // 1 for a single unit, or units that meet groups of their own
  int weightSegments = 1;              // 1: every segment holds the same weights
  std::vector<Unit> units;             // in whole blocks: the last is filled up with units of kernel -1
  std::vector<std::uint64_t> weights;  // block, segment, plane, word, lane

  [[nodiscard]] std::size_t blockWords(const RowPlan &plan, Bits bits) const {
    return static_cast<std::size_t>(bits.weights) * static_cast<std::size_t>(plan.words()) *
           static_cast<std::size_t>(lanes);
  }
  [[nodiscard]] const std::uint64_t *at(const RowPlan &plan, Bits bits, int block, int segment) const {
    return weights.data() + (static_cast<std::size_t>(block) * static_cast<std::size_t>(weightSegments) +
                             static_cast<std::size_t>(weightSegments == 1 ? 0 : segment)) *
                                blockWords(plan, bits);
  }
  // Bit of plane m in a cell of the unit in `lane` (index into units).
  [[nodiscard]] bool weightBit(const RowPlan &plan, Bits bits, int lane, int segment, int m, int cell) const {
    const std::int64_t word = std::int64_t{m} * plan.words() + cell / 64;
    return (at(plan, bits, lane / lanes, segment)[word * lanes + lane % lanes] >> (cell % 64) & 1U) != 0;
  }
};

// A cell that an amplifier may read wrongly for one pair of rows (AND of operand plane n and weight plane m), or for
// one row (latched: weight plane m). What its weight cell holds is known, so `wrong` is the chance by operand bit.
struct CellFault {
  std::int32_t word = 0;  // of the operand bit (latched: in plane 0) within the group's planes
  std::int32_t segment = 0;
  std::int16_t lane = 0;  // index into Subarray::units
  std::uint8_t bit = 0;   // of the word
  std::uint8_t m = 0;
  std::uint8_t n = 0;
  bool weight = false;  // what the weight cell holds
  bool empty = false;   // a cell past the data: the operand is 0
  std::array<float, 2> wrong{};
};

// What is wrong with a sub-array of one chip, and how it is told.
struct SubarrayErrors {
  std::span<const CellFault> faults;  // by lane, m, n, column
  double writeErrorRate = 0;          // of an operand bit that has to switch
  Random *random = nullptr;           // of this image
};

// Operands of one layer: bits of plane n of a segment, all chunks and groups.
struct OperandPlanes {
  std::vector<std::uint64_t> bits;  // chunk and view, group, segment, plane, word
  [[nodiscard]] const std::uint64_t *group(const RowPlan &plan, Bits b, int chunk, int view, int g) const {
    const int set = plan.operands == Operands::OfChunk ? chunk : chunk * plan.views + view;
    return bits.data() +
           (static_cast<std::size_t>(set) * static_cast<std::size_t>(plan.groups) + static_cast<std::size_t>(g)) *
               groupWords(plan, b);
  }
  [[nodiscard]] static int sets(const RowPlan &plan) {
    return plan.operands == Operands::OfChunk ? plan.chunks : plan.chunks * plan.views;
  }
  [[nodiscard]] static std::size_t groupWords(const RowPlan &plan, Bits b) {
    return static_cast<std::size_t>(plan.segments) * static_cast<std::size_t>(b.activations) *
           static_cast<std::size_t>(plan.words());
  }
};

// Whether the segments of a row share one copy of their weights in memory (they hold the same), or have their own.
enum class SegmentWeights : std::uint8_t { Shared, Own };

[[nodiscard]] Subarray buildSubarray(const RowPlan &plan, const IntegerLayer &layer, Bits bits, int chunk, int copy,
                                     SegmentWeights segments);

// What loading a sub-array writes: rows of weights, and bits in them over all segments.
struct Loaded {
  std::int64_t rows = 0;
  std::int64_t bits = 0;
};
[[nodiscard]] Loaded loadedBy(const RowPlan &plan, Bits bits, const Subarray &subarray);

[[nodiscard]] OperandPlanes operandPlanes(const RowPlan &plan, const IntegerLayer &layer, const Map &map, Bits bits);

// Executes every row operation of one sub-array for one image: writes each group's operand rows, meets them with every
// weight row, counts and adds. sums[(kernel - first kernel) x pixels + output pixel] (Depthwise: output element) are
// added to. `errors` may be null.
void runSubarray(const RowPlan &plan, Bits bits, const Subarray &subarray, const OperandPlanes &operands,
                 std::span<std::int64_t> sums, const SubarrayErrors *errors, RowTrace &trace);

}  // namespace pimento
