// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/files/file_lock.h"

namespace pimento {

// As FileLock::tryLock(), with an Error naming `place` where another process still holds it: `problem` has %1 for who.
[[nodiscard]] FileLock heldLock(const QString &path, std::chrono::milliseconds patience, const QString &place,
                                const QString &problem, const QString &remedy);

}  // namespace pimento
