// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/what_if.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "app/window/estimate_alarms.h"
#include "core/base/error.h"
#include "core/base/vector_registers.h"
#include "core/hardware/estimate_table.h"
#include "core/project/project_points.h"

namespace pimento {

namespace {

const QString Place = QStringLiteral("what-if");
constexpr double Absent = std::numeric_limits<double>::quiet_NaN();

double senseErrorsOf(const Machine &machine) { return machine.array.at(SenseOp::And2).strobed_error_rate; }

std::array<double, MetricCount> valuesOf(const Totals &totals, const DesignTable &table, std::uint32_t row) {
  std::array<double, MetricCount> values;
  values.fill(Absent);
  values[index(Metric::Energy)] = totals.energy_uj();
  values[index(Metric::Latency)] = totals.latency_us();
  values[index(Metric::Power)] = totals.power_w();
  values[index(Metric::Area)] = totals.area_mm2;
  const double speedup = table.column(Metric::GpuSpeedup)[row];
  const double gain = table.column(Metric::GpuEnergyRatio)[row];
  values[index(Metric::GpuSpeedup)] = speedup * table.column(Metric::Latency)[row] / totals.latency_us();
  values[index(Metric::GpuEnergyRatio)] = gain * table.column(Metric::Energy)[row] / totals.energy_uj();
  return values;
}

struct Changed {
  Accelerator accelerator;
  Machine machine;
};

void tellErrors(WhatIf &result, double errors, double before) {
  if (errors < result.senseErrors) return;
  result.senseErrors = errors;
  result.senseErrorsBase = before;
}

}  // namespace

std::optional<double> ChangedDesign::at(Metric metric) const {
  const double value = values[index(metric)];
  return std::isnan(value) ? std::nullopt : std::optional(value);
}

const ChangedDesign *WhatIf::find(std::uint32_t row) const {
  const auto found =
      std::find_if(designs.begin(), designs.end(), [row](const ChangedDesign &design) { return design.row == row; });
  return found == designs.end() ? nullptr : &*found;
}

WhatIfEstimates::WhatIfEstimates(const Project &project, const DesignTable &table) : m_designOf(table.size(), None) {
  for (const EstimateChoice &choice : project.estimates) {
    const std::size_t profile = m_profiles.size();
    m_profiles.push_back(acceleratorOf(project, choice));
    m_senseErrors.push_back(senseErrorsOf(buildMachine(m_profiles.back())));
    const EstimatedNetwork estimated = networkOf(project, choice);
    const NetworkSpec &network = estimated.network;
    const auto networkId = table.find(network.name);
    const auto platform = table.find(m_profiles.back().name);
    const auto parameters = table.find(hash(m_profiles.back()));
    const auto run = table.find(choice.run);
    if (!networkId || !platform || !parameters || !run) continue;
    std::map<std::pair<NameId, Scope>, std::size_t> known;
    for (std::uint32_t row = 0; row < table.size(); ++row) {
      const DesignKey &key = table.key(row);
      if (m_designOf[row] != None || key.network != *networkId || key.run != *run || key.platform != *platform ||
          key.profileHash != *parameters || key.bitsWeights != choice.bits.weights ||
          key.bitsActivations != choice.bits.activations)
        continue;
      const auto [at, fresh] = known.try_emplace({key.variant, key.scope}, m_designs.size());
      m_designOf[row] = at->second;
      if (!fresh) continue;
      const Variant variant = variantOf(estimated, table.name(key.variant));
      m_designs.push_back({profile,
                           {workOf(network, variant, Layout::Own), workOf(network, variant, Layout::Widest)},
                           choice.bits,
                           key.scope == Scope::Head ? Part::Head : Part::Whole});
    }
  }
}

WhatIf WhatIfEstimates::evaluate(const DesignTable &table, std::span<const std::uint32_t> rows,
                                 const ParameterChanges &changes) const {
  WhatIf result;
  if (changes.empty() || isEmpty()) return result;
  releaseVectorRegisters();
  std::vector<std::optional<Changed>> machines(m_profiles.size());
  std::vector<std::optional<Totals>> totals(m_designs.size());
  QStringList warnings;
  for (const std::uint32_t row : rows) {
    const std::size_t at = m_designOf[row];
    if (at == None) continue;
    const Design &design = m_designs[at];
    auto &changed = machines[design.profile];
    try {
      if (!changed) {
        Accelerator accelerator = withChanges(m_profiles[design.profile], changes, Place);
        validate(accelerator, Place);
        const Machine machine = buildMachine(accelerator);
        changed = {std::move(accelerator), machine};
        tellErrors(result, senseErrorsOf(machine), m_senseErrors[design.profile]);
      }
    } catch (const Error &error) {
      WhatIf refused;
      refused.problem = error.message();
      return refused;
    }
    if (!totals[at]) {
      const auto layout = static_cast<std::size_t>(changed->machine.schedule.layout);
      totals[at] = estimateTotals(design.works[layout], changed->machine, design.bits, design.part);
      warnings << estimateWarnings(*totals[at], changed->accelerator, changed->machine);
    }
    result.designs.push_back({row, valuesOf(*totals[at], table, row)});
  }
  result.alarm = worstAlarm(warnings);
  return result;
}

}  // namespace pimento
