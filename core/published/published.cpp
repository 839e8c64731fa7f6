// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/published/published.h"

#include "core/published/points.h"

namespace pimento {

DesignTable published(const CorrectionSet &corrections) { return designPoints(correctedTables(corrections)); }

DesignTable designPoints(const PaperTables &tables) {
  DesignTable points;
  addDecoPoints(points, tables, Scope::Whole);
  addDynamicPoints(points, tables);
  addDecoPoints(points, tables, Scope::Head);
  return points;
}

}  // namespace pimento
