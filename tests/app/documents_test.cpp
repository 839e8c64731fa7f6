// SPDX-License-Identifier: GPL-3.0-or-later
// Work that is not saved: what a crash leaves, what is offered, what is asked for, and what others do to the file.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "app/window/frame/ask_to_replace.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/message_bar.h"
#include "core/base/error.h"
#include "core/files/save_file.h"
#include "core/project/project_file.h"
#include "core/project/project_lock.h"
#include "tests/app/answer.h"
#include "tests/app/opened.h"
#include "tests/core/project/sample_runs.h"

using namespace pimento;
using namespace pimento::test;

namespace {

// Every test begins without anything left behind.
class Recovery : public testing::Test {
 protected:
  void SetUp() override { QDir(recoveryFolder()).removeRecursively(); }
  void TearDown() override { QDir(recoveryFolder()).removeRecursively(); }

  [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

  // A window that ends without a word after it has pinned a design.
  void crash(const QString &file, const char *pinned) {
    Opened opened;
    if (!file.isEmpty()) opened.documents.open(file);
    opened.session.togglePin(opened.row(pinned));
    autosave(opened.documents);
  }
  static void autosave(Documents &documents) {
    documents.autosave();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !documents.isAutosaving(); }, 20'000));
  }

  QTemporaryDir m_folder;
};

Project largeProject() {
  constexpr int Rows = 300'000;
  StoredTable points{QStringLiteral("sweep"), {}};
  DesignKey key{.network = points.table.intern(QStringLiteral("net")), .bitsWeights = 8, .bitsActivations = 8};
  const ProvenanceId from = points.table.intern(Provenance{Kind::Estimated, QStringLiteral("model"), {}, {}});
  for (int i = 0; i < Rows; ++i) {
    key.variant = points.table.intern(QString::number(i));
    points.table.set(points.table.append(key), Metric::Energy, 1.0 + i, from);
  }
  Project project;
  project.tables.push_back(std::move(points));
  return project;
}

void press(MessageBar &bar, const QString &text) {
  for (QPushButton *button : bar.findChildren<QPushButton *>())
    if (button->text() == text && !button->isHidden()) return button->click();
  FAIL() << "no button " << text.toStdString();
}

}  // namespace

TEST_F(Recovery, bringsBackWhatWasNotSaved) {
  const QString file = path("p.pimento");
  Opened().documents.save(file);
  crash(file, Vgg1);
  Session session;
  Documents documents(session);
  documents.open(file);
  EXPECT_TRUE(session.pinnedRows().empty()) << "the file itself was touched";
  const auto journals = documents.leftBehind();
  ASSERT_EQ(journals.size(), 1U);
  documents.recover(journals[0]);
  EXPECT_EQ(session.pinnedRows().size(), 1U);
  EXPECT_TRUE(session.isModified());
  EXPECT_TRUE(documents.isWorthSaving());
  EXPECT_EQ(session.path(), file);
  EXPECT_TRUE(documents.leftBehind().empty());
  documents.save(file);
  EXPECT_FALSE(session.isModified());
  EXPECT_TRUE(QDir(recoveryFolder()).isEmpty());
}

TEST_F(Recovery, isNotLostByNewEditsAndTheirAutosave) {
  const QString file = path("p.pimento");
  Opened().documents.save(file);
  crash(file, Vgg1);
  Session session;
  Documents documents(session);
  documents.open(file);
  session.togglePin(rowWithId(session.table(), QString::fromLatin1(Mobile1)).value());
  session.togglePin(rowWithId(session.table(), QString::fromLatin1(Mobile2)).value());
  autosave(documents);
  const auto journals = documents.leftBehind();
  ASSERT_EQ(journals.size(), 1U) << "the older work is gone, or the newer is offered while its window lives";
  documents.recover(journals[0]);
  EXPECT_EQ(session.view().pins, QStringList{QString::fromLatin1(Vgg1)});
}

TEST_F(Recovery, offersTheWorkOfSeveralWindowsOneByOne) {
  const QString file = path("p.pimento");
  Opened().documents.save(file);
  crash({}, Vgg2);
  crash(file, Vgg1);
  crash({}, Mobile4);
  Session session;
  Documents documents(session);
  MainWindow window(session, documents);
  window.show();
  window.openFile(file);
  auto &bar = *window.findChild<MessageBar *>(QStringLiteral("messageBar"));
  EXPECT_TRUE(bar.question().contains(QStringLiteral("p.pimento"))) << "that of the open file comes first";
  EXPECT_TRUE(bar.question().contains(QStringLiteral("(2 more after this)"))) << bar.question().toStdString();
  window.note(QStringLiteral("Something else."));
  EXPECT_TRUE(bar.question().contains(QStringLiteral("p.pimento"))) << "a note replaces the offer";
  press(bar, QStringLiteral("Discard"));
  EXPECT_TRUE(bar.question().contains(QStringLiteral("“Published results” (no file yet)")))
      << bar.question().toStdString();
  EXPECT_EQ(documents.leftBehind().size(), 2U);
  press(bar, QStringLiteral("Restore"));
  EXPECT_TRUE(session.path().isEmpty());
  EXPECT_EQ(session.view().pins, QStringList{QString::fromLatin1(Mobile4)}) << "the newest first";
  {
    const Answer discard(QStringLiteral("Discard"));  // what has been restored, in favour of the next
    press(bar, QStringLiteral("Restore"));
  }
  EXPECT_EQ(session.view().pins, QStringList{QString::fromLatin1(Vgg2)});
  EXPECT_TRUE(bar.question().isEmpty());
  EXPECT_TRUE(documents.leftBehind().empty());
}

TEST_F(Recovery, doesNotTouchTheWorkOfALivingWindow) {
  Opened first;
  first.session.togglePin(first.row(Vgg1));
  autosave(first.documents);
  Opened second;
  EXPECT_TRUE(second.documents.leftBehind().empty());
  second.session.togglePin(second.row(Vgg2));
  autosave(second.documents);
  second.documents.close();
  EXPECT_EQ(QDir(recoveryFolder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
}

TEST_F(Recovery, forgetsForEverWhatWasDiscarded) {
  const QString file = path("p.pimento");
  Opened().documents.save(file);
  crash(file, Vgg1);
  {
    Session session;
    Documents documents(session);
    documents.open(file);
    documents.discard(documents.leftBehind().at(0));
  }
  {
    Opened opened;
    MainWindow window(opened.session, opened.documents);
    opened.session.togglePin(opened.row(Vgg1));
    autosave(opened.documents);
    const Answer discard(QStringLiteral("Discard"));
    EXPECT_TRUE(window.close());
    EXPECT_TRUE(discard.text().contains(QStringLiteral("Save the changes"))) << discard.text().toStdString();
  }
  EXPECT_TRUE(Opened().documents.leftBehind().empty());
}

TEST_F(Recovery, keepsTheOfferOfWorkThatCanNotBeOpened) {
  crash({}, Vgg1);
  Session session;
  Documents documents(session);
  const Journal journal = documents.leftBehind().at(0);
  writeWhole(journal.folder + QStringLiteral("/work.pimento"), "damaged");
  MainWindow window(session, documents);
  window.show();
  window.offerLeftBehind();
  auto &bar = *window.findChild<MessageBar *>(QStringLiteral("messageBar"));
  press(bar, QStringLiteral("Restore"));
  EXPECT_TRUE(bar.text().contains(QStringLiteral("work.pimento"))) << bar.text().toStdString();
  EXPECT_FALSE(bar.question().isEmpty());
  EXPECT_EQ(documents.leftBehind().size(), 1U);
}

TEST_F(Recovery, writesOnlyWhatHasChanged) {
  Opened opened;
  autosave(opened.documents);
  EXPECT_TRUE(QDir(recoveryFolder()).isEmpty()) << "nothing to save";
  opened.session.togglePin(opened.row(Vgg1));
  autosave(opened.documents);
  const QString folder =
      QDir(recoveryFolder()).filePath(QDir(recoveryFolder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).value(0));
  const QString work = folder + QStringLiteral("/work.pimento");
  const auto first = stampOf(work);
  ASSERT_TRUE(first);
  autosave(opened.documents);
  EXPECT_EQ(stampOf(work), first) << "written again without a change";
  opened.session.togglePin(opened.row(Vgg2));
  autosave(opened.documents);
  EXPECT_NE(stampOf(work), first);
  opened.session.undoStack().undo();
  opened.session.undoStack().undo();
  autosave(opened.documents);
  EXPECT_TRUE(QDir(recoveryFolder()).isEmpty()) << "all is undone";
}

TEST_F(Recovery, isWrittenBesideTheWindowsThread) {
  const Project large = largeProject();
  {
    Session session;
    {
      Documents documents(session);
      session.open(large);
      documents.autosave();
      EXPECT_TRUE(documents.isAutosaving()) << "it was written before the window went on";
      ASSERT_TRUE(QTest::qWaitFor([&] { return !documents.isAutosaving(); }, 60'000));
      EXPECT_EQ(journalsLeftBehind().size(), 0U);
      session.sortBy(SortBy{Metric::Energy, Order::Ascending});  // a change, of work that is worth saving
      documents.autosave();
    }  // closes while the thread is at work
  }
  ASSERT_TRUE(Background::waitForAll(std::chrono::minutes(1)));
  const auto left = journalsLeftBehind();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_TRUE(HeldJournal::adopt(left[0])->project().tables.front().table.sameAs(large.tables.front().table));
}

TEST(WorthSaving, isWhatOneClickDoesNotMakeAgain) {
  {
    Opened opened;  // as the start page opens it
    EXPECT_FALSE(opened.documents.isWorthSaving());
    opened.setScope(Scope::Head);
    opened.setBudgets({{Metric::Energy, 35}});
    EXPECT_FALSE(opened.documents.isWorthSaving()) << "a look at what one click opens";
    opened.session.togglePin(opened.row(Vgg1));
    EXPECT_TRUE(opened.documents.isWorthSaving());
    opened.session.togglePin(opened.row(Vgg1));
    EXPECT_FALSE(opened.documents.isWorthSaving()) << "as it was";
  }
  {
    Session session;
    Documents documents(session);
    documents.beginNew();
    ViewState view = session.view();
    view.whatIf = {{QStringLiteral("tmr_pct"), 171}};
    session.change(QStringLiteral("slider"), view);
    EXPECT_FALSE(documents.isWorthSaving()) << "a moved slider of an empty project";
    session.addRun(sampleRun());
    EXPECT_TRUE(documents.isWorthSaving()) << "a training result of an untitled project";
    session.undoStack().undo();
    EXPECT_FALSE(documents.isWorthSaving());
  }
  {
    Session session;
    Documents documents(session);
    documents.compareResNet20();
    ViewState view = session.view();
    view.whatIf = {{QStringLiteral("tmr_pct"), 171}};
    session.change(QStringLiteral("slider"), view);
    EXPECT_TRUE(documents.isWorthSaving()) << "what is supposed of estimates";
  }
  {
    const QTemporaryDir folder;
    Opened opened;
    opened.documents.save(folder.filePath(QStringLiteral("p.pimento")));
    EXPECT_FALSE(opened.documents.isWorthSaving());
    opened.session.sortBy(SortBy{Metric::Energy, Order::Ascending});
    EXPECT_FALSE(opened.documents.isWorthSaving());
    opened.setBudgets({{Metric::Energy, 35}});
    EXPECT_TRUE(opened.documents.isWorthSaving()) << "of what its file keeps";
  }
}

TEST(WorthSaving, isAskedForWhenATrainingResultWouldGo) {
  Session session;
  Documents documents(session);
  documents.beginNew();
  MainWindow window(session, documents);
  session.addRun(sampleRun());
  {
    const Answer cancel(QStringLiteral("Cancel"));
    EXPECT_FALSE(window.close());
    EXPECT_TRUE(cancel.text().contains(QStringLiteral("Save the changes to New project?")))
        << cancel.text().toStdString();
  }
  session.undoStack().undo();
  EXPECT_TRUE(window.close());
}

class ChangedFile : public Recovery {
 protected:
  void SetUp() override {
    Recovery::SetUp();
    m_file = path("p.pimento");
    m_documents.showPublished();
    m_documents.save(m_file);
    m_window.show();
  }
  // What another program makes of it: a file with a time of its own.
  void changeFile() {
    const auto before = stampOf(m_file);
    while (stampOf(m_file) == before) saveProject(Project{.title = QStringLiteral("theirs")}, m_file);
  }
  MessageBar &bar() { return *m_window.findChild<MessageBar *>(QStringLiteral("messageBar")); }

  QString m_file;
  Session m_session;
  Documents m_documents{m_session};
  MainWindow m_window{m_session, m_documents};
};

TEST_F(ChangedFile, isNotWrittenOverUnasked) {
  m_session.togglePin(0);
  const QString read = spokenTime(m_documents.known().time);
  changeFile();
  const QString changed = spokenTime(stampOf(m_file)->modified());
  {
    const Answer cancel(QStringLiteral("Cancel"));
    EXPECT_FALSE(m_window.save());
    EXPECT_TRUE(cancel.text().contains(changed)) << cancel.text().toStdString();
    EXPECT_TRUE(cancel.text().contains(read)) << cancel.text().toStdString();
  }
  EXPECT_EQ(openProject(m_file).title, QStringLiteral("theirs"));
  EXPECT_TRUE(m_session.isModified());
  {
    const Answer replace(QStringLiteral("Replace"));
    EXPECT_TRUE(m_window.save());
  }
  EXPECT_EQ(openProject(m_file).title, QStringLiteral("Published results"));
  EXPECT_FALSE(m_session.isModified());
  EXPECT_TRUE(m_window.save()) << "asks about what this window wrote itself";
}

TEST_F(ChangedFile, isNoticedAndReadAnew) {
  EXPECT_TRUE(bar().question().isEmpty());
  changeFile();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !bar().question().isEmpty(); }, 10'000));
  EXPECT_TRUE(bar().question().startsWith(QStringLiteral("p.pimento was changed on ")))
      << bar().question().toStdString();
  press(bar(), QStringLiteral("Reload"));
  EXPECT_EQ(m_session.title(), QStringLiteral("theirs"));
  EXPECT_TRUE(bar().question().isEmpty());
  changeFile();  // a second time, by renaming another file to its name
  ASSERT_TRUE(QTest::qWaitFor([&] { return !bar().question().isEmpty(); }, 10'000));
  press(bar(), QStringLiteral("Keep mine"));
  EXPECT_TRUE(bar().question().isEmpty());
  EXPECT_TRUE(m_documents.changedOnDisk());
}

TEST_F(ChangedFile, isNotReadAnewOverWorkThatCameSinceTheQuestion) {
  changeFile();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !bar().question().isEmpty(); }, 10'000));
  EXPECT_FALSE(bar().question().contains(QStringLiteral("loses")));
  m_session.togglePin(0);
  press(bar(), QStringLiteral("Reload"));
  EXPECT_EQ(m_session.title(), QStringLiteral("Published results"));
  EXPECT_TRUE(bar().question().contains(QStringLiteral("Reloading loses what was changed here")));
  press(bar(), QStringLiteral("Reload"));
  EXPECT_EQ(m_session.title(), QStringLiteral("theirs"));
}

TEST_F(ChangedFile, isNotChangedWhileAnotherProgramChangesIt) {
  const FileLock lock = lockProject(m_file);
  m_session.togglePin(0);
  EXPECT_FALSE(m_window.save());
  EXPECT_TRUE(bar().text().contains(QStringLiteral("is being changed by process "))) << bar().text().toStdString();
  EXPECT_TRUE(m_session.isModified());
}

TEST_F(Recovery, isUnsavedAsSoonAsItIsThere) {
  const QString file = path("p.pimento");
  Opened().documents.save(file);
  crash(file, Vgg1);
  Session session;
  Documents documents(session);
  MainWindow window(session, documents);
  window.openFile(file);
  auto &bar = *window.findChild<MessageBar *>(QStringLiteral("messageBar"));
  EXPECT_FALSE(bar.question().contains(QStringLiteral("changed on"))) << bar.question().toStdString();
  EXPECT_FALSE(window.isWindowModified());
  press(bar, QStringLiteral("Restore"));
  EXPECT_TRUE(window.isWindowModified()) << "the title says nothing of unsaved changes";
}

// The times that are named come one after the other.
TEST_F(Recovery, saysWhatBecameOfTheFileMeanwhile) {
  const QString file = path("p.pimento");
  Opened().documents.save(file);
  const auto before = stampOf(file);
  crash(file, Vgg1);
  while (stampOf(file) == before) saveProject(Project{.title = QStringLiteral("theirs")}, file);
  const QString changed = spokenTime(stampOf(file)->modified());
  Session session;
  Documents documents(session);
  MainWindow window(session, documents);
  window.offerLeftBehind();
  auto &bar = *window.findChild<MessageBar *>(QStringLiteral("messageBar"));
  EXPECT_TRUE(bar.question().contains(QStringLiteral("That file was changed on ") + changed))
      << bar.question().toStdString();
  press(bar, QStringLiteral("Restore"));
  const QString based =
      QStringLiteral("the restored work is of the file as it was on ") + spokenTime(before->modified());
  EXPECT_TRUE(bar.question().contains(based)) << bar.question().toStdString();
  const Answer cancel(QStringLiteral("Cancel"));
  EXPECT_FALSE(window.save());
  EXPECT_TRUE(cancel.text().contains(based)) << cancel.text().toStdString();
}

TEST(Replacing, namesBothTimes) {
  const QDateTime ours(QDate(2026, 5, 3), QTime(11, 58, 3));
  const QDateTime theirs(QDate(2026, 5, 3), QTime(12, 5, 10));
  const FileStamp there{theirs.toMSecsSinceEpoch() * 1'000'000, 1};
  EXPECT_EQ(replaceQuestion(QStringLiteral("/a/chart.svg"), there, Known{ours}),
            QStringLiteral("chart.svg was last changed on 3 May 2026, 12:05:10; this window read or wrote it on 3 May "
                           "2026, 11:58:03. Replace what is there now?"));
  EXPECT_TRUE(replaceQuestion(QStringLiteral("/a/chart.svg"), there, std::nullopt)
                  .contains(QStringLiteral("3 May 2026, 12:05:10, not by this window")));
  EXPECT_TRUE(mayReplace(nullptr, QStringLiteral("/nowhere"), std::nullopt, std::nullopt));
}

TEST(MessageBar, keepsQuestionsWhateverIsSaid) {
  MessageBar bar;
  QStringList answers;
  const auto choice = [&](const char *text) {
    return MessageBar::Choice{QString::fromLatin1(text), [&answers, text] { answers << QString::fromLatin1(text); }};
  };
  bar.ask(QStringLiteral("a"), QStringLiteral("First?"), {choice("Yes"), choice("No")});
  bar.ask(QStringLiteral("b"), QStringLiteral("Second?"), {choice("Maybe")});
  bar.say(QStringLiteral("Done."), MessageBar::Tone::Note);
  EXPECT_EQ(bar.question(), QStringLiteral("First? (1 more after this)"));
  EXPECT_EQ(bar.text(), QStringLiteral("Done."));
  bar.clear();
  EXPECT_TRUE(bar.text().isEmpty());
  EXPECT_FALSE(bar.isHidden());
  press(bar, QStringLiteral("No"));
  EXPECT_EQ(bar.question(), QStringLiteral("Second?"));
  press(bar, QStringLiteral("Maybe"));
  EXPECT_EQ(answers, (QStringList{QStringLiteral("No"), QStringLiteral("Maybe")}));
  EXPECT_TRUE(bar.isHidden());
  bar.ask(QStringLiteral("a"), QStringLiteral("First?"), {choice("Yes")});
  bar.withdraw(QStringLiteral("a"));
  EXPECT_TRUE(bar.isHidden());
}
