// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/and_count.h"

#include <bit>
#include <cstring>

#include "core/simulate/wide.h"

#if defined(PIMENTO_X86)
#include <immintrin.h>
#endif

namespace pimento {

namespace {

// Two's complement: the top plane counts negatively.
std::int64_t signedShift(std::int64_t sum, int plane, int planes) {
  const std::int64_t shifted = sum * (std::int64_t{1} << plane);
  return plane == planes - 1 ? -shifted : shifted;
}

template <int Stride>
inline std::int64_t countedLane(const std::uint64_t *a, const std::uint64_t *w, int words, Bits bits) {
  std::int64_t total = 0;
  for (int m = 0; m < bits.weights; ++m, w += words * Stride) {
    std::int64_t sum = 0;
    for (int n = 0; n < bits.activations; ++n) {
      std::int64_t ones = 0;
      for (int k = 0; k < words; ++k) ones += std::popcount(a[n * words + k] & w[k * Stride]);
      sum += ones << n;
    }
    total += signedShift(sum, m, bits.weights);
  }
  return total;
}

PIMENTO_WIDE void countLanes(const std::uint64_t *a, const std::uint64_t *w, int words, Bits bits, std::int64_t *sums) {
  for (int lane = 0; lane < Lanes; ++lane) sums[lane] += countedLane<Lanes>(a, w + lane, words, bits);
}

PIMENTO_WIDE std::int64_t countOne(const std::uint64_t *a, const std::uint64_t *w, int words, Bits bits) {
  return countedLane<1>(a, w, words, bits);
}

#if defined(PIMENTO_X86)
// All lanes in one register.
__attribute__((target("avx512f,avx512vpopcntdq"))) void countLanes512(const std::uint64_t *a, const std::uint64_t *w,
                                                                      int words, Bits bits, std::int64_t *sums) {
  __m512i total = _mm512_loadu_si512(sums);
  for (int m = 0; m < bits.weights; ++m, w += words * Lanes) {
    __m512i sum = _mm512_setzero_si512();
    for (int n = 0; n < bits.activations; ++n) {
      __m512i ones = _mm512_setzero_si512();
      for (int k = 0; k < words; ++k) {
        const __m512i operand = _mm512_set1_epi64(static_cast<long long>(a[n * words + k]));
        const __m512i both = _mm512_and_si512(operand, _mm512_loadu_si512(w + k * Lanes));
        ones = _mm512_add_epi64(ones, _mm512_popcnt_epi64(both));
      }
      sum = _mm512_add_epi64(sum, _mm512_sll_epi64(ones, _mm_cvtsi32_si128(n)));
    }
    sum = _mm512_sll_epi64(sum, _mm_cvtsi32_si128(m));
    total = m == bits.weights - 1 ? _mm512_sub_epi64(total, sum) : _mm512_add_epi64(total, sum);
  }
  _mm512_storeu_si512(sums, total);
}
#endif

// Transposes 8 bytes as an 8 x 8 matrix of bits: byte n of the result holds bit n of each byte (Warren, Hacker's
// Delight, section 7-3).
std::uint64_t transposed(std::uint64_t x) {
  std::uint64_t t = (x ^ (x >> 7)) & 0x00aa00aa00aa00aaULL;
  x ^= t ^ (t << 7);
  t = (x ^ (x >> 14)) & 0x0000cccc0000ccccULL;
  x ^= t ^ (t << 14);
  t = (x ^ (x >> 28)) & 0x00000000f0f0f0f0ULL;
  return x ^ t ^ (t << 28);
}

}  // namespace

SegmentOperation segmentOperation() {
#if defined(PIMENTO_X86)
  if (__builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512f")) return countLanes512;
#endif
  return countLanes;
}

std::int64_t countedOne(const std::uint64_t *a, const std::uint64_t *w, int words, Bits bits, int stride) {
  return stride == 1 ? countOne(a, w, words, bits) : countedLane<Lanes>(a, w, words, bits);
}

void toPlanes(const std::uint16_t *values, std::int64_t count, int bits, std::uint64_t *planes, int words,
              std::int64_t stride) {
  for (int n = 0; n < bits; ++n) std::memset(planes + n * stride, 0, static_cast<std::size_t>(words) * 8);
  for (std::int64_t i = 0; i < count; i += 8) {
    const std::int64_t some = count - i < 8 ? count - i : 8;
    for (int low = 0; low < bits; low += 8) {
      std::uint64_t bytes = 0;
      for (std::int64_t j = 0; j < some; ++j) bytes |= std::uint64_t{(values[i + j] >> low) & 0xffU} << (8 * j);
      bytes = transposed(bytes);
      for (int n = low; n < bits && n < low + 8; ++n)
        planes[n * stride + i / 64] |= ((bytes >> (8 * (n - low))) & 0xffU) << (i % 64);
    }
  }
}

}  // namespace pimento
