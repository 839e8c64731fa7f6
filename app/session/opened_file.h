// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <variant>

#include "core/base/watch.h"
#include "core/files/file_stamp.h"
#include "core/project/project.h"
#include "core/study/study.h"

namespace pimento {

// A project evaluated: what takes long, and needs no window.
struct StudiedProject {
  Project project;
  Study study;
};

// A .pimento file as a project, a .csv file as points to put beside what is open. `path` is absolute.
struct OpenedFile {
  QString path;
  std::variant<StudiedProject, StoredTable> content;
  std::optional<FileStamp> stamp = {};  // of the file before it was read: what changes meanwhile is noticed
};

// Reads a file, in any thread. Throws Error for a bad one, and when the watch asks to stop.
[[nodiscard]] OpenedFile readFile(const QString &path, const Watch &watch = {});

// Whether reading a file takes long enough to be seen, so that a window does it beside its own work.
[[nodiscard]] bool takesLongToRead(const QString &path);

}  // namespace pimento
