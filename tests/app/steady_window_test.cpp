// SPDX-License-Identifier: GPL-3.0-or-later
// What a user looks at stays where it is, and what a window was like is kept.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QToolBar>

#include "app/jobs/run_cache.h"
#include "app/session/subject.h"
#include "app/session/what_if_steps.h"
#include "app/window/controls/steady_label.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/message_bar.h"
#include "app/window/frame/window_memory.h"
#include "core/hardware/profile/profiles.h"
#include "core/project/training_run.h"
#include "tests/app/opened.h"
#include "tests/core/project/sample_runs.h"
#include "widgets/pareto_chart.h"

using namespace pimento;
using namespace pimento::test;

namespace {

class Steady : public testing::TestWithParam<QSize> {
 protected:
  Steady() {
    m_window.resize(GetParam());
    m_window.show();
    m_documents.compareResNet20();
    settle();
  }

  template <class Object>
  Object *child(const char *name) {
    auto *object = m_window.findChild<Object *>(QString::fromLatin1(name));
    if (object == nullptr) throw std::runtime_error(std::string("nothing is named ") + name);
    return object;
  }

  void settle() {
    for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
  }

  // Of the chart and its panels, in the window.
  QList<QRect> places() {
    settle();
    auto *chart = child<ParetoChart>("tradeOffChart");
    QList<QRect> rects;
    for (QWidget *widget : std::initializer_list<QWidget *>{chart, chart->overviewPanel(), chart->zoomPanel()})
      rects << QRect(widget->mapTo(&m_window, QPoint()), widget->size());
    return rects;
  }

  void type(const char *field, const char *text) {
    auto *edit = child<QLineEdit>(field);
    edit->selectAll();
    QTest::keyClicks(edit, QString::fromLatin1(text));
    QTest::keyClick(edit, Qt::Key_Return);
  }

  Session m_session;
  Documents m_documents{m_session};
  MainWindow m_window{m_session, m_documents};
};

QString named(const testing::TestParamInfo<QSize> &info) {
  return QStringLiteral("%1x%2").arg(info.param.width()).arg(info.param.height());
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Sizes, Steady, testing::Values(QSize(1600, 1000), QSize(1024, 700)),
                         [](const auto &size) { return named(size).toStdString(); });

TEST_P(Steady, theChartStaysWhereItIsWhenALineAppears) {
  const QList<QRect> before = places();
  EXPECT_FALSE(before[0].isEmpty());
  m_window.note(QStringLiteral("Written: somewhere"));
  EXPECT_EQ(places(), before) << "a note";
  m_window.report(QString(600, QLatin1Char('x')).replace(50, 1, QLatin1Char(' ')).replace(200, 1, QLatin1Char(' ')));
  EXPECT_EQ(places(), before) << "a long problem";
  child<MessageBar>("messageBar")->follow(QStringLiteral("Opening"), [] {});
  EXPECT_EQ(places(), before) << "progress";
  type("budget_energy", "30");
  EXPECT_FALSE(child<SteadyLabel>("budgetAnswer")->fullText().isEmpty());
  EXPECT_EQ(places(), before) << "a budget";
  type("budget_latency", "much");
  EXPECT_EQ(places(), before) << "a budget that is not taken";
  setWhatIf(m_session, builtInProfile(builtInProfiles().front()),
            requireParameter(QStringLiteral("tmr_pct"), QStringLiteral("test")), 300);
  EXPECT_FALSE(child<SteadyLabel>("tradeOffWhatIf")->fullText().isEmpty());
  EXPECT_EQ(places(), before) << "the costs of a what-if";
  m_session.undoStack().setIndex(0);
  EXPECT_EQ(places(), before) << "all gone";
}

TEST_P(Steady, theChartHasItsShareOfTheWindow) {
  const QRect chart = places().front();
  const double share = double(chart.width()) * chart.height() / (double(m_window.width()) * m_window.height());
  EXPECT_EQ(m_window.size(), GetParam());
  const bool small = GetParam().width() < 1200;  // docks and tables stand back
  EXPECT_GE(share, small ? 0.5 : 0.25);
  if (small) {
    EXPECT_LE(m_window.minimumSizeHint().width(), 900);
  }
  EXPECT_LE(m_window.minimumSizeHint().height(), 650);
}

TEST_P(Steady, theTreeStaysWhereItIsWhenAnotherDesignIsPicked) {
  auto *hint = child<QWidget>("variantHint");
  const int height = hint->height();
  for (const std::uint32_t row : m_session.rows()) {
    m_session.select(row);
    settle();
    EXPECT_EQ(hint->height(), height) << m_session.table().id(row).toStdString();
  }
}

TEST(SteadyLabel, tellsWhatDoesNotFitAndKeepsItsHeight) {
  SteadyLabel label(2);
  label.resize(200, 100);
  label.show();
  const int height = label.height();
  label.setText(QStringLiteral("short"));
  EXPECT_EQ(label.text(), QStringLiteral("short"));
  EXPECT_TRUE(label.toolTip().isEmpty());
  QStringList words;
  for (int i = 0; i < 100; ++i) words << QString::number(i);
  label.setText(words.join(QLatin1Char(' ')));
  EXPECT_TRUE(label.text().endsWith(QStringLiteral("…"))) << label.text().toStdString();
  EXPECT_TRUE(label.text().startsWith(QStringLiteral("0 1 2")));
  EXPECT_EQ(label.toolTip(), words.join(QLatin1Char(' ')));
  EXPECT_EQ(label.height(), height);
  label.setText(QStringLiteral("a <a href=\"x\">link</a>"));
  EXPECT_TRUE(label.text().contains(QStringLiteral("href"))) << "while it fits";
  EXPECT_EQ(label.height(), height);
  label.setHint(QStringLiteral("what this is for"));
  EXPECT_TRUE(label.text().contains(QStringLiteral("href"))) << "what is said goes first";
  label.setText({});
  EXPECT_EQ(label.text(), QStringLiteral("what this is for"));
  EXPECT_TRUE(label.fullText().isEmpty());
  EXPECT_EQ(label.foregroundRole(), QPalette::PlaceholderText);
}

TEST(WindowMemory, bringsBackWhatNoScreenShows) {
  const QList<QRect> screens{{0, 0, 1920, 1080}, {1920, 0, 1280, 1024}};
  const QRect good(100, 100, 800, 600);
  EXPECT_EQ(broughtBack(good, screens), good);
  EXPECT_EQ(broughtBack({2000, 50, 800, 600}, screens), QRect(2000, 50, 800, 600)) << "on the second screen";
  EXPECT_EQ(broughtBack({5000, 50, 800, 600}, screens), QRect(1120, 50, 800, 600)) << "a screen that is gone";
  EXPECT_EQ(broughtBack({100, -500, 800, 600}, screens), QRect(100, 0, 800, 600)) << "no title bar to take hold of";
  EXPECT_EQ(broughtBack({0, 0, 4000, 3000}, screens), QRect(0, 0, 1920, 1080)) << "of a larger screen";
  EXPECT_EQ(broughtBack({-780, 0, 800, 600}, screens), QRect(0, 0, 800, 600)) << "a strip is not enough";
}

TEST(WindowMemory, keepsPlaceAndDocksForTheNextWindow) {
  constexpr int Height = 780;  // of a screen that has 800
  QSettings().clear();
  const auto dock = [](MainWindow &window, const char *name) {
    return window.findChild<QDockWidget *>(QString::fromLatin1(name));
  };
  {
    Session session;
    Documents documents(session);
    MainWindow window(session, documents);
    EXPECT_FALSE(window.keepLayout()) << "there is nothing yet";
    window.resize(960, Height);
    documents.showPublished();
    window.show();
    QCoreApplication::processEvents();
    EXPECT_FALSE(dock(window, "whatIfDock")->isHidden());
    dock(window, "whatIfDock")->hide();
    QCoreApplication::processEvents();
    EXPECT_TRUE(window.close());
  }
  {
    Session session;
    Documents documents(session);
    MainWindow window(session, documents);
    EXPECT_TRUE(window.keepLayout());
    EXPECT_EQ(window.height(), Height);
    window.show();
    documents.showPublished();
    QCoreApplication::processEvents();
    EXPECT_TRUE(dock(window, "whatIfDock")->isHidden());
    EXPECT_FALSE(dock(window, "inspectorDock")->isHidden());
    dock(window, "inspectorDock")->hide();
    documents.close();
    EXPECT_TRUE(dock(window, "designsDock")->isHidden()) << "there is nothing to show";
    documents.showPublished();
    EXPECT_TRUE(dock(window, "inspectorDock")->isHidden()) << "as it was when something was open last";
  }
  {
    Opened opened;
    MainWindow window(opened.session, opened.documents);
    window.resize(960, Height - 20);
    window.show();
    EXPECT_TRUE(window.close());
    QSettings settings;
    QWidget probe;
    EXPECT_TRUE(recallPlace(probe));
    EXPECT_EQ(probe.height(), Height) << "a window that was not asked to keep its place keeps nothing";
  }
  QSettings().clear();
}

TEST(StaleErrors, goWithWhatTheyWereAbout) {
  Opened opened;
  MainWindow window(opened.session, opened.documents);
  window.resize(1600, 1000);
  window.show();
  auto *edit = window.findChild<QLineEdit *>(QStringLiteral("budget_energy"));
  QTest::keyClicks(edit, QStringLiteral("thirty"));
  QTest::keyClick(edit, Qt::Key_Return);
  auto *messages = window.findChild<MessageBar *>();
  EXPECT_TRUE(messages->text().contains(QStringLiteral("thirty")));
  opened.documents.compareResNet20();
  EXPECT_TRUE(messages->text().isEmpty()) << "another project has no such budget";
  EXPECT_TRUE(edit->text().isEmpty());
}

TEST(EmptyProject, saysSoAndWhatToDo) {
  Session session;
  Documents documents(session);
  MainWindow window(session, documents);
  window.resize(1400, 900);
  window.show();
  documents.beginNew();
  QCoreApplication::processEvents();
  const auto &chart = window.findChild<ParetoChart *>(QStringLiteral("tradeOffChart"))->figure();
  for (const QString &text :
       {chart.emptyText(), window.findChild<QTextBrowser *>(QStringLiteral("inspectorText"))->toPlainText()}) {
    EXPECT_TRUE(text.contains(QStringLiteral("This project is empty"))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("Training page"))) << text.toStdString();
  }
  Opened full;
  ViewState view = full.session.view();
  view.filter.networks = {QStringLiteral("none-of-them")};
  full.session.change(QStringLiteral("hide all"), view);
  EXPECT_FALSE(noDesignText(full.session).contains(QStringLiteral("empty")));
}

TEST(RunCache, holdsARunOnceAndNothingBesideTheProject) {
  const TrainingRun run = sampleRun();
  const QString first = cachedRun(run);
  EXPECT_TRUE(QFile::exists(QDir(first).filePath(QStringLiteral("weights.safetensors"))));
  EXPECT_TRUE(first.startsWith(QString::fromLocal8Bit(qgetenv("XDG_CACHE_HOME")))) << first.toStdString();
  EXPECT_EQ(cachedRun(run), first);
  TrainingRun other = run;
  other.weights = writeSafeTensors({{makeTensor<float>(QStringLiteral("a"), std::vector<float>{1})}, {}});
  const QString second = cachedRun(other);
  EXPECT_NE(second, first) << "the same name with other weights is another run";
  TrainingRun many = run;
  for (float i = 0; i < 12; ++i) {
    many.weights = writeSafeTensors({{makeTensor<float>(QStringLiteral("a"), std::vector<float>{i, i})}, {}});
    EXPECT_TRUE(QFile::exists(cachedRun(many)));
  }
  const QDir folder(QFileInfo(first).absolutePath());
  EXPECT_LE(folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 9);
}

// Going back to the start page and opening something again changes nothing of how the window was left.
TEST(WindowMemory, ofBarsAndDocksOutlastsTheStartPage) {
  QSettings().clear();
  for (const QSize size : {QSize(1600, 1000), QSize(1024, 700)}) {
    Session session;
    Documents documents(session);
    MainWindow window(session, documents);
    window.resize(size);
    documents.showPublished();
    window.show();
    QCoreApplication::processEvents();
    const auto shown = [&] {
      QStringList names;
      for (const auto *dock : window.findChildren<QDockWidget *>())
        if (!dock->isHidden()) names << dock->objectName();
      for (const auto *bar : window.findChildren<QToolBar *>())
        if (bar->isVisible()) names << bar->objectName();
      return names;
    };
    const QStringList before = shown();
    ASSERT_FALSE(before.isEmpty());
    for (int round = 0; round < 3; ++round) {
      documents.close();
      QCoreApplication::processEvents();
      documents.compareResNet20();
      QCoreApplication::processEvents();
      EXPECT_EQ(shown(), before) << round << " " << size.width();
    }
  }
}
