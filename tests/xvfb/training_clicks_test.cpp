// SPDX-License-Identifier: GPL-3.0-or-later
// From an empty window to design points of one's own, by pointer and keys alone, with the engine at work.
#include <gtest/gtest.h>

#include <QAbstractItemModel>
#include <QDir>
#include <QLabel>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>

#include "app/jobs/job_queue.h"
#include "app/session/documents.h"
#include "app/session/session.h"
#include "app/window/controls/page.h"
#include "app/window/frame/main_window.h"
#include "app/window/training/training_form.h"
#include "tests/core/data/sample_files.h"
#include "tests/xvfb/pointer.h"
#include "widgets/curve_chart.h"

using namespace pimento;
using namespace pimento::test;

namespace {

constexpr int TrainingSeconds = 200;

class TrainingClicks : public testing::Test {
 protected:
  void SetUp() override {
    writeCifarSet(m_folder.filePath(QStringLiteral("data")));
    m_window.resize(1500, 950);
    m_window.show();
    ASSERT_TRUE(becomesTrue([&] { return m_window.isActiveWindow(); }));
  }
  template <class Widget>
  Widget *child(const char *name) {
    auto *widget = m_window.findChild<Widget *>(QString::fromLatin1(name));
    if (widget == nullptr) throw std::runtime_error(std::string("no widget named ") + name);
    return widget;
  }
  bool waitToSee(const char *name) {
    return becomesTrue([&] {
      const auto *widget = m_window.findChild<QWidget *>(QString::fromLatin1(name));
      return widget != nullptr && widget->isVisible() && !widget->visibleRegion().isEmpty();
    });
  }
  void clickOn(const char *name) {
    ASSERT_TRUE(waitToSee(name)) << name;
    click(*child<QWidget>(name));
  }
  void enter(const char *name, const QString &value) {
    clickOn(name);
    press("ctrl+a");
    type(value);
    press("Tab");
    ASSERT_TRUE(becomesTrue([&] { return QString::number(child<QSpinBox>(name)->value()) == value; })) << name;
  }
  void clickTab(const QString &text) {
    auto *bar = child<QTabWidget>("trainingTabs")->tabBar();
    for (int i = 0; i < bar->count(); ++i)
      if (bar->tabText(i) == text) return click(*bar, bar->tabRect(i).center());
    FAIL() << "no tab is called " << text.toStdString();
  }
  int rows(const char *table) { return child<QTableView>(table)->model()->rowCount(); }
  bool lastJobIsDone() {
    return becomesTrue(
        [&] {
          const auto &jobs = m_window.jobs().jobs();
          return !jobs.empty() && !jobs.back().isActive() && jobs.back().state != JobState::Queued;
        },
        TrainingSeconds);
  }

  QTemporaryDir m_folder;
  Session m_session;
  Documents m_documents{m_session};
  MainWindow m_window{m_session, m_documents};
};

}  // namespace

TEST_F(TrainingClicks, leadFromAnEmptyWindowToMeasuredDesigns) {
  clickOn("startTraining");
  ASSERT_TRUE(waitToSee("trainingForm"));
  child<TrainingForm>("trainingForm")->setData(m_folder.filePath(QStringLiteral("data")));
  ASSERT_TRUE(becomesTrue([&] { return !child<TrainingForm>("trainingForm")->isReading(); }));
  enter("trainingEpochs", QStringLiteral("1"));
  enter("trainingTeacherEpochs", QStringLiteral("1"));
  enter("trainingBatch", QStringLiteral("16"));
  clickOn("trainingStart");
  ASSERT_TRUE(lastJobIsDone());
  const QueuedJob &job = m_window.jobs().jobs().back();
  ASSERT_EQ(job.state, JobState::Done) << job.message.toStdString();
  EXPECT_EQ(child<CurveChart>("validationChart")->figure().data().series.size(), 4U);
  EXPECT_TRUE(becomesTrue([&] { return rows("runResults") == 5; })) << "four widths and the teacher";

  ASSERT_TRUE(waitToSee("runQuantise"));
  clickAndPress(*child<QWidget>("runQuantise"), {QStringLiteral("Down"), QStringLiteral("Return")});
  ASSERT_TRUE(becomesTrue([&] { return m_window.jobs().jobs().size() == 2; }));
  ASSERT_TRUE(lastJobIsDone());
  ASSERT_EQ(m_window.jobs().jobs().back().state, JobState::Done) << m_window.jobs().jobs().back().message.toStdString();
  ASSERT_TRUE(becomesTrue([&] { return rows("runResults") == 9; })) << rows("runResults");

  clickTab(QStringLiteral("Same picture, all variants"));
  ASSERT_TRUE(becomesTrue([&] { return rows("answersTable") >= 4; }))
      << child<QLabel>("inferenceTakeaway")->text().toStdString();
  clickTab(QStringLiteral("Runs"));
  clickOn("runAdd");
  ASSERT_TRUE(becomesTrue([&] { return m_window.page()->name() == QStringLiteral("trade-off"); }));
  ASSERT_TRUE(m_session.selected());
  EXPECT_EQ(m_session.table().at(*m_session.selected(), Metric::Accuracy)->from->kind, Kind::Measured);
  EXPECT_TRUE(m_session.table().at(*m_session.selected(), Metric::Energy));
}
