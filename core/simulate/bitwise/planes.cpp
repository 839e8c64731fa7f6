// SPDX-License-Identifier: GPL-3.0-or-later
#define VECTOR_BYTES 16
#include "core/simulate/bitwise/planes.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/base/vector_operations.h"

namespace pimento {

namespace {

static_assert(std::endian::native == std::endian::little, "the lower byte of a value comes first");

constexpr int AtOnce = 16;  // values
using Half = std::uint16_t __attribute__((vector_size(16)));

// Bits of 16 values as masks, bit i of mask n from values[i].
using Masks = std::array<std::uint64_t, 16>;

// Bit n of every byte becomes its top one; what comes from the byte beside it stays below.
std::uint64_t planeOf(Bytes16 bytes, int n) {
  return topBits(reinterpret_cast<Bytes16>(reinterpret_cast<Half>(bytes) << (7 - n)));
}

void masksOf(const std::uint16_t *values, int bits, Masks &masks) {
  const auto low = loadVector<Bytes16>(values);
  const auto high = loadVector<Bytes16>(values + AtOnce / 2);
  // The lower bytes of all, and the upper ones: every other byte in memory.
  const Bytes16 lower = __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  for (int n = 0; n < std::min(bits, 8); ++n) masks[static_cast<std::size_t>(n)] = planeOf(lower, n);
  if (bits <= 8) return;
  const Bytes16 upper = __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
  for (int n = 8; n < bits; ++n) masks[static_cast<std::size_t>(n)] = planeOf(upper, n - 8);
}

}  // namespace

void toPlanes(const std::uint16_t *values, std::int64_t count, int bits, std::uint64_t *planes, int words,
              std::int64_t stride) {
  for (int n = 0; n < bits; ++n) std::fill_n(planes + n * stride, words, 0);
  std::array<std::uint16_t, AtOnce> rest{};
  Masks masks;
  for (std::int64_t i = 0; i < count; i += AtOnce) {
    const std::uint16_t *from = values + i;
    if (count - i < AtOnce) {
      std::copy_n(from, count - i, rest.begin());
      from = rest.data();
    }
    masksOf(from, bits, masks);
    for (int n = 0; n < bits; ++n) planes[n * stride + i / 64] |= masks[static_cast<std::size_t>(n)] << (i % 64);
  }
}

}  // namespace pimento
