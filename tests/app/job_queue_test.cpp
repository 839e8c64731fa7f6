// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobs/job_queue.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/session/jobs_model.h"
#include "core/jobs/run_lock.h"
#include "core/jobs/run_request.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

constexpr int Patience_ms = 30'000;

class Jobs : public testing::Test {
 protected:
  QString makeRun(const char *script = "") {
    Job job;
    job.network = makeNetwork(QStringLiteral("resnet20-slimmable"));
    job.variants = job.network.variants;
    job.recipe = loadRecipe(QStringLiteral("short-slimmable"));
    job.binding = methodBinding(job.recipe.method);
    const QString directory = freeRunDirectory(m_folder.path(), QStringLiteral("net"));
    createJob(directory, job);
    setScript(directory, script);
    return directory;
  }
  static void setScript(const QString &directory, const char *script) {
    QFile file(QDir(directory).filePath(QStringLiteral("script")));
    file.open(QIODevice::WriteOnly);
    file.write(script);
  }
  static int addTo(JobQueue &queue, const QString &directory) {
    return queue.add(QStringLiteral("A run"), {QStringLiteral("train"), directory}, directory);
  }
  int add(const char *script = "") { return addTo(m_queue, makeRun(script)); }
  bool becomes(int id, JobState state) {
    return QTest::qWaitFor([&] { return m_queue.find(id)->state == state; }, Patience_ms);
  }
  bool tellsOfACheckpoint(int id) {
    return QTest::qWaitFor([&] { return m_queue.find(id)->checkpoint.has_value(); }, Patience_ms);
  }

  QTemporaryDir m_folder;
  JobQueue m_queue{QStringLiteral(FAKE_WORKER)};
};

}  // namespace

TEST_F(Jobs, tellWhatTheWorkerTells) {
  const int id = add("finish");
  ASSERT_TRUE(becomes(id, JobState::Done));
  const QueuedJob &job = *m_queue.find(id);
  ASSERT_NE(job.log.stage(), nullptr);
  EXPECT_EQ(job.log.stage()->variants.size(), 2U);
  ASSERT_TRUE(job.log.outcome);
  EXPECT_EQ(job.log.outcome->scores[0].correct, 81);
  EXPECT_EQ(job.share(), 1);
  EXPECT_EQ(m_queue.running(), nullptr);
}

TEST_F(Jobs, runOneAfterTheOther) {
  const int first = add();
  const int second = add("finish");
  const int third = add("finish");
  ASSERT_TRUE(becomes(first, JobState::Running));
  EXPECT_EQ(m_queue.find(second)->state, JobState::Queued);
  m_queue.move(third, -1);
  m_queue.move(third, -1);
  EXPECT_EQ(m_queue.jobs()[1].id, third) << "before the other that waits, behind what runs";
  std::vector<int> ends;
  QObject::connect(&m_queue, &JobQueue::jobEnded, &m_queue, [&](int id) { ends.push_back(id); });
  ASSERT_TRUE(tellsOfACheckpoint(first));
  m_queue.stop(first);
  EXPECT_EQ(m_queue.find(first)->state, JobState::Stopping) << "at once";
  ASSERT_TRUE(becomes(second, JobState::Done));
  EXPECT_EQ(ends, (std::vector{first, third, second}));
  EXPECT_TRUE(m_queue.find(first)->log.outcome->stopped);
}

TEST_F(Jobs, thatAreCancelledLeaveNothing) {
  const QString directory = makeRun();
  QFile::remove(QDir(directory).filePath(QStringLiteral("script")));
  const int id = addTo(m_queue, directory);
  const int waiting = add();
  ASSERT_TRUE(tellsOfACheckpoint(id));
  EXPECT_TRUE(m_queue.cancel(waiting).isEmpty());
  EXPECT_EQ(m_queue.find(waiting)->state, JobState::Cancelled);
  EXPECT_TRUE(m_queue.cancel(id).isEmpty());
  EXPECT_EQ(m_queue.find(id)->state, JobState::Cancelling) << "at once";
  ASSERT_TRUE(becomes(id, JobState::Cancelled));
  EXPECT_FALSE(QDir(directory).exists());
  m_queue.remove(id);
  EXPECT_EQ(m_queue.find(id), nullptr);
}

TEST_F(Jobs, thatFailSayWhyAndLetTheNextOneRun) {
  const int id = add("fail");
  const int next = add("finish");
  ASSERT_TRUE(becomes(next, JobState::Done));
  EXPECT_EQ(m_queue.find(id)->state, JobState::Failed);
  EXPECT_TRUE(m_queue.find(id)->message.contains(QStringLiteral("not a number")))
      << qPrintable(m_queue.find(id)->message);
}

TEST_F(Jobs, whoseWorkerIsKilledCanBeResumed) {
  const int id = add("crash");
  ASSERT_TRUE(becomes(id, JobState::Unfinished));
  EXPECT_TRUE(m_queue.find(id)->message.contains(QStringLiteral("checkpoint at epoch 1.0 of 5")))
      << qPrintable(m_queue.find(id)->message);
  setScript(m_queue.find(id)->directory, "finish");
  m_queue.resume(id);
  ASSERT_TRUE(becomes(id, JobState::Done));
}

TEST_F(Jobs, thatArePausedCanBeResumedAndAreNotFailed) {
  const int id = add();
  const int next = add("finish");
  ASSERT_TRUE(tellsOfACheckpoint(id));
  m_queue.pause(id);
  EXPECT_EQ(m_queue.find(id)->state, JobState::Pausing) << "at once";
  ASSERT_TRUE(becomes(id, JobState::Paused));
  EXPECT_TRUE(QFile::exists(m_queue.find(id)->directory + QStringLiteral("/checkpoint.safetensors")));
  EXPECT_EQ(stateText(*m_queue.find(id)), QStringLiteral("Paused"));
  EXPECT_TRUE(m_queue.find(id)->canResume());
  ASSERT_TRUE(becomes(next, JobState::Done)) << "its turn";
  JobQueue later(QStringLiteral(FAKE_WORKER));
  later.setFolders({m_folder.path()});
  EXPECT_EQ(later.findDirectory(m_queue.find(id)->directory)->state, JobState::Paused);
  setScript(m_queue.find(id)->directory, "finish");
  m_queue.resume(id);
  ASSERT_TRUE(becomes(id, JobState::Done));
}

TEST_F(Jobs, thatArePausedCanBeEndedAndKeepTheirBest) {
  const int id = add("pause");
  ASSERT_TRUE(becomes(id, JobState::Paused));
  EXPECT_TRUE(m_queue.find(id)->canStop());
  EXPECT_TRUE(m_queue.stop(id).isEmpty());
  EXPECT_EQ(m_queue.find(id)->state, JobState::Stopping) << "its turn, at once";
  ASSERT_TRUE(becomes(id, JobState::Done));
  EXPECT_TRUE(m_queue.find(id)->log.outcome->stopped);
  EXPECT_FALSE(m_queue.find(id)->canStop());
}

TEST_F(Jobs, whoseTeacherLearnsHaveNothingToKeep) {
  QueuedJob job{.words = {QStringLiteral("train")}, .state = JobState::Paused};
  job.checkpoint = QDateTime::currentDateTime();
  const auto progress = [](const char *stage) {
    return QJsonObject{{QStringLiteral("event"), QStringLiteral("progress")},
                       {QStringLiteral("stage"), QLatin1String(stage)},
                       {QStringLiteral("epoch"), 0.5},
                       {QStringLiteral("epochs"), 3}};
  };
  job.log.take(progress("teacher"));
  EXPECT_TRUE(job.canResume());
  EXPECT_FALSE(job.canStop());
  job.log.take(progress("main"));
  EXPECT_TRUE(job.canStop());
}

TEST_F(Jobs, withoutACheckpointHaveNothingToKeep) {
  const QString directory = makeRun();
  m_queue.setFolders({m_folder.path()});
  const int id = m_queue.findDirectory(directory)->id;
  EXPECT_TRUE(m_queue.find(id)->canResume());
  EXPECT_FALSE(m_queue.find(id)->canStop());
  EXPECT_TRUE(m_queue.stop(id).isEmpty());
  EXPECT_EQ(m_queue.find(id)->state, JobState::Unfinished);
}

TEST_F(Jobs, thatAreToKeepTheirBestWaitForTheirTurn) {
  const int first = add();
  ASSERT_TRUE(tellsOfACheckpoint(first));
  m_queue.pause(first);
  ASSERT_TRUE(becomes(first, JobState::Paused));
  const int other = add();
  ASSERT_TRUE(tellsOfACheckpoint(other));
  EXPECT_TRUE(m_queue.stop(first).isEmpty());
  EXPECT_EQ(stateText(*m_queue.find(first)), QStringLiteral("Queued, keeps the best"));
  EXPECT_TRUE(m_queue.stop(other).isEmpty());
  ASSERT_TRUE(becomes(first, JobState::Done));
  EXPECT_TRUE(m_queue.find(first)->log.outcome->stopped);
}

TEST_F(Jobs, thatWereDoneBeforeTheyWereCancelledKeepWhatTheyMade) {
  const QString directory = makeRun();
  QFile(QDir(directory).filePath(QStringLiteral("deaf"))).open(QIODevice::WriteOnly);
  const int id = addTo(m_queue, directory);
  ASSERT_TRUE(tellsOfACheckpoint(id));
  m_queue.cancel(id);
  ASSERT_TRUE(becomes(id, JobState::Done));
  EXPECT_TRUE(QFile::exists(QDir(directory).filePath(QStringLiteral("results.json"))));
}

// Whoever sends the worker of this window a signal, say at the end of a session, loses nothing.
TEST_F(Jobs, whoseWorkerEndsPausedByItselfArePaused) {
  const int id = add("pause");
  ASSERT_TRUE(becomes(id, JobState::Paused));
  EXPECT_TRUE(QFile::exists(m_queue.find(id)->directory + QStringLiteral("/job.json")));
}

TEST_F(Jobs, thatReadTheSameAreToldApart) {
  const int first = add("finish");
  EXPECT_EQ(m_queue.titleOf(*m_queue.find(first)), QStringLiteral("A run"));
  const int second = add("finish");
  EXPECT_EQ(m_queue.titleOf(*m_queue.find(first)), QStringLiteral("A run (net)"));
  EXPECT_EQ(m_queue.titleOf(*m_queue.find(second)), QStringLiteral("A run (net-2)"));
}

TEST_F(Jobs, doNotWaitForOneWhoseFolderLeft) {
  const QString directory = makeRun();
  const RunLock lock(directory);
  m_queue.setFolders({m_folder.path()});
  QTemporaryDir other;
  Job job = loadJob(directory);
  const QString waiting = other.filePath(QStringLiteral("waiting"));
  createJob(waiting, job);
  setScript(waiting, "finish");
  const int id = addTo(m_queue, waiting);
  EXPECT_EQ(m_queue.find(id)->state, JobState::Queued);
  m_queue.setFolders({other.path()});
  ASSERT_TRUE(becomes(id, JobState::Done));
}

TEST_F(Jobs, elsewhereAreToldToStop) {
  const QString directory = makeRun();
  const RunLock lock(directory);
  m_queue.setFolders({m_folder.path()});
  const int id = m_queue.findDirectory(directory)->id;
  EXPECT_TRUE(m_queue.stop(id).isEmpty());
  EXPECT_TRUE(takeStopRequest(directory));
}

TEST_F(Jobs, withoutAWorkerSaySo) {
  JobQueue queue(QStringLiteral("/no/such/worker"));
  const int id = addTo(queue, makeRun());
  ASSERT_TRUE(QTest::qWaitFor([&] { return queue.find(id)->state == JobState::Failed; }, Patience_ms));
  EXPECT_TRUE(queue.find(id)->message.contains(QStringLiteral("/no/such/worker")));
}

TEST_F(Jobs, ofAnEarlierWindowAreFound) {
  const int done = add("finish");
  const int crashed = add("crash");
  ASSERT_TRUE(becomes(crashed, JobState::Unfinished));
  const QString untouched = makeRun("finish");
  JobQueue queue(QStringLiteral(FAKE_WORKER));
  JobsModel model(queue);
  queue.setFolders({m_folder.path()});
  ASSERT_EQ(model.rowCount(), 3);
  const auto stateOf = [&](const QString &directory) { return queue.findDirectory(directory)->state; };
  EXPECT_EQ(stateOf(m_queue.find(done)->directory), JobState::Done);
  EXPECT_EQ(stateOf(m_queue.find(crashed)->directory), JobState::Unfinished);
  EXPECT_EQ(stateOf(untouched), JobState::Unfinished);
  queue.setFolders({m_folder.path()});
  EXPECT_EQ(model.rowCount(), 3) << "each once";
  queue.setFolders({QStringLiteral("/no/such/folder")});
  EXPECT_EQ(model.rowCount(), 0);
}

TEST_F(Jobs, onWhichAnotherProcessWorksAreFollowedAndWaitedFor) {
  const QString directory = makeRun();
  auto lock = std::make_unique<RunLock>(directory);
  m_queue.setFolders({m_folder.path()});
  const int id = m_queue.findDirectory(directory)->id;
  EXPECT_EQ(m_queue.find(id)->state, JobState::Elsewhere);
  const int next = add("finish");
  EXPECT_EQ(m_queue.find(next)->state, JobState::Queued) << "they would share the cores";
  const auto tell = [&](const char *line) {
    QFile events(QDir(directory).filePath(QStringLiteral("events.jsonl")));
    ASSERT_TRUE(events.open(QIODevice::Append));
    events.write(line);
  };
  tell("{\"event\":\"progress\",\"stage\":\"main\",\"epoch\":2,\"epochs\":5,\"loss\":{\"1.0\":1}}\n");
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_queue.find(id)->log.stage() != nullptr; }, Patience_ms));
  EXPECT_EQ(m_queue.find(id)->log.stage()->epoch, 2);
  tell("{\"event\":\"result\",\"variants\":[{\"variant\":\"1.0\",\"correct\":9,\"n\":10}]}\n");
  lock.reset();
  ASSERT_TRUE(becomes(id, JobState::Done));
  ASSERT_TRUE(becomes(next, JobState::Done));
}

TEST_F(Jobs, areATableThatFollowsThem) {
  JobsModel model(m_queue);
  QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
  const int id = add();
  ASSERT_EQ(model.rowCount(), 1);
  ASSERT_TRUE(tellsOfACheckpoint(id));
  EXPECT_GE(changes.count(), 3);
  const auto text = [&](int column) { return model.index(0, column).data().toString(); };
  EXPECT_EQ(text(JobsModel::Name), QStringLiteral("A run"));
  EXPECT_EQ(text(JobsModel::State), QStringLiteral("Running"));
  EXPECT_EQ(text(JobsModel::Progress), QStringLiteral("epoch 1.0 of 5"));
  EXPECT_EQ(text(JobsModel::Left), QStringLiteral("1:30 min"));
  EXPECT_DOUBLE_EQ(model.index(0, JobsModel::Progress).data(JobsModel::ShareRole).toDouble(), 0.2);
}
