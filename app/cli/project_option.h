// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/verb.h"
#include "core/project/project.h"

namespace pimento {

// -o FILE.pimento: the verb saves what it would print as a project, which the explorer opens, and prints nothing.
void addProjectOption(VerbParser &parser);

// Whether -o was given. Throws Error for a name that does not end in .pimento and for -o beside one of the verb's
// options `others` (or --csv, --json), which print something else.
[[nodiscard]] bool wantsProject(const VerbParser &parser, const QStringList &others);

// Saves the project where -o says, with the verb's command as its history.
void saveProjectOption(const VerbParser &parser, Project project);

// What the program was told: "pimento", the verb, its arguments.
[[nodiscard]] QStringList commandOf(const VerbParser &parser);

}  // namespace pimento
