// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/subarray_errors.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/array.h"

namespace pimento {

namespace {

bool happens(double chance, Random &random) { return chance >= 1 || (chance > 0 && random.uniform() < chance); }

// Two's complement: the top weight plane counts negatively.
std::int64_t weighted(std::int64_t count, int m, int n, Bits bits) {
  const std::int64_t shifted = count * (std::int64_t{1} << (m + n));
  return m == bits.weights - 1 ? -shifted : shifted;
}

}  // namespace

std::int64_t writeWithErrors(const WrittenCells &cells, const std::uint64_t *rows, std::vector<std::uint64_t> &stored,
                             double rate, Random &random) {
  struct Kept {
    std::size_t word;
    std::uint64_t mask;
    std::uint64_t old;
  };
  std::vector<Kept> kept;
  const std::int64_t all = std::int64_t{cells.planes} * cells.segments * cells.cells;
  // From one failing cell to the next: a geometric number of cells.
  const double scale = rate < 1 ? 1 / std::log1p(-rate) : 0;
  const auto skipped = [&] {
    const double skip = std::floor(std::log1p(-random.uniform()) * scale);
    return skip < static_cast<double>(all) ? static_cast<std::int64_t>(skip) : all;
  };
  for (std::int64_t i = skipped(); i < all; i += 1 + skipped()) {
    const std::int64_t cell = i % cells.cells;
    const std::size_t word = static_cast<std::size_t>(i / cells.cells * cells.words + cell / 64);
    const std::uint64_t mask = std::uint64_t{1} << (cell % 64);
    kept.push_back({word, mask, stored[word] & mask});
  }
  std::copy_n(rows, stored.size(), stored.begin());
  std::int64_t wrong = 0;
  for (const Kept &k : kept) {
    wrong += (stored[k.word] & k.mask) != k.old ? 1 : 0;
    stored[k.word] = (stored[k.word] & ~k.mask) | k.old;
  }
  return wrong;
}

bool FaultWalk::operandBit(const CellFault &fault, int n) const {
  if (fault.cell >= m_cells) return false;
  const std::int64_t word = (std::int64_t{fault.segment} * m_bits.activations + n) * m_plan.words() + fault.cell / 64;
  return (m_rows[word] >> (fault.cell % 64) & 1U) != 0;
}

bool FaultWalk::weightBit(const CellFault &fault) const {
  if (fault.cell >= m_cells) return false;
  const int block = fault.lane / m_subarray.lanes;
  const std::uint64_t *weights = m_subarray.at(m_plan, m_bits, block, fault.segment);
  const std::int64_t word = std::int64_t{fault.m} * m_plan.words() + fault.cell / 64;
  return (weights[word * m_subarray.lanes + fault.lane % m_subarray.lanes] >> (fault.cell % 64) & 1U) != 0;
}

std::int64_t FaultWalk::change(std::span<const CellFault> faults, Random &random, RowTrace &trace) const {
  return m_plan.latched ? changeOfReads(faults, random, trace) : changeOfAnds(faults, random, trace);
}

// One count; its wrong bits may cancel.
std::int64_t FaultWalk::changeOfAnds(std::span<const CellFault> faults, Random &random, RowTrace &trace) const {
  std::int64_t count = 0;
  for (const CellFault &fault : faults) {
    const bool operand = operandBit(fault, fault.n);
    const bool weight = weightBit(fault);
    if (!happens(fault.wrong[(operand ? 1U : 0U) + (weight ? 2U : 0U)], random)) continue;
    ++trace.wrongSenses;
    count += operand && weight ? -1 : 1;
  }
  trace.wrongCounts += count != 0 ? 1 : 0;
  return weighted(count, faults[0].m, faults[0].n, m_bits);
}

// A weight row is read once for each LatchedPlanes operand planes; a wrong bit enters the counts of those that have a
// one beside it.
std::int64_t FaultWalk::changeOfReads(std::span<const CellFault> faults, Random &random, RowTrace &trace) const {
  std::int64_t change = 0;
  for (int first = 0; first < m_bits.activations; first += LatchedPlanes) {
    const int end = std::min(m_bits.activations, first + LatchedPlanes);
    std::array<std::int64_t, LatchedPlanes> counts{};
    for (const CellFault &fault : faults) {
      const bool weight = weightBit(fault);
      if (!happens(fault.wrong[weight ? 1 : 0], random)) continue;
      ++trace.wrongSenses;
      for (int n = first; n < end; ++n)
        if (operandBit(fault, n)) counts[static_cast<std::size_t>(n - first)] += weight ? -1 : 1;
    }
    for (int n = first; n < end; ++n) {
      const std::int64_t count = counts[static_cast<std::size_t>(n - first)];
      trace.wrongCounts += count != 0 ? 1 : 0;
      change += weighted(count, faults[0].m, n, m_bits);
    }
  }
  return change;
}

}  // namespace pimento
