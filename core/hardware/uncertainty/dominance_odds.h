// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <vector>

#include "core/explore/front.h"
#include "core/hardware/uncertainty/design_samples.h"

namespace pimento {

// A design of a table in every draw: its sampled values where its hardware is uncertain, else those of the table (an
// accuracy, a published cost), which are the same in all draws.
struct Contestant {
  std::uint32_t row = 0;
  std::optional<std::size_t> sampled;  // its design among the samples
};

// Costs of contestants in the objectives, a column of draws each: smaller is better.
class DrawnCosts {
 public:
  DrawnCosts(const DesignTable &table, std::span<const Contestant> contestants, std::span<const Objective> objectives,
             const DesignSamples &samples, InvalidDesigns invalid = InvalidDesigns::LeftOut);

  [[nodiscard]] std::size_t draws() const { return m_draws; }
  [[nodiscard]] std::size_t size() const { return m_size; }

  // Of how many draws a is no worse than b in every objective and better in one. In a draw where a does not take part
  // (it has no value, or is invalid and invalid designs are left out) it dominates nothing; it is dominated there by
  // whatever takes part.
  [[nodiscard]] double dominates(std::size_t a, std::size_t b) const;

  // Of how many draws each is not dominated by any other, among those that take part in the draw.
  [[nodiscard]] std::vector<double> onFront() const;

 private:
  [[nodiscard]] double at(std::size_t contestant, std::size_t objective, std::size_t draw) const {
    return m_costs[(contestant * m_objectives + objective) * m_draws + draw];
  }
  [[nodiscard]] bool takesPart(std::size_t contestant, std::size_t draw) const;

  std::size_t m_size = 0;
  std::size_t m_objectives = 0;
  std::size_t m_draws = 0;
  std::vector<double> m_costs;  // [contestant][objective][draw]; NaN: does not take part
};

// A step of a front is robust if it stands there in at least this share of the draws: the usual one-sided 95 %.
inline constexpr double RobustShare = 0.95;

}  // namespace pimento
