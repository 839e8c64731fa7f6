// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/run_imports.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/background.h"
#include "tests/core/project/sample_runs.h"

using namespace pimento;

namespace {

constexpr int Patience_ms = 60'000;

class Imports : public testing::Test {
 protected:
  QString made(const char *name) {
    const QString path = m_folder.filePath(QString::fromLatin1(name));
    exportRun(sampleRun(), path);
    return path;
  }
  void read(RunImports &imports, const QString &directory) {
    imports.read(
        directory, [this](TrainingRun run) { m_told << run.name; }, [this](const QString &why) { m_told << why; });
  }

  QTemporaryDir m_folder;
  QStringList m_told;
};

}  // namespace

TEST_F(Imports, comeBesideTheWindowInTheOrderAskedFor) {
  RunImports imports;
  read(imports, made("first"));
  read(imports, m_folder.filePath(QStringLiteral("nothing")));
  read(imports, made("second"));
  EXPECT_TRUE(m_told.isEmpty()) << "it was read before the window went on";
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_told.size() == 3; }, Patience_ms));
  EXPECT_FALSE(imports.isBusy());
  EXPECT_EQ(m_told[0], QStringLiteral("first"));
  EXPECT_TRUE(m_told[1].contains(QStringLiteral("nothing"))) << m_told[1].toStdString();
  EXPECT_EQ(m_told[2], QStringLiteral("second"));
}

TEST_F(Imports, areNotHeardOnceTheirWindowHasGone) {
  {
    RunImports imports;
    read(imports, made("first"));
    EXPECT_TRUE(imports.isBusy());
  }
  ASSERT_TRUE(Background::waitForAll(std::chrono::milliseconds(Patience_ms)));
  QTest::qWait(0);
  EXPECT_TRUE(m_told.isEmpty());
}

TEST_F(Imports, tellHowFarTheyAre) {
  RunImports imports;
  QSignalSpy progress(&imports, &RunImports::progressed);
  QSignalSpy end(&imports, &RunImports::ended);
  const QString first = made("first");
  read(imports, first);
  EXPECT_EQ(imports.directory(), first);
  ASSERT_TRUE(QTest::qWaitFor([&] { return end.count() == 1; }, Patience_ms));
  ASSERT_GT(progress.count(), 3);
  double before = 0;
  for (const QList<QVariant> &told : progress) {
    EXPECT_GE(told[0].toDouble(), before + 0.01);
    before = told[0].toDouble();
  }
  EXPECT_EQ(before, 1);
}

TEST_F(Imports, leaveNothingOnceTheyAreStopped) {
  RunImports imports;
  QSignalSpy end(&imports, &RunImports::ended);
  read(imports, made("first"));
  read(imports, made("second"));
  imports.stop();
  EXPECT_FALSE(imports.isBusy());
  EXPECT_EQ(end.count(), 1);
  ASSERT_TRUE(Background::waitForAll(std::chrono::milliseconds(Patience_ms))) << "the stop was not heard";
  QTest::qWait(0);
  EXPECT_TRUE(m_told.isEmpty()) << m_told.join(QLatin1Char(' ')).toStdString();
  read(imports, made("third"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !imports.isBusy(); }, Patience_ms));
  EXPECT_EQ(m_told, QStringList(QStringLiteral("third")));
  imports.stop();
  EXPECT_EQ(end.count(), 2) << "nothing was under way";
}
