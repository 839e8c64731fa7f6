// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "core/base/watch.h"
#include "core/files/archive.h"
#include "core/project/project.h"

namespace pimento {

inline constexpr int ProjectSchema = 2;  // of project.json; raised with every change of its shape; 1 is still read
//   1: as it began;  2: runs, estimates of runs, and designs that belong to a run
inline constexpr std::size_t InlineTableRows = 1000;  // larger tables are entries of their own

// A project as the entries of its archive: mimetype, project.json, then tables/N.safetensors, runs/N.json with
// runs/N.jsonl (history) and runs/N.safetensors (weights), accelerators/N.json and thumbnail.png as needed. The same
// project gives the same entries.
[[nodiscard]] std::vector<ArchiveEntry> projectEntries(const Project &project);

// The reverse. Throws Error naming `place`, the entry and the key; a schema newer than ProjectSchema is refused.
[[nodiscard]] Project projectFromEntries(std::vector<ArchiveEntry> entries, const QString &place,
                                         const Watch &watch = {});

}  // namespace pimento
