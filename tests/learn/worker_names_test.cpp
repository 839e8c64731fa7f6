// SPDX-License-Identifier: GPL-3.0-or-later
// Names of files as they are in the wild, given to the worker by hand.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include "core/jobs/job.h"
#include "tests/learn/tiny.h"

using namespace pimento;

namespace {

struct End {
  int exitCode = -1;
  QByteArray out;
  QByteArray err;
};

End ended(const QString &program, const QStringList &words) {
  QProcess process;
  process.start(program, words);
  EXPECT_TRUE(process.waitForFinished(60'000));
  return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
          process.readAllStandardError()};
}

QString worker() { return QCoreApplication::applicationDirPath() + QStringLiteral("/pimento-learn"); }

bool steersATerminal(const QByteArray &text) {
  const QString characters = QString::fromUtf8(text);
  return characters.contains(QChar(0x1b)) || characters.contains(QChar(0x9b)) || characters.contains(QChar(0x202e)) ||
         characters.contains(QChar(0x7f));
}

}  // namespace

TEST(WorkerNames, thatAreNotUtf8AreRefused) {
  for (const char *command : {"train $'caf\\xe9'", "infer $'caf\\xe9'", "quantise $'caf\\xe9'",
                              "evaluate --network lenet5 --weights $'caf\\xe9.pth'"}) {
    const End end =
        ended(QStringLiteral("bash"),
              {QStringLiteral("-c"), QStringLiteral("exec \"$0\" ") + QString::fromLatin1(command), worker()});
    EXPECT_EQ(end.exitCode, 2) << command;
    EXPECT_TRUE(end.err.contains("is not UTF-8; rename the file")) << end.err.toStdString();
    EXPECT_EQ(end.err.count('\n'), 1) << end.err.toStdString();
  }
}

TEST(WorkerNames, thatSteerATerminalAreWrittenOut) {
  const QTemporaryDir folder;
  const QString name = QStringLiteral("a\x1b[2J\u009b2J\x7f\u202egnp");
  const QString data = folder.filePath(name + QStringLiteral("-data"));
  const QString run = folder.filePath(name + QStringLiteral("-run"));
  QDir().mkpath(data);
  test::writeTinySet(data, 60, 20);
  Job job = test::tinyJob(test::tinyNetwork(), Method::Slimmable, data);
  job.recipe.epochs = 1;
  createJob(run, job);
  const End trained = ended(worker(), {QStringLiteral("train"), run});
  EXPECT_EQ(trained.exitCode, 0) << trained.err.toStdString();
  EXPECT_FALSE(steersATerminal(trained.out)) << trained.out.toStdString();
  EXPECT_FALSE(steersATerminal(trained.err)) << trained.err.toStdString();
  EXPECT_TRUE(trained.out.contains("a\\u001b[2J\\u009b2J\\u007f\\u202egnp")) << trained.out.toStdString();
  QFile log(run + QStringLiteral("/events.jsonl"));
  ASSERT_TRUE(log.open(QIODevice::ReadOnly));
  EXPECT_FALSE(steersATerminal(log.readAll()));

  const End again = ended(worker(), {QStringLiteral("infer"), folder.filePath(name)});
  EXPECT_EQ(again.exitCode, 2);
  EXPECT_FALSE(steersATerminal(again.err)) << again.err.toStdString();
  EXPECT_TRUE(again.err.contains("a\\x1b[2J\\x9b2J\\x7f\\u202egnp")) << again.err.toStdString();
}
