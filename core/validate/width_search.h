// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "core/hardware/estimate/mapping_search.h"

namespace pimento {

// ResNet20's widths 1.0 and 0.25 at 8:8 bits by every mapping of the search, the default one first: what the check of
// the dynamic-network paper's 2.7x is made of.
[[nodiscard]] std::vector<MappingChoice> widthSearch();

}  // namespace pimento
