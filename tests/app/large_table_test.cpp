// SPDX-License-Identifier: GPL-3.0-or-later
// Many designs: nothing that happens on open may look at all of them once for each of them.
#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QInputDialog>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <ctime>

#include "app/session/breakdowns.h"
#include "app/session/opening.h"
#include "app/window/controls/page.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/message_bar.h"
#include "tests/app/answer.h"
#include "tests/app/opened.h"
#include "tests/bench/large_files.h"
#include "widgets/pareto_chart.h"

using namespace pimento;
using namespace pimento::bench;
using namespace pimento::test;

namespace {

// Of all threads of this process: what others do on the machine does not count.
double cpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
}

template <class Work>
double cpuOf(const Work &work) {
  const double before = cpuSeconds();
  work();
  return cpuSeconds() - before;
}

class LargeTables : public testing::Test {
 protected:
  LargeTables() {
    m_window.resize(1400, 900);
    m_window.show();
  }

  QString written(const LargeTable &wanted) {
    const QString path = m_folder.filePath(QStringLiteral("sweep %1.csv").arg(wanted.rows));
    writeLargeCsv(wanted, path);
    return path;
  }

  bool settled() {
    if (opening().isRunning() || !m_session.isOpen()) return false;
    const auto surfaces = m_window.findChildren<PlotSurface *>();
    return std::ranges::all_of(surfaces, [](auto *s) { return !s->isVisible() || s->layerIsCurrent(); });
  }

  // Opens a table of its own and shows every page that looks at designs; CPU seconds.
  double openAndLook(const LargeTable &wanted) {
    const QString path = written(wanted);
    m_documents.close();
    return cpuOf([&] {
      m_window.openFile(path);
      EXPECT_TRUE(QTest::qWaitFor([&] { return settled(); }, 120'000));
      for (const char *page : {"breakdown", "layers", "hardware", "trade-off"}) {
        m_window.showPage(QString::fromLatin1(page));
        QCoreApplication::processEvents();
      }
      EXPECT_TRUE(QTest::qWaitFor([&] { return settled(); }, 120'000));
    });
  }

  // Eight times the rows take about eight times as long: 64 times where all are compared with all.
  void expectLinear(LargeTable wanted) {
    constexpr double Bound = 24;
    wanted.rows = 10'000;
    const double few = openAndLook(wanted);
    wanted.rows = 80'000;
    const double many = openAndLook(wanted);
    EXPECT_EQ(m_session.table().size(), wanted.rows);
    EXPECT_LT(many, Bound * few) << few << " s for 10,000 rows";
    RecordProperty("ratio", std::to_string(many / few));
  }

  Opening &opening() { return *m_window.findChild<Opening *>(); }
  MessageBar &messages() { return *m_window.findChild<MessageBar *>(); }

  QTemporaryDir m_folder;
  Session m_session;
  Documents m_documents{m_session};
  MainWindow m_window{m_session, m_documents};
};

}  // namespace

TEST_F(LargeTables, openInTimeThatGrowsWithTheirRows) { expectLinear({}); }

TEST_F(LargeTables, openAsFastWhenNoDesignIsDominated) { expectLinear({.spread = Spread::Front}); }

TEST_F(LargeTables, openAsFastWhenEveryDesignHasAHead) { expectLinear({.heads = true}); }

TEST_F(LargeTables, openAsFastWhenEveryDesignIsAnotherNetwork) { expectLinear({.names = Names::Networks}); }

TEST_F(LargeTables, offerAFewNetworksAndFindTheRestByName) {
  const QString path = m_folder.filePath(QStringLiteral("networks.csv"));
  writeLargeCsv({.rows = 1000, .names = Names::Networks}, path);
  m_window.openFile(path);
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled(); }, 60'000));
  auto *menu = m_window.findChild<QToolButton *>(QStringLiteral("networkPicker"))->menu();
  EXPECT_EQ(std::ranges::count_if(menu->actions(), &QAction::isCheckable), 200);
  auto *search = menu->findChild<QAction *>(QStringLiteral("searchNetworks"));
  ASSERT_NE(search, nullptr);
  const auto find = [&](const QString &text) {
    QTimer::singleShot(0, [&text] {
      auto *dialog = qobject_cast<QInputDialog *>(QApplication::activeModalWidget());
      ASSERT_NE(dialog, nullptr);
      dialog->setTextValue(text);
      dialog->accept();
    });
    search->trigger();
  };
  find(QStringLiteral("NET 99"));  // 99 and 990 to 999
  EXPECT_EQ(m_session.rows().size(), 11U);
  find(QStringLiteral("nothing of this name"));
  EXPECT_EQ(m_session.rows().size(), 11U);
  EXPECT_TRUE(messages().text().contains(QStringLiteral("nothing of this name"))) << messages().text().toStdString();
  menu->actions().last()->trigger();
  EXPECT_EQ(m_session.rows().size(), 1000U);
  EXPECT_TRUE(m_session.view().filter.networks.isEmpty());
}

TEST_F(LargeTables, areReadBesideTheWindowsOwnWork) {
  const QString path = written({.rows = 100'000});
  int turns = 0;
  int told = 0;
  double last = 0;
  QTimer clock;
  QObject::connect(&clock, &QTimer::timeout, [&] { turns += opening().isRunning() ? 1 : 0; });
  QObject::connect(&opening(), &Opening::progressed, [&](double share) {
    EXPECT_GT(share, last);
    EXPECT_LE(share, 1);
    last = share;
    ++told;
  });
  clock.start(1);
  m_window.openFile(path);
  EXPECT_TRUE(opening().isRunning());
  EXPECT_FALSE(m_session.isOpen());  // what is there stays until the new is there
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_session.isOpen(); }, 60'000));
  EXPECT_GT(turns, 0);
  EXPECT_GT(told, 10);
  EXPECT_EQ(m_session.rows().size(), 100'000U);
  EXPECT_EQ(messages().text(), QString());
}

TEST_F(LargeTables, sayThatTheyAreReadAndCanBeLeft) {
  const QString path = written({.rows = 400'000});
  m_documents.showPublished();
  const std::size_t before = m_session.table().size();
  m_window.openFile(path);
  ASSERT_TRUE(QTest::qWaitFor([&] { return messages().text().startsWith(QStringLiteral("Opening sweep")); }, 60'000));
  ASSERT_TRUE(opening().isRunning());
  for (auto *button : messages().findChildren<QPushButton *>())
    if (button->text() == QStringLiteral("Cancel")) button->click();
  EXPECT_FALSE(opening().isRunning());
  QTest::qWait(0);
  EXPECT_TRUE(messages().text().contains(QStringLiteral("was not opened"))) << messages().text().toStdString();
  EXPECT_EQ(m_session.table().size(), before);
}

TEST_F(LargeTables, doNotKeepTheWindowFromClosing) {
  m_window.openFile(written({.rows = 400'000}));
  ASSERT_TRUE(opening().isRunning());
  EXPECT_TRUE(m_window.close());
  EXPECT_FALSE(opening().isRunning());
  QTest::qWait(0);
  EXPECT_FALSE(m_session.isOpen());
}

TEST_F(LargeTables, takeThePlaceOfOneThatIsStillRead) {
  const QString slow = written({.rows = 400'000});
  const QString other = m_folder.filePath(QStringLiteral("other.csv"));
  writeLargeCsv({.rows = 30'000}, other);
  m_window.openFile(slow);
  m_window.openFile(other);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_session.isOpen() && !opening().isRunning(); }, 60'000));
  EXPECT_EQ(m_session.table().size(), 30'000U);
}

TEST_F(LargeTables, thatAreBadAreNamedWithTheirLine) {
  const QString path = written({.rows = 100'000});
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::Append));
  file.write("deco-vgg16,x,8,8,whole,estimated,sweep,many,1,1,1\n");
  file.close();
  m_window.openFile(path);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !opening().isRunning(); }, 60'000));
  EXPECT_TRUE(messages().text().contains(QStringLiteral("line 100002, column accuracy_pct")))
      << messages().text().toStdString();
  EXPECT_FALSE(m_session.isOpen());
}

TEST_F(LargeTables, comeAsProjectsToo) {
  const QString path = m_folder.filePath(QStringLiteral("sweep.pimento"));
  writeLargeProject({.rows = 400'000}, path);
  ASSERT_TRUE(takesLongToRead(path));
  m_window.openFile(path);
  EXPECT_TRUE(opening().isRunning());
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_session.isOpen(); }, 60'000));
  EXPECT_EQ(m_session.rows().size(), 400'000U);
  EXPECT_EQ(m_session.path(), path);
}

// Work that was begun while a project is read is not replaced unasked, whether it can be undone or not.
TEST_F(LargeTables, doNotReplaceWorkThatCameMeanwhile) {
  const QString path = m_folder.filePath(QStringLiteral("sweep.pimento"));
  writeLargeProject({.rows = 400'000}, path);
  m_documents.beginNew();
  m_window.openFile(path);
  ASSERT_TRUE(opening().isRunning());
  StoredTable points{QStringLiteral("mine"), {}};
  const DesignKey key{.network = points.table.intern(QStringLiteral("mine"))};
  points.table.append(key);
  m_session.addTable(points);
  ASSERT_TRUE(m_documents.isWorthSaving());
  const Answer cancel(QStringLiteral("Cancel"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !opening().isRunning() && !opening().hasFile(); }, 60'000));
  EXPECT_TRUE(cancel.text().startsWith(QStringLiteral("Save the changes"))) << cancel.text().toStdString();
  EXPECT_EQ(m_session.table().size(), 1U);
}

TEST_F(LargeTables, waitWhileADialogIsAboutWhatIsOpen) {
  m_documents.beginNew();
  m_window.openFile(written({.rows = 100'000}));
  QDialog dialog(&m_window);
  dialog.open();
  ASSERT_TRUE(QTest::qWaitFor([&] { return opening().hasFile(); }, 60'000));
  QTest::qWait(300);
  EXPECT_EQ(m_session.table().size(), 0U);
  dialog.reject();
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_session.table().size() == 100'000U; }, 60'000));
}

TEST_F(LargeTables, areLeftForWhatIsOpenedAfterThem) {
  m_documents.beginNew();
  m_window.openFile(written({.rows = 400'000}));
  ASSERT_TRUE(opening().isRunning());
  for (auto *action : m_window.findChildren<QAction *>())
    if (action->objectName() == QStringLiteral("openPublished")) action->trigger();
  EXPECT_FALSE(opening().isRunning());
  QTest::qWait(0);
  EXPECT_EQ(m_session.title(), QStringLiteral("Published results"));
  EXPECT_LT(m_session.table().size(), 1'000U);
  EXPECT_EQ(messages().text(), QString());
}
