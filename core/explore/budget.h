// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <vector>

#include "core/explore/design_view.h"
#include "core/explore/front.h"

namespace pimento {

// What a design may cost at most, or must reach at least: a bound in the unit of the metric, inclusive. Which of the
// two follows from the metric's sense: energy has a maximum, accuracy a minimum.
struct Limit {
  Metric metric = Metric::Energy;
  double bound = 0;
  bool operator==(const Limit &) const = default;
};

using Budget = std::vector<Limit>;  // each metric at most once

[[nodiscard]] bool keeps(const Limit &limit, double value);  // never, where the value is absent (NaN)

struct BudgetAnswer {
  std::optional<std::uint32_t> best;  // the best row that fits
  // If none fits: the row that comes closest, that is whose worst miss, relative to the bound, is least. With one
  // limit this is simply the cheapest. None if no row has a value for every limit and for the objective.
  std::optional<std::uint32_t> nearest;
  std::size_t fitting = 0;
  std::size_t invalid = 0;  // rows left out as invalid that could be judged, whether they fit or not
  std::size_t asked = 0;    // rows with a value for every limit and for the objective; the others can not be judged
};

// The best of `rows` by the objective within the budget; equal ones by less energy, then by row. References never
// take part, nor do invalid designs unless asked for.
[[nodiscard]] BudgetAnswer bestWithin(const DesignTable &table, std::span<const std::uint32_t> rows,
                                      const Budget &budget, const Objective &by = objective(Metric::Accuracy),
                                      InvalidDesigns invalid = InvalidDesigns::LeftOut);

// The answer in one line: "best accuracy within 35 µJ and 30 µs: deco-vgg16 fe+cm2 (cifar-100, joint, deco-pim) at
// 53.82 %, 34.99 µJ, 28.8 µs", or
// "no design fits 30 µJ; the cheapest is deco-mobilenetv1 fe+cm4 (…) at 30.45 µJ (1.5 % over)".
// It says if the design is not valid, and how many were left out as invalid.
[[nodiscard]] QString budgetSentence(const DesignTable &table, const Budget &budget, const BudgetAnswer &answer,
                                     const Objective &by = objective(Metric::Accuracy));

// A filter that passes only rows within the budget.
[[nodiscard]] Filter within(Filter filter, const Budget &budget);

}  // namespace pimento
