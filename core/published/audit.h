// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <vector>

#include "core/published/paper_tables.h"

namespace pimento {

// One claim of a paper, recomputed. The verdict is computed from the values and the digits that are printed:
// "holds", "contradicted", or "textual" where there is no number to recompute. Ids begin with the badge that warnings
// on design points carry: "deco-2.size" explains "[deco-2] …".
struct Claim {
  QString id;
  QString claim;
  QString published;
  QString recomputed;
  QString verdict;
  QString source;
  QString explanation;
};

// Every numeric claim and contradiction of the two papers, recomputed from their tables and from the networks' counts.
[[nodiscard]] std::vector<Claim> audit();
[[nodiscard]] std::vector<Claim> audit(const PaperTables &tables);

// The claims that explain a badge: those named "deco-2" or "deco-2.…".
[[nodiscard]] std::vector<Claim> claimsOf(const std::vector<Claim> &claims, const QString &badge);

// Badge of a warning, "deco-2" of "[deco-2] …"; empty where it has none.
[[nodiscard]] QString badgeOf(const QString &warning);

}  // namespace pimento
