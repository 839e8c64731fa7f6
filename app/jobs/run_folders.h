// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

#include "core/jobs/job.h"

namespace pimento {

// Where new runs go: beside the project, in PROJECT.runs; of work that no file has, in the user's data folder.
[[nodiscard]] QString newRunsFolder(const QString &project);

// Where runs of earlier windows may be: both of these, the user's first.
[[nodiscard]] QStringList runsFolders(const QString &project);

// What a run's directory is called, but for its number, and so the run in a project: as it was named, in letters that
// every file system takes ("first-try"), else "resnet20-slimmable-short-slimmable".
[[nodiscard]] QString runName(const Job &job);

// For people: the name that it was given, else the network's title and the recipe.
[[nodiscard]] QString runTitle(const Job &job);

}  // namespace pimento
