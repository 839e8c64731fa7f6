// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QTimer>
#include <map>
#include <memory>
#include <vector>

#include "app/jobs/queued_job.h"
#include "app/jobs/worker_process.h"
#include "core/jobs/run_directory.h"

namespace pimento {

// Runs jobs one after the other, in workers of their own: what becomes of a worker never touches the window. Finds runs
// of earlier windows in their folders, and follows those on which a worker is still at work.
class JobQueue : public QObject {
  Q_OBJECT
 public:
  // `program`: the worker; empty: the one beside this program.
  explicit JobQueue(const QString &program = {}, QObject *parent = nullptr);
  ~JobQueue() override;  // pauses what has checkpoints, and ends other work

  int add(const QString &title, const QStringList &words, const QString &directory);  // at the end of the queue
  // Lists the runs of these folders that are not known yet (finished, unfinished or at work elsewhere), and no longer
  // those of other folders unless they are queued or a worker of this queue is at them.
  void setFolders(const QStringList &folders);

  void pause(int id);  // leaves a checkpoint; its turn is over until it is resumed
  // Keeps the best; of one that is paused when its turn comes. Returns what went wrong with that, mostly nothing.
  QString stop(int id);
  // And removes what the run has made, unless it is done. Returns what went wrong with that, mostly nothing.
  QString cancel(int id);
  void resume(int id);            // at the end of the queue
  void trainOn(int id);           // a finished run whose job asks for more by now; at the end of the queue
  void move(int id, int places);  // of a job that waits: < 0 is earlier
  void remove(int id);            // from the list, if no worker is at it; its directory stays
  void leave();                   // the worker goes on without this program

  [[nodiscard]] const std::vector<QueuedJob> &jobs() const { return m_jobs; }
  [[nodiscard]] const QueuedJob *find(int id) const;
  [[nodiscard]] const QueuedJob *findDirectory(const QString &directory) const;
  [[nodiscard]] const QueuedJob *running() const;  // of this queue
  // Its title, and where others read the same the name of its directory.
  [[nodiscard]] QString titleOf(const QueuedJob &job) const;
  void loadHistory(int id);  // all its events, where only the latest were read

 Q_SIGNALS:
  void listChanged();       // jobs came, went or changed places
  void jobChanged(int id);  // what one of them tells
  void jobEnded(int id);    // its worker is gone, however that came

 private:
  [[nodiscard]] QueuedJob *mutableJob(int id);
  enum class Turn : std::uint8_t { GoesOn, Ends };
  void queueAgain(int id, Turn turn);
  void startNext();
  void start(QueuedJob &job);
  void take(const QJsonObject &event);
  void end(const WorkerEnd &end);
  void judge(QueuedJob &job, const WorkerEnd &end);
  void look(QueuedJob &job, Events events);  // at its directory
  void say(QueuedJob &job, JobState state, const char *command);
  void follow();  // what works elsewhere

  QString m_program;
  std::vector<QueuedJob> m_jobs;
  int m_lastId = 0;
  int m_running = 0;  // id; 0: none
  std::unique_ptr<WorkerProcess> m_worker;
  std::map<int, EventTail> m_tails;  // of what works elsewhere
  QTimer m_follow;
  QTimer m_patience;  // with a worker that was told to cancel
};

}  // namespace pimento
