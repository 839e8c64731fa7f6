// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <bit>
#include <cstdint>

namespace pimento {

// IEEE 754 half precision (binary16): 1 sign, 5 exponent and 10 fraction bits, as integers of 16 bits.

// Rounded to nearest, ties to even; beyond 65504 becomes infinity, a NaN stays one.
[[nodiscard]] constexpr std::uint16_t halfOf(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>((bits >> 16U) & 0x8000U);
  const std::uint32_t magnitude = bits & 0x7fffffffU;
  if (magnitude > 0x7f800000U) return sign | 0x7e00U;
  if (magnitude >= 0x477ff000U) return sign | 0x7c00U;  // 65520 and more round to infinity
  if (magnitude < 0x38800000U) {                        // below 2^-14: a subnormal half, a multiple of 2^-24
    const std::uint32_t exponent = magnitude >> 23U;
    if (exponent < 102) return sign;  // below 2^-25
    const std::uint32_t fraction = (magnitude & 0x7fffffU) | 0x800000U;
    const std::uint32_t shift = 126U - exponent;
    const std::uint32_t half = 1U << (shift - 1U);
    const std::uint32_t odd = (fraction >> shift) & 1U;
    return static_cast<std::uint16_t>(sign | ((fraction + half - 1U + odd) >> shift));
  }
  const std::uint32_t odd = (magnitude >> 13U) & 1U;
  const std::uint32_t rounded = magnitude - 0x38000000U + 0xfffU + odd;  // a carry goes into the exponent as it should
  return static_cast<std::uint16_t>(sign | (rounded >> 13U));
}

// Exact.
[[nodiscard]] constexpr float floatOf(std::uint16_t half) {
  const std::uint32_t sign = (half & 0x8000U) << 16U;
  const std::uint32_t exponent = (half >> 10U) & 0x1fU;
  const std::uint32_t fraction = half & 0x3ffU;
  if (exponent == 31) return std::bit_cast<float>(sign | 0x7f800000U | (fraction << 13U));
  if (exponent != 0) return std::bit_cast<float>(sign | ((exponent + 112U) << 23U) | (fraction << 13U));
  const float subnormal = static_cast<float>(fraction) * 0x1p-24F;
  return sign == 0 ? subnormal : -subnormal;
}

}  // namespace pimento
