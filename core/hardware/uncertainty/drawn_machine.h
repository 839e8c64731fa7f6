// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/hardware/uncertainty/design_samples.h"

namespace pimento {

// An accelerator with values drawn for its uncertain parameters, and the designs that are estimated on it. One thread
// at a time; a copy shares nothing, so that threads do not wait for each other.
class DrawnMachine {
 public:
  DrawnMachine(const Accelerator &base, const std::vector<UncertainParameter> &parameters);

  // Takes the values of a point in (0, 1): parameter i from coordinate at(i). False if they make no accelerator.
  template <class Coordinate>
  [[nodiscard]] bool draw(Coordinate at) {
    for (std::size_t i = 0; i < m_parameters.size(); ++i)
      m_parameters[i].parameter->put(m_accelerator, m_parameters[i].quantile(at(i)));
    return build();
  }
  [[nodiscard]] const Machine &machine() const { return *m_machine; }
  [[nodiscard]] const Accelerator &accelerator() const { return m_accelerator; }

 private:
  [[nodiscard]] bool build();

  std::vector<UncertainParameter> m_parameters;
  Accelerator m_accelerator;
  std::optional<Machine> m_machine;
};

// The layers of designs with their maps, which no uncertain parameter changes.
struct MappedDesign {
  const UncertainDesign *design = nullptr;
  std::vector<LayerMap> maps;
  [[nodiscard]] Totals totals(const Machine &machine) const {
    return estimateTotals(design->works, maps, machine, design->bits, design->part);
  }
};
[[nodiscard]] std::vector<MappedDesign> mapped(std::span<const Accelerator> accelerators,
                                               std::span<const UncertainDesign> designs);

[[nodiscard]] std::array<double, SampledMetrics.size()> sampledValues(const Totals &totals);

}  // namespace pimento
