// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How vector code is written here: vectors are the compiler's own (`vector_size`, which GCC and Clang give arithmetic
// on every processor), kernels are written once for a width in bytes, and a source file a set of instructions compiles
// them with its options: plain (SSE2 or NEON, 16 bytes), AVX2 (32), AVX-512 (64); the program chooses when it runs. A
// file that includes this says
//   VECTOR_BYTES  bytes of a register
// Operations that the compiler has no word for are named below, each with the instruction of x86 and of NEON and a loop
// that stands for it elsewhere; all give the same bits. Everything is of the file's own: a function compiled for one
// set of instructions must not serve another file.
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

namespace pimento {

namespace {

#define VECTOR_UNROLL _Pragma("GCC unroll 16")

using Shorts = std::int16_t __attribute__((vector_size(VECTOR_BYTES)));
using Ints = std::int32_t __attribute__((vector_size(VECTOR_BYTES)));
using Words = std::uint64_t __attribute__((vector_size(VECTOR_BYTES)));
using Bytes16 = std::uint8_t __attribute__((vector_size(16)));

// From and to any address; a copy is one instruction.
template <typename Vector>
inline Vector loadVector(const void *from) {
  Vector v;
  std::memcpy(&v, from, sizeof(v));
  return v;
}

template <typename Vector>
inline void storeVector(void *to, const Vector &v) {
  std::memcpy(to, &v, sizeof(v));
}

// Two neighbouring numbers, again and again.
inline Shorts repeatPair(const std::int16_t *pair) {
  std::int32_t both = 0;
  std::memcpy(&both, pair, sizeof(both));
  return reinterpret_cast<Shorts>(Ints{} + both);
}

// sums[i] + a[2i] b[2i] + a[2i + 1] b[2i + 1], modulo 2^32.
inline Ints addPairProducts(Ints sums, Shorts a, Shorts b) {
#if defined(__AVX512VNNI__) && VECTOR_BYTES == 64
  return reinterpret_cast<Ints>(
      _mm512_dpwssd_epi32(reinterpret_cast<__m512i>(sums), reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
#elif defined(__AVX2__) && VECTOR_BYTES == 32
  return sums + reinterpret_cast<Ints>(_mm256_madd_epi16(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#elif defined(__SSE2__) && VECTOR_BYTES == 16
  return sums + reinterpret_cast<Ints>(_mm_madd_epi16(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#elif defined(__ARM_NEON) && defined(__aarch64__) && VECTOR_BYTES == 16
  const auto x = reinterpret_cast<int16x8_t>(a);
  const auto y = reinterpret_cast<int16x8_t>(b);
  return sums + reinterpret_cast<Ints>(vpaddq_s32(vmull_s16(vget_low_s16(x), vget_low_s16(y)), vmull_high_s16(x, y)));
#else
  // The even and the odd ones as numbers of 32 bits with their sign.
  using Unsigned = std::uint32_t __attribute__((vector_size(VECTOR_BYTES)));
  const auto x = reinterpret_cast<Ints>(a);
  const auto y = reinterpret_cast<Ints>(b);
  const auto low = [](Ints v) { return reinterpret_cast<Unsigned>((v << 16) >> 16); };
  const auto high = [](Ints v) { return reinterpret_cast<Unsigned>(v >> 16); };
  return reinterpret_cast<Ints>(reinterpret_cast<Unsigned>(sums) + low(x) * low(y) + high(x) * high(y));
#endif
}

// Whether ones are counted in a whole vector by an instruction.
#if defined(__AVX512VPOPCNTDQ__) && VECTOR_BYTES == 64
constexpr bool CountsVectors = true;
inline Words countOnes(Words v) { return reinterpret_cast<Words>(_mm512_popcnt_epi64(reinterpret_cast<__m512i>(v))); }
#elif defined(__ARM_NEON) && VECTOR_BYTES == 16
constexpr bool CountsVectors = true;
inline Words countOnes(Words v) {
  return reinterpret_cast<Words>(vpaddlq_u32(vpaddlq_u16(vpaddlq_u8(vcntq_u8(reinterpret_cast<uint8x16_t>(v))))));
}
#else
constexpr bool CountsVectors = false;
inline Words countOnes(Words v) {
  std::uint64_t words[VECTOR_BYTES / 8];
  storeVector(words, v);
  for (std::uint64_t &word : words) word = static_cast<std::uint64_t>(__builtin_popcountll(word));
  return loadVector<Words>(words);
}
#endif

// The top bit of each byte: that of byte i is bit i.
inline std::uint32_t topBits(Bytes16 bytes) {
#if defined(__SSE2__)
  return static_cast<std::uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(bytes)));
#elif defined(__ARM_NEON) && defined(__aarch64__)
  const Bytes16 places{1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const auto set = reinterpret_cast<uint8x16_t>(reinterpret_cast<Bytes16>(bytes >= 128) & places);
  return vaddv_u8(vget_low_u8(set)) | static_cast<std::uint32_t>(vaddv_u8(vget_high_u8(set))) << 8U;
#else
  std::uint8_t each[16];
  storeVector(each, bytes);
  std::uint32_t bits = 0;
  for (int i = 0; i < 16; ++i) bits |= std::uint32_t{each[i]} >> 7U << i;
  return bits;
#endif
}

}  // namespace

}  // namespace pimento
