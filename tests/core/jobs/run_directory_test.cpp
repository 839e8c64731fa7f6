// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_directory.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/jobs/run_lock.h"
#include "core/jobs/run_request.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

class RunDirectories : public testing::Test {
 protected:
  QString makeRun(const QString &name) {
    Job job;
    job.network = makeNetwork(QStringLiteral("resnet20-slimmable"));
    job.variants = job.network.variants;
    job.recipe = loadRecipe(QStringLiteral("short-slimmable"));
    job.binding = methodBinding(job.recipe.method);
    const QString directory = freeRunDirectory(m_folder.path(), name);
    createJob(directory, job);
    return directory;
  }
  static void append(const QString &directory, const char *file, const QByteArray &bytes) {
    QFile out(QDir(directory).filePath(QString::fromLatin1(file)));
    ASSERT_TRUE(out.open(QIODevice::Append));
    out.write(bytes);
  }

  QTemporaryDir m_folder;
};

constexpr const char *Begun =
    "{\"event\":\"start\"}\n{\"event\":\"progress\",\"stage\":\"main\",\"epoch\":2.4,\"epochs\":5,\"loss\":{}}\n";

}  // namespace

TEST_F(RunDirectories, haveNamesOfTheirOwn) {
  const QString first = makeRun(QStringLiteral("net"));
  const QString second = makeRun(QStringLiteral("net"));
  EXPECT_NE(first, second);
  QDir(m_folder.path()).mkdir(QStringLiteral("no run"));
  QStringList found = runsIn(m_folder.path());
  found.sort();
  EXPECT_EQ(found, QStringList({first, second}));
}

TEST_F(RunDirectories, tellWhatBecameOfTheRun) {
  const QString run = makeRun(QStringLiteral("net"));
  EXPECT_EQ(lookAtRun(run, Events::All).state, RunState::NotBegun);
  append(run, "events.jsonl", Begun);
  append(run, "events.jsonl", "{\"event\":\"checkpoint\"}\n");
  append(run, "checkpoint.safetensors", "x");
  RunDirectory seen = lookAtRun(run, Events::Latest);
  EXPECT_EQ(seen.state, RunState::Interrupted);
  EXPECT_EQ(seen.log.checkpointEpoch, 2.4);
  EXPECT_TRUE(seen.checkpoint);
  append(run, "events.jsonl", "{\"event\":\"paused\",\"stage\":\"main\",\"epoch\":2.4,\"epochs\":5}\n");
  EXPECT_EQ(lookAtRun(run, Events::Latest).state, RunState::Paused);
  append(run, "events.jsonl", Begun);
  EXPECT_EQ(lookAtRun(run, Events::All).state, RunState::Interrupted) << "it went on";
  append(run, "events.jsonl", "{\"event\":\"error\",\"message\":\"disk full\"}\n");
  EXPECT_EQ(lookAtRun(run, Events::All).state, RunState::Failed);
  append(run, "events.jsonl", "{\"event\":\"result\",\"variants\":[]}\n");
  EXPECT_EQ(lookAtRun(run, Events::All).state, RunState::Finished);
}

TEST_F(RunDirectories, areNotFinishedByWhatWasMeasuredBeforeTheyWereTrainedOn) {
  const QString run = makeRun(QStringLiteral("net"));
  append(run, "results.json", "{}");
  EXPECT_EQ(lookAtRun(run, Events::All).state, RunState::Finished) << "of a project that kept nothing else";
  append(run, "events.jsonl", "{\"event\":\"result\",\"variants\":[]}\n");
  EXPECT_EQ(lookAtRun(run, Events::All).state, RunState::Finished);
  append(run, "events.jsonl", Begun);
  append(run, "checkpoint.safetensors", "x");
  EXPECT_EQ(lookAtRun(run, Events::All).state, RunState::Interrupted);
}

TEST_F(RunDirectories, passARequestToTheirWorker) {
  const QString run = makeRun(QStringLiteral("net"));
  EXPECT_THROW(askToStop(run), Error) << "nobody is at it";
  const RunLock lock(run);
  EXPECT_FALSE(takeStopRequest(run));
  askToStop(run);
  askToStop(run);
  EXPECT_TRUE(stopRequestWaits(run));
  EXPECT_TRUE(takeStopRequest(run));
  EXPECT_FALSE(takeStopRequest(run));
}

TEST_F(RunDirectories, nameWhoIsAtThem) {
  const QString run = makeRun(QStringLiteral("net"));
  const RunLock lock(run);
  try {
    const RunLock second(run);
    FAIL();
  } catch (const Error &error) {
    EXPECT_TRUE(error.message().contains(runOwner(run)->described())) << error.what();
  }
}

TEST_F(RunDirectories, areReadAsTheyGrowAndFromTheirEnd) {
  const QString run = makeRun(QStringLiteral("net"));
  append(run, "events.jsonl", QByteArray(Begun) + "{\"event\":\"chec");
  EventTail tail(run);
  RunLog log;
  EXPECT_TRUE(tail.readInto(log));
  EXPECT_FALSE(log.checkpointEpoch);
  EXPECT_FALSE(tail.readInto(log));
  append(run, "events.jsonl", "kpoint\"}\n");
  EXPECT_TRUE(tail.readInto(log));
  EXPECT_EQ(log.checkpointEpoch, 2.4);
  EventTail end(run);
  end.skipTo(40);
  RunLog latest;
  EXPECT_TRUE(end.readInto(latest));
  EXPECT_FALSE(latest.begun) << "only the last line is whole";
}

TEST_F(RunDirectories, areWorkedInByOneProcess) {
  const QString run = makeRun(QStringLiteral("net"));
  EXPECT_FALSE(runOwner(run));
  {
    const RunLock lock(run);
    const auto owner = runOwner(run);
    ASSERT_TRUE(owner);
    EXPECT_TRUE(owner->isHere());
    EXPECT_EQ(lookAtRun(run, Events::All).state, RunState::Running);
    EXPECT_THROW(discardRun(run), Error);
  }
  EXPECT_FALSE(runOwner(run));
  for (const char *left : {"", "999999999\npimento-learn\nelsewhere\n", "12"}) {
    append(run, "worker.lock", left);
    EXPECT_FALSE(runOwner(run)) << "whose process is gone";
    const RunLock again(run);
  }
}

TEST_F(RunDirectories, areDiscardedWithoutWhatOthersPutThere) {
  const QString run = makeRun(QStringLiteral("net"));
  append(run, "events.jsonl", Begun);
  append(run, "weights.safetensors", "x");
  append(run, "last.safetensors", "x");
  append(run, "quantised-aware-8x8.safetensors.1234abcd.checkpoint", "x");
  append(run, "checkpoint.safetensors.XAbCdE", "left by a kill");
  append(run, "weights.safetensors.ABCDEF.XAbCdE", "left by a kill");
  append(run, "weights.safetensors.ABCDEF", "left by a kill");
  append(run, "notes.txt", "mine");
  discardRun(run);
  EXPECT_EQ(QDir(run).entryList(QDir::Files), QStringList(QStringLiteral("notes.txt")));
  const QString other = makeRun(QStringLiteral("other"));
  discardRun(other);
  EXPECT_FALSE(QDir(other).exists());
}

TEST_F(RunDirectories, areDiscardedWithoutTrainingWhereNothingWasLearned) {
  const QString refused = makeRun(QStringLiteral("refused"));
  append(refused, "events.jsonl", "{\"event\":\"start\"}\n{\"event\":\"error\",\"message\":\"no weights\"}\n");
  append(refused, "job.json.lock", "12");
  discardUntrained(refused);
  EXPECT_FALSE(QDir(refused).exists());
  discardUntrained(refused);

  const QString others = makeRun(QStringLiteral("others"));
  append(others, "notes.txt", "mine");
  discardUntrained(others);
  EXPECT_EQ(QDir(others).entryList(QDir::Files), QStringList(QStringLiteral("notes.txt")));
  discardUntrained(others);
  EXPECT_TRUE(QDir(others).exists());

  for (const char *work :
       {"checkpoint.safetensors", "checkpoint.safetensors.XAbCdE", "teacher.safetensors", "weights.safetensors",
        "last.safetensors", "results.json", "variants.json", "quantised-8x8.safetensors"}) {
    const QString run = makeRun(QStringLiteral("trained"));
    append(run, "events.jsonl", "{\"event\":\"error\",\"message\":\"disk full\"}\n");
    append(run, work, "x");
    discardUntrained(run);
    EXPECT_EQ(QDir(run).entryList(QDir::Files).size(), 3) << work;
  }
  const QString told = makeRun(QStringLiteral("told"));
  append(told, "events.jsonl", QByteArray(Begun) + "{\"event\":\"error\",\"message\":\"disk full\"}\n");
  discardUntrained(told);
  EXPECT_EQ(QDir(told).entryList(QDir::Files).size(), 2);

  const QString begins = makeRun(QStringLiteral("begins"));
  const RunLock lock(begins);
  discardUntrained(begins);
  EXPECT_TRUE(QFile::exists(QDir(begins).filePath(QStringLiteral("job.json")))) << "a process is at it";
}
