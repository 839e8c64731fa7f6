// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/uncertain_study.h"

#include <algorithm>
#include <map>

#include "core/hardware/uncertainty/design_intervals.h"

namespace pimento {

namespace {

std::size_t acceleratorIn(UncertainStudy &uncertain, const Accelerator &accelerator) {
  auto &all = uncertain.accelerators;
  const auto there = std::find(all.begin(), all.end(), accelerator);
  const auto at = static_cast<std::size_t>(there - all.begin());
  if (there == all.end()) all.push_back(accelerator);
  return at;
}

}  // namespace

UncertainStudy uncertainOf(const Study &study, std::span<const std::uint32_t> rows) {
  UncertainStudy uncertain;
  uncertain.designOf.resize(study.table.size());
  std::map<std::pair<OriginId, std::pair<NameId, Scope>>, std::size_t> known;
  for (const std::uint32_t row : rows) {
    const DesignKey &key = study.table.key(row);
    const Origin &origin = study.origins[key.origin];
    if (key.reference || !origin.accelerator) continue;
    const auto [at, fresh] = known.try_emplace({key.origin, {key.variant, key.scope}}, uncertain.designs.size());
    uncertain.designOf[row] = at->second;
    if (!fresh) continue;
    const Variant variant = variantOf(*origin.network, study.table.name(key.variant));
    uncertain.designs.push_back({acceleratorIn(uncertain, *origin.accelerator),
                                 workOf(origin.network->network, variant, origin.accelerator->schedule.layout),
                                 origin.bits, key.scope == Scope::Head ? Part::Head : Part::Whole});
  }
  return uncertain;
}

void setIntervals(DesignTable &table, const UncertainStudy &uncertain, const DesignSamples &samples) {
  for (std::uint32_t row = 0; row < table.size() && row < uncertain.designOf.size(); ++row)
    if (const auto design = uncertain.designOf[row]) setIntervals(table, row, samples, *design);
}

std::vector<Contestant> contestantsOf(const UncertainStudy &uncertain, std::span<const std::uint32_t> rows) {
  std::vector<Contestant> contestants;
  for (const std::uint32_t row : rows) contestants.push_back({row, uncertain.designOf[row]});
  return contestants;
}

}  // namespace pimento
