// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLockFile>
#include <QString>
#include <optional>

namespace pimento {

// The one process that works in a run's directory holds this lock (worker.lock there) as long as it lives; a lock whose
// process died is free. Throws Error, naming the other process, if it is held.
class RunLock {
 public:
  explicit RunLock(const QString &directory);

 private:
  QLockFile m_file;
};

struct RunOwner {
  qint64 pid = 0;
  QString host;
  [[nodiscard]] bool isHere() const;  // on this machine
};

// Who works in a directory now; nobody if the lock is free.
[[nodiscard]] std::optional<RunOwner> runOwner(const QString &directory);

}  // namespace pimento
