// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <optional>

#include "app/session/journal_writer.h"
#include "app/session/opened_file.h"
#include "app/session/replacing.h"
#include "app/session/saved_work.h"

namespace pimento {

class Session;

// Opens and saves the session's work, keeps the list of recent files, watches whether others change the open file, and
// journals unsaved work every minute, so that a crash loses no more than that.
class Documents : public QObject {
  Q_OBJECT
 public:
  explicit Documents(Session &session, QObject *parent = nullptr);

  // .pimento: a project in place of what is open. .csv: the design points of it that are not there yet, beside what
  // is open. Returns what should be said of that, often nothing. Throws Error; then nothing has changed.
  QString open(const QString &path);
  QString show(OpenedFile file);  // the same with what was read of it elsewhere
  void close();
  // `replacing`: the file of that name as it was when it was decided to replace it. Throws Error, and leaves the file
  // alone, if another is there now or somebody else is changing it.
  void save(const QString &path, const std::optional<FileStamp> &replacing);
  void save(const QString &path) { save(path, stampOf(path)); }
  void reload();  // the file that is open, as it is now; throws Error
  void showPublished();
  void compareResNet20();
  void beginNew();  // with nothing in it yet

  [[nodiscard]] quint64 revision() const { return m_revision; }  // another one after every change of the open work

  // Whether something would be lost with the open work that one click does not make again.
  [[nodiscard]] bool isWorthSaving() const { return m_recovered || m_saved.isLostWith(m_session); }

  // The open file as this window read or saved it, or as it was when restored work was begun, and when that was.
  [[nodiscard]] const std::optional<FileStamp> &stamp() const { return m_stamp; }
  [[nodiscard]] const Known &known() const { return m_known; }
  // The file as it is, if that is not what this window read or saved.
  [[nodiscard]] std::optional<FileStamp> changedOnDisk() const;

  // Unsaved work that other windows left behind: that on the open file first, then the newest.
  [[nodiscard]] std::vector<Journal> leftBehind() const;
  void recover(const Journal &journal);  // in place of what is open; throws Error, then it stays an offer
  void discard(const Journal &journal);  // throws Error

  void autosave();       // what the timer does: nothing unless something has changed that is worth it
  void removeJournal();  // the work is saved, or was given up
  [[nodiscard]] bool isAutosaving() const { return m_writer.isBusy(); }

  [[nodiscard]] QStringList recentFiles() const;  // those that are still there, latest first

 Q_SIGNALS:
  void autosaveFailed(const QString &problem);
  void fileChanged();  // see changedOnDisk

 private:
  void begin(const Project &project);
  void remember(const QString &path);
  // What is open now is as that file has it (or as one click makes it).
  void know(const std::optional<FileStamp> &stamp);
  void follow(const std::optional<FileStamp> &stamp, const Known &known);  // the file, as it was then
  void watch();
  void look();

  Session &m_session;
  QTimer m_timer;
  std::shared_ptr<HeldJournal> m_journal;  // of this work, once there was something to write
  quint64 m_revision = 1;
  quint64 m_journalled = 0;  // revision that the journal holds
  SavedWork m_saved;
  bool m_recovered = false;  // no file has it
  JournalWriter m_writer;
  std::optional<FileStamp> m_stamp;
  Known m_known;
  std::optional<FileStamp> m_told;  // what fileChanged() was emitted for
  QFileSystemWatcher m_watcher;
  QTimer m_look;
};

}  // namespace pimento
