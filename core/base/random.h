// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>

namespace pimento {

// Random numbers that are a pure function of (seed, stream, index): trial 7 of layer 3 is the same whichever thread
// draws it, and in every run. xoshiro256++ (Blackman and Vigna, 2019), its state filled by SplitMix64 (Steele, Lea and
// Flood, 2014) from the three numbers, each of which is mixed in by a round of its own.
class Random {
 public:
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0, std::uint64_t index = 0);

  [[nodiscard]] std::uint64_t bits() {
    const std::uint64_t result = rotate(m_state[0] + m_state[3], 23) + m_state[0];
    const std::uint64_t shifted = m_state[1] << 17;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= shifted;
    m_state[3] = rotate(m_state[3], 45);
    return result;
  }

  // In [0, 1), 53 bits.
  [[nodiscard]] double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

  // In [0, bound), every number equally likely; bound > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);

  // A normal number of mean 0 and standard deviation 1 (polar method; the second of a pair is kept).
  [[nodiscard]] double normal();

 private:
  static constexpr std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  std::array<std::uint64_t, 4> m_state;
  double m_spare = 0;
  bool m_hasSpare = false;
};

}  // namespace pimento
