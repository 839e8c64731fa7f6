// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <chrono>
#include <optional>

#include "core/files/file_lock.h"

namespace pimento {

// The one process that trains in a run's directory holds this lock (worker.lock there) as long as it lives. Throws
// Error, naming the other process, if it is held.
class RunLock {
 public:
  explicit RunLock(const QString &directory);

 private:
  FileLock m_lock;
};

// Who trains in a directory now; nobody if the lock is free.
[[nodiscard]] std::optional<LockOwner> runOwner(const QString &directory);

// Held for the moment in which what a run has measured is read, changed and written again (results.lock there), so that
// several may do it at once: each waits for the others. Throws Error, naming who holds it, once that takes too long.
[[nodiscard]] FileLock lockRunResults(const QString &directory);

// Held by the process that makes one file of a run from a checkpoint of its own, under the name of that file. Throws
// Error, naming the other process, if it is held.
[[nodiscard]] FileLock lockRunFile(const QString &file);

}  // namespace pimento
