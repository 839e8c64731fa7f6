// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/uncertainty/dominance_odds.h"
#include "core/study/study.h"

namespace pimento {

// The estimates among the rows of a study, ready to be drawn: equal ones (of one origin, variant and scope) once.
struct UncertainStudy {
  std::vector<Accelerator> accelerators;
  std::vector<UncertainDesign> designs;
  std::vector<std::optional<std::size_t>> designOf;  // of each row of the table; none: nothing of it is uncertain
  [[nodiscard]] bool isEmpty() const { return designs.empty(); }
};
[[nodiscard]] UncertainStudy uncertainOf(const Study &study, std::span<const std::uint32_t> rows);

// The table with the intervals of all rows that were drawn.
void setIntervals(DesignTable &table, const UncertainStudy &uncertain, const DesignSamples &samples);

// Rows as contestants of a front.
[[nodiscard]] std::vector<Contestant> contestantsOf(const UncertainStudy &uncertain,
                                                    std::span<const std::uint32_t> rows);

}  // namespace pimento
