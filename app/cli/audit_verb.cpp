// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/published/audit.h"

#include "app/cli/verb.h"
#include "app/cli/verbs.h"

namespace pimento {

namespace {

ReportTable fullTable(const std::vector<Claim> &claims) {
  ReportTable table{
      {QStringLiteral("claim"), QStringLiteral("published"), QStringLiteral("recomputed"), QStringLiteral("verdict"),
       QStringLiteral("source"), QStringLiteral("id"), QStringLiteral("explanation")},
      {}};
  for (const Claim &claim : claims)
    table.rows.push_back(
        {claim.claim, claim.published, claim.recomputed, claim.verdict, claim.source, claim.id, claim.explanation});
  return table;
}

// For a terminal: quotes are cut, sources and explanations left to --csv.
ReportTable shortTable(const std::vector<Claim> &claims) {
  const auto cut = [](const QString &text) {
    constexpr int Most = 56;
    return text.size() <= Most ? text : text.left(Most - 1) + QStringLiteral("…");
  };
  ReportTable table{{QStringLiteral("verdict"), QStringLiteral("claim"), QStringLiteral("published"),
                     QStringLiteral("recomputed"), QStringLiteral("id")},
                    {}};
  for (const Claim &claim : claims)
    table.rows.push_back({claim.verdict, claim.claim, cut(claim.published), claim.recomputed, claim.id});
  return table;
}

}  // namespace

int auditVerb(const QStringList &arguments) {
  VerbParser parser(
      "audit", {},
      QStringLiteral("Recomputes the claims of the two papers from their own tables and from the networks.\n"
                     "Verdicts: holds, contradicted, textual (no number to judge by). --csv and --json have "
                     "the source and an explanation of each."));
  if (!parser.parse(arguments)) return 0;
  const bool full = parser.isSet(QStringLiteral("csv")) || parser.isSet(QStringLiteral("json"));
  parser.print(full ? fullTable(audit()) : shortTable(audit()));
  return 0;
}

}  // namespace pimento
