// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/journal.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/project/project_file.h"
#include "tests/core/project/sample_projects.h"

using namespace pimento;

namespace {

void setTime(const QString &path, const QDateTime &time) {
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::ReadWrite));
  ASSERT_TRUE(file.setFileTime(time, QFileDevice::FileModificationTime));
}

const QDateTime Noon(QDate(2026, 1, 1), QTime(12, 0));

}  // namespace

TEST(Journal, isOfferedWhileItIsNewerThanTheProject) {
  QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.pimento"));
  EXPECT_FALSE(findJournal(path));
  saveProject({}, path);
  const QString journal = journalPath(path);
  EXPECT_EQ(journal, path + QStringLiteral(".journal"));
  writeJournal(sampleProject(), journal);
  setTime(path, Noon);
  setTime(journal, Noon.addSecs(1));
  ASSERT_TRUE(findJournal(path));
  EXPECT_EQ(findJournal(path)->written, Noon.addSecs(1));
  EXPECT_TRUE(sameAs(openProject(findJournal(path)->path), sampleProject()));
  EXPECT_TRUE(sameAs(openProject(path), {})) << "the project itself has changed";
  setTime(path, Noon.addSecs(1));
  EXPECT_FALSE(findJournal(path));
  setTime(path, Noon);
  removeJournal(journal);
  EXPECT_FALSE(findJournal(path));
  removeJournal(journal);
}

TEST(Journal, ofWorkWithoutAFileIsOfferedOnceItsProgramHasEnded) {
  QTemporaryDir base;
  const QString folder = base.filePath(QStringLiteral("data/pimento"));
  const QString own = journalPath({}, folder);
  writeJournal(sampleProject(), own);
  EXPECT_FALSE(findJournal({}, folder)) << "offers what this very process writes";
  // No process has this number (the largest is 2^22).
  const QString left = folder + QStringLiteral("/untitled-99999999.journal");
  ASSERT_TRUE(QFile::rename(own, left));
  ASSERT_TRUE(findJournal({}, folder));
  EXPECT_EQ(findJournal({}, folder)->path, left);
}

TEST(Journal, namesTheFolderItCanNotMake) {
  EXPECT_THROW(writeJournal({}, QStringLiteral("/dev/null/untitled-1.journal")), Error);
}
