// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of segment_kernels.h, compiled once for each set of instructions: a file that includes this says
// VECTOR_BYTES, as core/base/vector_operations.h wants it. Nothing else may be included here: a function of a header
// compiled for one set must not serve the others.
#include "core/base/vector_operations.h"
#include "core/simulate/bitwise/segment_kernels.h"

namespace pimento {

namespace {

// Two's complement: the top plane counts negatively.
template <typename Sum>
inline Sum signedShift(Sum sum, int plane, int planes) {
  const Sum shifted = sum << plane;
  return plane == planes - 1 ? -shifted : shifted;
}

template <int Stride>
inline std::int64_t countedRow(const std::uint64_t *a, const std::uint64_t *w, int words, int weightBits,
                               int operandBits) {
  std::uint64_t total = 0;
  for (int m = 0; m < weightBits; ++m, w += words * Stride) {
    std::uint64_t sum = 0;
    for (int n = 0; n < operandBits; ++n) {
      std::uint64_t ones = 0;
      for (int k = 0; k < words; ++k)
        ones += static_cast<std::uint64_t>(__builtin_popcountll(a[n * words + k] & w[k * Stride]));
      sum += ones << n;
    }
    total += signedShift(sum, m, weightBits);
  }
  return static_cast<std::int64_t>(total);
}

constexpr int LanesInVector = VECTOR_BYTES / 8;
constexpr int LaneVectors = Lanes / LanesInVector;

// All lanes in registers.
inline void countVectors(const std::uint64_t *a, const std::uint64_t *w, int words, int weightBits, int operandBits,
                         std::int64_t *sums) {
  Words total[LaneVectors];
  VECTOR_UNROLL
  for (int v = 0; v < LaneVectors; ++v) total[v] = loadVector<Words>(sums + v * LanesInVector);
  for (int m = 0; m < weightBits; ++m, w += words * Lanes) {
    Words sum[LaneVectors] = {};
    for (int n = 0; n < operandBits; ++n) {
      Words ones[LaneVectors] = {};
      for (int k = 0; k < words; ++k) {
        VECTOR_UNROLL
        for (int v = 0; v < LaneVectors; ++v)
          ones[v] += countOnes(loadVector<Words>(w + k * Lanes + v * LanesInVector) & a[n * words + k]);
      }
      VECTOR_UNROLL
      for (int v = 0; v < LaneVectors; ++v) sum[v] += ones[v] << n;
    }
    VECTOR_UNROLL
    for (int v = 0; v < LaneVectors; ++v) total[v] += signedShift(sum[v], m, weightBits);
  }
  VECTOR_UNROLL
  for (int v = 0; v < LaneVectors; ++v) storeVector(sums + v * LanesInVector, total[v]);
}

void lanes(const std::uint64_t *a, const std::uint64_t *w, int words, int weightBits, int operandBits,
           std::int64_t *sums) {
  if constexpr (CountsVectors) return countVectors(a, w, words, weightBits, operandBits, sums);
  for (int lane = 0; lane < Lanes; ++lane) sums[lane] += countedRow<Lanes>(a, w + lane, words, weightBits, operandBits);
}

std::int64_t row(const std::uint64_t *a, const std::uint64_t *w, int words, int weightBits, int operandBits) {
  return countedRow<1>(a, w, words, weightBits, operandBits);
}

}  // namespace

}  // namespace pimento

#define SEGMENT_KERNELS(NAME) \
  { NAME, lanes, row }
