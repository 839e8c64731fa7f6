// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <span>

#include "core/explore/design_table.h"

namespace pimento {

// Under a table for people, which shows how many warnings a row has: each text once with the rows that it concerns, in
// lines of at most 100 characters. Empty without warnings. Rows are named by what tells them apart.
[[nodiscard]] QString warningNotes(const DesignTable &table, std::span<const std::uint32_t> rows);

}  // namespace pimento
