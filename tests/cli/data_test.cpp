// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

TEST(Data, describesFashionMnist) {
  const CsvTable table = csvOf({QStringLiteral("data"), QStringLiteral("fashion-mnist")});
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(field(table, 0, "part"), QStringLiteral("train"));
  EXPECT_EQ(number(table, 0, "images"), 60000);
  EXPECT_EQ(number(table, 1, "images"), 10000);
  EXPECT_EQ(number(table, 0, "classes"), 10);
  EXPECT_NEAR(number(table, 0, "mean"), 0.2860, 0.0001);  // as everybody normalises it
  EXPECT_NEAR(number(table, 0, "deviation"), 0.3530, 0.0001);
}

TEST(Data, listsKnownSetsWithTheirFolders) {
  const CsvTable table = csvOf({QStringLiteral("data")});
  const auto rows = rowsWhere(table, {QStringLiteral("set=fashion-mnist")});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_TRUE(field(table, rows[0], "folder").endsWith(QStringLiteral("fashion-mnist")));
  EXPECT_EQ(rowsWhere(table, {QStringLiteral("set=cifar-100")}).size(), 1U);
}

TEST(Data, refusesWhatIsNoSet) {
  QTemporaryDir empty;
  expectRefused({QStringLiteral("data"), empty.path()}, "holds no data set that is known");
  expectRefused({QStringLiteral("data"), QStringLiteral("mnits")}, "neither a known name nor a folder");
  expectRefused({QStringLiteral("data"), empty.path(), QStringLiteral("--crop"), QStringLiteral("-3")}, "is no size");
}

// Before anything is made or read.
TEST(Data, refusesACropBeyondTheResizedPictureInEveryVerb) {
  const QTemporaryDir folder;
  const QStringList sizes{QStringLiteral("--crop"), QStringLiteral("300"), QStringLiteral("--resize"),
                          QStringLiteral("256")};
  const char *const problem = "a crop of 300 pixels is larger than the 256 to which pictures are resized";
  expectRefused(QStringList{QStringLiteral("data"), folder.path()} + sizes, problem);
  const QString job = folder.filePath(QStringLiteral("run"));
  expectRefused(
      QStringList{QStringLiteral("train"), QStringLiteral("resnet20-slimmable"), QStringLiteral("--job"), job} + sizes,
      problem);
  EXPECT_FALSE(QDir(job).exists());
  const QStringList weights{QStringLiteral("--network"), QStringLiteral("resnet20-slimmable"),
                            QStringLiteral("--weights"), QStringLiteral("none.safetensors")};
  expectRefused(QStringList{QStringLiteral("evaluate")} + weights + sizes, problem);
  expectRefused(QStringList{QStringLiteral("quantise"), QStringLiteral("--output"), job} + weights + sizes, problem);
}
