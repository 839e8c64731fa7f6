// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_lock.h"

#include <QDir>
#include <QFileInfo>

#include "core/files/held_lock.h"
#include "core/files/save_file.h"

namespace pimento {

namespace {

// Beside the file that is written, so that all its names have one lock.
QString projectLockFile(const QString &project) {
  const QFileInfo file(behindLinks(project));
  return file.dir().filePath(QStringLiteral(".%1.lock").arg(file.fileName()));
}

}  // namespace

FileLock lockProject(const QString &path, std::chrono::milliseconds patience) {
  return heldLock(projectLockFile(path), patience, path, QStringLiteral("is being changed by %1"),
                  QStringLiteral("wait for its end, and do this again"));
}

}  // namespace pimento
