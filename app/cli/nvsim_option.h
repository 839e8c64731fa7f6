// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>

#include "app/cli/verb.h"
#include "core/hardware/nvsim/nvsim_files.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// --cell and --cfg, shared by the verbs about hardware: the memory of NVSim's two files.
void addNvsimOptions(VerbParser &parser);

struct NvsimFiles {
  NvsimCell cell;
  NvsimConfig config;
  QString cellPath;
  QString configPath;  // empty: the cell stands in the accelerator's sub-array
};

// What the options name, if they are given. A configuration names its cell file, beside it or in a folder inside its
// own;
// --cell comes before that. Throws Error.
[[nodiscard]] std::optional<NvsimFiles> nvsimFilesFrom(const VerbParser &parser, const Accelerator &accelerator);

// The accelerator with the files' cell, node and sub-array, priced by NVSim's circuit; what a profile can not hold is
// returned, a sentence each.
[[nodiscard]] QStringList applyNvsimFiles(Accelerator &accelerator, const NvsimFiles &files);

// Names on standard error the keys that have no effect, and what applyNvsimFiles returned.
void tellOfNvsim(const NvsimFiles &files, const QStringList &notes);

}  // namespace pimento
