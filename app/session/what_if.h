// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/hardware/estimate/findings.h"
#include "core/hardware/profile/parameter_changes.h"
#include "core/study/study.h"

namespace pimento {

// An estimated design as it would be on the changed accelerator.
struct ChangedDesign {
  std::uint32_t row = 0;                     // of the session's table
  std::array<double, MetricCount> values{};  // in the units of the metrics; NaN: the change does not concern it
  Judgement judgement;                       // as it would be
  QString alarm;                             // the worst that is to be said of it (warning_level.h); empty: none
  [[nodiscard]] std::optional<double> at(Metric metric) const;
};

struct WhatIf {
  QString problem;  // why the changed parameters make no accelerator; empty if they do, or if nothing is changed
  std::vector<ChangedDesign> designs;  // in the order of the rows asked for; empty while nothing is changed
  QString alarm;                       // the worst of theirs, the first of equals; empty: none
  [[nodiscard]] const ChangedDesign *find(std::uint32_t row) const;
};

// The estimates of a study, ready to be made again with other parameters as fast as a slider moves: per network the
// layers' work, per profile its parameters. A row is evaluated by its origin, variant and scope.
class WhatIfEstimates {
 public:
  WhatIfEstimates() = default;
  explicit WhatIfEstimates(const Study &study);

  [[nodiscard]] bool isEmpty() const { return m_designs.empty(); }

  // The rows among these that are estimates, on their own profiles with the changes made, at their own bits unless
  // others are given. Never throws for changes that contradict each other: then the problem is told and there are no
  // designs.
  [[nodiscard]] WhatIf evaluate(const DesignTable &table, std::span<const std::uint32_t> rows,
                                const ParameterChanges &changes, std::optional<Bits> bits = {}) const;

 private:
  struct Design {
    std::size_t profile = 0;
    std::array<std::vector<LayerWork>, 2> works;  // [Layout]
    Bits bits;
    Part part = Part::Whole;
  };
  static constexpr std::size_t None = static_cast<std::size_t>(-1);
  [[nodiscard]] std::size_t profileOf(const Accelerator &accelerator);  // equal ones are one

  std::vector<Accelerator> m_profiles;
  std::vector<Design> m_designs;
  std::vector<std::size_t> m_designOf;  // per row of the table: index into m_designs
};

}  // namespace pimento
