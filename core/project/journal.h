// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDateTime>
#include <QString>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/files/file_lock.h"
#include "core/files/file_stamp.h"
#include "core/files/save_file.h"
#include "core/project/project.h"

namespace pimento {

// Unsaved work is journalled in a folder of its own (a project file, what it belongs to, and a lock that proves that
// its program lives) among those of the user. Nothing is ever written over the journal of another: one that is left
// behind is an offer until it is answered, by restoring or discarding it.

// Where the folders of journals are: "recovery" in the user's data folder.
[[nodiscard]] QString recoveryFolder();

// The file that work belongs to, as it was when it was read or saved last. Neither: work without a file, which has a
// title.
struct WorkOrigin {
  QString project;
  std::optional<FileStamp> stamp;
  QString title = {};
};

// Work that a program left behind when it ended without answering for it.
struct Journal {
  QString folder;
  WorkOrigin origin;
  QDateTime written;
};

// The journals of programs that do not run any more, the newest first. Folders of journals in which no work was ever
// written are removed on the way.
[[nodiscard]] std::vector<Journal> journalsLeftBehind(const QString &recovery = recoveryFolder());

// A journal that this process answers for, as long as it lives or until it is answered. Safe to use from two threads.
class HeldJournal {
 public:
  // A new one for work of that origin. Throws Error.
  [[nodiscard]] static std::shared_ptr<HeldJournal> begin(const WorkOrigin &origin,
                                                          const QString &recovery = recoveryFolder());
  // Takes over a journal that was left behind. Throws Error if another process has it meanwhile, or it is gone.
  [[nodiscard]] static std::shared_ptr<HeldJournal> adopt(const Journal &journal);

  [[nodiscard]] Project project() const;  // as written; throws Error

  // Writes the work as saveProject does. Once the journal is answered this does nothing. Throws Error.
  void write(const Project &project);

  // The work is saved, or was given up: the journal is gone for ever. Does not wait for a write() in another thread.
  // Throws Error if it can not be removed.
  void answer();

  [[nodiscard]] const QString &folder() const { return m_folder; }

 private:
  HeldJournal(QString folder, FileLock lock) : m_folder(std::move(folder)), m_lock(std::move(lock)) {}

  QString m_folder;
  std::mutex m_mutex;  // of what is below
  bool m_answered = false;
  std::optional<FileLock> m_lock;
};

}  // namespace pimento
