// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/verb.h"
#include "core/explore/budget.h"
#include "core/study/study.h"

namespace pimento {

// Options about design points that verbs share: where they come from, which of them to look at, and budgets.

// --published with --correct and --estimate, or a file as the first argument.
void addDesignSource(VerbParser &parser);
[[nodiscard]] Study designsFrom(const VerbParser &parser);

// --dataset, --network, --training (of DECO), --platform, --bits, --scope. Words are those of the table's rows; all but
// --training and --scope may be given several times.
void addFilterOptions(VerbParser &parser);
[[nodiscard]] Filter filterFrom(const VerbParser &parser, const DesignTable &table);

// --max-energy, --max-latency, --max-power, --max-area, --max-memory, --min-accuracy: values with units.
void addBudgetOptions(VerbParser &parser);
[[nodiscard]] Budget budgetFrom(const VerbParser &parser);

}  // namespace pimento
