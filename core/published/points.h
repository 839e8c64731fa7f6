// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <initializer_list>
#include <utility>

#include "core/explore/design_table.h"
#include "core/published/sourced.h"

namespace pimento {

// Parts of designPoints(): each appends the rows of one paper.
void addDecoPoints(DesignTable &points, const PaperTables &tables, Scope scope);
void addDynamicPoints(DesignTable &points, const PaperTables &tables);

using Values = std::initializer_list<std::pair<Metric, Sourced>>;

inline void setValues(DesignTable &points, std::uint32_t row, Values values) {
  for (const auto &[metric, value] : values) points.set(row, metric, value.value, points.intern(value.from));
}

}  // namespace pimento
