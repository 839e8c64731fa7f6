// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

namespace pimento {

// Weight rows are met in blocks of this many, each in a lane of its own.
inline constexpr int Lanes = 8;

// Counting on one segment of a row, whose bits lie in `words` 64-bit words, one plane after another:
//   operands   plane n, word:         a[n x words + k]
//   weights    plane m, word, lane:   w[(m x words + k) x Lanes + lane]
// Compiled for several sets of instructions (core/base/vector_operations.h); all give the same.
struct SegmentKernels {
  const char *name;  // of the set of instructions

  // Does the W x A row operations of each lane on this segment: AND, count of ones, shift by m + n, and addition,
  // negative for the top weight plane. Adds to sums[lane].
  void (*lanes)(const std::uint64_t *a, const std::uint64_t *w, int words, int weightBits, int operandBits,
                std::int64_t *sums);

  // The same for one weight row whose planes' words stand one after another.
  std::int64_t (*row)(const std::uint64_t *a, const std::uint64_t *w, int words, int weightBits, int operandBits);
};

// Those that this processor can run, the fastest first. The last runs everywhere.
[[nodiscard]] const std::vector<const SegmentKernels *> &usableSegmentKernels();
[[nodiscard]] const SegmentKernels &segmentKernels();  // the fastest

extern const SegmentKernels PlainSegmentKernels;
extern const SegmentKernels Avx2SegmentKernels;    // with its instruction that counts the ones of a word
extern const SegmentKernels Avx512SegmentKernels;  // with its instruction that counts those of a vector

}  // namespace pimento
