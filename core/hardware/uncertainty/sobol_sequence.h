// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace pimento {

// Sobol's sequence of points in the unit cube (1967) with the direction numbers of Joe and Kuo (2008; their file is in
// resources/sampling), scrambled as Owen does (nested uniform scrambling, 1995): a point is uniform by itself, and the
// first 2^k points of any dimension fall one into each of 2^k equal intervals. A pure function of seed, index and
// dimension, so that threads draw in any order.
class SobolSequence {
 public:
  static constexpr std::size_t MostDimensions = 400;

  // Throws Error for more dimensions than there are direction numbers of.
  SobolSequence(std::size_t dimensions, std::uint64_t seed);

  [[nodiscard]] std::size_t dimensions() const { return m_directions.size(); }

  // The point of an index, a coordinate a dimension, each in (0, 1).
  void point(std::uint32_t index, std::span<double> coordinates) const;

  // The same before it is scrambled, as 32 binary digits: 0 for index 0 (for tests against published values).
  [[nodiscard]] std::uint32_t plain(std::uint32_t index, std::size_t dimension) const;

 private:
  using Directions = std::array<std::uint32_t, 32>;
  std::vector<Directions> m_directions;
  std::uint64_t m_seed;
};

}  // namespace pimento
