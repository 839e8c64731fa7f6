// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/explore/design_table.h"

namespace pimento {

// One direction in which designs compete.
struct Objective {
  Metric metric = Metric::Energy;
  Sense sense = Sense::Minimise;
  bool operator==(const Objective &) const = default;
};

[[nodiscard]] inline Objective objective(Metric metric) { return {metric, info(metric).sense}; }

// "energy,accuracy" or "energy,max:power": two to four metrics, each once, each in its own sense unless "min:" or
// "max:" says otherwise. Throws Error.
[[nodiscard]] std::vector<Objective> parseObjectives(const QString &text, const QString &place);
[[nodiscard]] QString objectivesText(std::span<const Objective> objectives);  // reads back as the same

// A point of the objectives as costs: smaller is better in each, an objective to maximise is negated.
using Costs = std::vector<double>;

// Designs that do not work as they are priced (Validity::Invalid) do not compete, unless someone asks for it.
enum class InvalidDesigns : std::uint8_t { LeftOut, TakePart };

// Non-dominated rows among `rows`. A row dominates another if it is no worse in every objective and better in one, so
// equal points never dominate each other and all of them are kept. References and rows in which an objective is absent
// never take part, nor do invalid designs unless asked for. In order of the first objective, best first; equal ones by
// the second, and so on, last by row. Two to four objectives, each metric once; throws Error otherwise.
[[nodiscard]] std::vector<std::uint32_t> nonDominated(const DesignTable &table, std::span<const std::uint32_t> rows,
                                                      std::span<const Objective> objectives,
                                                      InvalidDesigns invalid = InvalidDesigns::LeftOut);

// The non-dominated rows of bare columns of costs, all of one length, less being better. NaN is absent; infinity is
// refused by an Error. O(n log n) for two and three columns, O(n log^2 n) for four.
[[nodiscard]] std::vector<std::uint32_t> nonDominated(std::span<const std::span<const double>> costs);

// The rows that can take part: no references, every objective present, no invalid designs unless asked for. In the
// order given.
[[nodiscard]] std::vector<std::uint32_t> contenders(const DesignTable &table, std::span<const std::uint32_t> rows,
                                                    std::span<const Objective> objectives,
                                                    InvalidDesigns invalid = InvalidDesigns::LeftOut);

// The rows that would take part if they were not invalid.
[[nodiscard]] std::vector<std::uint32_t> invalidContenders(const DesignTable &table,
                                                           std::span<const std::uint32_t> rows,
                                                           std::span<const Objective> objectives);

// Best value of each objective over the rows, in the units of the metrics: the ideal point, which no row need reach.
[[nodiscard]] std::vector<double> idealPoint(const DesignTable &table, std::span<const std::uint32_t> rows,
                                             std::span<const Objective> objectives);

// Default reference point of a hypervolume: for each objective the worst value over `rows` (all contenders, not the
// front alone), moved a tenth of the way from best to worst beyond it, so that the worst point still counts. If all
// values are equal, a tenth of that value beyond it (1 if it is 0).
[[nodiscard]] std::vector<double> defaultReference(const DesignTable &table, std::span<const std::uint32_t> rows,
                                                   std::span<const Objective> objectives);

struct Hypervolume {
  double value = 0;               // in the product of the objectives' units
  double share = 0;               // of the box between ideal point and reference, 0 to 1
  std::vector<double> ideal;      // in the units of the metrics
  std::vector<double> reference;  // in the units of the metrics
};

// Volume that `rows` dominate up to the reference point; exact. Rows that are not better than the reference in every
// objective add nothing. O(n log n) for two and three objectives, O(n^2 log n) for four.
[[nodiscard]] Hypervolume hypervolume(const DesignTable &table, std::span<const std::uint32_t> rows,
                                      std::span<const Objective> objectives, std::span<const double> reference,
                                      InvalidDesigns invalid = InvalidDesigns::LeftOut);

// The hypervolume that points of costs dominate up to the reference, each of the reference's length (2 to 4).
[[nodiscard]] double hypervolume(std::span<const Costs> points, const Costs &reference);

enum class KneeSpace : std::uint8_t { Linear, Log };

// The knee of a front: each objective is brought to 0 (best on the front) .. 1 (worst on the front), in log space after
// taking logarithms; the knee is the row farthest from the chord (for more objectives: the plane) on which these sum
// to 1, on the side of the ideal point. Equal ones: the first. None if no row lies on that side, if an objective does
// not vary along the front, or in log space if a value is not positive.
[[nodiscard]] std::optional<std::uint32_t> knee(const DesignTable &table, std::span<const std::uint32_t> front,
                                                std::span<const Objective> objectives, KneeSpace space);

}  // namespace pimento
