// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <cstdint>
#include <optional>
#include <span>

#include "core/hardware/profile/parameters.h"

namespace pimento {

// How likely the values of a range are: all of them equally, or all of their logarithms, or the profile's value most
// and the ends least (in straight lines).
enum class RangeShape : std::uint8_t { Uniform, LogUniform, Triangular };
inline constexpr std::array<const char *, 3> RangeShapeNames{"uniform", "log-uniform", "triangular"};

// What a parameter may truly be, as factors on the value that a profile has: presets and slides keep their own middle.
// The optimistic end is the one that makes designs look better. One of the two is at most 1, the other at least 1.
struct PlausibleRange {
  const char *key;
  double optimistic = 1;
  double pessimistic = 1;
  RangeShape shape = RangeShape::Triangular;
  const char *source;
};

// One row a continuous parameter that is uncertain, in an order that does not change: the place of a row is its
// dimension in every draw, so that designs on different profiles share the draws of the parameters that they share.
[[nodiscard]] std::span<const PlausibleRange> plausibleRanges();

// A continuous parameter without a range: someone sets it (a size, a supply, a target), or it follows from others.
struct CertainParameter {
  const char *key;
  const char *reason;  // in words: "a choice: …"
};
[[nodiscard]] std::span<const CertainParameter> certainParameters();

// A range as a profile's user gives it, by values.
struct GivenRange {
  double optimistic = 0;
  double pessimistic = 0;
  RangeShape shape = RangeShape::Uniform;
  bool operator==(const GivenRange &) const = default;
};

// "tmr_pct=180:90" or "offset_mv=2:8:log-uniform": the optimistic value first. Throws Error for a parameter that has no
// range, a value out of the parameter's bounds, a word that is no shape, a range that is turned round (its optimistic
// end is the worse one by the table) or has no width, and a logarithm of what is not positive.
[[nodiscard]] std::pair<QString, GivenRange> parseRange(const QString &text, const QString &place);

}  // namespace pimento
