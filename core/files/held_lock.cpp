// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/held_lock.h"

#include "core/base/error.h"

namespace pimento {

FileLock heldLock(const QString &path, std::chrono::milliseconds patience, const QString &place, const QString &problem,
                  const QString &remedy) {
  if (auto taken = FileLock::tryLock(path, patience, place)) return std::move(*taken);
  throw Error(place, problem.arg(lockOwner(path).value_or(LockOwner{}).described()), remedy);
}

}  // namespace pimento
