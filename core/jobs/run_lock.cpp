// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_lock.h"

#include <QDir>
#include <QSysInfo>

#include "core/base/error.h"

namespace pimento {

namespace {

QString lockFile(const QString &directory) { return QDir(directory).filePath(QStringLiteral("worker.lock")); }

constexpr int Patience_ms = 2000;  // someone may be looking whether it is held

}  // namespace

RunLock::RunLock(const QString &directory) : m_file(lockFile(directory)) {
  m_file.setStaleLockTime(0);  // however long its process lives
  if (m_file.tryLock(Patience_ms)) return;
  if (m_file.error() != QLockFile::LockFailedError)
    throw Error(lockFile(directory), QStringLiteral("can not be written"),
                QStringLiteral("check the folder and its permissions"));
  const auto owner = runOwner(directory);
  throw Error(directory,
              QStringLiteral("another worker is at it (process %1 on %2)")
                  .arg(owner ? owner->pid : 0)
                  .arg(owner ? owner->host : QStringLiteral("?")),
              QStringLiteral("wait for its end, or name another directory"));
}

bool RunOwner::isHere() const { return host == QSysInfo::machineHostName(); }

std::optional<RunOwner> runOwner(const QString &directory) {
  QLockFile file(lockFile(directory));
  file.setStaleLockTime(0);
  RunOwner owner;
  QString program;
  if (!file.getLockInfo(&owner.pid, &owner.host, &program)) return std::nullopt;
  if (file.tryLock(0)) return std::nullopt;  // its process is gone
  return owner;
}

}  // namespace pimento
