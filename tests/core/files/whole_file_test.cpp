// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/whole_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QElapsedTimer>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;
using namespace pimento::test;

namespace {

std::string errorOf(const QString &path, qint64 most) {
  try {
    static_cast<void>(readWhole(path, most));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

void expectRefused(const QString &path, qint64 most, const std::string &part) {
  QElapsedTimer clock;
  clock.start();
  const std::string error = errorOf(path, most);
  EXPECT_NE(error.find(part), std::string::npos) << error;
  EXPECT_EQ(error.find(path.toStdString()), 0U) << "names the file: " << error;
  EXPECT_LT(clock.elapsed(), 2000) << "nothing is read before it is refused";
}

}  // namespace

TEST(WholeFile, readsOrdinaryFilesAndResources) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a"));
  writeFile(path, "pimento");
  EXPECT_EQ(readWhole(path, 7), "pimento");
  OutsideFile file(path, 100);
  EXPECT_EQ(file.size(), 7);
  EXPECT_EQ(file.head(3), "pim");
  EXPECT_EQ(file.head(30), "pimento");
  EXPECT_EQ(file.part(3, 2), "en");
  EXPECT_EQ(file.whole(), "pimento");
  EXPECT_THROW(static_cast<void>(file.part(3, 5)), Error);
  EXPECT_FALSE(readWhole(QStringLiteral(":/recipes/short-joint.json"), 1 << 20).isEmpty());
  writeFile(path, {});
  EXPECT_TRUE(readWhole(path, 0).isEmpty());
}

TEST(WholeFile, refusesWhatCouldBlockOrHasNoEnd) {
  const QTemporaryDir folder;
  const QString pipe = folder.filePath(QStringLiteral("pipe"));
  ASSERT_EQ(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
  expectRefused(pipe, 100, "can not be read; it is a pipe");
  expectRefused(QStringLiteral("/dev/zero"), qint64{1} << 40, "can not be read; it is a device");
  expectRefused(folder.path(), 100, "can not be read; it is a folder");
  expectRefused(folder.filePath(QStringLiteral("none")), 100, "can not be read; No such file");
}

TEST(WholeFile, looksAtTheSizeBeforeItReads) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("holes"));
  QFile holes(path);
  ASSERT_TRUE(holes.open(QIODevice::WriteOnly));
  ASSERT_TRUE(holes.resize(qint64{1} << 40));
  expectRefused(path, qint64{8} << 30, "is larger than 8192 MB");
  expectRefused(path, 64 << 10, "is larger than 64 kB");
}
