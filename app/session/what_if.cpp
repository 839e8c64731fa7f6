// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/what_if.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/base/error.h"
#include "core/base/vector_registers.h"
#include "core/base/warning_level.h"

namespace pimento {

namespace {

const QString WhatIfPlace = QStringLiteral("what-if");
constexpr double Absent = std::numeric_limits<double>::quiet_NaN();

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

// What a network is at other bits, whatever runs it.
void setCounts(ChangedDesign &design, std::span<const LayerWork> works, Bits bits, Part part) {
  double macs = 0;
  double bytes = 0;
  for (const LayerWork &work : works) {
    if (part == Part::Head && !work.head) continue;
    macs += static_cast<double>(work.macs);
    bytes += memory_bytes(work, bits.weights);
  }
  design.values[index(Metric::BitAnds)] = macs * bits.weights * bits.activations;
  design.values[index(Metric::Memory)] = bytes * 1e-6;
}

struct Changed {
  Accelerator accelerator;
  Machine machine;
};

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

WhatIfEstimates::WhatIfEstimates(const Study &study) : m_designOf(study.table.size(), None) {
  std::map<std::pair<OriginId, std::pair<NameId, Scope>>, std::size_t> known;
  std::vector<std::size_t> profiles(study.origins.size(), None);
  for (std::uint32_t row = 0; row < study.table.size(); ++row) {
    const DesignKey &key = study.table.key(row);
    const Origin &origin = study.origins[key.origin];
    if (key.reference || !origin.accelerator) continue;
    const auto [at, fresh] = known.try_emplace({key.origin, {key.variant, key.scope}}, m_designs.size());
    m_designOf[row] = at->second;
    if (!fresh) continue;
    std::size_t &profile = profiles[key.origin];
    if (profile == None) profile = profileOf(*origin.accelerator);
    const NetworkSpec &network = origin.network->network;
    const Variant variant = variantOf(*origin.network, study.table.name(key.variant));
    m_designs.push_back({profile,
                         {workOf(network, variant, Layout::Own), workOf(network, variant, Layout::Widest)},
                         origin.bits,
                         key.scope == Scope::Head ? Part::Head : Part::Whole});
  }
}

std::size_t WhatIfEstimates::profileOf(const Accelerator &accelerator) {
  const auto there = std::find(m_profiles.begin(), m_profiles.end(), accelerator);
  const auto at = static_cast<std::size_t>(there - m_profiles.begin());
  if (there == m_profiles.end()) m_profiles.push_back(accelerator);
  return at;
}

WhatIf WhatIfEstimates::evaluate(const DesignTable &table, std::span<const std::uint32_t> rows,
                                 const ParameterChanges &changes, std::optional<Bits> bits) const {
  WhatIf result;
  if ((changes.empty() && !bits) || isEmpty()) return result;
  releaseVectorRegisters();
  std::vector<std::optional<Changed>> machines(m_profiles.size());
  std::vector<std::optional<Totals>> totals(m_designs.size());
  std::vector<Judgement> judgements(m_designs.size());
  std::vector<QString> alarms(m_designs.size());
  for (const std::uint32_t row : rows) {
    const std::size_t at = m_designOf[row];
    if (at == None) continue;
    const Design &design = m_designs[at];
    auto &changed = machines[design.profile];
    try {
      if (!changed) {
        Accelerator accelerator = withChanges(m_profiles[design.profile], changes, WhatIfPlace);
        validate(accelerator, WhatIfPlace);
        const Machine machine = buildMachine(accelerator);
        changed = {std::move(accelerator), machine};
      }
    } catch (const Error &error) {
      WhatIf refused;
      refused.problem = error.message();
      return refused;
    }
    if (!totals[at]) {
      const auto layout = static_cast<std::size_t>(changed->machine.schedule.layout);
      totals[at] = estimateTotals(design.works[layout], changed->machine, bits.value_or(design.bits), design.part);
      const std::vector<Finding> found = findings(*totals[at], changed->accelerator, changed->machine);
      alarms[at] = worstAlarm(warningTexts(found));
      judgements[at] = judge(found);
    }
    result.designs.push_back({row, valuesOf(*totals[at], table, row), judgements[at], alarms[at]});
    if (bits)
      setCounts(result.designs.back(), design.works[static_cast<std::size_t>(changed->machine.schedule.layout)], *bits,
                design.part);
  }
  result.alarm = worstAlarm(QStringList(alarms.begin(), alarms.end()));
  return result;
}

}  // namespace pimento
