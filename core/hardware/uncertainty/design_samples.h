// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/watch.h"
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/uncertainty/uncertain_parameters.h"

namespace pimento {

// What is drawn of a design: those metrics that the hardware model gives.
inline constexpr std::array SampledMetrics{Metric::Energy, Metric::Latency, Metric::Power, Metric::Area};
[[nodiscard]] std::optional<std::size_t> sampledIndex(Metric metric);

// A design whose hardware is uncertain: a network's layers on one of several accelerators.
struct UncertainDesign {
  std::size_t accelerator = 0;  // among those that are sampled together
  std::vector<LayerWork> works;
  Bits bits;
  Part part = Part::Whole;
};

struct SamplingOptions {
  std::size_t draws = 2048;
  std::uint64_t seed = 1;
  GivenRanges ranges;
};

// What became of a design in one draw.
enum class DrawState : std::uint8_t {
  Valid,
  Invalid,       // it has values, but would not work as priced (Validity::Invalid)
  NoAccelerator  // the drawn parameters contradict each other, as a free layer without an easy axis
};

// Values of designs under the same draws of all uncertain parameters: draw i of one belongs to draw i of every other.
class DesignSamples {
 public:
  DesignSamples() = default;
  DesignSamples(std::size_t designs, std::size_t draws);

  [[nodiscard]] std::size_t draws() const { return m_draws; }
  [[nodiscard]] std::size_t designs() const { return m_designs; }
  [[nodiscard]] std::span<const double> values(std::size_t design, std::size_t sampled) const;  // NaN: none
  [[nodiscard]] DrawState state(std::size_t design, std::size_t draw) const {
    return m_states[design * m_draws + draw];
  }
  void set(std::size_t design, std::size_t draw, const std::array<double, SampledMetrics.size()> &values,
           DrawState state);

  // From the 5th to the 95th of a hundred draws that have a value; none if none has.
  [[nodiscard]] std::optional<Interval> interval(std::size_t design, std::size_t sampled) const;
  [[nodiscard]] double shareOf(std::size_t design, DrawState state) const;

 private:
  std::size_t m_designs = 0;
  std::size_t m_draws = 0;
  std::vector<double> m_values;     // [design][metric][draw]
  std::vector<DrawState> m_states;  // [design][draw]
};

// Draws all uncertain parameters together, each from its own dimension of one scrambled Sobol sequence, and estimates
// every design. Progress is reported between blocks of draws; throws Error once the watch stops.
[[nodiscard]] DesignSamples sampleDesigns(std::span<const Accelerator> accelerators,
                                          std::span<const UncertainDesign> designs, const SamplingOptions &options = {},
                                          const Watch &watch = {});

}  // namespace pimento
