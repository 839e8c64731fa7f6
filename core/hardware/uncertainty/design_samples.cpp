// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/design_samples.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/hardware/estimate/findings.h"
#include "core/hardware/uncertainty/drawn_machine.h"
#include "core/hardware/uncertainty/quantiles.h"
#include "core/hardware/uncertainty/sobol_sequence.h"

namespace pimento {

namespace {

constexpr double Absent = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t Run = 32;  // draws that one thread does in a row

// Everything that the draws read.
struct Sampling {
  std::span<const Accelerator> accelerators;
  std::vector<std::vector<UncertainParameter>> parameters;  // of each accelerator
  std::vector<MappedDesign> designs;
  SobolSequence sequence;
};

void drawOnce(const Sampling &sampling, std::vector<DrawnMachine> &machines, std::size_t draw, DesignSamples &samples) {
  std::vector<double> point(sampling.sequence.dimensions());
  sampling.sequence.point(static_cast<std::uint32_t>(draw), point);
  for (std::size_t m = 0; m < machines.size(); ++m) {
    const auto &parameters = sampling.parameters[m];
    const bool made = machines[m].draw([&](std::size_t i) { return point[parameters[i].dimension]; });
    for (std::size_t d = 0; d < sampling.designs.size(); ++d) {
      const MappedDesign &design = sampling.designs[d];
      if (design.design->accelerator != m) continue;
      if (!made) {
        samples.set(d, draw, {Absent, Absent, Absent, Absent}, DrawState::NoAccelerator);
        continue;
      }
      const Totals totals = design.totals(machines[m].machine());
      const bool invalid =
          judge(findings(totals, machines[m].accelerator(), machines[m].machine())).validity == Validity::Invalid;
      samples.set(d, draw, sampledValues(totals), invalid ? DrawState::Invalid : DrawState::Valid);
    }
  }
}

void drawRun(const Sampling &sampling, std::size_t first, DesignSamples &samples) {
  std::vector<DrawnMachine> machines;
  for (std::size_t m = 0; m < sampling.accelerators.size(); ++m)
    machines.emplace_back(sampling.accelerators[m], sampling.parameters[m]);
  const std::size_t end = std::min(first + Run, samples.draws());
  for (std::size_t draw = first; draw < end; ++draw) drawOnce(sampling, machines, draw, samples);
}

}  // namespace

std::optional<std::size_t> sampledIndex(Metric metric) {
  const auto at = std::find(SampledMetrics.begin(), SampledMetrics.end(), metric);
  return at == SampledMetrics.end() ? std::nullopt
                                    : std::optional(static_cast<std::size_t>(at - SampledMetrics.begin()));
}

DesignSamples::DesignSamples(std::size_t designs, std::size_t draws)
    : m_designs(designs),
      m_draws(draws),
      m_values(designs * SampledMetrics.size() * draws, Absent),
      m_states(designs * draws, DrawState::NoAccelerator) {}

std::span<const double> DesignSamples::values(std::size_t design, std::size_t sampled) const {
  return std::span(m_values).subspan((design * SampledMetrics.size() + sampled) * m_draws, m_draws);
}

void DesignSamples::set(std::size_t design, std::size_t draw, const std::array<double, SampledMetrics.size()> &values,
                        DrawState state) {
  for (std::size_t metric = 0; metric < values.size(); ++metric)
    m_values[(design * SampledMetrics.size() + metric) * m_draws + draw] = values[metric];
  m_states[design * m_draws + draw] = state;
}

std::optional<Interval> DesignSamples::interval(std::size_t design, std::size_t sampled) const {
  std::vector<double> present;
  for (const double value : values(design, sampled))
    if (std::isfinite(value)) present.push_back(value);
  if (present.empty()) return std::nullopt;
  const double low = quantileOf(present, 0.05);
  return Interval{low, quantileOf(present, 0.95)};
}

double DesignSamples::shareOf(std::size_t design, DrawState state) const {
  const auto own = std::span(m_states).subspan(design * m_draws, m_draws);
  return m_draws == 0 ? 0 : static_cast<double>(std::ranges::count(own, state)) / static_cast<double>(m_draws);
}

DesignSamples sampleDesigns(std::span<const Accelerator> accelerators, std::span<const UncertainDesign> designs,
                            const SamplingOptions &options, const Watch &watch) {
  Sampling sampling{
      accelerators, {}, mapped(accelerators, designs), SobolSequence(plausibleRanges().size(), options.seed)};
  for (const Accelerator &a : accelerators) sampling.parameters.push_back(uncertainParameters(a, options.ranges));
  DesignSamples samples(designs.size(), options.draws);
  constexpr std::size_t Block = 8 * Run;  // draws between two reports
  for (std::size_t begin = 0; begin < options.draws; begin += Block) {
    if (watch.stop.stop_requested())
      throw Error(QStringLiteral("uncertainty"), QStringLiteral("was stopped before it was done"));
    if (watch.progress) watch.progress(static_cast<double>(begin) / static_cast<double>(options.draws));
    const std::size_t runs = (std::min(Block, options.draws - begin) + Run - 1) / Run;
    parallelFor(runs, watch.stop, [&](std::size_t run) { drawRun(sampling, begin + run * Run, samples); });
  }
  return samples;
}

}  // namespace pimento
