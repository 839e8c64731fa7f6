// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QTimer>
#include <deque>
#include <functional>

#include "core/base/background.h"
#include "core/project/training_run.h"

namespace pimento {

// Reads directories of runs as importRun() does, beside the window and one after the other in the order asked for:
// halving weights takes as long as they are many. What was asked is answered in the thread of this object, as long as
// it lives and is not stopped: by one of the two calls, once.
class RunImports : public QObject {
  Q_OBJECT
 public:
  using Taken = std::function<void(TrainingRun run)>;
  using Failed = std::function<void(const QString &problem)>;
  explicit RunImports(QObject *parent = nullptr);

  void read(const QString &directory, Taken taken, Failed failed);
  void stop();  // leaves what is read and what waits: nothing of it is heard any more, nor kept
  [[nodiscard]] bool isBusy() const { return m_busy; }
  [[nodiscard]] const QString &directory() const { return m_directory; }  // that is read, or was the last

 Q_SIGNALS:
  void takesLong();  // of the directory that is read: time to say so
  void progressed(double share);
  void ended();  // it is read, could not be, or was left

 private:
  struct Asked {
    QString directory;
    Taken taken;
    Failed failed;
  };
  struct Outcome;
  void next();
  void end();
  void answer(const Asked &asked, const Outcome &outcome);

  std::deque<Asked> m_asked;
  QString m_directory;
  bool m_busy = false;
  QTimer m_patience;
  Background m_background;
};

}  // namespace pimento
