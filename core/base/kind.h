// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <cstdint>
#include <optional>

namespace pimento {

// How a number came to be, from the most to the least direct evidence. A value made of several
// has the weakest kind of its parts.
enum class Kind : std::uint8_t { Measured, Published, Derived, Estimated };

[[nodiscard]] constexpr Kind weakest(Kind a, Kind b) { return a > b ? a : b; }
[[nodiscard]] QString kindName(Kind kind);  // "measured", "published", "derived", "estimated"
[[nodiscard]] std::optional<Kind> kindFromName(QStringView name);

}  // namespace pimento
