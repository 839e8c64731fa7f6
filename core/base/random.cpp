// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <cmath>

namespace pimento {

namespace {

std::uint64_t splitMix(std::uint64_t &state) {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) {
  std::uint64_t state = seed;
  state = splitMix(state) ^ stream;
  state = splitMix(state) ^ index;
  for (std::uint64_t &word : m_state) word = splitMix(state);
}

std::uint64_t Random::below(std::uint64_t bound) {
  const std::uint64_t uneven = -bound % bound;  // this many values at the low end would make some numbers likelier
  while (true) {
    const std::uint64_t value = bits();
    if (value >= uneven) return value % bound;
  }
}

double Random::normal() {
  if (m_hasSpare) {
    m_hasSpare = false;
    return m_spare;
  }
  while (true) {
    const double u = 2 * uniform() - 1;
    const double v = 2 * uniform() - 1;
    const double s = u * u + v * v;
    if (s >= 1 || s == 0) continue;
    const double scale = std::sqrt(-2 * std::log(s) / s);
    m_spare = v * scale;
    m_hasSpare = true;
    return u * scale;
  }
}

}  // namespace pimento
