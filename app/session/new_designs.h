// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/explore/design_table.h"
#include "core/project/project.h"

namespace pimento {

// The designs of `points` whose key `known` does not have, in their order. Throws Error naming a design that `known`
// has with other values: a metric of it that is absent there, or differs by more than rounding of a change of units.
[[nodiscard]] DesignTable newDesigns(const DesignTable &known, const StoredTable &points);

}  // namespace pimento
