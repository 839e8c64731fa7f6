// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/strip_products.h"

#include <algorithm>
#include <cstring>

#include "core/base/wide.h"

#if defined(PIMENTO_X86)
#include <immintrin.h>
#endif

namespace pimento {

namespace {

#if defined(PIMENTO_X86)

// Two weights as one 32-bit number, to be repeated over a register.
int pairOf(const std::int16_t *weights) {
  int pair = 0;
  std::memcpy(&pair, weights, sizeof(pair));
  return pair;
}

constexpr int Lanes256 = 8;  // sums in a register
constexpr int Registers256 = StripPixels / Lanes256;

template <int Kernels>
__attribute__((target("avx2"))) void products256(const std::int16_t *weights, std::int64_t stride,
                                                 const std::int16_t *operands, int pairs, std::int32_t *sums) {
  __m256i total[Kernels][Registers256];
  for (auto &kernel : total)
    for (__m256i &sum : kernel) sum = _mm256_setzero_si256();
  for (int p = 0; p < pairs; ++p, operands += 2 * StripPixels, weights += 2) {
    __m256i w[Kernels];
    for (int k = 0; k < Kernels; ++k) w[k] = _mm256_set1_epi32(pairOf(weights + k * stride));
    for (int r = 0; r < Registers256; ++r) {
      const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(operands + r * 2 * Lanes256));
      for (int k = 0; k < Kernels; ++k) total[k][r] = _mm256_add_epi32(total[k][r], _mm256_madd_epi16(w[k], a));
    }
  }
  for (int k = 0; k < Kernels; ++k)
    for (int r = 0; r < Registers256; ++r)
      _mm256_storeu_si256(reinterpret_cast<__m256i *>(sums + k * StripPixels + r * Lanes256), total[k][r]);
}

void strip256(const std::int16_t *weights, std::int64_t stride, int kernels, const std::int16_t *operands, int pairs,
              std::int32_t *sums) {
  int k = 0;
  for (; k + 2 <= kernels; k += 2)
    products256<2>(weights + k * stride, stride, operands, pairs, sums + k * StripPixels);
  if (k < kernels) products256<1>(weights + k * stride, stride, operands, pairs, sums + k * StripPixels);
}

constexpr int Lanes512 = 16;
constexpr int Registers512 = StripPixels / Lanes512;

template <int Kernels>
__attribute__((target("avx512f,avx512vnni"))) void products512(const std::int16_t *weights, std::int64_t stride,
                                                               const std::int16_t *operands, int pairs,
                                                               std::int32_t *sums) {
  __m512i total[Kernels][Registers512];
  for (auto &kernel : total)
    for (__m512i &sum : kernel) sum = _mm512_setzero_si512();
  for (int p = 0; p < pairs; ++p, operands += 2 * StripPixels, weights += 2) {
    __m512i a[Registers512];
    for (int r = 0; r < Registers512; ++r) a[r] = _mm512_loadu_si512(operands + r * 2 * Lanes512);
    for (int k = 0; k < Kernels; ++k) {
      const __m512i w = _mm512_set1_epi32(pairOf(weights + k * stride));
      for (int r = 0; r < Registers512; ++r) total[k][r] = _mm512_dpwssd_epi32(total[k][r], w, a[r]);
    }
  }
  for (int k = 0; k < Kernels; ++k)
    for (int r = 0; r < Registers512; ++r) _mm512_storeu_si512(sums + k * StripPixels + r * Lanes512, total[k][r]);
}

void strip512(const std::int16_t *weights, std::int64_t stride, int kernels, const std::int16_t *operands, int pairs,
              std::int32_t *sums) {
  int k = 0;
  for (; k + 8 <= kernels; k += 8)
    products512<8>(weights + k * stride, stride, operands, pairs, sums + k * StripPixels);
  for (; k + 4 <= kernels; k += 4)
    products512<4>(weights + k * stride, stride, operands, pairs, sums + k * StripPixels);
  for (; k < kernels; ++k) products512<1>(weights + k * stride, stride, operands, pairs, sums + k * StripPixels);
}

#endif

void stripPlain(const std::int16_t *weights, std::int64_t stride, int kernels, const std::int16_t *operands, int pairs,
                std::int32_t *sums) {
  for (int k = 0; k < kernels; ++k, weights += stride, sums += StripPixels) {
    std::fill_n(sums, StripPixels, 0);
    for (int p = 0; p < pairs; ++p) {
      const std::int16_t *a = operands + std::int64_t{p} * 2 * StripPixels;
      const std::int32_t first = weights[2 * p];
      const std::int32_t second = weights[2 * p + 1];
      for (int x = 0; x < StripPixels; ++x) sums[x] += first * a[2 * x] + second * a[2 * x + 1];
    }
  }
}

}  // namespace

const std::vector<StripProducts> &stripProducts() {
  static const std::vector<StripProducts> known = [] {
    std::vector<StripProducts> list;
#if defined(PIMENTO_X86)
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512f")) list.push_back(strip512);
    if (__builtin_cpu_supports("avx2")) list.push_back(strip256);
#endif
    list.push_back(stripPlain);
    return list;
  }();
  return known;
}

}  // namespace pimento
