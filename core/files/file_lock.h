// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <chrono>
#include <optional>
#include <utility>

namespace pimento {

// Who holds a lock, as it wrote itself down; pid 0 if that can not be read.
struct LockOwner {
  qint64 pid = 0;
  QString host;
  [[nodiscard]] bool isHere() const;        // on this machine
  [[nodiscard]] QString described() const;  // "process 4711 on lab3"
};

// A lock that proves life: the system holds it for as long as the process has the lock file open, and frees it however
// the process ends. What the file says (pid, host) is for people, and for file systems without locks: there a process
// of this machine that lives holds what it wrote its name into, and no other one is waited for, or nothing could be
// saved there. The file is removed with the lock. Two locks in one process exclude each other as those of two do.
class FileLock {
 public:
  // Waits for another holder, at most for `patience`; nothing if it still holds the lock then. Throws Error naming
  // `place`, which is what the lock protects, if the lock file can not be made.
  [[nodiscard]] static std::optional<FileLock> tryLock(const QString &path, std::chrono::milliseconds patience,
                                                       const QString &place);

  FileLock(FileLock &&other) noexcept;
  FileLock &operator=(FileLock &&other) noexcept;
  FileLock(const FileLock &) = delete;
  FileLock &operator=(const FileLock &) = delete;
  ~FileLock();

 private:
  FileLock(QString path, int handle) : m_path(std::move(path)), m_handle(handle) {}
  void release();

  QString m_path;
  int m_handle = -1;
};

// Who holds the lock now; nothing if it is free. On a file system without locks a process of another machine counts: it
// can not be asked.
[[nodiscard]] std::optional<LockOwner> lockOwner(const QString &path);

}  // namespace pimento
