// SPDX-License-Identifier: GPL-3.0-or-later
// The worker as a process: killed for good, on a full disk, twice in one directory.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include "tests/core/data/sample_files.h"
#include "tests/learn/tiny.h"

using namespace pimento;

namespace {

constexpr int Patience_ms = 60'000;

QString worker() { return QCoreApplication::applicationDirPath() + QStringLiteral("/pimento-learn"); }

QByteArray bytesOf(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject eventOf(const QByteArray &line) { return QJsonDocument::fromJson(line).object(); }
QString kindOf(const QByteArray &line) { return eventOf(line)[QStringLiteral("event")].toString(); }

// A worker that is followed line by line.
class Worker {
 public:
  explicit Worker(const QString &directory) { m_process.start(worker(), {QStringLiteral("train"), directory}); }
  ~Worker() { kill(); }
  // The next line that fits; none if the process ended before.
  QByteArray until(const std::function<bool(const QJsonObject &)> &fits) {
    while (m_process.canReadLine() || m_process.waitForReadyRead(Patience_ms))
      while (m_process.canReadLine()) {
        const QByteArray line = m_process.readLine();
        if (fits(eventOf(line))) return line;
      }
    return {};
  }
  QByteArray untilKind(const char *kind) {
    return until([&](const QJsonObject &e) { return e[QStringLiteral("event")].toString() == QLatin1String(kind); });
  }
  QByteArray untilEpoch(const char *stage, int epoch) {
    return until([&](const QJsonObject &e) {
      return e[QStringLiteral("event")].toString() == QStringLiteral("epoch") &&
             e[QStringLiteral("stage")].toString() == QLatin1String(stage) &&
             e[QStringLiteral("epoch")].toInt() == epoch;
    });
  }
  void say(const char *word) {
    m_process.write(QByteArray(word) + '\n');
    m_process.waitForBytesWritten(Patience_ms);
  }
  void kill() {
    m_process.kill();
    m_process.waitForFinished(Patience_ms);
  }
  int end() {
    m_process.waitForFinished(Patience_ms);
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
  }
  QByteArray error() { return m_process.readAllStandardError(); }

 private:
  QProcess m_process;
};

class WorkerTest : public testing::Test {
 protected:
  void SetUp() override {
    QDir().mkpath(path("data"));
    test::writeTinySet(path("data"), 600, 60);
  }
  [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  void make(const char *name, Method method, int epochs) const {
    Job job = test::tinyJob(test::tinyNetwork(), method, path("data"));
    job.recipe.epochs = epochs;
    createJob(path(name), job);
  }
  [[nodiscard]] QString in(const char *run, const char *file) const {
    return path(run) + QLatin1Char('/') + QString::fromLatin1(file);
  }
  QTemporaryDir m_folder;
};

}  // namespace

TEST_F(WorkerTest, killedTwiceItEndsWithTheSameBytes) {
  for (const char *name : {"whole", "killed"}) make(name, Method::SlimmableDistillation, 4);
  EXPECT_EQ(Worker(path("whole")).end(), 0);
  const QByteArray weights = bytesOf(in("whole", "weights.safetensors"));
  ASSERT_FALSE(weights.isEmpty());
  {
    Worker first(path("killed"));
    EXPECT_FALSE(first.untilEpoch("teacher", 1).isEmpty());
    first.kill();
  }
  QFile log(in("killed", "events.jsonl"));
  ASSERT_TRUE(log.open(QIODevice::Append));
  log.write("{\"event\":\"progr");  // torn by the kill
  log.close();
  {
    Worker second(path("killed"));
    const QJsonObject start = eventOf(second.untilKind("start"));
    EXPECT_EQ(start[QStringLiteral("event")].toString(), QStringLiteral("start"));
    EXPECT_FALSE(second.untilEpoch("main", 2).isEmpty());
    second.kill();
  }
  EXPECT_EQ(Worker(path("killed")).end(), 0);
  EXPECT_EQ(bytesOf(in("killed", "weights.safetensors")), weights);

  // The log tells each epoch once, in order, and has no torn line.
  int epochs = 0;
  for (const QByteArray &line : bytesOf(in("killed", "events.jsonl")).split('\n')) {
    if (line.isEmpty()) continue;
    EXPECT_FALSE(kindOf(line).isEmpty()) << line.toStdString();
    epochs += kindOf(line) == QStringLiteral("epoch") ? 1 : 0;
  }
  EXPECT_EQ(epochs, 2 + 4);

  const QByteArray before = bytesOf(in("killed", "events.jsonl"));
  Worker again(path("killed"));
  EXPECT_FALSE(again.untilKind("result").isEmpty()) << "a finished run tells its result again";
  EXPECT_EQ(again.end(), 0);
  EXPECT_EQ(bytesOf(in("killed", "events.jsonl")), before);
}

TEST_F(WorkerTest, isAloneInItsDirectoryAndHearsRequests) {
  make("run", Method::Slimmable, 100'000);
  {
    Worker first(path("run"));
    ASSERT_FALSE(first.untilKind("checkpoint").isEmpty());
    Worker second(path("run"));
    EXPECT_EQ(second.end(), 2);
    const QByteArray error = second.error();
    EXPECT_TRUE(error.contains("another worker")) << error.toStdString();
    first.kill();
  }
  {
    Worker third(path("run"));  // the lock of a process that was killed is free
    ASSERT_FALSE(third.untilKind("progress").isEmpty());
    third.say("cancel");
    EXPECT_EQ(eventOf(third.untilKind("request"))[QStringLiteral("request")].toString(), QStringLiteral("cancel"));
    EXPECT_EQ(third.end(), 3);
  }
  Worker fourth(path("run"));  // and goes on
  EXPECT_GT(eventOf(fourth.untilKind("start"))[QStringLiteral("resumed_step")].toInt(), 0);
  ASSERT_FALSE(fourth.untilKind("epoch").isEmpty());
  fourth.say("stop");
  EXPECT_TRUE(eventOf(fourth.untilKind("result"))[QStringLiteral("stopped")].toBool());
  EXPECT_EQ(fourth.end(), 0);
  EXPECT_FALSE(bytesOf(in("run", "results.json")).isEmpty());
}

TEST_F(WorkerTest, tellsAFullDiskAndKeepsTheLastCheckpoint) {
  make("full", Method::Slimmable, 100'000);
  {
    Worker first(path("full"));
    ASSERT_FALSE(first.untilKind("checkpoint").isEmpty());
    first.kill();
  }
  const QByteArray checkpoint = bytesOf(in("full", "checkpoint.safetensors"));
  QProcess limited;  // no file of a checkpoint's size can be written, as if the disk were full
  limited.setChildProcessModifier([limit = static_cast<rlim_t>(checkpoint.size() - 1)] {
    const rlimit files{limit, limit};
    setrlimit(RLIMIT_FSIZE, &files);
  });
  limited.start(worker(), {QStringLiteral("train"), path("full")});
  ASSERT_TRUE(limited.waitForFinished(Patience_ms));
  const QByteArray error = limited.readAllStandardError();
  EXPECT_EQ(limited.exitCode(), 2) << error.toStdString();
  EXPECT_TRUE(error.contains("checkpoint.safetensors: can not be written")) << error.toStdString();
  EXPECT_TRUE(limited.readAllStandardOutput().contains("\"event\":\"error\""));
  EXPECT_EQ(bytesOf(in("full", "checkpoint.safetensors")), checkpoint);
  Worker third(path("full"));
  EXPECT_GT(eventOf(third.untilKind("start"))[QStringLiteral("resumed_step")].toInt(), 0) << "goes on with room";
}

TEST_F(WorkerTest, tellsWhatIsWrongWithAJob) {
  QDir().mkpath(path("bad"));
  test::writeFile(in("bad", "job.json"), "{\"format\": \"pimento-job\", \"version\": 7}");
  Worker bad(path("bad"));
  EXPECT_EQ(bad.end(), 2);
  EXPECT_TRUE(bad.error().contains("version"));
  Worker none(path("nowhere"));
  EXPECT_EQ(none.end(), 2);
  EXPECT_TRUE(none.error().contains("holds no job.json"));
}
