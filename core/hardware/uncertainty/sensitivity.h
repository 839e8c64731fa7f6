// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/uncertainty/design_samples.h"
#include "core/hardware/uncertainty/sobol_indices.h"

namespace pimento {

// How much each uncertain parameter of an accelerator causes of what is uncertain in the metrics of its designs.
struct Sensitivity {
  std::vector<UncertainParameter> parameters;  // the inputs of the indices
  SobolIndices indices;                        // outputs: the sampled metrics of the first design, then of the next
  [[nodiscard]] const SobolIndex &at(std::size_t design, std::size_t sampled, std::size_t parameter) const {
    return indices.at(design * SampledMetrics.size() + sampled, parameter);
  }
};

// Of designs that are all on this accelerator. Throws Error once the watch stops.
[[nodiscard]] Sensitivity sensitivityOf(const Accelerator &accelerator, std::span<const UncertainDesign> designs,
                                        const SobolOptions &options = {}, const GivenRanges &ranges = {},
                                        const Watch &watch = {});

}  // namespace pimento
