// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QTimer>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "app/jobs/worker_process.h"
#include "core/jobs/run_directory.h"

namespace pimento {

enum class JobState : std::uint8_t {
  Queued,
  Running,
  Stopping,    // was told to stop and keeps its best
  Cancelling,  // was told to cancel
  Elsewhere,   // another process works in its directory
  Unfinished,  // ended without a word, or was never begun: can be resumed
  Failed,      // with an error
  Done,        // has results
  Cancelled    // what it had made is removed
};

// How far work other than training is.
struct TaskProgress {
  QString stage;  // "calibration", "evaluation"
  double done = 0;
  double all = 0;  // 0: nothing was told yet
};

// One piece of work of pimento-learn.
struct QueuedJob {
  int id = 0;
  QString title;      // for people
  QString directory;  // of its run
  QStringList words;  // of the worker: "train", directory
  JobState state = JobState::Queued;
  QString message;                      // why it failed, what is there of what ended unexpectedly
  RunLog log;                           // of a training run
  TaskProgress progress;                // of other work
  std::vector<QJsonObject> results;     // events "result" of this turn, in the order of their coming
  std::optional<QDateTime> checkpoint;  // when the last one was written

  bool wholeLog = true;  // or the latest events only

  [[nodiscard]] bool isTraining() const { return words.value(0) == QStringLiteral("train"); }
  [[nodiscard]] bool isActive() const;  // a worker is at it
  [[nodiscard]] bool canResume() const;
  [[nodiscard]] bool canCancel() const;
  [[nodiscard]] double share() const;  // done, of 1; < 0: not known
};

// Runs jobs one after the other, in workers of their own: what becomes of a worker never touches the window. Finds runs
// of earlier windows in their folders, and follows those on which a worker is still at work.
class JobQueue : public QObject {
  Q_OBJECT
 public:
  // `program`: the worker; empty: the one beside this program.
  explicit JobQueue(const QString &program = {}, QObject *parent = nullptr);
  ~JobQueue() override;  // ends the worker; its checkpoint stays

  int add(const QString &title, const QStringList &words, const QString &directory);  // at the end of the queue
  // Lists the runs of these folders that are not known yet (finished, unfinished or at work elsewhere), and no longer
  // those of other folders unless they are queued or a worker of this queue is at them.
  void setFolders(const QStringList &folders);

  void stop(int id);  // keeps the best
  // And removes what the run has made, unless it is done. Returns what went wrong with that, mostly nothing.
  QString cancel(int id);
  void resume(int id);            // at the end of the queue
  void move(int id, int places);  // of a job that waits: < 0 is earlier
  void remove(int id);            // from the list, if no worker is at it; its directory stays
  void leave();                   // the worker goes on without this program

  [[nodiscard]] const std::vector<QueuedJob> &jobs() const { return m_jobs; }
  [[nodiscard]] const QueuedJob *find(int id) const;
  [[nodiscard]] const QueuedJob *findDirectory(const QString &directory) const;
  [[nodiscard]] const QueuedJob *running() const;  // of this queue
  void loadHistory(int id);                        // all its events, where only the latest were read

 Q_SIGNALS:
  void listChanged();       // jobs came, went or changed places
  void jobChanged(int id);  // what one of them tells
  void jobEnded(int id);    // its worker is gone, however that came

 private:
  [[nodiscard]] QueuedJob *mutableJob(int id);
  void startNext();
  void start(QueuedJob &job);
  void take(const QJsonObject &event);
  void end(const WorkerEnd &end);
  void judge(QueuedJob &job, const WorkerEnd &end);
  void look(QueuedJob &job, Events events);  // at its directory
  void follow();                             // what works elsewhere

  QString m_program;
  std::vector<QueuedJob> m_jobs;
  int m_lastId = 0;
  int m_running = 0;  // id; 0: none
  std::unique_ptr<WorkerProcess> m_worker;
  std::map<int, EventTail> m_tails;  // of what works elsewhere
  QTimer m_follow;
  QTimer m_patience;  // with a worker that was told to cancel
};

// "Running", "Stopping, keeps the best", …
[[nodiscard]] QString stateText(const QueuedJob &job);

}  // namespace pimento
