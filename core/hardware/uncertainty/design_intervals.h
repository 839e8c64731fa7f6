// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/explore/design_table.h"
#include "core/hardware/uncertainty/design_samples.h"

namespace pimento {

// Puts the intervals of a sampled design beside its values in a table (into their provenance), those of the ratios to
// the GPU too, which follow from them; metrics that the row has no value of are left alone.
void setIntervals(DesignTable &table, std::uint32_t row, const DesignSamples &samples, std::size_t design);

// The interval of an estimated value; none if it has none.
[[nodiscard]] std::optional<Interval> intervalOf(const DesignTable &table, std::uint32_t row, Metric metric);

}  // namespace pimento
