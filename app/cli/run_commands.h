// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <vector>

#include "core/project/project.h"

namespace pimento {

// Commands that a project's history keeps: they repeat what was done, given in the project's folder on any machine.

// One line. The directories of runs become runs/NAME, all other paths lose their folders.
[[nodiscard]] QString portableCommand(const QStringList &command, const QStringList &runDirectories);

// What makes a run anew from nothing but its job: training in runs/NAME, then quantising to each of its precisions.
// Sub-nets of a fused run come from the one of `others` that learned them.
[[nodiscard]] QStringList commandsOf(const TrainingRun &run, const std::vector<TrainingRun> &others);

// Appends the commands that are not there yet.
void addToHistory(Project &project, const QStringList &commands);

// The project of a file, or if there is none a new one for these runs: named after the first, seen on its data set.
// Throws Error for a file that is no project and for a name that does not end in .pimento.
[[nodiscard]] Project projectForRuns(const QString &file, const std::vector<TrainingRun> &runs);

}  // namespace pimento
