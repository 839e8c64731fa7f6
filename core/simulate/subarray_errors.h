// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/simulate/subarray.h"

namespace pimento {

// The operand cells of one group: planes x segments x cells, words a plane of a segment.
struct WrittenCells {
  int planes = 0;
  int segments = 0;
  int cells = 0;
  int words = 0;
};

// Writes `rows` over what is stored; a bit that has to switch stays as it is with the given chance. Returns how many.
std::int64_t writeWithErrors(const WrittenCells &cells, const std::uint64_t *rows, std::vector<std::uint64_t> &stored,
                             double rate, Random &random);

// Whether two faults change the same counts: those of one row operation (latched: of one read) in one segment.
[[nodiscard]] inline bool sameCounts(const CellFault &a, const CellFault &b) {
  return a.lane == b.lane && a.m == b.m && a.n == b.n && a.segment == b.segment;
}

// Decides the faults of one group as the amplifiers would.
class FaultWalk {
 public:
  // `rows`: the operand planes of the group as they are stored.
  FaultWalk(const RowPlan &plan, Bits bits, const Subarray &subarray, const std::uint64_t *rows, int cells)
      : m_plan(plan), m_bits(bits), m_subarray(subarray), m_rows(rows), m_cells(cells) {}

  // By how much faults of the same counts change the accumulator.
  [[nodiscard]] std::int64_t change(std::span<const CellFault> faults, Random &random, RowTrace &trace) const;

 private:
  [[nodiscard]] bool operandBit(const CellFault &fault, int n) const;
  [[nodiscard]] bool weightBit(const CellFault &fault) const;
  [[nodiscard]] std::int64_t changeOfAnds(std::span<const CellFault> faults, Random &random, RowTrace &trace) const;
  [[nodiscard]] std::int64_t changeOfReads(std::span<const CellFault> faults, Random &random, RowTrace &trace) const;

  const RowPlan &m_plan;
  Bits m_bits;
  const Subarray &m_subarray;
  const std::uint64_t *m_rows;
  int m_cells;
};

}  // namespace pimento
