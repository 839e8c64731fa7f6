// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/simulate/bitwise/subarray.h"

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

// Decides the faults of one group as the amplifiers would, and counts what is wrong.
class FaultWalk {
 public:
  // `rows`: the operand planes of the group as they are stored; `filled`: segments that hold something.
  FaultWalk(const RowPlan &plan, Bits bits, const std::uint64_t *rows, int filled, Random &random, RowTrace &trace)
      : m_bits(bits),
        m_words(plan.words()),
        m_latched(plan.latched),
        m_rows(rows),
        m_filled(filled),
        m_random(random),
        m_trace(trace) {}

  // The faults of one unit. Calls changed(segment, change of the accumulator) for each count that comes out wrong.
  template <class Changed>
  void run(std::span<const CellFault> faults, Changed changed) {
    for (std::size_t i = 0; i < faults.size();) {
      std::size_t end = i + 1;  // past those of the same counts: one row operation or read, one segment
      while (end < faults.size() && sameCounts(faults[i], faults[end])) ++end;
      if (faults[i].segment < m_filled) {
        const std::span<const CellFault> same = faults.subspan(i, end - i);
        const std::int64_t change = m_latched ? changeOfReads(same) : changeOfAnds(same);
        if (change != 0) changed(faults[i].segment, change);
      }
      i = end;
    }
  }

 private:
  static bool sameCounts(const CellFault &a, const CellFault &b) {
    return a.m == b.m && a.n == b.n && a.segment == b.segment;
  }
  [[nodiscard]] bool operandBit(const CellFault &fault, int plane) const {
    return !fault.empty && (m_rows[fault.word + plane * m_words] >> fault.bit & 1U) != 0;
  }
  [[nodiscard]] bool happens(float chance) {
    return chance > 0 && (chance >= 1 || m_random.uniform() < static_cast<double>(chance));
  }

  // What the wrong bits of one count of ANDs change of it; they may cancel.
  [[nodiscard]] std::int64_t changeOfAnds(std::span<const CellFault> faults) {
    std::int64_t count = 0;
    for (const CellFault &fault : faults) {
      const bool operand = operandBit(fault, 0);
      if (!happens(fault.wrong[operand ? 1 : 0])) continue;
      ++m_trace.wrongSenses;
      count += operand && fault.weight ? -1 : 1;
    }
    if (count == 0) return 0;
    ++m_trace.wrongCounts;
    return weighted(count, faults[0].m, faults[0].n);
  }

  [[nodiscard]] std::int64_t changeOfReads(std::span<const CellFault> faults);

  // Two's complement: the top weight plane counts negatively.
  [[nodiscard]] std::int64_t weighted(std::int64_t count, int m, int n) const {
    const std::int64_t shifted = count * (std::int64_t{1} << (m + n));
    return m == m_bits.weights - 1 ? -shifted : shifted;
  }

  Bits m_bits;
  int m_words;
  bool m_latched;
  const std::uint64_t *m_rows;
  int m_filled;
  Random &m_random;
  RowTrace &m_trace;
};

}  // namespace pimento
