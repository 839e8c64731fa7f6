// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_lock.h"

#include <QDir>

#include "core/files/held_lock.h"

namespace pimento {

namespace {

using namespace std::chrono_literals;

constexpr auto Patience = 2s;  // someone may be looking whether it is held
constexpr auto ResultsPatience = 60s;

QString lockFile(const QString &directory) { return QDir(directory).filePath(QStringLiteral("worker.lock")); }

}  // namespace

RunLock::RunLock(const QString &directory)
    : m_lock(heldLock(lockFile(directory), Patience, directory, QStringLiteral("another worker is at it (%1)"),
                      QStringLiteral("wait for its end, or name another directory"))) {}

std::optional<LockOwner> runOwner(const QString &directory) { return lockOwner(lockFile(directory)); }

FileLock lockRunResults(const QString &directory) {
  return heldLock(QDir(directory).filePath(QStringLiteral("results.lock")), ResultsPatience, directory,
                  QStringLiteral("its results are being changed by another process (%1)"),
                  QStringLiteral("try again later"));
}

FileLock lockRunFile(const QString &file) {
  return heldLock(file + QStringLiteral(".lock"), Patience, file, QStringLiteral("another worker makes it (%1)"),
                  QStringLiteral("wait for its end"));
}

}  // namespace pimento
