// SPDX-License-Identifier: GPL-3.0-or-later
// Designs that do not work as they are priced, wherever the window shows them.
#include <gtest/gtest.h>

#include "app/session/budget_answer.h"
#include "app/session/compare_model.h"
#include "app/session/copy_command.h"
#include "app/session/design_table_model.h"
#include "app/session/designs_tree_model.h"
#include "app/session/inspector_html.h"
#include "app/session/scatter_points.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "app/session/takeaway.h"
#include "app/session/what_if_steps.h"
#include "core/explore/design_csv.h"
#include "core/explore/design_report.h"
#include "core/hardware/profile/parameters.h"
#include "tests/app/opened.h"

using namespace pimento;
using namespace pimento::test;

namespace {

// The widths of ResNet20 on the default profile and on one with a TMR of 43 %, which errs in one AND of eight.
struct Weak {
  Weak() {
    documents.compareResNet20();
    const Accelerator base = baseAcceleratorOf(session, QStringLiteral("resnet20-slimmable"));
    setWhatIf(session, base, requireParameter(QStringLiteral("tmr_pct"), QStringLiteral("test")), 43, 0);
    session.keepProfile(base, QStringLiteral("weak"));
  }
  [[nodiscard]] bool isWeak(std::uint32_t row) const {
    return session.table().name(session.table().key(row).platform) == QStringLiteral("weak");
  }
  [[nodiscard]] std::uint32_t first() const {
    for (const std::uint32_t row : session.rows())
      if (isWeak(row)) return row;
    throw std::runtime_error("no weak design");
  }
  [[nodiscard]] bool weakOnFront() const {
    return std::any_of(session.front().begin(), session.front().end(), [&](std::uint32_t row) { return isWeak(row); });
  }
  void include(InvalidDesigns invalid) {
    ViewState view = session.view();
    view.invalid = invalid;
    session.change(QStringLiteral("invalid"), view);
  }

  Session session;
  Documents documents{session};
};

std::uint32_t pointOf(const Session &session, std::uint32_t row) {
  return static_cast<std::uint32_t>(std::find(session.rows().begin(), session.rows().end(), row) -
                                    session.rows().begin());
}

const QString Cross = QStringLiteral("invalid: does not work as priced");

QStringList legendOf(const Session &session) {
  ParetoFigure figure(paretoData(session, axesPlane(session)));
  figure.setMarks(scatterMarks(session, axesPlane(session)));
  QStringList texts;
  for (const LegendEntry &entry : figure.legend(printStyle())) texts << entry.text;
  return texts;
}

QString takeawayOf(const Session &session) { return takeaway(session, axesPlane(session)); }

}  // namespace

TEST(Validity, anInvalidDesignWinsNothingUnlessAskedFor) {
  Weak weak;
  EXPECT_FALSE(weak.weakOnFront());
  EXPECT_TRUE(takeawayOf(weak.session).contains(QStringLiteral("4 invalid designs are left out: AND2 errors of 0.1")))
      << takeawayOf(weak.session).toStdString();
  EXPECT_TRUE(takeawayOf(weak.session).contains(QStringLiteral("profile weak")));
  EXPECT_FALSE(frontCommand(weak.session).contains(QStringLiteral("--include-invalid")));
  weak.include(InvalidDesigns::TakePart);
  EXPECT_TRUE(weak.weakOnFront()) << "its short senses take less energy";
  EXPECT_TRUE(takeawayOf(weak.session).contains(QStringLiteral("✕"))) << takeawayOf(weak.session).toStdString();
  weak.session.undoStack().undo();
  EXPECT_FALSE(weak.weakOnFront()) << "the switch is a step of undo";
}

TEST(Validity, theBudgetIsNotAnsweredByAnInvalidDesign) {
  Weak weak;
  ViewState view = weak.session.view();
  view.budgets = {{Metric::Energy, 1e6}};
  weak.session.change(QStringLiteral("budget"), view);
  const BudgetAnswer sound = answerBudget(weak.session);
  ASSERT_TRUE(sound.best);
  EXPECT_FALSE(weak.isWeak(*sound.best));
  EXPECT_EQ(sound.invalid, 4U);
  EXPECT_TRUE(budgetAnswer(weak.session).endsWith(QStringLiteral(" 4 invalid designs are left out.")))
      << budgetAnswer(weak.session).toStdString();
}

TEST(Validity, theReasonAndTheProfileAreSaidWhereverTheDesignIs) {
  Weak weak;
  Session &session = weak.session;
  const std::uint32_t row = weak.first();
  const auto tells = [](const QString &text) {
    return text.contains(QStringLiteral("invalid: AND2 errors of 0.1")) &&
           text.contains(QStringLiteral("profile weak"));
  };
  EXPECT_TRUE(tells(inspectorHtml(session.table(), row, {}, {}, {})));
  const ParetoData chart = paretoData(session, axesPlane(session));
  EXPECT_EQ(chart.points->styleOf(pointOf(session, row)).validity, Validity::Invalid) << "crossed out";
  EXPECT_TRUE(tells(chart.points->tooltip(pointOf(session, row))));
  DesignsTreeModel tree(session);
  EXPECT_TRUE(tells(tree.data(tree.indexOf(row), Qt::ToolTipRole).toString()));
  EXPECT_TRUE(tree.data(tree.indexOf(row), Qt::DisplayRole).toString().startsWith(QStringLiteral("✕ ")));
  DesignTableModel table(session);
  EXPECT_EQ(table.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Validity"))
      << "in front, where no window is too narrow for it";
  const QModelIndex cell = table.indexOf(row);
  EXPECT_EQ(cell.data().toString(), QStringLiteral("✕ invalid"));
  EXPECT_TRUE(tells(cell.data(Qt::ToolTipRole).toString()));
  session.togglePin(row);
  CompareModel compare(session);
  EXPECT_TRUE(
      compare.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString().startsWith(QStringLiteral("✕ invalid")));
  EXPECT_TRUE(tells(compare.headerData(0, Qt::Horizontal, Qt::ToolTipRole).toString()));
  const QString csv = toCsv(designReport(session.table(), std::vector{row}));
  EXPECT_TRUE(csv.contains(QStringLiteral(",invalid,"))) << csv.toStdString();
  EXPECT_EQ(readDesignCsv(csv.toUtf8(), QStringLiteral("a.csv")).validity(0), Validity::Invalid);
}

TEST(Validity, theLegendTellsLeftOutFromDominated) {
  Weak weak;
  EXPECT_FALSE(legendOf(weak.session).contains(QStringLiteral("dominated"))) << "all others are on the front";
  EXPECT_TRUE(legendOf(weak.session).contains(Cross));
  weak.include(InvalidDesigns::TakePart);
  EXPECT_TRUE(legendOf(weak.session).contains(QStringLiteral("dominated")));
}

TEST(Validity, comesBackWithTheProjectAndItsSwitchToo) {
  Weak weak;
  weak.include(InvalidDesigns::TakePart);
  Session other;
  other.open(weak.session.project());
  EXPECT_TRUE(other.table().sameAs(weak.session.table()));
  EXPECT_EQ(other.view().invalid, InvalidDesigns::TakePart);
  weak.include(InvalidDesigns::LeftOut);
  other.open(weak.session.project());
  EXPECT_EQ(other.view().invalid, InvalidDesigns::LeftOut);
}

TEST(Validity, aWhatIfThatErrsIsCrossedOutBeforeItIsKept) {
  Session session;
  Documents documents{session};
  documents.compareResNet20();
  const Accelerator base = baseAcceleratorOf(session, QStringLiteral("resnet20-slimmable"));
  setWhatIf(session, base, requireParameter(QStringLiteral("tmr_pct"), QStringLiteral("test")), 43, 0);
  const ScatterMarks marks = scatterMarks(session, axesPlane(session));
  ASSERT_FALSE(marks.arrows.empty());
  for (const ScatterArrow &arrow : marks.arrows) EXPECT_EQ(arrow.validity, Validity::Invalid);
  EXPECT_TRUE(legendOf(session).contains(Cross)) << "the legend explains the crosses";
}
