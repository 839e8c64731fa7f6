// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include "core/project/project_file.h"
#include "tests/core/project/sample_projects.h"

using namespace pimento;

namespace {

// Kills the saver before, or in the middle of, each system call by which it touches the disk, one after the other,
// while it saves a project over another. Returns how often it was killed.
int killAtEachCall(std::uint32_t rowsBefore, std::uint32_t rowsAfter) {
  const QByteArray before = projectBytes(sampleProject(rowsBefore));
  const QByteArray after = projectBytes(sampleProject(rowsAfter));
  int oldOnes = 0;
  for (int call = 1; call < 1000; ++call) {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("work.pimento"));
    QProcess saver;
    saver.start(QStringLiteral(PROJECT_SAVER),
                {path, QString::number(call), QString::number(rowsBefore), QString::number(rowsAfter)});
    EXPECT_TRUE(saver.waitForFinished(60'000));
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << "call " << call;
    const QByteArray found = file.readAll();
    if (saver.exitStatus() == QProcess::NormalExit) {
      EXPECT_EQ(saver.exitCode(), 0) << saver.readAllStandardError().toStdString();
      EXPECT_TRUE(found == after);
      EXPECT_GE(oldOnes, 3);  // at least a write, bringing it to the disk, and the renaming
      return call - 1;
    }
    EXPECT_TRUE(found == before || found == after) << "call " << call << " left neither the old file nor the new one";
    EXPECT_TRUE(sameAs(openProject(path), sampleProject(found == before ? rowsBefore : rowsAfter)));
    oldOnes += found == before ? 1 : 0;
  }
  ADD_FAILURE() << "a save does not end";
  return 0;
}

}  // namespace

TEST(ProjectFile, isWholeWheneverTheProgramIsKilledWhileItSaves) {
  const int kills = killAtEachCall(2000, 20) + killAtEachCall(20, 20'000);
  RecordProperty("kills", kills);
  EXPECT_GE(kills, 20);
}
