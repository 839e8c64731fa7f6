// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/chip/chip.h"
#include "core/hardware/chip/machine.h"
#include "core/validate/checks.h"

namespace pimento {

namespace {

Ours overheadOf(const Accelerator &accelerator) { return {areaOverhead(buildArray(accelerator)).total_pct()}; }

}  // namespace

Checks chipChecks() {
  Accelerator nvsimCell;  // 60 F², and its sense amplifiers of 101 µm² a column
  nvsimCell.array.cell_width_um = 0.45;
  nvsimCell.array.cell_height_um = 0.27;
  nvsimCell.array.sense_amplifier_um2 = 101.25;
  Checks checks;
  checks.push_back({.id = QStringLiteral("chip.overhead"),
                    .name = QStringLiteral("area that computing adds to the memory"),
                    .theirs = PublishedOverhead_pct,
                    .unit = "%",
                    .tolerance = 0.05,
                    .kind = Kind::Published,
                    .source = "dynamic-network paper, area overhead",
                    .compute = [](const std::stop_token &) { return overheadOf(Accelerator{}); },
                    .reason = "theirs names neither base nor slices; our base is a sub-array of 184 F² cells",
                    .evidence = Evidence::Simulation});
  checks.push_back({.id = QStringLiteral("chip.overhead.nvsim"),
                    .name = QStringLiteral("area that computing adds, cells and amplifiers of NVSim"),
                    .theirs = PublishedOverhead_pct,
                    .unit = "%",
                    .tolerance = 0.05,
                    .kind = Kind::Published,
                    .source = "dynamic-network paper, area overhead",
                    .compute = [nvsimCell](const std::stop_token &) { return overheadOf(nvsimCell); },
                    .reason = "NVSim's amplifiers of 101 µm² a column make the base larger",
                    .evidence = Evidence::Simulation});
  return checks;
}

}  // namespace pimento
