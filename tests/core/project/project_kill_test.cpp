// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include "core/project/project_file.h"
#include "tests/core/project/sample_projects.h"

using namespace pimento;

// Killed before, or in the middle of, each system call by which a save touches the disk, one after the other.
TEST(ProjectFile, isWholeWheneverTheProgramIsKilledWhileItSaves) {
  const QByteArray before = projectBytes(sampleProject(2000));
  const QByteArray after = projectBytes(sampleProject(20));
  int kills = 0;
  int oldOnes = 0;
  for (int call = 1;; ++call) {
    ASSERT_LT(call, 1000) << "a save does not end";
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("work.pimento"));
    QProcess saver;
    saver.start(QStringLiteral(PROJECT_SAVER), {path, QString::number(call)});
    ASSERT_TRUE(saver.waitForFinished(60'000));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << "call " << call;
    const QByteArray found = file.readAll();
    if (saver.exitStatus() == QProcess::NormalExit) {
      EXPECT_EQ(saver.exitCode(), 0) << saver.readAllStandardError().toStdString();
      EXPECT_TRUE(found == after);
      break;
    }
    ++kills;
    ASSERT_TRUE(found == before || found == after) << "call " << call << " left neither the old file nor the new one";
    oldOnes += found == before ? 1 : 0;
    EXPECT_TRUE(sameAs(openProject(path), sampleProject(found == before ? 2000 : 20)));
  }
  RecordProperty("kills", kills);
  EXPECT_GE(kills, 3);    // at least a write, bringing it to the disk, and the renaming
  EXPECT_GE(oldOnes, 3);  // all of them before the new file took the old one's place
}
