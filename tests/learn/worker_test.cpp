// SPDX-License-Identifier: GPL-3.0-or-later
// The worker as a process: killed for good, on a full disk, twice in one directory.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <functional>
#include <new>
#include <system_error>

#include "core/base/error.h"
#include "core/jobs/run_lock.h"
#include "core/jobs/run_request.h"
#include "core/learn/torch_error.h"
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
  explicit Worker(const QString &directory, const QStringList &more = {}) {
    m_process.start(worker(), QStringList{QStringLiteral("train"), directory} + more);
    m_process.waitForStarted(Patience_ms);
  }
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
  void signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }
  void closeInput() { m_process.closeWriteChannel(); }
  QByteArray error() { return m_process.readAllStandardError(); }

 private:
  QProcess m_process;
};

// Its exit code is the worker's.
std::unique_ptr<QProcess> startedBeforeAReaderOfOneLine(const QString &directory, const QStringList &more) {
  auto shell = std::make_unique<QProcess>();
  shell->start(QStringLiteral("bash"),
               QStringList{QStringLiteral("-c"), QStringLiteral("set -o pipefail; \"$0\" \"$@\" | head -n 1"), worker(),
                           QStringLiteral("train"), directory} +
                   more);
  shell->waitForStarted(Patience_ms);
  return shell;
}

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
    EXPECT_EQ(third.end(), 4);
  }
  Worker fourth(path("run"));  // and goes on
  EXPECT_GT(eventOf(fourth.untilKind("start"))[QStringLiteral("resumed_step")].toInt(), 0);
  ASSERT_FALSE(fourth.untilKind("epoch").isEmpty());
  fourth.say("stop");
  EXPECT_TRUE(eventOf(fourth.untilKind("result"))[QStringLiteral("stopped")].toBool());
  EXPECT_EQ(fourth.end(), 0);
  EXPECT_FALSE(bytesOf(in("run", "results.json")).isEmpty());
}

TEST_F(WorkerTest, pausesOnSignalsAndEndsWithTheSameBytes) {
  for (const char *name : {"whole", "paused"}) make(name, Method::Slimmable, 120);
  EXPECT_EQ(Worker(path("whole")).end(), 0);
  for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) {
    Worker paused(path("paused"));
    ASSERT_FALSE(paused.untilKind("epoch").isEmpty()) << "signal " << number;
    paused.signal(number);
    EXPECT_FALSE(paused.untilKind("paused").isEmpty()) << "signal " << number;
    EXPECT_EQ(paused.end(), 3) << "signal " << number;
    EXPECT_TRUE(bytesOf(in("paused", "results.json")).isEmpty()) << "signal " << number;
  }
  EXPECT_EQ(Worker(path("paused")).end(), 0);
  EXPECT_EQ(bytesOf(in("paused", "weights.safetensors")), bytesOf(in("whole", "weights.safetensors")));
}

TEST_F(WorkerTest, pausesWhenItsInputOrItsReaderIsGoneUnlessItStays) {
  make("run", Method::Slimmable, 100'000);
  {
    Worker worker(path("run"), {QStringLiteral("--end-with-input")});
    ASSERT_FALSE(worker.untilKind("epoch").isEmpty());
    worker.closeInput();
    EXPECT_FALSE(worker.untilKind("paused").isEmpty());
    EXPECT_EQ(worker.end(), 3);
  }
  const auto readOnce = startedBeforeAReaderOfOneLine(path("run"), {});
  ASSERT_TRUE(readOnce->waitForFinished(Patience_ms));
  EXPECT_EQ(readOnce->exitCode(), 3);
  const auto stays = startedBeforeAReaderOfOneLine(path("run"), {QStringLiteral("--stay")});
  const auto told = [&] { return QFileInfo(in("run", "events.jsonl")).size(); };
  while (!runOwner(path("run"))) ASSERT_EQ(usleep(10'000), 0);
  const qint64 before = told();
  while (told() < before + 4096) ASSERT_EQ(usleep(10'000), 0);
  askToStop(path("run"));
  ASSERT_TRUE(stays->waitForFinished(Patience_ms));
  EXPECT_EQ(stays->exitCode(), 0);
  EXPECT_TRUE(bytesOf(in("run", "results.json")).contains("\"stopped\": true"));
}

TEST_F(WorkerTest, startedThriceIsOneAndTheOthersNameIt) {
  make("run", Method::Slimmable, 100'000);
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < 3; ++i) workers.push_back(std::make_unique<Worker>(path("run")));
  const auto owner = [&] { return runOwner(path("run")); };
  int refused = 0;
  Worker *at = nullptr;
  for (const auto &worker : workers) {
    if (!worker->untilKind("checkpoint").isEmpty()) {
      at = worker.get();
      continue;
    }
    ++refused;
    EXPECT_EQ(worker->end(), 2);
    ASSERT_TRUE(owner());
    const QByteArray error = worker->error();
    EXPECT_TRUE(error.contains(owner()->described().toUtf8())) << error.toStdString();
  }
  EXPECT_EQ(refused, 2);
  ASSERT_NE(at, nullptr);
  at->signal(SIGTERM);
  EXPECT_EQ(at->end(), 3);
}

TEST_F(WorkerTest, writesOverNoFileThatALinkLeadsTo) {
  make("run", Method::SlimmableDistillation, 2);
  const QStringList names{QStringLiteral("events.jsonl"),        QStringLiteral("weights.safetensors"),
                          QStringLiteral("teacher.safetensors"), QStringLiteral("checkpoint.safetensors"),
                          QStringLiteral("last.safetensors"),    QStringLiteral("results.json")};
  for (const QString &name : names) {
    test::writeFile(path("precious-") + name, "precious");
    if (name != QStringLiteral("teacher.safetensors") && name != QStringLiteral("checkpoint.safetensors") &&
        name != QStringLiteral("results.json")) {  // those are read first: what is no file of a run is refused
      ASSERT_TRUE(QFile::link(path("precious-") + name, path("run/") + name));
    }
  }
  EXPECT_EQ(Worker(path("run")).end(), 0);
  for (const QString &name : names) EXPECT_EQ(bytesOf(path("precious-") + name), "precious") << name.toStdString();
  for (const char *name : {"events.jsonl", "weights.safetensors", "last.safetensors"})
    EXPECT_FALSE(QFileInfo(in("run", name)).isSymLink()) << name;
}

TEST_F(WorkerTest, refusesMoreThreadsThanTheMachineBears) {
  Job job = test::tinyJob(test::tinyNetwork(), Method::Slimmable, path("data"));
  job.threads = MaxThreads;
  createJob(path("run"), job);
  Worker worker(path("run"));
  EXPECT_EQ(worker.end(), 2);
  const QByteArray error = worker.error();
  EXPECT_TRUE(error.contains("threads are too many for the ")) << error.toStdString();
  EXPECT_TRUE(error.contains("give --threads 1 to ")) << error.toStdString();
}

TEST_F(WorkerTest, fullOutputIsAnErrorOfEveryCommand) {
  make("run", Method::Slimmable, 1);
  QByteArray log;
  for (const QString &words :
       {QStringLiteral("--help"), QStringLiteral("train ") + path("run"),
        QStringLiteral("train ") + path("run") /* again: its result */, QStringLiteral("quantise ") + path("run")}) {
    QProcess process;
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    process.start(worker(), words.split(QLatin1Char(' ')));
    ASSERT_TRUE(process.waitForFinished(Patience_ms));
    EXPECT_EQ(process.exitCode(), 2) << words.toStdString();
    EXPECT_TRUE(process.readAllStandardError().contains("standard output")) << words.toStdString();
    if (log.isEmpty()) log = bytesOf(in("run", "events.jsonl"));
    EXPECT_EQ(bytesOf(in("run", "events.jsonl")), log) << "it is not trained again; " << words.toStdString();
  }
  EXPECT_EQ(kindOf(log.trimmed().split('\n').last()), QStringLiteral("result"));
  EXPECT_FALSE(bytesOf(in("run", "weights.safetensors")).isEmpty()) << "the run itself was not broken off";
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

// It waits for questions, or reads: nothing there looks at what was asked for.
TEST_F(WorkerTest, thatAnswersQuestionsEndsAtASignal) {
  make("run", Method::Slimmable, 1);
  ASSERT_EQ(Worker(path("run")).end(), 0);
  QProcess process;
  process.start(worker(), {QStringLiteral("infer"), path("run")});
  process.write("{\"image\": 1}\n");
  ASSERT_TRUE(process.waitForReadyRead(Patience_ms));
  ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
  ASSERT_TRUE(process.waitForFinished(Patience_ms));
  EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
  EXPECT_EQ(process.exitCode(), 3);
}

TEST(Guarded, whateverIsThrownIsAnError) {
  const auto messageOf = [](const std::function<int()> &work) -> QString {
    try {
      static_cast<void>(learn::guarded(work));
    } catch (const Error &error) {
      return error.message();
    }
    return {};
  };
  EXPECT_EQ(messageOf([]() -> int { throw Error(QStringLiteral("a"), QStringLiteral("b")); }), QStringLiteral("a: b"));
  EXPECT_TRUE(messageOf([]() -> int {
                throw std::system_error(EAGAIN, std::generic_category());
              }).startsWith(QStringLiteral("pimento-learn: ")));
  EXPECT_TRUE(messageOf([]() -> int { throw std::bad_alloc(); }).contains(QStringLiteral("not enough memory")));
}
