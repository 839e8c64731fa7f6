// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <span>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/watch.h"

namespace pimento {

// A function of independent inputs, each uniform in (0, 1), with several outputs. Called from several threads at a
// time. An output that it can not give is NaN; rows with one are left out of the estimators that need it.
using UncertainModel = std::function<void(std::span<const double> inputs, std::span<double> outputs)>;

// What share of an output's variance one input causes: by itself, and together with all others. Intervals hold 95 % of
// the values that resampling the rows gives (bootstrap percentiles, Efron 1979); a share of little effect may come out
// below 0.
struct SobolIndex {
  double first = 0;
  double total = 0;
  Interval firstInterval;
  Interval totalInterval;
};

struct SobolOptions {
  std::size_t samples = 2048;  // rows N; the model is run N (inputs + 2) times
  std::uint64_t seed = 1;
  int resamples = 200;
};

struct SobolIndices {
  std::size_t inputs = 0;
  std::vector<SobolIndex> values;  // [output][input]
  std::size_t runs = 0;
  std::size_t failed = 0;  // of the runs, without a value
  [[nodiscard]] const SobolIndex &at(std::size_t output, std::size_t input) const {
    return values[output * inputs + input];
  }
};

// Jansen's estimators (1999) on two matrices A and B from one scrambled Sobol sequence of twice as many dimensions:
//   first order  1 - mean((f(B) - f(A_B^i))²) / 2V,   total  mean((f(A) - f(A_B^i))²) / 2V,
// A_B^i being A with column i of B, V the variance over both (Saltelli et al. 2010, table 2). Outputs that do not vary
// have indices of 0. Throws Error once the watch stops.
[[nodiscard]] SobolIndices sobolIndices(std::size_t inputs, std::size_t outputs, const UncertainModel &model,
                                        const SobolOptions &options = {}, const Watch &watch = {});

}  // namespace pimento
