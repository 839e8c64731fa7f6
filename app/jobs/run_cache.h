// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

struct TrainingRun;

// A directory of a run that only a project keeps, for a worker to read its weights from: in the user's cache, not
// beside the project, and there already if this run was looked at before. The oldest few are dropped. Throws Error if
// the cache can not be written.
[[nodiscard]] QString cachedRun(const TrainingRun &run);

}  // namespace pimento
