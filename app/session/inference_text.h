// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <optional>
#include <vector>

#include "core/base/report_table.h"
#include "core/jobs/inference.h"

namespace pimento {

// What a variant spends on one picture, estimated.
struct InferenceCost {
  double energy_uj = 0;
  double latency_us = 0;
};

// Whether an answer is right; absent where the truth is not known.
[[nodiscard]] std::optional<bool> isRight(const Inference &inference, const Answer &answer);

// "Ankle boot", or "class 7" where classes have no names of their own.
[[nodiscard]] QString className(const Inference &inference, std::size_t index);

// One sentence: who is right, and what the cheapest right answer saves. `costs`: one an answer, or none where the
// network can not be estimated.
[[nodiscard]] QString inferenceTakeaway(const Inference &inference, const std::vector<InferenceCost> &costs);

// A row a variant: variant, answer, right, certainty, next answer, energy_uj, latency_us, share_pct of the dearest.
[[nodiscard]] ReportTable inferenceReport(const Inference &inference, const std::vector<InferenceCost> &costs);

}  // namespace pimento
