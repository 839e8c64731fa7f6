// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_points.h"

namespace pimento {

DesignTable projectPoints(const Project &project) {
  DesignTable points;
  if (project.published) points = published(project.published->corrections);
  for (const StoredTable &stored : project.tables) points.append(stored.table);
  return points;
}

}  // namespace pimento
