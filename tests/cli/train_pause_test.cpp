// SPDX-License-Identifier: GPL-3.0-or-later
// Training that is paused, stopped, trained on, and left by the program that started it.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonObject>
#include <csignal>

#include "core/jobs/run_directory.h"
#include "core/jobs/run_lock.h"
#include "core/jobs/run_results.h"
#include "tests/cli/tiny_training.h"

using namespace pimento;
using namespace pimento::test;

namespace {

class TrainPaused : public TinyTraining {
 protected:
  [[nodiscard]] QByteArray bytesOf(const char *name) const {
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  [[nodiscard]] FollowedPimento follow(const char *more) const { return {trainWords(more), m_folder.path()}; }
  // Its worker is gone, and left a run that goes on.
  void expectPaused(const char *run) const {
    EXPECT_TRUE(comesTrue([&] { return !runOwner(path(run)); })) << "its worker is still at it";
    EXPECT_EQ(lookAtRun(path(run), Events::All).state, RunState::Paused);
  }
};

constexpr const char *Endless = "--recipe ./recipe.json --set epochs=100000 --json --job run";

}  // namespace

TEST_F(TrainPaused, bySignalsItGoesOnToTheSameWeights) {
  ASSERT_EQ(train("--recipe ./recipe.json --set epochs=150 --job whole --csv").exitCode, 0);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    FollowedPimento program = follow("--recipe ./recipe.json --set epochs=150 --json --job paused");
    ASSERT_FALSE(program.until("epoch").isEmpty()) << "signal " << number;
    program.signal(number);
    EXPECT_FALSE(program.until("paused").isEmpty()) << "signal " << number;
    EXPECT_EQ(program.end(), 3) << "signal " << number;
    expectPaused("paused");
  }
  ASSERT_EQ(train("--recipe ./recipe.json --set epochs=150 --job paused --csv").exitCode, 0);
  EXPECT_EQ(bytesOf("paused/weights.safetensors"), bytesOf("whole/weights.safetensors"));
}

TEST_F(TrainPaused, whateverEndsTheProgramThatStartedIt) {
  for (const int number : {SIGKILL, SIGQUIT}) {
    FollowedPimento program = follow(Endless);
    ASSERT_FALSE(program.until("epoch").isEmpty());
    program.signal(number);
    (void)program.end();
    expectPaused("run");
  }
  QProcess shell;  // as people do: the exit code is that of pimento
  shell.setWorkingDirectory(m_folder.path());
  shell.start(QStringLiteral("bash"),
              QStringList{QStringLiteral("-c"), QStringLiteral("set -o pipefail; \"$0\" \"$@\" | head -n 1"),
                          QFileInfo(QStringLiteral(PIMENTO_BINARY)).absoluteFilePath()} +
                  trainWords(Endless));
  ASSERT_TRUE(shell.waitForFinished(60'000));
  EXPECT_EQ(shell.exitCode(), 2);
  EXPECT_TRUE(shell.readAllStandardError().contains("standard output"));
  expectPaused("run");
}

TEST_F(TrainPaused, stoppedFromOutsideItKeepsTheBest) {
  FollowedPimento program = follow(Endless);
  ASSERT_FALSE(program.until("epoch").isEmpty());
  const Output stop =
      runPimento({QStringLiteral("train"), QStringLiteral("--job"), path("run"), QStringLiteral("--stop")});
  EXPECT_EQ(stop.exitCode, 0) << stop.err.toStdString();
  EXPECT_TRUE(stop.err.contains("stops and keeps the best")) << stop.err.toStdString();
  EXPECT_TRUE(program.until("result")[QStringLiteral("stopped")].toBool());
  EXPECT_EQ(program.end(), 0);
  EXPECT_TRUE(loadRunResults(path("run")).stopped);
  EXPECT_EQ(lookAtRun(path("run"), Events::All).state, RunState::Finished);
}

TEST_F(TrainPaused, stoppedLaterItIsTestedAsItIs) {
  {
    FollowedPimento program = follow(Endless);
    QJsonObject epoch = program.until("epoch");
    while (!epoch.isEmpty() && epoch[QStringLiteral("stage")].toString() != QStringLiteral("main"))
      epoch = program.until("epoch");
    program.signal(SIGTERM);
    EXPECT_EQ(program.end(), 3);
  }
  const Output stop = runPimento({QStringLiteral("train"), QStringLiteral("--job"), path("run"),
                                  QStringLiteral("--stop"), QStringLiteral("--csv")});
  ASSERT_EQ(stop.exitCode, 0) << stop.err.toStdString();
  const CsvTable table = readCsv(stop.out, QStringLiteral("stop"));
  EXPECT_EQ(field(table, 0, "stopped"), QStringLiteral("yes"));
  EXPECT_TRUE(stop.err.contains("Note: training was stopped after ")) << stop.err.toStdString();
  const Output imported =
      runPimento({QStringLiteral("import"), path("run"), QStringLiteral("-o"), path("stopped.pimento")});
  ASSERT_EQ(imported.exitCode, 0) << imported.err.toStdString();
  const Output exported =
      runPimento({QStringLiteral("export"), path("stopped.pimento"), QStringLiteral("-o"), path("out")});
  ASSERT_EQ(exported.exitCode, 0) << exported.err.toStdString();
  const CsvTable designs = readCsv(bytesOf("out/designs.csv"), QStringLiteral("designs.csv"));
  int measured = 0;
  for (std::size_t row = 0; row < designs.rows.size(); ++row) {
    if (field(designs, row, "accuracy_pct").isEmpty()) continue;  // integers that nobody has tested
    ++measured;
    EXPECT_TRUE(field(designs, row, "warnings").contains(QStringLiteral("training was stopped after ")))
        << row << " " << field(designs, row, "warnings").toStdString();
  }
  EXPECT_GT(measured, 0);
}

TEST_F(TrainPaused, moreEpochsTrainAFinishedRunOn) {
  ASSERT_EQ(train("--recipe ./recipe.json --epochs 1 --job run --csv").exitCode, 0);
  expectRefusedHere("--recipe ./recipe.json --set epochs=3 --job run", "holds another job");
  const Output more = train("--recipe ./recipe.json --epochs 3 --job run --csv");
  ASSERT_EQ(more.exitCode, 0) << more.err.toStdString();
  EXPECT_TRUE(more.err.contains("trained on after 1 epochs")) << more.err.toStdString();
  EXPECT_EQ(loadRunResults(path("run")).epochs, 3);
  EXPECT_EQ(train("--recipe ./recipe.json --epochs 3 --job run --csv").out, more.out) << "told again";
  expectRefusedHere("--recipe ./recipe.json --epochs 2 --job run", "was trained for 3 epochs already");
}

TEST_F(TrainPaused, hasANameForPeople) {
  ASSERT_EQ(train("--recipe ./recipe.json --job run --csv --name first").exitCode, 0);
  EXPECT_EQ(loadJob(path("run")).name, QStringLiteral("first"));
  ASSERT_EQ(train("--recipe ./recipe.json --job run --csv --name second").exitCode, 0) << "the same work";
  EXPECT_EQ(loadJob(path("run")).name, QStringLiteral("second"));
}

TEST_F(TrainPaused, threadsHaveARange) {
  expectRefused(
      {QStringLiteral("train"), path("net.json"), QStringLiteral("--data"), path("data"), QStringLiteral("--recipe"),
       path("recipe.json"), QStringLiteral("--job"), path("run"), QStringLiteral("--threads"), QStringLiteral("5000")},
      "give a whole number from 1 to 1024");
}
