// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobs/job_queue.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <csignal>

#include "app/jobs/run_folders.h"
#include "core/base/error.h"
#include "core/jobs/run_lock.h"

namespace pimento {

namespace {

constexpr int Follow_ms = 500;
constexpr int Patience_ms = 5000;  // a worker looks for commands after each update

bool waits(const QueuedJob &job) { return job.state == JobState::Queued; }

QString trainingTitle(const QString &directory) {
  try {
    return runTitle(loadJob(directory));
  } catch (const Error &) {
    return QFileInfo(directory).fileName();  // what is wrong with it is told when it is resumed
  }
}

QString whatIsLeft(const QueuedJob &job) {
  if (!job.checkpoint) return QStringLiteral("there is no checkpoint yet: it begins anew");
  if (!job.log.checkpointEpoch) return QStringLiteral("a checkpoint is there");
  return QStringLiteral("a checkpoint at epoch %1 of %2 is there")
      .arg(*job.log.checkpointEpoch, 0, 'f', 1)
      .arg(job.log.stage() ? job.log.stage()->epochs : 0);
}

}  // namespace

bool QueuedJob::isActive() const {
  return state == JobState::Running || state == JobState::Stopping || state == JobState::Cancelling ||
         state == JobState::Elsewhere;
}

bool QueuedJob::canResume() const { return state == JobState::Unfinished || state == JobState::Failed; }

bool QueuedJob::canCancel() const {
  return state == JobState::Queued || state == JobState::Running || state == JobState::Stopping || canResume();
}

double QueuedJob::share() const {
  if (state == JobState::Done) return 1;
  if (isTraining()) return log.share();
  return progress.all > 0 ? std::clamp(progress.done / progress.all, 0.0, 1.0) : -1;
}

JobQueue::JobQueue(const QString &program, QObject *parent) : QObject(parent), m_program(program) {
  m_follow.setInterval(Follow_ms);
  connect(&m_follow, &QTimer::timeout, this, &JobQueue::follow);
  m_patience.setSingleShot(true);
  m_patience.setInterval(Patience_ms);
  connect(&m_patience, &QTimer::timeout, this, [this] {
    if (m_worker) m_worker->kill();
  });
}

JobQueue::~JobQueue() = default;

QueuedJob *JobQueue::mutableJob(int id) {
  const auto found = std::ranges::find(m_jobs, id, &QueuedJob::id);
  return found == m_jobs.end() ? nullptr : &*found;
}

const QueuedJob *JobQueue::find(int id) const {
  const auto found = std::ranges::find(m_jobs, id, &QueuedJob::id);
  return found == m_jobs.end() ? nullptr : &*found;
}

const QueuedJob *JobQueue::findDirectory(const QString &directory) const {
  const auto found = std::ranges::find_if(m_jobs, [&](const QueuedJob &job) {
    return job.isTraining() && QFileInfo(job.directory) == QFileInfo(directory);
  });
  return found == m_jobs.end() ? nullptr : &*found;
}

const QueuedJob *JobQueue::running() const { return find(m_running); }

int JobQueue::add(const QString &title, const QStringList &words, const QString &directory) {
  QueuedJob job;
  job.id = ++m_lastId;
  job.title = title;
  job.words = words;
  job.directory = directory;
  m_jobs.push_back(std::move(job));
  Q_EMIT listChanged();
  startNext();
  return m_lastId;
}

void JobQueue::setFolders(const QStringList &folders) {
  std::erase_if(m_jobs, [&](const QueuedJob &job) {
    const bool own = waits(job) || job.id == m_running;
    return job.isTraining() && !own && !folders.contains(QFileInfo(job.directory).absolutePath());
  });
  std::erase_if(m_tails, [&](const auto &tail) { return find(tail.first) == nullptr; });
  for (const QString &folder : folders)
    for (const QString &directory : runsIn(folder)) {
      if (findDirectory(directory) != nullptr) continue;
      QueuedJob job;
      job.id = ++m_lastId;
      job.title = trainingTitle(directory);
      job.words = QStringList{QStringLiteral("train"), directory};
      job.directory = directory;
      look(job, Events::Latest);
      m_jobs.push_back(std::move(job));
    }
  Q_EMIT listChanged();
}

void JobQueue::look(QueuedJob &job, Events events) {
  const RunDirectory run = lookAtRun(job.directory, events);
  job.log = run.log;
  job.checkpoint = run.checkpoint;
  job.wholeLog = events == Events::All;
  job.message.clear();
  switch (run.state) {
    case RunState::Running:
      job.state = JobState::Elsewhere;
      m_tails.erase(job.id);
      job.log = {};
      job.wholeLog = true;
      m_tails.emplace(job.id, EventTail(job.directory)).first->second.readInto(job.log);
      m_follow.start();
      break;
    case RunState::Finished:
      job.state = JobState::Done;
      break;
    case RunState::Failed:
      job.state = JobState::Failed;
      job.message = run.log.problem;
      break;
    case RunState::NotBegun:
      job.state = JobState::Unfinished;
      job.message = QStringLiteral("It was not begun");
      break;
    case RunState::Interrupted:
      job.state = JobState::Unfinished;
      job.message = QStringLiteral("It ended unexpectedly; %1").arg(whatIsLeft(job));
      break;
  }
}

void JobQueue::loadHistory(int id) {
  QueuedJob *job = mutableJob(id);
  if (job == nullptr || job->wholeLog) return;
  job->log = lookAtRun(job->directory, Events::All).log;
  job->wholeLog = true;
}

void JobQueue::startNext() {
  if (m_running != 0) return;
  if (std::ranges::find(m_jobs, JobState::Elsewhere, &QueuedJob::state) != m_jobs.end())
    return;  // they share the cores
  const auto next = std::ranges::find_if(m_jobs, waits);
  if (next != m_jobs.end()) start(*next);
}

void JobQueue::start(QueuedJob &job) {
  m_running = job.id;
  job.state = JobState::Running;
  job.message.clear();
  job.results.clear();
  m_worker = std::make_unique<WorkerProcess>();
  connect(m_worker.get(), &WorkerProcess::event, this, &JobQueue::take);
  connect(m_worker.get(), &WorkerProcess::ended, this, &JobQueue::end);
  const int id = job.id;
  try {
    m_worker->start(m_program.isEmpty() ? workerPath() : m_program, job.words);
    Q_EMIT jobChanged(id);
  } catch (const Error &error) {
    const QString message = error.message();
    QMetaObject::invokeMethod(
        this,
        [this, message] {
          end({2, false, message});
        },
        Qt::QueuedConnection);
  }
}

void JobQueue::take(const QJsonObject &event) {
  QueuedJob *job = mutableJob(m_running);
  if (job == nullptr) return;
  const QString kind = event[QStringLiteral("event")].toString();
  if (job->isTraining() || kind != QStringLiteral("progress"))
    job->log.take(event);
  else
    job->progress = {event[QStringLiteral("stage")].toString(), event[QStringLiteral("done")].toDouble(),
                     event[QStringLiteral("all")].toDouble()};
  if (kind == QStringLiteral("result")) job->results.push_back(event);
  if (kind == QStringLiteral("checkpoint")) job->checkpoint = QDateTime::currentDateTime();
  Q_EMIT jobChanged(job->id);
}

// What a worker leaves behind, by its exit code and, where it was killed, by its directory.
void JobQueue::judge(QueuedJob &job, const WorkerEnd &end) {
  constexpr int Cancelled = 3;
  if (job.state == JobState::Stopping && !end.crashed && end.code == Cancelled) {
    job.state = JobState::Unfinished;
    job.message = QStringLiteral("It was stopped before its first step");
  } else if (job.state == JobState::Cancelling || (!end.crashed && end.code == Cancelled)) {
    job.state = JobState::Cancelled;
    if (job.isTraining()) try {
        discardRun(job.directory);
      } catch (const Error &error) {
        job.message = error.message();
      }
  } else if (end.crashed) {
    job.state = job.isTraining() ? JobState::Unfinished : JobState::Failed;
    job.message = QStringLiteral("The worker was killed or crashed");
    if (job.isTraining()) job.message += QStringLiteral("; ") + whatIsLeft(job);
  } else if (end.code == 0) {
    // Stopped while it made its teacher: there is no result yet, but what it had is kept.
    job.state = job.isTraining() && !job.log.outcome ? JobState::Unfinished : JobState::Done;
    if (job.state == JobState::Unfinished) job.message = QStringLiteral("It was stopped; %1").arg(whatIsLeft(job));
  } else {
    job.state = JobState::Failed;
    job.message = job.log.problem.isEmpty() ? end.message : job.log.problem;
    if (job.message.isEmpty()) job.message = QStringLiteral("the worker ended with code %1").arg(end.code);
  }
}

void JobQueue::end(const WorkerEnd &end) {
  m_patience.stop();
  if (m_worker) m_worker.release()->deleteLater();  // it is telling this
  const int id = std::exchange(m_running, 0);
  QueuedJob *job = mutableJob(id);
  if (job != nullptr) judge(*job, end);
  Q_EMIT jobChanged(id);
  Q_EMIT jobEnded(id);
  startNext();
}

void JobQueue::stop(int id) {
  QueuedJob *job = mutableJob(id);
  if (job == nullptr) return;
  if (job->state == JobState::Elsewhere) {
    const auto owner = runOwner(job->directory);
    if (owner && owner->isHere()) ::kill(static_cast<pid_t>(owner->pid), SIGTERM);
    return;
  }
  if (job->state != JobState::Running) return;
  job->state = JobState::Stopping;
  m_worker->say("stop");
  Q_EMIT jobChanged(id);
}

QString JobQueue::cancel(int id) {
  QueuedJob *job = mutableJob(id);
  if (job == nullptr || !job->canCancel()) return {};
  if (id == m_running) {
    job->state = JobState::Cancelling;
    m_worker->say("cancel");
    m_patience.start();
  } else {
    try {
      if (job->isTraining()) discardRun(job->directory);
    } catch (const Error &error) {
      return error.message();
    }
    job->state = JobState::Cancelled;
    job->message.clear();
  }
  Q_EMIT jobChanged(id);
  return {};
}

void JobQueue::resume(int id) {
  const auto found = std::ranges::find(m_jobs, id, &QueuedJob::id);
  if (found == m_jobs.end() || !found->canResume()) return;
  loadHistory(id);
  found->state = JobState::Queued;
  found->message.clear();
  std::rotate(found, found + 1, m_jobs.end());
  Q_EMIT listChanged();
  startNext();
}

void JobQueue::move(int id, int places) {
  std::vector<std::size_t> waiting;
  std::size_t at = 0;
  for (std::size_t i = 0; i < m_jobs.size(); ++i) {
    if (!waits(m_jobs[i])) continue;
    if (m_jobs[i].id == id) at = waiting.size();
    waiting.push_back(i);
  }
  if (waiting.empty() || m_jobs[waiting[at]].id != id) return;
  const auto last = static_cast<int>(waiting.size()) - 1;
  const auto to = static_cast<std::size_t>(std::clamp(static_cast<int>(at) + places, 0, last));
  for (; at < to; ++at) std::swap(m_jobs[waiting[at]], m_jobs[waiting[at + 1]]);
  for (; at > to; --at) std::swap(m_jobs[waiting[at]], m_jobs[waiting[at - 1]]);
  Q_EMIT listChanged();
}

void JobQueue::remove(int id) {
  const QueuedJob *job = find(id);
  if (job == nullptr || job->isActive()) return;
  std::erase_if(m_jobs, [id](const QueuedJob &other) { return other.id == id; });
  Q_EMIT listChanged();
}

void JobQueue::leave() {
  if (m_worker) m_worker->leave();
  m_worker.reset();
}

void JobQueue::follow() {
  std::vector<int> over;
  for (auto &[id, tail] : m_tails) {
    QueuedJob *job = mutableJob(id);
    if (job == nullptr) continue;
    const bool working = runOwner(job->directory).has_value();  // looked at first: its last words are read after
    const bool some = tail.readInto(job->log);
    if (!working) over.push_back(id);
    if (some && working) Q_EMIT jobChanged(id);
  }
  for (const int id : over) {
    m_tails.erase(id);
    QueuedJob *job = mutableJob(id);
    if (job != nullptr) look(*job, Events::All);
    Q_EMIT jobChanged(id);
    Q_EMIT jobEnded(id);
  }
  if (m_tails.empty()) m_follow.stop();
  if (!over.empty()) startNext();
}

QString stateText(const QueuedJob &job) {
  switch (job.state) {
    case JobState::Queued:
      return QStringLiteral("Queued");
    case JobState::Running:
      return job.log.begun || !job.isTraining() ? QStringLiteral("Running") : QStringLiteral("Starting");
    case JobState::Stopping:
      return QStringLiteral("Stopping, keeps the best");
    case JobState::Cancelling:
      return QStringLiteral("Cancelling");
    case JobState::Elsewhere:
      return QStringLiteral("Running outside this window");
    case JobState::Unfinished:
      return QStringLiteral("Unfinished");
    case JobState::Failed:
      return QStringLiteral("Failed");
    case JobState::Done:
      return job.log.outcome && job.log.outcome->stopped ? QStringLiteral("Done, stopped early")
                                                         : QStringLiteral("Done");
    case JobState::Cancelled:
      return QStringLiteral("Cancelled, discarded");
  }
  return {};
}

}  // namespace pimento
