// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project.h"

#include <algorithm>

namespace pimento {

bool sameAs(const Project &a, const Project &b) {
  return a.title == b.title && a.published == b.published && a.estimates == b.estimates &&
         a.accelerators == b.accelerators && a.view == b.view && a.history == b.history && a.thumbnail == b.thumbnail &&
         std::equal(
             a.tables.begin(), a.tables.end(), b.tables.begin(), b.tables.end(),
             [](const StoredTable &x, const StoredTable &y) { return x.name == y.name && x.table.sameAs(y.table); });
}

}  // namespace pimento
