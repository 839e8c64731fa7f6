// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobs/job_queue.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "app/jobs/run_folders.h"
#include "core/base/error.h"
#include "core/jobs/run_lock.h"
#include "core/jobs/run_request.h"
#include "core/jobs/worker_codes.h"

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

JobQueue::JobQueue(const QString &program, QObject *parent) : QObject(parent), m_program(program) {
  m_follow.setInterval(Follow_ms);
  connect(&m_follow, &QTimer::timeout, this, &JobQueue::follow);
  m_patience.setSingleShot(true);
  m_patience.setInterval(Patience_ms);
  connect(&m_patience, &QTimer::timeout, this, [this] {
    if (m_worker) m_worker->kill();
  });
}

JobQueue::~JobQueue() {
  const QueuedJob *job = running();
  if (m_worker && job != nullptr && (job->canPause() || job->state == JobState::Pausing)) m_worker->leavePaused();
}

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

QString JobQueue::titleOf(const QueuedJob &job) const {
  const bool shared = std::ranges::any_of(
      m_jobs, [&](const QueuedJob &other) { return other.title == job.title && other.directory != job.directory; });
  return shared && !job.directory.isEmpty()
             ? QStringLiteral("%1 (%2)").arg(job.title, QFileInfo(job.directory).fileName())
             : job.title;
}

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
  startNext();  // what others waited for may have left with its folder
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
    case RunState::Paused:
      job.state = JobState::Paused;
      job.message = whatIsLeft(job);
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
  job.state = job.ends ? JobState::Stopping : JobState::Running;
  job.message.clear();
  job.results.clear();
  job.weights.clear();
  m_worker = std::make_unique<WorkerProcess>();
  connect(m_worker.get(), &WorkerProcess::event, this, &JobQueue::take);
  connect(m_worker.get(), &WorkerProcess::ended, this, &JobQueue::end);
  const int id = job.id;
  try {
    // It outlives this program, however that ends: the next one follows it.
    QStringList words = job.words;
    if (job.isTraining()) words << QStringLiteral("--stay");
    if (job.ends) words << QStringLiteral("--stop");
    m_worker->start(m_program.isEmpty() ? workerPath() : m_program, words);
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
  if (kind == QStringLiteral("weights")) job->weights.push_back(event);
  if (kind == QStringLiteral("checkpoint")) job->checkpoint = QDateTime::currentDateTime();
  Q_EMIT jobChanged(job->id);
}

// What a worker leaves behind, by its exit code and, where it was killed, by its directory.
void JobQueue::judge(QueuedJob &job, const WorkerEnd &end) {
  if (!end.crashed && end.code == PausedCode && job.state != JobState::Cancelling) {
    job.state = JobState::Paused;
    job.message = job.isTraining() ? whatIsLeft(job) : QStringLiteral("its checkpoint is there");
  } else if (!end.crashed && end.code == DoneCode) {
    job.state = JobState::Done;  // also if it was told to cancel too late
  } else if (job.state == JobState::Cancelling || (!end.crashed && end.code == CancelledCode)) {
    const bool asked = job.state == JobState::Cancelling;
    job.state = JobState::Cancelled;
    if (job.isTraining() && asked) try {
        discardRun(job.directory);
      } catch (const Error &error) {
        job.message = error.message();
      }
  } else if (end.crashed) {
    job.state = job.isTraining() ? JobState::Unfinished : JobState::Failed;
    job.message = QStringLiteral("The worker was killed or crashed");
    if (job.isTraining()) job.message += QStringLiteral("; ") + whatIsLeft(job);
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

void JobQueue::say(QueuedJob &job, JobState state, const char *command) {
  job.state = state;
  m_worker->say(command);
  Q_EMIT jobChanged(job.id);
}

void JobQueue::pause(int id) {
  QueuedJob *job = mutableJob(id);
  if (job != nullptr && job->canPause()) say(*job, JobState::Pausing, "pause");
}

QString JobQueue::stop(int id) {
  QueuedJob *job = mutableJob(id);
  if (job == nullptr) return {};
  try {
    if (job->state == JobState::Elsewhere) askToStop(job->directory);
  } catch (const Error &error) {
    return error.message();
  }
  if (job->state == JobState::Running) say(*job, JobState::Stopping, "stop");
  if (job->canResume() && job->canStop()) queueAgain(id, Turn::Ends);
  return {};
}

QString JobQueue::cancel(int id) {
  QueuedJob *job = mutableJob(id);
  if (job == nullptr || !job->canCancel()) return {};
  if (id == m_running) {
    say(*job, JobState::Cancelling, "cancel");
    m_patience.start();
    return {};
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
  const QueuedJob *job = find(id);
  if (job != nullptr && job->canResume()) queueAgain(id, Turn::GoesOn);
}

void JobQueue::trainOn(int id) {
  const QueuedJob *job = find(id);
  if (job != nullptr && job->isTraining() && job->state == JobState::Done) queueAgain(id, Turn::GoesOn);
}

void JobQueue::queueAgain(int id, Turn turn) {
  loadHistory(id);
  const auto found = std::ranges::find(m_jobs, id, &QueuedJob::id);
  found->state = JobState::Queued;
  found->message.clear();
  found->ends = turn == Turn::Ends;
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

}  // namespace pimento
