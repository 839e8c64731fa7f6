// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/sobol_sequence.h"

#include <QFile>
#include <QStringList>

#include "core/base/error.h"

namespace pimento {

namespace {

constexpr int Digits = 32;
using DirectionNumbers = std::array<std::uint32_t, Digits>;

// V_j = m_j / 2^j; further ones by the recurrence of the primitive polynomial (Bratley and Fox 1988, equation 4).
DirectionNumbers directionsOf(std::uint32_t degree, std::uint32_t coefficients, const std::vector<std::uint32_t> &m) {
  DirectionNumbers v{};
  for (std::uint32_t j = 0; j < Digits; ++j) {
    if (j < degree) {
      v[j] = m[j] << (Digits - 1 - j);
      continue;
    }
    v[j] = v[j - degree] ^ (v[j - degree] >> degree);
    for (std::uint32_t k = 1; k < degree; ++k)
      if (coefficients >> (degree - 1 - k) & 1U) v[j] ^= v[j - k];
  }
  return v;
}

// The first dimension is van der Corput's sequence; the others stand in the file, a line each.
std::vector<DirectionNumbers> readDirections() {
  QFile file(QStringLiteral(":/sampling/joe-kuo-6.txt"));
  if (!file.open(QIODevice::ReadOnly))
    throw Error(QStringLiteral("Sobol sequence"), QStringLiteral("its direction numbers are not in this program"));
  std::vector<DirectionNumbers> all(1);
  for (std::uint32_t j = 0; j < Digits; ++j) all[0][j] = 1U << (Digits - 1 - j);
  for (const QByteArray &line : file.readAll().split('\n')) {
    if (line.isEmpty() || line.startsWith('#')) continue;
    const QList<QByteArray> words = line.split(' ');
    std::vector<std::uint32_t> m;
    for (qsizetype i = 3; i < words.size(); ++i) m.push_back(words[i].toUInt());
    all.push_back(directionsOf(words[1].toUInt(), words[2].toUInt(), m));
  }
  return all;
}

// SplitMix64's finaliser (Steele, Lea and Flood 2014).
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

// Each digit is flipped or not by a coin of its own for every string of digits before it. `tree` names the coins of one
// dimension; a string of k digits is the number that it is with a 1 before it.
std::uint32_t scrambled(std::uint32_t digits, std::uint64_t tree) {
  std::uint32_t flips = 0;
  for (int k = 0; k < Digits; ++k) {
    const std::uint64_t before = (std::uint64_t{1} << k) | (k == 0 ? 0 : digits >> (Digits - k));
    flips = flips << 1 | static_cast<std::uint32_t>(mixed(tree ^ (before * 0xd6e8feb86659fd93U)) >> 63);
  }
  return digits ^ flips;
}

}  // namespace

SobolSequence::SobolSequence(std::size_t dimensions, std::uint64_t seed) : m_seed(mixed(seed)) {
  static const std::vector<DirectionNumbers> all = readDirections();
  if (dimensions > all.size())
    throw Error(QStringLiteral("Sobol sequence"), QStringLiteral("%1 dimensions").arg(dimensions),
                QStringLiteral("there are direction numbers of %1").arg(all.size()));
  m_directions.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(dimensions));
}

std::uint32_t SobolSequence::plain(std::uint32_t index, std::size_t dimension) const {
  std::uint32_t digits = 0;
  for (std::size_t j = 0; index != 0; ++j, index >>= 1)
    if (index & 1U) digits ^= m_directions[dimension][j];
  return digits;
}

void SobolSequence::point(std::uint32_t index, std::span<double> coordinates) const {
  for (std::size_t d = 0; d < coordinates.size(); ++d)
    coordinates[d] = (scrambled(plain(index, d), mixed(m_seed + d)) + 0.5) * 0x1p-32;
}

}  // namespace pimento
