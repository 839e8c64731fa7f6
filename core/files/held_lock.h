// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/files/file_lock.h"

namespace pimento {

// Takes a lock as FileLock::tryLock() does, and throws Error naming `place` where another process holds it after
// `patience`; in `problem` %1 stands for that process.
[[nodiscard]] FileLock heldLock(const QString &path, std::chrono::milliseconds patience, const QString &place,
                                const QString &problem, const QString &remedy);

}  // namespace pimento
