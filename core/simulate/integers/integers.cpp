// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/integers.h"

#include <cmath>
#include <cstdlib>

#include "core/base/error.h"

namespace pimento {

__extension__ using Wide = __int128;

namespace {

// At most 2^96 in size: a sum of 65 bits times a multiplier of 32.
Wide exact(std::int64_t accumulator, const Requantiser &words) {
  const Wide half = words.shift == 0 ? Wide{0} : Wide{1} << (words.shift - 1);
  return ((Wide{accumulator} + words.bias) * words.multiplier + half) >> words.shift;
}

std::int64_t saturated(Wide value) {
  constexpr Wide Most = Wide{1} << 62;
  return static_cast<std::int64_t>(std::clamp(value, -Most, Most));
}

}  // namespace

std::int64_t rescaleWide(std::int64_t accumulator, const Requantiser &words) {
  return saturated(exact(accumulator, words));
}

std::int64_t rescaleSumWide(std::int64_t a, const Requantiser &first, std::int64_t b, const Requantiser &second) {
  return saturated(exact(a, first) + exact(b, second));
}

Requantiser requantiser(double factor, std::int64_t bias) {
  constexpr int MultiplierBits = 31;
  int exponent = 0;
  const double fraction = std::frexp(factor, &exponent);  // 0.5 to 1
  if (!(std::abs(factor) < std::ldexp(1.0, MultiplierBits - 1)))
    throw Error(QStringLiteral("requantisation"), QStringLiteral("factor %1 is out of range").arg(factor),
                QStringLiteral("its size must stay below 2^30"));
  if (MultiplierBits - exponent > MaxShift) return {bias, 0, 0};
  auto multiplier = static_cast<std::int64_t>(std::llround(std::ldexp(fraction, MultiplierBits)));
  if (std::abs(multiplier) == std::int64_t{1} << MultiplierBits) {  // rounded up to the next power of two
    multiplier /= 2;
    ++exponent;
  }
  return {bias, static_cast<std::int32_t>(multiplier), MultiplierBits - exponent};
}

}  // namespace pimento
