// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/verb.h"
#include "core/hardware/uncertainty/design_samples.h"

namespace pimento {

// --samples, --seed and --range, of verbs that draw what is uncertain.
void addUncertaintyOptions(VerbParser &parser);

// Throws Error for numbers that are none and ranges that are turned round. `draws`: where --samples is not given.
[[nodiscard]] SamplingOptions samplingFrom(const VerbParser &parser, std::size_t draws = SamplingOptions{}.draws);

// Refuses the options above where none of the others is given that uses them.
void refuseUnusedUncertaintyOptions(const VerbParser &parser, const QStringList &users);

}  // namespace pimento
