// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validate/validation.h"

#include <QStringList>
#include <algorithm>
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

Checks allNetworkChecks() {
  Checks checks = networkChecks();
  for (Check &check : decoChecks()) checks.push_back(std::move(check));
  return checks;
}

constexpr Group Groups[] = {
    {"Memories", memoryChecks},    {"Computing", computingChecks}, {"Devices", publishedDeviceChecks},
    {"Device", deviceChecks},      {"Sense", senseChecks},         {"Array", arrayChecks},
    {"Chip", chipChecks},          {"Mapping", mappingChecks},     {"Simulation", simulationChecks},
    {"Networks", allNetworkChecks}};

QString textOr(const QString &text, const char *otherwise) {
  return text.isEmpty() ? QString::fromUtf8(otherwise) : text;
}

CheckResult resultOf(const Group &group, const Check &check, const std::stop_token &stop) {
  const Ours ours = check.compute(stop);
  CheckResult result{.id = check.id,
                     .group = QString::fromLatin1(group.name),
                     .check = check.name,
                     .ours = ours.value,
                     .theirs = ours.theirs.value_or(check.theirs),
                     .oursRange = ours.range,
                     .theirsRange = check.theirsRange,
                     .unit = QString::fromUtf8(check.unit),
                     .tolerance = check.tolerance,
                     .deviation = ours.deviation,
                     .kind = check.kind,
                     .evidence = check.evidence,
                     .source = textOr(check.sourceText, check.source),
                     .conditions = check.conditions,
                     .scored = check.whyNotScored.isEmpty()};
  if (!result.scored)
    result.reason = check.whyNotScored;
  else if (!result.agrees())
    result.reason = ours.reason.isEmpty() ? textOr(check.reasonText, check.reason) : ours.reason;
  return result;
}

using Planned = std::pair<const Group *, Check>;

std::vector<Planned> allChecks() {
  std::vector<Planned> all;
  for (const Group &group : Groups)
    for (Check &check : group.checks()) all.emplace_back(&group, std::move(check));
  std::stable_sort(all.begin(), all.end(),
                   [](const Planned &a, const Planned &b) { return a.second.evidence < b.second.evidence; });
  return all;
}

constexpr const char *EvidenceNames[EvidenceCount] = {"silicon", "simulation", "verification"};
constexpr const char *EvidenceTitles[EvidenceCount] = {"silicon", "published simulation", "verification"};

Cell endOf(const std::optional<Interval> &range, double Interval::*end) {
  return range && std::isfinite((*range).*end) ? Cell{(*range).*end} : Cell{};
}

Cell finite(double value) { return std::isfinite(value) ? Cell{value} : Cell{}; }

}  // namespace

QString evidenceName(Evidence evidence) {
  return QString::fromLatin1(EvidenceNames[static_cast<std::size_t>(evidence)]);
}

QString evidenceTitle(Evidence evidence) {
  return QString::fromLatin1(EvidenceTitles[static_cast<std::size_t>(evidence)]);
}

bool CheckResult::agrees() const {
  const Interval allowed = theirsRange.value_or(Interval{theirs, theirs});
  const double slack = 3 * deviation;
  return scored && ours >= allowed.low - tolerance * std::abs(allowed.low) - slack &&
         ours <= allowed.high + tolerance * std::abs(allowed.high) + slack;
}

QString agreesWord(const CheckResult &result) {
  if (!result.scored) return QStringLiteral("not scored");
  return result.agrees() ? QStringLiteral("yes") : QStringLiteral("no");
}

QStringList checkGroups() {
  QStringList names;
  for (const Group &group : Groups) names << QString::fromLatin1(group.name);
  return names;
}

static std::vector<CheckResult> runAll(const std::vector<Planned> &all, const std::stop_token &stop,
                                       const CheckProgress &progress) {
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

std::vector<CheckResult> runChecks(const std::stop_token &stop, const CheckProgress &progress) {
  return runAll(allChecks(), stop, progress);
}

std::vector<CheckResult> runChecks(Evidence evidence) {
  std::vector<Planned> all = allChecks();
  std::erase_if(all, [&](const Planned &planned) { return planned.second.evidence != evidence; });
  return runAll(all, {}, {});
}

Agreed agreedOf(const std::vector<CheckResult> &results, Evidence evidence) {
  Agreed agreed;
  for (const CheckResult &r : results) {
    if (r.evidence != evidence) continue;
    agreed.agree += r.agrees() ? 1 : 0;
    (r.scored ? agreed.scored : agreed.shown) += 1;
  }
  return agreed;
}

QString agreementText(const std::vector<CheckResult> &results) {
  QStringList parts;
  for (std::size_t i = 0; i < EvidenceCount; ++i) {
    const auto evidence = static_cast<Evidence>(i);
    const Agreed a = agreedOf(results, evidence);
    if (a.scored + a.shown == 0) continue;
    QString part =
        QStringLiteral("%1 of %2 %3 %4")
            .arg(a.agree)
            .arg(a.scored)
            .arg(parts.isEmpty() ? QStringLiteral("figures of") : QStringLiteral("of"), evidenceTitle(evidence));
    if (parts.isEmpty()) part += QStringLiteral(" agree within their tolerance");
    if (a.shown > 0) part += QStringLiteral(" (%1 more are not scored)").arg(a.shown);
    parts << part;
  }
  return parts.isEmpty() ? QString() : parts.join(QStringLiteral(", ")) + QLatin1Char('.');
}

ReportTable checkReport(const std::vector<CheckResult> &results) {
  ReportTable table;
  for (const char *name :
       {"check", "ours", "theirs", "ratio", "source", "reason", "unit", "group", "tolerance", "deviation", "agrees",
        "kind", "id", "evidence", "ours_low", "ours_high", "theirs_low", "theirs_high", "conditions"})
    table.columns << QString::fromLatin1(name);
  for (const CheckResult &r : results)
    table.rows.push_back({r.check, finite(r.ours), r.theirs, finite(r.ratio()), r.source, r.reason, r.unit, r.group,
                          r.tolerance, r.deviation > 0 ? Cell{r.deviation} : Cell{}, agreesWord(r), kindName(r.kind),
                          r.id, evidenceName(r.evidence), endOf(r.oursRange, &Interval::low),
                          endOf(r.oursRange, &Interval::high), endOf(r.theirsRange, &Interval::low),
                          endOf(r.theirsRange, &Interval::high), r.conditions});
  return table;
}

Accelerator withDevice(const char *preset) {
  Accelerator accelerator;
  applyDevicePreset(accelerator, QString::fromLatin1(preset));
  return accelerator;
}

}  // namespace pimento
