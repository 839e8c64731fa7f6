// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <optional>

#include "core/project/journal.h"

namespace pimento {

class Session;

// Opens and saves the session's work, keeps the list of recent files, and writes unsaved work to the journal every
// minute, so that a crash loses no more than that.
class Documents : public QObject {
  Q_OBJECT
 public:
  explicit Documents(Session &session, QObject *parent = nullptr);

  // .pimento: a project in place of what is open. .csv: the design points of it that are not there yet, beside what
  // is open. Returns what should be said of that, often nothing. Throws Error; then nothing has changed.
  QString open(const QString &path);
  void close();
  void save(const QString &path);  // throws Error
  void showPublished();
  void compareResNet20();
  void beginNew();  // with nothing in it yet

  // Unsaved work that an earlier run left behind, for the file that is open (or, with nothing open, of none).
  [[nodiscard]] std::optional<Journal> leftBehind() const;
  void recover(const Journal &journal);  // throws Error
  void discard(const Journal &journal);

  void autosave();       // what the timer does
  void removeJournal();  // the work is saved, or was given up

  [[nodiscard]] QStringList recentFiles() const;  // those that are still there, latest first

 Q_SIGNALS:
  void autosaveFailed(const QString &problem);

 private:
  void remember(const QString &path);

  Session &m_session;
  QTimer m_timer;
  QString m_journal;  // as last written
};

}  // namespace pimento
