// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

namespace pimento {

// Parts whole numbers into the planes of their bits, as sub-arrays hold them: bit i of plane n is bit n of values[i].
// Planes are `stride` words apart; words past the last value are cleared up to `words`.
void toPlanes(const std::uint16_t *values, std::int64_t count, int bits, std::uint64_t *planes, int words,
              std::int64_t stride);

}  // namespace pimento
