// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobs/worker_process.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

using namespace pimento;

TEST(WorkerProcess, isBeingBuiltWhileTheProcessThatBuildsItLives) {
  const QTemporaryDir folder;
  const QString program = folder.filePath(QStringLiteral("pimento-learn"));
  EXPECT_FALSE(isBeingBuilt(program));
  QFile mark(program + QStringLiteral(".building"));
  const auto write = [&](const QByteArray &text) {
    ASSERT_TRUE(mark.open(QIODevice::WriteOnly));
    mark.write(text);
    mark.close();
  };
  write(QByteArray::number(QCoreApplication::applicationPid()) + '\n');
  EXPECT_TRUE(isBeingBuilt(program));
  for (const char *gone : {"", "0\n", "-1\n", "four\n", "99999999999\n", "4194305\n"}) {  // the last is above every pid
    write(gone);
    EXPECT_FALSE(isBeingBuilt(program)) << gone;
  }
}
