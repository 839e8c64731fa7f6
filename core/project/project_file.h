// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

#include "core/base/watch.h"
#include "core/project/project.h"

namespace pimento {

// Writes a .pimento file. Whatever happens on the way, `path` holds the old file or the new one, whole: the new one is
// written beside it, brought to the disk and renamed. A link is followed. Throws Error; then nothing has changed.
void saveProject(const Project &project, const QString &path);

// Reads a .pimento file; throws Error naming place and remedy for anything that is not a sound one, and when the watch
// asks to stop.
[[nodiscard]] Project openProject(const QString &path, const Watch &watch = {});

// A project file as bytes in memory; `place` names them in errors.
[[nodiscard]] QByteArray projectBytes(const Project &project);
[[nodiscard]] Project openProject(const QByteArray &file, const QString &place);

}  // namespace pimento
