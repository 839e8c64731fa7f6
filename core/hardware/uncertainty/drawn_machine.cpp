// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/drawn_machine.h"

#include "core/base/error.h"

namespace pimento {

namespace {

const QString DrawPlace = QStringLiteral("draw");

// Without its texts, whose counters all threads would share.
Accelerator bare(Accelerator accelerator) {
  accelerator.name = QString();
  accelerator.title = QString();
  accelerator.sources = {};
  return accelerator;
}

}  // namespace

DrawnMachine::DrawnMachine(const Accelerator &base, const std::vector<UncertainParameter> &parameters)
    : m_parameters(parameters), m_accelerator(bare(base)) {}

bool DrawnMachine::build() {
  try {
    validate(m_accelerator, DrawPlace);
    m_machine = buildMachine(m_accelerator);
    return true;
  } catch (const Error &) {  // a combination that no accelerator has: counted, not told
    return false;
  }
}

std::vector<MappedDesign> mapped(std::span<const Accelerator> accelerators, std::span<const UncertainDesign> designs) {
  std::vector<Machine> machines;
  for (const Accelerator &accelerator : accelerators) machines.push_back(buildMachine(accelerator));
  std::vector<MappedDesign> all;
  for (const UncertainDesign &design : designs)
    all.push_back({&design, mapsOf(design.works, machines[design.accelerator], design.bits)});
  return all;
}

std::array<double, SampledMetrics.size()> sampledValues(const Totals &totals) {
  return {totals.energy_uj(), totals.latency_us(), totals.power_w(), totals.area_mm2};
}

}  // namespace pimento
