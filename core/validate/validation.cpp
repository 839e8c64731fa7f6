// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validate/validation.h"

#include <QStringList>
#include <cmath>

#include "core/base/error.h"
#include "core/hardware/profile/device_presets.h"
#include "core/validate/checks.h"

namespace pimento {

namespace {

struct Group {
  const char *name;
  Checks (*checks)();
};

constexpr Group Groups[] = {{"Device", deviceChecks},   {"Sense", senseChecks},     {"Array", arrayChecks},
                            {"Chip", chipChecks},       {"Mapping", mappingChecks}, {"Simulation", simulationChecks},
                            {"Networks", networkChecks}};

CheckResult resultOf(const Group &group, const Check &check, const std::stop_token &stop) {
  const Ours ours = check.compute(stop);
  CheckResult result{.id = check.id,
                     .group = QString::fromLatin1(group.name),
                     .check = check.name,
                     .ours = ours.value,
                     .theirs = ours.theirs.value_or(check.theirs),
                     .unit = QString::fromUtf8(check.unit),
                     .tolerance = check.tolerance,
                     .deviation = ours.deviation,
                     .kind = check.kind,
                     .source = QString::fromUtf8(check.source)};
  if (!result.agrees()) result.reason = QString::fromUtf8(check.reason);
  return result;
}

}  // namespace

bool CheckResult::agrees() const { return std::abs(ours - theirs) <= tolerance * std::abs(theirs) + 3 * deviation; }

QStringList checkGroups() {
  QStringList names;
  for (const Group &group : Groups) names << QString::fromLatin1(group.name);
  return names;
}

std::vector<CheckResult> runChecks(const std::stop_token &stop, const CheckProgress &progress) {
  std::vector<std::pair<const Group *, Check>> all;
  for (const Group &group : Groups)
    for (Check &check : group.checks()) all.emplace_back(&group, std::move(check));
  std::vector<CheckResult> results;
  for (const auto &[group, check] : all) {
    if (stop.stop_requested()) break;
    CheckResult result;
    try {
      result = resultOf(*group, check, stop);
    } catch (const Error &) {
      if (!stop.stop_requested()) throw;
    }
    if (stop.stop_requested()) break;  // it may be cut short
    results.push_back(std::move(result));
    if (progress) progress(results, all.size());
  }
  return results;
}

ReportTable checkReport(const std::vector<CheckResult> &results) {
  ReportTable table;
  for (const char *name : {"check", "ours", "theirs", "ratio", "source", "reason", "unit", "group", "tolerance",
                           "deviation", "agrees", "kind", "id"})
    table.columns << QString::fromLatin1(name);
  for (const CheckResult &r : results)
    table.rows.push_back({r.check, r.ours, r.theirs, r.ratio(), r.source, r.reason, r.unit, r.group, r.tolerance,
                          r.deviation > 0 ? Cell{r.deviation} : Cell{},
                          r.agrees() ? QStringLiteral("yes") : QStringLiteral("no"), kindName(r.kind), r.id});
  return table;
}

Accelerator withDevice(const char *preset) {
  Accelerator accelerator;
  applyDevicePreset(accelerator, QString::fromLatin1(preset));
  return accelerator;
}

}  // namespace pimento
