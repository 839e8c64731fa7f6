// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <algorithm>
#include <cmath>

#include "app/cli/verb.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/files/save_file.h"
#include "core/hardware/estimate/mapping_search.h"
#include "core/hardware/profile/profile_json.h"
#include "core/hardware/profile/profiles.h"
#include "core/hardware/silicon/calibration.h"
#include "core/hardware/silicon/chip_file.h"
#include "core/validate/validation.h"
#include "core/validate/width_search.h"

namespace pimento {

namespace {

QString rangeText(double value, const std::optional<Interval> &range) {
  if (!range) return std::isfinite(value) ? fourDigits(value) : QString();
  if (!std::isfinite(range->high)) return QStringLiteral("at least %1").arg(fourDigits(range->low));
  if (range->low == 0) return QStringLiteral("at most %1").arg(fourDigits(range->high));
  return QStringLiteral("%1 to %2").arg(fourDigits(range->low), fourDigits(range->high));
}

// For a terminal: identifiers, tolerances and sources are left to --csv.
ReportTable shortTable(const std::vector<CheckResult> &results) {
  ReportTable table;
  for (const char *name : {"group", "check", "ours", "theirs", "unit", "ratio", "agrees", "reason"})
    table.columns << QString::fromLatin1(name);
  table.values = QStringList{QStringLiteral("ours"), QStringLiteral("theirs")};
  for (const CheckResult &r : results) {
    QString ours = std::isfinite(r.ours) ? fourDigits(r.ours) : QString();
    if (r.oursRange) ours += QStringLiteral(" (%1)").arg(rangeText(r.ours, r.oursRange));
    table.rows.push_back({r.group, r.check, ours, rangeText(r.theirs, r.theirsRange), r.unit,
                          std::isfinite(r.ratio()) ? Cell{r.ratio()} : Cell{}, agreesWord(r), r.reason});
  }
  return table;
}

std::vector<CheckResult> ofEvidence(const std::vector<CheckResult> &results, Evidence evidence) {
  std::vector<CheckResult> some;
  std::copy_if(results.begin(), results.end(), std::back_inserter(some),
               [&](const CheckResult &r) { return r.evidence == evidence; });
  return some;
}

QStringList evidenceNames() {
  QStringList names;
  for (std::size_t i = 0; i < EvidenceCount; ++i) names << evidenceName(static_cast<Evidence>(i));
  return names;
}

// The three kinds of evidence apart, each below its name, and how many agree.
void printByEvidence(const VerbParser &parser, const std::vector<CheckResult> &results) {
  for (std::size_t i = 0; i < EvidenceCount; ++i) {
    const auto evidence = static_cast<Evidence>(i);
    const std::vector<CheckResult> some = ofEvidence(results, evidence);
    if (some.empty()) continue;
    const QString title = evidenceTitle(evidence);
    printOut(QStringLiteral("%1%2\n").arg(title.left(1).toUpper(), title.mid(1)));
    parser.print(shortTable(some));
    printOut(QStringLiteral("\n"));
  }
  printOut(agreementText(results) + QLatin1Char('\n'));
}

int printChecks(const VerbParser &parser) {
  const QString option = QStringLiteral("evidence");
  std::vector<CheckResult> results;
  if (parser.isSet(option)) {
    const auto evidence = static_cast<Evidence>(evidenceNames().indexOf(parser.choice(option, evidenceNames())));
    results = runChecks(evidence);
  } else {
    results = runChecks();
  }
  if (parser.isText())
    printByEvidence(parser, results);
  else
    parser.print(checkReport(results));
  return 0;
}

// A profile as it is, with the factors of silicon in place; only another profile is replaced.
void writeCalibrated(const VerbParser &parser, const Calibration &calibration) {
  const QString path = parser.value(QStringLiteral("write-profile"));
  if (QFileInfo::exists(path)) static_cast<void>(loadProfile(path));
  const Accelerator physical = loadProfile(parser.value(QStringLiteral("accelerator")));
  writeWhole(path, writeProfile(calibratedProfile(physical, calibration)));
}

int printCalibration(const VerbParser &parser) {
  const QString silicon = parser.value(QStringLiteral("silicon"));
  const std::vector<PublishedChip> chips = silicon.isEmpty() ? publishedChips() : openChips(silicon);
  const Calibration calibration = calibrate(chips, silicon.isEmpty() ? parser.place() : silicon);
  if (parser.isSet(QStringLiteral("write-profile"))) writeCalibrated(parser, calibration);
  parser.print(calibrationReport(calibration));
  return 0;
}

void addValidateOptions(VerbParser &parser) {
  parser.option(QStringLiteral("evidence"),
                QStringLiteral("Only checks of this kind: %1.").arg(evidenceNames().join(QStringLiteral(", "))),
                QStringLiteral("KIND"));
  parser.option(QStringLiteral("calibration"),
                QStringLiteral("Fits the factors of the calibrated profile to measured chips instead: each with its "
                               "90 % prediction interval and by how much a chip is missed that is left out."));
  parser.option(QStringLiteral("silicon"),
                QStringLiteral("With --calibration: published memories in place of the program's, a .json file or a "
                               "folder of them."),
                QStringLiteral("PATH"));
  parser.option(QStringLiteral("write-profile"),
                QStringLiteral("With --calibration: writes the calibrated profile, for --accelerator."),
                QStringLiteral("FILE"));
  parser.option(QStringLiteral("accelerator"),
                QStringLiteral("With --write-profile: the physical profile that it begins with."),
                QStringLiteral("PROFILE"), builtInProfiles().front());
  parser.option(
      QStringLiteral("mappings"),
      QStringLiteral("The search behind the ratio of ResNet20's widths instead: every mapping and its ratio."));
}

}  // namespace

int validateVerb(const QStringList &arguments) {
  VerbParser parser(
      "validate", {},
      QStringLiteral("Compares the hardware model with numbers from elsewhere, in three kinds of evidence: silicon\n"
                     "(what was built and measured, predicted at its own node, supply and temperature without\n"
                     "having seen the figure), published simulation, and verification (independent integrators,\n"
                     "other programs, exact counts). Where they differ by more than a check's tolerance, a line\n"
                     "says why. NVSim's mode has constants of the NVSim runs that it is verified against."));
  addValidateOptions(parser);
  if (!parser.parse(arguments)) return 0;
  const QString calibration = QStringLiteral("calibration");
  const QString mappings = QStringLiteral("mappings");
  parser.excludes(calibration, {mappings, QStringLiteral("evidence")});
  parser.excludes(mappings, {QStringLiteral("evidence")});
  for (const char *option : {"silicon", "write-profile"}) parser.needs(QString::fromLatin1(option), {calibration});
  parser.needs(QStringLiteral("accelerator"), {QStringLiteral("write-profile")});
  if (parser.isSet(calibration)) return printCalibration(parser);
  if (!parser.isSet(mappings)) return printChecks(parser);
  parser.print(mappingReport(widthSearch()));
  return 0;
}

}  // namespace pimento
