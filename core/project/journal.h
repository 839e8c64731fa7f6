// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDateTime>
#include <QString>
#include <optional>

#include "core/project/project.h"

namespace pimento {

// Unsaved work that an earlier run left behind. The journal is a project file of its own, beside the project or, for
// work that has no file yet, in the user's data folder; the project itself changes only when the user saves.
struct Journal {
  QString path;
  QDateTime written;
};

// Where the work on `projectPath` is journalled: "<project>.journal"; for an empty path a file of this process in
// `folder` (the user's data folder by default).
[[nodiscard]] QString journalPath(const QString &projectPath, const QString &folder = {});

// Writes the journal as saveProject does, making its folder if need be. Throws Error.
void writeJournal(const Project &project, const QString &path);

// The journal to offer when `projectPath` opens: it is there and newer than the project. For an empty path: the
// newest of work without a file whose program does not run any more.
[[nodiscard]] std::optional<Journal> findJournal(const QString &projectPath, const QString &folder = {});

// After a save, or when the user declines what was found. No error if there is none.
void removeJournal(const QString &path);

}  // namespace pimento
