// SPDX-License-Identifier: GPL-3.0-or-later
// The products of integer_products.h, compiled once for each set of instructions: a file that includes this says
//   VECTOR_BYTES   as core/base/vector_operations.h wants it
//   STRIP_KERNELS  kernels whose sums of a strip the registers hold beside the operands: 1, 2, 4 or 8
// Nothing else may be included here: a function of a header compiled for one set must not serve the others.
#include "core/base/vector_operations.h"
#include "core/simulate/integers/integer_products.h"

namespace pimento {

namespace {

constexpr int SumsInVector = VECTOR_BYTES / 4;
constexpr int StripVectors = StripPixels / SumsInVector;

template <int Kernels>
inline void stripOf(const std::int16_t *weights, std::int64_t stride, const std::int16_t *operands, int pairs,
                    std::int32_t *sums) {
  Ints total[Kernels][StripVectors] = {};
  for (int p = 0; p < pairs; ++p, operands += 2 * StripPixels, weights += 2) {
    Shorts w[Kernels];
    VECTOR_UNROLL
    for (int k = 0; k < Kernels; ++k) w[k] = repeatPair(weights + k * stride);
    VECTOR_UNROLL
    for (int v = 0; v < StripVectors; ++v) {
      const auto a = loadVector<Shorts>(operands + v * 2 * SumsInVector);
      VECTOR_UNROLL
      for (int k = 0; k < Kernels; ++k) total[k][v] = addPairProducts(total[k][v], w[k], a);
    }
  }
  VECTOR_UNROLL
  for (int k = 0; k < Kernels; ++k) {
    VECTOR_UNROLL
    for (int v = 0; v < StripVectors; ++v) storeVector(sums + k * StripPixels + v * SumsInVector, total[k][v]);
  }
}

// As many kernels at once as there are registers for, then half of that, and so on.
template <int Kernels>
inline void strips(const std::int16_t *weights, std::int64_t stride, int kernels, const std::int16_t *operands,
                   int pairs, std::int32_t *sums) {
  int k = 0;
  for (; k + Kernels <= kernels; k += Kernels)
    stripOf<Kernels>(weights + k * stride, stride, operands, pairs, sums + std::int64_t{k} * StripPixels);
  if constexpr (Kernels > 1)
    strips<Kernels / 2>(weights + k * stride, stride, kernels - k, operands, pairs,
                        sums + std::int64_t{k} * StripPixels);
}

void strip(const std::int16_t *weights, std::int64_t stride, int kernels, const std::int16_t *operands, int pairs,
           std::int32_t *sums) {
  strips<STRIP_KERNELS>(weights, stride, kernels, operands, pairs, sums);
}

template <typename Sum, typename Operand>
inline void patch(const std::int16_t *weights, const Operand *operands, std::int64_t length, std::int64_t count,
                  std::int64_t *out, std::int64_t stride) {
  for (std::int64_t k = 0; k < count; ++k, weights += length) {
    Sum sum = 0;
    for (std::int64_t i = 0; i < length; ++i) sum += Sum{weights[i]} * operands[i];  // vectors by the compiler
    out[k * stride] = sum;
  }
}

void patch32(const std::int16_t *weights, const std::int16_t *operands, std::int64_t length, std::int64_t count,
             std::int64_t *out, std::int64_t stride) {
  patch<std::int32_t>(weights, operands, length, count, out, stride);
}

void patch64(const std::int16_t *weights, const std::uint16_t *operands, std::int64_t length, std::int64_t count,
             std::int64_t *out, std::int64_t stride) {
  patch<std::int64_t>(weights, operands, length, count, out, stride);
}

}  // namespace

}  // namespace pimento

#define INTEGER_PRODUCTS(NAME) \
  { NAME, strip, patch32, patch64 }
