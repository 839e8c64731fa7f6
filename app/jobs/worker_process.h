// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QObject>
#include <QStringList>
#include <memory>

#include "core/jobs/event_lines.h"

class QProcess;

namespace pimento {

// How a worker ended: its exit code (0 done, 2 an error, 3 paused, 4 cancelled), or killed or crashed, with the last
// that it wrote to standard error.
struct WorkerEnd {
  int code = 0;
  bool crashed = false;
  QString message;
};

// Path of pimento-learn, which stands beside this program, whether it is there or not.
[[nodiscard]] QString workerFile();
// The same; throws Error that says how to get it if it is not there or is being built.
[[nodiscard]] QString workerPath();

// Whether a build of a program is under way: ./bootstrap run makes the worker while the explorer is in use already, and
// keeps the number of the process that does in a file beside it.
[[nodiscard]] bool isBeingBuilt(const QString &program);

// A worker at its work, followed by signals. Destroying it ends the worker.
class WorkerProcess : public QObject {
  Q_OBJECT
 public:
  explicit WorkerProcess(QObject *parent = nullptr);
  ~WorkerProcess() override;

  void start(const QString &program, const QStringList &words);  // `ended` tells if it can not be
  void say(const QByteArray &command);                           // "pause", "stop", "cancel": a line
  void kill();
  void leave();        // it goes on without this program
  void leavePaused();  // it pauses, in its own time and without this program

 Q_SIGNALS:
  void event(const QJsonObject &event);
  void ended(const WorkerEnd &end);  // once, after the last event

 private:
  void takeEvents();
  void takeErrors();
  void end(bool crashed);

  std::unique_ptr<QProcess> m_process;
  EventLines m_lines;
  QByteArray m_errors;
};

}  // namespace pimento
