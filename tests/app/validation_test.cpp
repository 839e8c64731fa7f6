// SPDX-License-Identifier: GPL-3.0-or-later
// The page that compares the hardware model with what is known.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>

#include "app/session/validation_text.h"
#include "app/window/explore/validation_page.h"
#include "widgets/ratio_chart.h"

namespace {

using namespace pimento;

CheckResult checked(const char *group, const char *check, double ours, double theirs, double tolerance,
                    const char *reason = "") {
  CheckResult result;
  result.group = QString::fromLatin1(group);
  result.check = QString::fromUtf8(check);
  result.ours = ours;
  result.theirs = theirs;
  result.unit = QStringLiteral("µA");
  result.tolerance = tolerance;
  result.source = QStringLiteral("a paper, table 2");
  result.reason = QString::fromUtf8(reason);
  return result;
}

std::vector<CheckResult> some() {
  std::vector<CheckResult> results{
      checked("Device", "first switching current, 2 ns", 80, 78.8, 0.05),
      checked("Device", "always switching current, 2 ns", 120, 100, 0.05, "steps are finer"),
      checked("Networks", "energy of an image", 50, 100, 0.3, "their width is not stated"),
      checked("Simulation", "wrong outputs", 0, 0, 0)};
  results[2].evidence = Evidence::Silicon;
  return results;
}

// The page as it is left by a run that was stopped after its first check.
class Stopped : public testing::Test {
 protected:
  void SetUp() override {
    m_page.resize(900, 700);
    m_page.show();
    auto *progress = m_page.findChild<QProgressBar *>(QStringLiteral("checkProgress"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return progress->value() >= 2 || m_page.isSettled(); }, 60000));
    m_all = progress->maximum();
    QTest::mouseClick(m_page.findChild<QPushButton *>(QStringLiteral("stopChecks")), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_page.isSettled(); }, 60000));
  }
  RatioChart &chart() { return *m_page.findChild<RatioChart *>(QStringLiteral("validationChart")); }
  QTableView &table() { return *m_page.findChild<QTableView *>(QStringLiteral("validationTable")); }

  ValidationPage m_page;
  int m_all = 0;
};

}  // namespace

TEST(ValidationText, namesWhatIsFarthestOffAndWhy) {
  EXPECT_EQ(
      validationTakeaway(some()),
      QStringLiteral("0 of 1 figures of silicon agree within their tolerance, 2 of 3 of verification. Farthest off "
                     "is “energy of an image”, 0.5x: their width is not stated."));
  std::vector<CheckResult> fine = some();
  fine.erase(fine.begin() + 1, fine.begin() + 3);
  EXPECT_EQ(validationTakeaway(fine), QStringLiteral("2 of 2 figures of verification agree within their tolerance."));
  EXPECT_TRUE(validationTakeaway({}).isEmpty());
}

TEST(ValidationText, drawsRatiosTolerancesAndEqualZeros) {
  const RatioData data = validationRatios(some());
  ASSERT_EQ(data.rows.size(), 4U);
  EXPECT_NEAR(data.rows[0].ratio, 80 / 78.8, 1e-12);
  EXPECT_NEAR(data.rows[0].tolerance->high, 1.05, 1e-12);
  EXPECT_EQ(data.rows[0].agreement, Agreement::Within);
  EXPECT_EQ(data.rows[1].agreement, Agreement::Outside);
  EXPECT_EQ(data.rows[2].group, QStringLiteral("Silicon: Networks"));
  EXPECT_EQ(data.rows[3].ratio, 1) << "no errors here, none there";
  EXPECT_FALSE(data.rows[3].tolerance);
  EXPECT_TRUE(data.rows[0].name.contains(QStringLiteral("2") + QChar(QChar::Nbsp) + QStringLiteral("ns")));
}

TEST(ValidationText, showsRangesBoundsAndWhatIsNotScored) {
  CheckResult r = checked("Computing", "efficiency", 20, 4, 0.3);
  r.theirsRange = Interval{2, 8};
  RatioData data = validationRatios({r});
  EXPECT_NEAR(data.rows[0].tolerance->low, 0.35, 1e-12);
  EXPECT_NEAR(data.rows[0].tolerance->high, 2.6, 1e-12);
  EXPECT_TRUE(checkDetail(r).contains(QStringLiteral("against 2 to 8")));
  r.theirsRange = Interval{4, std::numeric_limits<double>::infinity()};
  data = validationRatios({r});
  EXPECT_TRUE(std::isfinite(data.rows[0].tolerance->high)) << "it can be drawn";
  EXPECT_EQ(data.rows[0].agreement, Agreement::Within);
  EXPECT_TRUE(checkDetail(r).contains(QStringLiteral("at least 4")));
  r.scored = false;
  r.ours = std::numeric_limits<double>::quiet_NaN();
  r.reason = QStringLiteral("no precision");
  data = validationRatios({r});
  EXPECT_FALSE(data.rows[0].tolerance);
  EXPECT_EQ(data.rows[0].agreement, Agreement::Untested);
  EXPECT_TRUE(checkDetail(r).contains(QStringLiteral("not scored")));
  EXPECT_FALSE(validationTakeaway({r}).contains(QStringLiteral("Farthest")));
  r.oursRange = Interval{1, 3};
  r.ours = 2;
  EXPECT_TRUE(checkDetail(r).contains(QStringLiteral("(1 to 3)")));
}

TEST(ValidationText, widensTheToleranceOfASample) {
  CheckResult sample = checked("Device", "failures", 0.25, 0.2, 0);
  sample.deviation = 0.02;
  EXPECT_TRUE(sample.agrees());
  const RatioData data = validationRatios({sample});
  EXPECT_NEAR(data.rows[0].tolerance->high, 1.3, 1e-12) << "three standard deviations";
  EXPECT_EQ(data.rows[0].agreement, Agreement::Within);
}

TEST(ValidationText, tellsRowsOfTheSameNameByTheirUnit) {
  std::vector<CheckResult> results = some();
  results[1].check = results[0].check;
  results[1].unit = QStringLiteral("pJ");
  const RatioData data = validationRatios(results);
  EXPECT_TRUE(data.rows[0].name.endsWith(QStringLiteral("(µA)")));
  EXPECT_TRUE(data.rows[1].name.endsWith(QStringLiteral("(pJ)")));
  EXPECT_FALSE(data.rows[2].name.contains(QLatin1Char('(')));
}

TEST(ValidationText, saysWhatPeopleRead) {
  const ReportTable table = validationSummary(some());
  ASSERT_EQ(table.rows.size(), 4U);
  const auto cell = [&](std::size_t row, const char *column) {
    return std::get<QString>(table.rows[row][static_cast<std::size_t>(table.columns.indexOf(QLatin1String(column)))]);
  };
  EXPECT_EQ(cell(0, "theirs"), QStringLiteral("78.8") + QChar(QChar::Nbsp) + QStringLiteral("µA"));
  EXPECT_EQ(cell(2, "ratio"), QStringLiteral("0.5x"));
  EXPECT_EQ(cell(2, "agrees"), QStringLiteral("no"));
  EXPECT_EQ(cell(2, "reason"), QStringLiteral("their width is not stated"));
}

TEST(ValidationText, putsTheReasonBesideTheNumbers) {
  EXPECT_EQ(validationSummary(some()).columns.mid(0, 5).join(QLatin1Char(' ')),
            QStringLiteral("check ours theirs ratio reason"));
  const QString detail = checkDetail(some()[2]);
  EXPECT_TRUE(detail.contains(QStringLiteral("Reason:</b> their width is not stated."))) << detail.toStdString();
  EXPECT_TRUE(detail.contains(QStringLiteral("Source:</b> a paper, table 2.")));
  EXPECT_FALSE(checkDetail(some()[0]).contains(QStringLiteral("Reason")));
}

TEST(ValidationText, saysWhatAStoppedRunLeft) {
  EXPECT_EQ(stoppedText(0, 110, 110), QStringLiteral("Stopped; showing the earlier run."));
  EXPECT_EQ(stoppedText(12, 110, 12), QStringLiteral("Stopped after 12 of 110 checks."));
  EXPECT_TRUE(stoppedText(12, 110, 110).endsWith(QStringLiteral("the others are of the earlier run.")));
  EXPECT_TRUE(stoppedText(0, 0, 0).startsWith(QStringLiteral("Stopped")));
}

TEST_F(Stopped, keepsWhatIsDone) {
  EXPECT_GE(m_page.results().size(), 2U);
  EXPECT_LE(m_page.results().size(), static_cast<std::size_t>(m_all));
  EXPECT_EQ(chart().itemCount(), m_page.results().size());
  EXPECT_EQ(table().model()->rowCount(), static_cast<int>(m_page.results().size()));
  EXPECT_EQ(m_page.report().rows.size(), m_page.results().size());
  EXPECT_TRUE(m_page.command().isEmpty()) << "no row of the table of pages has told it";
  EXPECT_FALSE(static_cast<const RatioFigure &>(*m_page.figure()).data().rows.empty());
  // A run that is stopped at once takes nothing away.
  const std::size_t before = m_page.results().size();
  m_page.start();
  m_page.stop();
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_page.isSettled(); }, 60000));
  EXPECT_GE(m_page.results().size(), before);
  EXPECT_TRUE(m_page.findChild<QLabel *>(QStringLiteral("checkState"))->text().startsWith(QStringLiteral("Stopped")));
  EXPECT_TRUE(m_page.findChild<QPushButton *>(QStringLiteral("runChecks"))->isEnabled());
}

TEST_F(Stopped, showsWhatIsPicked) {
  auto *picker = m_page.findChild<QComboBox *>(QStringLiteral("checkPicker"));
  picker->setCurrentText(QStringLiteral("Silicon"));
  const auto silicon = std::ranges::count(m_page.results(), Evidence::Silicon, &CheckResult::evidence);
  EXPECT_EQ(chart().itemCount(), static_cast<std::size_t>(silicon)) << "silicon comes first";
  EXPECT_GT(silicon, 0);
  EXPECT_TRUE(m_page.figure()->title().endsWith(QStringLiteral("Silicon")));
  picker->setCurrentText(QStringLiteral("Memories"));
  EXPECT_GT(chart().itemCount(), 0U);
  picker->setCurrentText(QStringLiteral("Networks"));
  const auto networks = std::ranges::count(m_page.results(), QStringLiteral("Networks"), &CheckResult::group);
  EXPECT_EQ(chart().itemCount(), static_cast<std::size_t>(networks));
  EXPECT_EQ(table().model()->rowCount(), static_cast<int>(networks));
  EXPECT_EQ(m_page.report().rows.size(), m_page.results().size()) << "for programs every check, as the command gives";
  picker->setCurrentIndex(1);
  const auto differing =
      std::ranges::count_if(m_page.results(), [](const CheckResult &r) { return r.scored && !r.agrees(); });
  EXPECT_EQ(chart().itemCount(), static_cast<std::size_t>(differing));
}

TEST_F(Stopped, leavesASmallWindowAsItIs) {
  EXPECT_LT(m_page.minimumSizeHint().width(), m_page.fontMetrics().averageCharWidth() * 90);
}

TEST_F(Stopped, linksChartAndTable) {
  chart().setFocus();
  QTest::keyClick(&chart(), Qt::Key_Down);
  QTest::keyClick(&chart(), Qt::Key_Down);
  EXPECT_EQ(table().currentIndex().row(), 1);
  EXPECT_EQ(chart().selected(), 1U);
  const auto *detail = m_page.findChild<QLabel *>(QStringLiteral("checkDetail"));
  EXPECT_TRUE(detail->text().contains(m_page.results()[1].check.toHtmlEscaped()));
  table().setCurrentIndex(table().model()->index(0, 0));
  EXPECT_EQ(chart().selected(), 0U);
  EXPECT_TRUE(chart().accessibleDescription().contains(m_page.results()[0].group));
}
