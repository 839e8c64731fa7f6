// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "core/validate/validation.h"
#include "widgets/figures/ratio_figure.h"

namespace pimento {

// The checks of the hardware model as a chart of ratios, each group below what it is evidence of. `part` names what
// they are of all checks; empty: all of them.
[[nodiscard]] RatioData validationRatios(const std::vector<CheckResult> &results, const QString &part = {});

// "2 of 18 figures of silicon agree within their tolerance, 95 of 98 of verification. Farthest off is “energy of an
// image”, 0.51x: …" Farthest among those that are scored.
[[nodiscard]] QString validationTakeaway(const std::vector<CheckResult> &results);

// A row a check with what people read: check, both values with their unit or range, ratio, reason, whether they agree,
// evidence, source, what ours is for, group.
[[nodiscard]] ReportTable validationSummary(const std::vector<CheckResult> &results);

// One check in full, as rich text: its values, why they differ, and the source.
[[nodiscard]] QString checkDetail(const CheckResult &result);

// After a run that was stopped with `done` of `all` checks, when `shown` results are there, of it or an earlier one.
[[nodiscard]] QString stoppedText(std::size_t done, std::size_t all, std::size_t shown);

}  // namespace pimento
