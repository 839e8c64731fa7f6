// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/bitwise/subarray_errors.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/array/array.h"

namespace pimento {

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

// A weight row is read once for each LatchedPlanes operand planes; a wrong bit enters the counts of those that have a
// one beside it.
std::int64_t FaultWalk::changeOfReads(std::span<const CellFault> faults) {
  std::int64_t change = 0;
  for (int first = 0; first < m_bits.activations; first += LatchedPlanes) {
    const int end = std::min(m_bits.activations, first + LatchedPlanes);
    std::array<std::int64_t, LatchedPlanes> counts{};
    for (const CellFault &fault : faults) {
      if (!happens(fault.wrong[0])) continue;
      ++m_trace.wrongSenses;
      for (int n = first; n < end; ++n)
        if (operandBit(fault, n)) counts[static_cast<std::size_t>(n - first)] += fault.weight ? -1 : 1;
    }
    for (int n = first; n < end; ++n) {
      const std::int64_t count = counts[static_cast<std::size_t>(n - first)];
      m_trace.wrongCounts += count != 0 ? 1 : 0;
      change += weighted(count, faults[0].m, n);
    }
  }
  return change;
}

}  // namespace pimento
