// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/profile/parameter_changes.h"
#include "core/hardware/profile/parameters.h"

namespace pimento {

// Parameters as people read them.
[[nodiscard]] QString parameterTitle(const Parameter &parameter);                // "tmr_pct" → "TMR"
[[nodiscard]] QString parameterInSentence(const Parameter &parameter);           // "write pulse", but "TMR"
[[nodiscard]] QString parameterValue(const Parameter &parameter, double value);  // "150 %", "latched"
[[nodiscard]] QString sectionTitle(const QString &section);                      // "sensing" → "Sense"

// What a parameter is: meaning, value of the accelerator with its kind and source, range.
[[nodiscard]] QString parameterTip(const Accelerator &accelerator, const Parameter &parameter);

// "TMR 150 % (was 120 %) and write pulse 1 ns (was 2 ns)"; the number of them where they are many.
[[nodiscard]] QString changesText(const Accelerator &base, const ParameterChanges &changes);

}  // namespace pimento
