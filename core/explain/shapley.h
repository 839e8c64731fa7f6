// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/watch.h"

namespace pimento {

// Outputs where the players of a coalition (true) stand as in B and the others as in A.
using CoalitionOutputs = std::function<std::vector<double>(const std::vector<bool> &coalition)>;

// What each player contributes to outputs(all) - outputs(none): its Shapley value (1953), the mean of what it adds when
// players join in every order. Contributions add up to the difference to rounding.
struct ShapleyShares {
  std::vector<std::vector<double>> contributions;  // [player][output]
  std::vector<std::vector<double>> errors;         // standard errors; 0 where exact
  std::vector<double> none;
  std::vector<double> all;
  bool exact = true;
  std::size_t orders = 0;  // that were sampled; 0 if exact
};

struct ShapleyOptions {
  std::size_t mostExact = 10;  // players; 2^n outputs are computed
  std::size_t orders = 256;    // sampled beyond that, half of them the others backwards
  std::uint64_t seed = 1;
};

// Exact for few players; else the mean over random orders and the same orders backwards (Castro et al. 2009, antithetic
// as in Mitchell et al. 2022), with the error that their spread leaves. Throws what the function throws, and Error once
// the watch stops.
[[nodiscard]] ShapleyShares shapleyShares(std::size_t players, const CoalitionOutputs &outputs,
                                          const ShapleyOptions &options = {}, const Watch &watch = {});

}  // namespace pimento
