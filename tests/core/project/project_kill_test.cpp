// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include "core/project/project_file.h"
#include "tests/core/project/sample_projects.h"

using namespace pimento;

TEST(ProjectFile, isWholeWheneverTheProgramIsKilledWhileItSaves) {
  constexpr int Kills = 40;
  const QByteArray small = projectBytes(sampleProject(20));
  const QByteArray large = projectBytes(sampleProject(20'000));
  QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("work.pimento"));
  QRandomGenerator random(1);
  int larges = 0;
  int smalls = 0;
  qsizetype cutOff = 0;  // what a killed save had written lies beside the project, never in its place
  // Until it was killed often enough, in the middle of writing too, and before and after the large one was in place.
  for (int i = 0; i < Kills || larges == 0 || smalls == 0 || cutOff == 0; ++i) {
    ASSERT_LT(i, 10 * Kills) << larges << " large, " << smalls << " small, " << cutOff << " cut off";
    QProcess saver;
    saver.start(QStringLiteral(PROJECT_SAVER), {path, QString::number(random.bounded(1000))});
    ASSERT_TRUE(saver.waitForFinished(60'000));
    ASSERT_EQ(saver.exitStatus(), QProcess::CrashExit) << saver.readAllStandardError().toStdString();
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray found = file.readAll();
    ASSERT_TRUE(found == large || found == small);
    ++(found == large ? larges : smalls);
    cutOff = QDir(folder.path()).entryList(QDir::Files).size() - 1;
  }
  EXPECT_TRUE(sameAs(openProject(path), sampleProject(20)) || sameAs(openProject(path), sampleProject(20'000)));
}
