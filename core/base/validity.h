// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <algorithm>
#include <cstdint>
#include <optional>

namespace pimento {

// Whether a design works as it is priced, from the best to the worst. Valid: nothing is known against it. Doubtful: an
// error above its target or a retention below its own; it competes, marked. Invalid: it does not compute what it is
// priced for, or breaks its power cap; it competes only where someone asks for it.
enum class Validity : std::uint8_t { Valid, Doubtful, Invalid };

[[nodiscard]] constexpr Validity worst(Validity a, Validity b) { return std::max(a, b); }
[[nodiscard]] QString validityName(Validity validity);  // "valid", "doubtful", "invalid"
[[nodiscard]] std::optional<Validity> validityFromName(QStringView name);

}  // namespace pimento
