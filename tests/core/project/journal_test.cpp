// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/journal.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <thread>

#include "core/base/error.h"
#include "core/project/project_file.h"
#include "tests/core/base/odd_file_systems.h"
#include "tests/core/project/sample_projects.h"

using namespace pimento;

namespace {

class Journals : public testing::Test {
 protected:
  [[nodiscard]] QString recovery() const { return m_folder.filePath(QStringLiteral("data/pimento/recovery")); }
  // What a program leaves that ends without a word: the lock goes, the files stay.
  Journal leave(const Project &work, const WorkOrigin &origin = {}) {
    auto held = HeldJournal::begin(origin, recovery());
    held->write(work);
    const QString folder = held->folder();
    held.reset();
    for (const Journal &journal : journalsLeftBehind(recovery()))
      if (journal.folder == folder) return journal;
    ADD_FAILURE() << "what was left is not offered";
    return {};
  }
  [[nodiscard]] std::size_t offers() const { return journalsLeftBehind(recovery()).size(); }

  QTemporaryDir m_folder;
};

}  // namespace

TEST_F(Journals, areOfferedOnceTheirProgramHasEnded) {
  EXPECT_EQ(offers(), 0U);
  const WorkOrigin origin{QStringLiteral("/home/lab/a.pimento"), FileStamp{(qint64{1} << 60) + 1, 4711}};
  auto held = HeldJournal::begin(origin, recovery());
  held->write(sampleProject());
  EXPECT_EQ(offers(), 0U) << "offers the work of a program that lives";
  held.reset();
  const auto left = journalsLeftBehind(recovery());
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].origin.project, origin.project);
  EXPECT_EQ(left[0].origin.stamp, origin.stamp);
  EXPECT_TRUE(sameAs(HeldJournal::adopt(left[0])->project(), sampleProject()));
}

TEST_F(Journals, standBesideEachOtherAndAreAnsweredOneByOne) {
  const Journal one = leave(sampleProject(), {QStringLiteral("/a.pimento"), std::nullopt});
  const Journal two = leave(Project{.title = QStringLiteral("two")}, {QStringLiteral("/a.pimento"), std::nullopt});
  const Journal three = leave(Project{.title = QStringLiteral("three")});
  EXPECT_EQ(offers(), 3U);
  HeldJournal::adopt(two)->answer();
  EXPECT_EQ(offers(), 2U);
  EXPECT_THROW(static_cast<void>(HeldJournal::adopt(two)), Error) << "an answered one comes back";
  EXPECT_FALSE(QFile::exists(two.folder));
  EXPECT_TRUE(sameAs(HeldJournal::adopt(one)->project(), sampleProject()));
  EXPECT_EQ(HeldJournal::adopt(three)->project().title, QStringLiteral("three"));
}

TEST_F(Journals, areNeverWrittenOverByOtherWork) {
  const WorkOrigin origin{QStringLiteral("/a.pimento"), std::nullopt};
  const Journal older = leave(sampleProject(), origin);
  auto other = HeldJournal::begin(origin, recovery());
  other->write(Project{.title = QStringLiteral("newer")});
  EXPECT_TRUE(sameAs(HeldJournal::adopt(older)->project(), sampleProject()));
  other->answer();
  EXPECT_TRUE(sameAs(HeldJournal::adopt(older)->project(), sampleProject()));
}

TEST_F(Journals, belongToOneWindowAtATime) {
  const Journal left = leave(sampleProject());
  auto held = HeldJournal::adopt(left);
  EXPECT_EQ(offers(), 0U);
  EXPECT_THROW(static_cast<void>(HeldJournal::adopt(left)), Error) << "two windows have the same work";
  held.reset();  // it ends without a word, too
  EXPECT_EQ(offers(), 1U);
}

TEST_F(Journals, belongToOneWindowWhereTheFileSystemHasNoLocks) {
  const test::WithoutLocks none;
  auto held = HeldJournal::begin({}, recovery());
  held->write(sampleProject());
  EXPECT_EQ(offers(), 0U) << "offers the work of a program that lives";
  const Journal journal{held->folder(), {}, {}};
  EXPECT_THROW(static_cast<void>(HeldJournal::adopt(journal)), Error) << "two windows have the same work";
  held.reset();
  EXPECT_EQ(offers(), 1U);
  EXPECT_TRUE(sameAs(HeldJournal::adopt(journal)->project(), sampleProject()));
}

TEST_F(Journals, areGoneForEverOnceAnswered) {
  auto held = HeldJournal::begin({}, recovery());
  held->write(sampleProject());
  held->answer();
  held->write(sampleProject());  // an autosave that was under way
  held->answer();
  held.reset();
  EXPECT_EQ(offers(), 0U);
  EXPECT_TRUE(QDir(recovery()).isEmpty()) << "something stays behind";
}

TEST_F(Journals, areGoneForEverWhateverAnotherThreadWrites) {
  for (int i = 0; i < 20; ++i) {
    auto held = HeldJournal::begin({}, recovery());
    std::thread writer([held] {
      for (int turn = 0; turn < 3; ++turn) held->write(sampleProject(2000));
    });
    held->answer();
    writer.join();
  }
  EXPECT_EQ(offers(), 0U);
}

TEST_F(Journals, withoutWorkAreRemovedWhenTheirProgramHasEnded) {
  auto held = HeldJournal::begin({}, recovery());
  const QString folder = held->folder();
  held.reset();
  EXPECT_EQ(offers(), 0U);
  EXPECT_TRUE(QFile::exists(folder)) << "its program may be about to write";
  // Its times lie an hour back.
  ASSERT_EQ(QProcess::execute(QStringLiteral("touch"), {QStringLiteral("-d"), QStringLiteral("-1 hour"), folder}), 0);
  EXPECT_EQ(offers(), 0U);
  EXPECT_FALSE(QFile::exists(folder));
}

TEST_F(Journals, nameTheFolderThatCanNotBeMade) {
  EXPECT_THROW(static_cast<void>(HeldJournal::begin({}, QStringLiteral("/dev/null/recovery"))), Error);
}
