// SPDX-License-Identifier: GPL-3.0-or-later
// Training killed, or failed by the disk, at each call by which it touches its run's directory.
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/faults/fault_run.h"
#include "tests/faults/lenet.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QByteArray bytesOf(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// LeNet-5 for two updates, with a checkpoint after each.
class TrainingGoneWrong : public testing::Test {
 protected:
  void SetUp() override { writeLenet(m_folder.path()); }
  // With a fault in the directory of the run.
  [[nodiscard]] FaultedRun train(const QString &run, const char *program, const char *how, long call) const {
    QDir(m_folder.path()).mkdir(run);
    return runWithFault(QStringLiteral("pimento"), lenetTraining(run), m_folder.path(),
                        {.folder = m_folder.filePath(run),
                         .program = QString::fromLatin1(program),
                         .how = QString::fromLatin1(how),
                         .call = call});
  }
  [[nodiscard]] QByteArray weightsOf(const QString &run) const {
    return bytesOf(m_folder.filePath(run + QStringLiteral("/weights.safetensors")));
  }
  // Lets a program go wrong at each of the calls that are tried, and gives the same command again. Returns how often it
  // did not come to its end.
  int goesWrongEverywhere(const char *program, const char *how, long sample, const QByteArray &weights,
                          const FaultedRun &counted) {
    int failures = 0;
    for (const long call : triedCalls(counted, sample)) {
      const QString run =
          QStringLiteral("%1-%2-%3").arg(QString::fromLatin1(program), QString::fromLatin1(how)).arg(call);
      const FaultedRun faulted = train(run, program, how, call);
      const std::string what =
          std::string(how) + ": " + faulted.happened.toStdString() + "\n" + faulted.err.toStdString();
      const bool killed = qstrcmp(how, "kill") == 0 && !faulted.happened.isEmpty();
      const bool success = !faulted.crashed && faulted.exitCode == 0;
      failures += success ? 0 : 1;
      EXPECT_FALSE(killed && success) << what;
      if (!killed) {
        EXPECT_FALSE(faulted.crashed) << what;
        EXPECT_TRUE(success || faulted.err.count('\n') == 1) << what;
      }
      if (success) {
        EXPECT_TRUE(weightsOf(run) == weights) << "other weights, " << what;
      }
      const FaultedRun again = train(run, program, how, 0);
      EXPECT_EQ(again.exitCode, 0) << what << "\n" << again.err.toStdString();
      EXPECT_TRUE(weightsOf(run) == weights) << "other weights after " << what;
      for (const QByteArray &line : bytesOf(m_folder.filePath(run + QStringLiteral("/events.jsonl"))).split('\n'))
        EXPECT_TRUE(line.isEmpty() || QJsonDocument::fromJson(line).isObject())
            << line.toStdString() << " after " << what;
      QDir(m_folder.filePath(run)).removeRecursively();
    }
    return failures;
  }
  // At the calls of the worker and at those of the verb.
  int goesWrong(const char *how, long sampleOfWorker, long sampleOfVerb) {
    const FaultedRun whole = train(QStringLiteral("whole"), "pimento-learn", how, 0);
    EXPECT_EQ(whole.exitCode, 0) << whole.err.toStdString();
    EXPECT_GT(whole.calls, 30) << "log, lock, checkpoints, weights, results";
    const QByteArray weights = weightsOf(QStringLiteral("whole"));
    EXPECT_FALSE(weights.isEmpty());
    const FaultedRun verb = train(QStringLiteral("verb"), "pimento", how, 0);
    EXPECT_GT(verb.calls, 3) << "the job and its lock";
    return goesWrongEverywhere("pimento-learn", how, sampleOfWorker, weights, whole) +
           goesWrongEverywhere("pimento", how, sampleOfVerb, weights, verb);
  }

  QTemporaryDir m_folder;
};

}  // namespace

TEST_F(TrainingGoneWrong, goesOnToTheSameWeightsWhereverItWasKilled) {
  const int kills = goesWrong("kill", 10, 3);
  RecordProperty("kills", kills);
  EXPECT_GE(kills, 10);
}

TEST_F(TrainingGoneWrong, saysWhyAndGoesOnToTheSameWeightsWhateverFailed) {
  const int failures = goesWrong("fail", 3, 2);
  RecordProperty("failures", failures);
  EXPECT_GE(failures, 2);
}
