// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <span>

#include "core/explore/design_table.h"

namespace pimento {

// Beside a table of parts, which has no notes of its own: what makes its designs doubtful or invalid, each reason once
// with the rows that it concerns and their profiles, in lines of at most 100 characters. Empty if all are valid. Rows
// are named by what tells them apart.
[[nodiscard]] QString validityNotes(const DesignTable &table, std::span<const std::uint32_t> rows);

}  // namespace pimento
