// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

#include "core/network/counts.h"

namespace pimento {

// Weight rows are met in blocks of this many, each in a lane of its own.
inline constexpr int Lanes = 8;

// Bits of one segment of a row lie in `words` 64-bit words, one plane after another.
//   operands   plane n, word:         a[n x words + k]
//   weights    plane m, word, lane:   w[(m x words + k) x Lanes + lane]
// Does the W x A row operations of each lane on this segment: AND, count of ones, shift by m + n, and addition,
// negative for the top weight plane. Adds to sums[lane].
using SegmentOperation = void (*)(const std::uint64_t *a, const std::uint64_t *w, int words, Bits bits,
                                  std::int64_t *sums);

// The fastest for this processor; all give the same.
[[nodiscard]] SegmentOperation segmentOperation();

// The same for one weight row with `stride` words between its planes' words (1: stored apart, Lanes: one lane).
[[nodiscard]] std::int64_t countedOne(const std::uint64_t *a, const std::uint64_t *w, int words, Bits bits, int stride);

// Bit i of plane n is bit n of values[i]. Planes are `stride` words apart; words past the last value are cleared up to
// `words`.
void toPlanes(const std::uint16_t *values, std::int64_t count, int bits, std::uint64_t *planes, int words,
              std::int64_t stride);

}  // namespace pimento
