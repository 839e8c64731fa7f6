// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/published/audit.h"

#include <array>

#include "core/base/warning_level.h"
#include "core/jobs/methods.h"
#include "core/published/claims.h"

namespace pimento {

namespace {

struct Text {
  const char *id;
  const char *fact;  // the quote and its place
  const char *claim;
  const char *explanation;
};
constexpr std::array<Text, 8> Texts{
    {{"deco-6", "deco-loss-sign", "The objective of joint learning is the sum of the losses",
      "Each loss carries a minus sign of its own, so the one in front of the sum is a slip: the objective is the sum."},
     {"deco-7.wording", "deco-more-macs-less-time", "More MACs give more parallelism and so less time",
      "See deco-7.vgg16 and deco-7.mobilenetv1 for the order of MACs and times in the tables."},
     {"dynamic-11.penalty", "dynamic-penalty", "The penalty is for the larger, important weights",
      "min(norm, τ) has a gradient only where the norm is below τ, so Eq. 2 penalises the small ones. Its gradient "
      "takes τ as a constant."},
     {"dynamic-11.stages", "dynamic-stages", "Eq. 1 names the stages of the method",
      "Sampling the sub-nets is stage 1; stage 2 is their fused training."},
     {"deco-12", "deco-three-column", "Three columns are activated for an addition",
      "Two and three cells share a bit line, so it is rows that are activated, as the dynamic-network paper says."},
     {"dynamic-12", "dynamic-three-row", "Two or three rows are activated",
      "Rows, since the cells share a bit line. DECO says three columns."},
     {"dynamic-table2-method", "dynamic-table2-method", "Table II shows the uniform method",
      "The text calls the comparison a proof of the non-uniform method, the caption says uniform. It is listed as "
      "uniform."},
     {"deco-13.dataset", "deco-table3-caption", "The costs of Table III are for CIFAR-100",
      "Joined to accuracies on CIFAR-10 they are derived, with a warning."}}};

}  // namespace

void auditTexts(Claims &claims, const PaperTables &tables) {
  const Reader read(tables);
  for (const Text &text : Texts)
    claims.push_back({QString::fromLatin1(text.id),
                      QString::fromUtf8(text.claim),
                      read.quote(text.fact),
                      {},
                      QStringLiteral("textual"),
                      read.place(text.fact),
                      QString::fromUtf8(text.explanation)});
  claims.push_back({QStringLiteral("dynamic-11.beyond"),
                    QStringLiteral("Eq. 2 is the penalty that leaves sub-nets"),
                    read.quote("dynamic-penalty"),
                    {},
                    QStringLiteral("textual"),
                    read.place("dynamic-penalty"),
                    beyondThePaper(Method::ClippedGroupLasso)});
}

std::vector<Claim> audit(const PaperTables &tables) {
  Claims claims;
  auditCounts(claims, tables);
  auditCosts(claims, tables);
  auditAccuracies(claims, tables);
  auditDynamic(claims, tables);
  auditEnergy(claims, tables);
  auditTexts(claims, tables);
  return claims;
}

std::vector<Claim> claimsOf(const std::vector<Claim> &claims, const QString &badge) {
  std::vector<Claim> found;
  for (const Claim &claim : claims)
    if (claim.id == badge || claim.id.startsWith(badge + QLatin1Char('.'))) found.push_back(claim);
  return found;
}

QString badgeOf(const QString &led) {
  const QString warning = withoutLevel(led);
  if (!warning.startsWith(QLatin1Char('['))) return {};
  return warning.mid(1, warning.indexOf(QLatin1Char(']')) - 1);
}

std::vector<Claim> audit() { return audit(paperTables()); }

}  // namespace pimento
