// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/bitwise/and_count.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/base/wide.h"

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
__attribute__((always_inline)) inline std::int64_t countedLane(const std::uint64_t *a, const std::uint64_t *w,
                                                               int words, Bits bits) {
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

// Bits of 16 values as 16 masks, bit i of mask n from values[i].
using Masks = std::array<std::uint64_t, 16>;

#if defined(PIMENTO_X86)
void masksOf(const std::uint16_t *values, int bits, Masks &masks) {
  const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i *>(values));
  const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i *>(values + 8));
  const __m128i byte = _mm_set1_epi16(0xff);
  const __m128i bytes = _mm_packus_epi16(_mm_and_si128(low, byte), _mm_and_si128(high, byte));
  for (int n = 0; n < std::min(bits, 8); ++n)
    masks[static_cast<std::size_t>(n)] =
        static_cast<std::uint64_t>(_mm_movemask_epi8(_mm_sll_epi16(bytes, _mm_cvtsi32_si128(7 - n))));
  if (bits <= 8) return;
  const __m128i upper = _mm_packus_epi16(_mm_srli_epi16(low, 8), _mm_srli_epi16(high, 8));
  for (int n = 8; n < bits; ++n)
    masks[static_cast<std::size_t>(n)] =
        static_cast<std::uint64_t>(_mm_movemask_epi8(_mm_sll_epi16(upper, _mm_cvtsi32_si128(15 - n))));
}
#else
void masksOf(const std::uint16_t *values, int bits, Masks &masks) {
  for (int n = 0; n < bits; ++n) {
    std::uint64_t mask = 0;
    for (int i = 0; i < 16; ++i) mask |= std::uint64_t{values[i] >> n & 1U} << i;
    masks[static_cast<std::size_t>(n)] = mask;
  }
}
#endif

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
  for (int n = 0; n < bits; ++n) std::fill_n(planes + n * stride, words, 0);
  std::array<std::uint16_t, 16> rest{};
  Masks masks;
  for (std::int64_t i = 0; i < count; i += 16) {
    const std::uint16_t *from = values + i;
    if (count - i < 16) {
      std::copy_n(from, count - i, rest.begin());
      from = rest.data();
    }
    masksOf(from, bits, masks);
    for (int n = 0; n < bits; ++n) planes[n * stride + i / 64] |= masks[static_cast<std::size_t>(n)] << (i % 64);
  }
}

}  // namespace pimento
