// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

// What a column of a table is called by people.
struct ColumnHeading {
  QString title;  // "energy"
  QString unit;   // "µJ"; empty if it has none
};

// The heading that people read for the name that programs read: "energy_uj" → energy, µJ; "images_per_s" → images per
// s.
[[nodiscard]] ColumnHeading columnHeading(const QString &column);

}  // namespace pimento
