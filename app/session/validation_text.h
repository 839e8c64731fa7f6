// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "core/validate/validation.h"
#include "widgets/figures/ratio_figure.h"

namespace pimento {

// The checks of the hardware model as a chart of ratios. `part` names what they are of all checks; empty: all of them.
[[nodiscard]] RatioData validationRatios(const std::vector<CheckResult> &results, const QString &part = {});

// "41 of 47 checks agree within their tolerance. Farthest off is “IMCE's image”, 0.51x: its width is not stated."
[[nodiscard]] QString validationTakeaway(const std::vector<CheckResult> &results);

// A row a check with what people read: check, both values with their unit, ratio, reason, whether they agree, source,
// group.
[[nodiscard]] ReportTable validationSummary(const std::vector<CheckResult> &results);

// One check in full, as rich text: its values, why they differ, and the source.
[[nodiscard]] QString checkDetail(const CheckResult &result);

// After a run that was stopped with `done` of `all` checks, when `shown` results are there, of it or an earlier one.
[[nodiscard]] QString stoppedText(std::size_t done, std::size_t all, std::size_t shown);

}  // namespace pimento
