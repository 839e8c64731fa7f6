// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <span>
#include <vector>

#include "core/hardware/profile/plausible_ranges.h"

namespace pimento {

// Ranges that a user gives in place of the table's, by key (parseRange).
using GivenRanges = std::map<QString, GivenRange>;

// A parameter of one accelerator that may truly be something else, as a distribution of values: its bounds lie within
// those of the parameter.
struct UncertainParameter {
  const Parameter *parameter = nullptr;
  std::size_t dimension = 0;  // row of plausibleRanges()
  double value = 0;           // of the profile
  double optimistic = 0;
  double pessimistic = 0;
  RangeShape shape = RangeShape::Uniform;
  const char *source = "";  // of the table; empty: given

  // The value below which a share u of the distribution lies, 0 < u < 1.
  [[nodiscard]] double quantile(double u) const;
};

// The continuous parameters of an accelerator that are uncertain and can move anything of it, in the table's order.
[[nodiscard]] std::vector<UncertainParameter> uncertainParameters(const Accelerator &accelerator,
                                                                  const GivenRanges &given = {});

}  // namespace pimento
