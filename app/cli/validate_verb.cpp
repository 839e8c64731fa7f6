// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verb.h"
#include "app/cli/verbs.h"
#include "core/base/format.h"
#include "core/validate/validation.h"

namespace pimento {

namespace {

// For a terminal: identifiers, tolerances and sources are left to --csv.
ReportTable shortTable(const std::vector<CheckResult> &results) {
  ReportTable table;
  for (const char *name : {"group", "check", "ours", "theirs", "unit", "ratio", "agrees", "reason"})
    table.columns << QString::fromLatin1(name);
  for (const CheckResult &r : results)
    table.rows.push_back({r.group, r.check, r.ours, r.theirs, r.unit, r.ratio(),
                          r.agrees() ? QStringLiteral("yes") : QStringLiteral("no"), r.reason});
  return table;
}

}  // namespace

int validateVerb(const QStringList &arguments) {
  VerbParser parser(
      "validate", {},
      QStringLiteral("Compares the hardware model with numbers from elsewhere, check by check: published\n"
                     "ones, runs of NVSim, and independent computations. Nothing is fitted to them; where\n"
                     "they differ by more than a check's tolerance, a line says why."));
  if (!parser.parse(arguments)) return 0;
  const std::vector<CheckResult> results = runChecks();
  const bool full = parser.isSet(QStringLiteral("csv")) || parser.isSet(QStringLiteral("json"));
  parser.print(full ? checkReport(results) : shortTable(results));
  return 0;
}

}  // namespace pimento
