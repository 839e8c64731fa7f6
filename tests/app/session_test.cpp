// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include <gtest/gtest.h>

#include "app/session/budget_answer.h"
#include "app/session/scatter_points.h"
#include "app/session/takeaway.h"
#include "core/base/error.h"
#include "core/explore/design_csv.h"
#include "core/explore/design_report.h"
#include "tests/app/opened.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList frontIds(const Session &session) {
  QStringList ids;
  for (const std::uint32_t row : session.front()) ids << session.table().id(row);
  return ids;
}

std::vector<std::uint32_t> rowsOf(const Session &session) { return {session.rows().begin(), session.rows().end()}; }

QString takeawayOf(const Session &session) { return takeaway(session, axesPlane(session)); }

}  // namespace

TEST(Session, opensOnTheFrontOfThePublishedResults) {
  const Opened opened;
  EXPECT_EQ(frontIds(opened.session),
            QStringList({QStringLiteral("deco-mobilenetv1/fe+cm4/cifar-100/joint/deco-pim/whole"),
                         QStringLiteral("deco-mobilenetv1/fe+cm3/cifar-100/joint/deco-pim/whole"),
                         QStringLiteral("deco-mobilenetv1/fe+cm2/cifar-100/joint/deco-pim/whole"),
                         QStringLiteral("deco-vgg16/fe+cm1/cifar-100/joint/deco-pim/whole")}));
  EXPECT_TRUE(opened.session.selected()) << "a first look at the knee";
  EXPECT_FALSE(opened.session.isModified());
}

TEST(Session, showsPointsWithoutAccuracyByTheirCosts) {
  Project project;
  project.estimates = {{.network = QStringLiteral("resnet20-slimmable")}};
  Session session;
  session.open(project);
  EXPECT_EQ(session.view().x, Metric::Latency);
  EXPECT_EQ(session.view().y, Metric::Energy);
  EXPECT_FALSE(session.front().empty());
  project.view = {{QStringLiteral("x"), QStringLiteral("energy")}};
  session.open(project);
  EXPECT_EQ(session.view().y, Metric::Accuracy) << "the axes of a project are kept";
}

TEST(Session, undoAndRedoRestoreTheViewExactly) {
  Opened opened;
  Session &session = opened.session;
  const ViewState start = session.view();
  const auto startRows = rowsOf(session);
  std::vector<ViewState> states{start};
  const auto step = [&](const std::function<void(ViewState &)> &change) {
    ViewState view = session.view();
    change(view);
    session.change(QStringLiteral("step"), view);
    states.push_back(session.view());
  };
  step([](ViewState &v) { v.filter.scope = Scope::Head; });
  step([](ViewState &v) { v.x = Metric::Power; });
  step([](ViewState &v) { v.objectives.push_back(objective(Metric::Latency)); });
  step([](ViewState &v) { v.budgets[Metric::Energy] = 1; });
  step([](ViewState &v) { v.corrections.insert(QStringLiteral("mobilenetv1-cm1-gpu-time")); });
  step([](ViewState &v) { v.filter.networks = {QStringLiteral("deco-vgg16")}; });
  step([](ViewState &v) { v.zoom = Zoom{0, 1, 40, 60}; });
  step([](ViewState &v) { v.sort = SortBy{Metric::Energy, Order::Descending}; });
  session.togglePin(session.rows().front());
  states.push_back(session.view());
  for (auto state = states.rbegin() + 1; state != states.rend(); ++state) {
    session.undoStack().undo();
    EXPECT_EQ(session.view(), *state);
  }
  EXPECT_EQ(rowsOf(session), startRows);
  EXPECT_FALSE(session.isModified());
  for (std::size_t i = 1; i < states.size(); ++i) {
    session.undoStack().redo();
    EXPECT_EQ(session.view(), states[i]);
  }
}

TEST(Session, aDragIsOneStep) {
  Opened opened;
  ViewState view = opened.session.view();
  for (int limit = 40; limit > 30; --limit) {
    view.budgets[Metric::Energy] = limit;
    opened.session.change(QStringLiteral("Budget"), view, 7);
  }
  EXPECT_EQ(opened.session.undoStack().count(), 1);
  opened.session.undoStack().undo();
  EXPECT_TRUE(opened.session.view().budgets.empty());
}

TEST(Session, correctionsChangeTheTableAndKeepTheSelection) {
  Opened opened;
  Session &session = opened.session;
  session.select(opened.row(Mobile1));
  session.togglePin(*session.selected());
  const double printed = session.table().at(opened.row(Mobile1), Metric::GpuLatency)->value;
  opened.correct({QStringLiteral("mobilenetv1-cm1-gpu-time")});
  EXPECT_EQ(printed, 21'200);
  EXPECT_NEAR(session.table().at(opened.row(Mobile1), Metric::GpuLatency)->value, 7'840 + 2'241, 1e-6);
  EXPECT_EQ(session.selected(), opened.row(Mobile1));
  EXPECT_EQ(session.pinnedRows(), std::vector{opened.row(Mobile1)});
  session.undoStack().undo();
  EXPECT_EQ(session.table().at(opened.row(Mobile1), Metric::GpuLatency)->value, printed);
}

TEST(Session, answersBudgetsOverAllNetworks) {
  Opened opened;
  opened.setBudgets({{Metric::Energy, 35}});
  EXPECT_EQ(answerBudget(opened.session).best, opened.row(Mobile2));
  opened.setBudgets({{Metric::Energy, 35}, {Metric::Latency, 30}});
  EXPECT_EQ(answerBudget(opened.session).best, opened.row(Vgg2));
  const QString answer = budgetAnswer(opened.session);
  for (const char *part : {"VGG16 FE+CM2", "53.82", "34.99", "(derived)", "28.8"})
    EXPECT_TRUE(answer.contains(QString::fromLatin1(part))) << answer.toStdString();
  opened.setBudgets({{Metric::Energy, 30}});
  EXPECT_EQ(answerBudget(opened.session).nearest, opened.row(Mobile4));
  EXPECT_TRUE(budgetAnswer(opened.session)
                  .startsWith(QStringLiteral("No design fits 30\u00a0µJ; the cheapest is MobileNetV1 FE+CM4")))
      << budgetAnswer(opened.session).toStdString();
  EXPECT_TRUE(opened.session.front().empty()) << "nothing competes that does not fit";
}

TEST(Session, takeawayFollowsTheView) {
  Opened opened;
  const QString whole = takeawayOf(opened.session);
  EXPECT_TRUE(whole.startsWith(QStringLiteral("4 of 8 designs are not dominated"))) << whole.toStdString();
  opened.setScope(Scope::Head);
  EXPECT_NE(takeawayOf(opened.session), whole) << "head and whole tell opposite stories";
  ViewState view = opened.session.view();
  view.filter.datasets = {QStringLiteral("imagenet")};
  opened.session.change(QStringLiteral("imagenet"), view);
  EXPECT_EQ(takeawayOf(opened.session), QString()) << "the chart says that nothing passes, and what to do";
}

TEST(Session, viewAndSelectionComeBackFromAProject) {
  Opened opened;
  opened.setScope(Scope::Head);
  ViewState view = opened.session.view();
  view.y = Metric::Power;
  view.budgets = {{Metric::Latency, 30}, {Metric::Accuracy, 50}};
  view.zoom = Zoom{1, 2, 3, 4};
  view.sort = SortBy{Metric::Energy, Order::Descending};
  view.objectives = {objective(Metric::Latency), {Metric::Power, Sense::Maximise}};
  view.corrections = {QStringLiteral("vgg16-cm2-size")};
  opened.session.change(QStringLiteral("all"), view);
  opened.session.togglePin(opened.row(Vgg1));
  opened.session.select(opened.row(Vgg2));
  Session other;
  other.open(opened.session.project());
  EXPECT_EQ(other.view(), opened.session.view());
  EXPECT_EQ(other.selected(), opened.session.selected());
  EXPECT_TRUE(other.table().sameAs(opened.session.table()));
}

TEST(Session, joinsEstimatesWithPublishedAccuracies) {
  Session session;
  Documents documents(session);
  documents.compareResNet20();
  ASSERT_EQ(session.front().size(), 4U) << "each width costs less and knows less";
  for (const std::uint32_t row : session.front()) {
    EXPECT_EQ(session.table().kind(row, Metric::Accuracy), Kind::Published);
    EXPECT_EQ(session.table().kind(row, Metric::Energy), Kind::Estimated);
    EXPECT_EQ(session.table().key(row).bitsWeights, 8);
  }
  EXPECT_TRUE(takeawayOf(session).contains(QStringLiteral("published accuracy with an estimated energy")));
  EXPECT_FALSE(takeawayOf(session).contains(QStringLiteral("GPU"))) << "no GPU is in view";
}

TEST(Session, tellsOfAJoinOnlyWhereTheAxesShowIt) {
  Session session;
  Documents documents(session);
  documents.compareResNet20();
  const auto show = [&](Metric x, Metric y) {
    ViewState view = session.view();
    setAxes(view, x, y);
    session.change(QStringLiteral("axes"), view);
    return takeawayOf(session);
  };
  const QString costs = show(Metric::Latency, Metric::Energy);
  EXPECT_FALSE(costs.contains(QStringLiteral("joins"))) << costs.toStdString();
  const QString latency = show(Metric::Latency, Metric::Accuracy);
  EXPECT_TRUE(latency.endsWith(QStringLiteral("Each point joins a published accuracy with an estimated latency.")))
      << latency.toStdString();
}

TEST(Session, selectionFollowsTheScopeAndTheDataSet) {
  Opened opened;
  opened.session.select(opened.row(Vgg1));
  opened.setScope(Scope::Head);
  EXPECT_EQ(opened.session.selected(), opened.row("deco-vgg16/fe+cm1/cifar-100/joint/deco-pim/head"));
  ViewState view = opened.session.view();
  view.filter.datasets = {QStringLiteral("cifar-10")};
  opened.session.change(QStringLiteral("data set"), view);
  EXPECT_EQ(opened.session.selected(), opened.row("deco-vgg16/fe+cm1/cifar-10/joint/deco-pim/head"));
}

TEST(Session, keepsPinsOfDesignsThatAreFilteredOut) {
  Opened opened;
  opened.session.togglePin(opened.row(Vgg1));
  ViewState view = opened.session.view();
  view.filter.networks = {QStringLiteral("deco-mobilenetv1")};
  opened.session.change(QStringLiteral("hide"), view);
  EXPECT_EQ(opened.session.pinnedRows(), std::vector{opened.row(Vgg1)});
  EXPECT_TRUE(scatterMarks(opened.session, axesPlane(opened.session)).pins.empty());
}

TEST(Session, refusesAProjectItCanNotComputeAndKeepsWhatIsOpen) {
  Opened opened;
  const auto rows = rowsOf(opened.session);
  Project bad;
  bad.published = PublishedChoice{{QStringLiteral("no-such-correction")}};
  EXPECT_THROW(opened.session.open(bad), Error);
  EXPECT_EQ(rowsOf(opened.session), rows);
  EXPECT_EQ(opened.session.title(), QStringLiteral("Published results"));
}

namespace {

// The designs of the view, as an export of them reads back.
DesignTable exported(const Session &session) {
  return readDesignCsv(write(designReport(session.table(), session.rows()), TableFormat::Csv).toUtf8(),
                       QStringLiteral("pub.csv"));
}

}  // namespace

TEST(Session, addsOnlyDesignsThatAreNotThere) {
  Opened opened;
  const std::size_t size = opened.session.table().size();
  const DesignTable points = exported(opened.session);
  EXPECT_EQ(points.size(), 16U);
  EXPECT_EQ(opened.session.addTable({QStringLiteral("pub"), points}), 0U);
  EXPECT_EQ(opened.session.table().size(), size);
  EXPECT_FALSE(opened.session.isModified());
  DesignTable more = points;
  DesignKey key = more.key(0);
  key.variant = more.intern(QStringLiteral("another"));
  more.set(more.append(key), Metric::Energy, 3,
           more.intern(Provenance{Kind::Measured, QStringLiteral("test"), {}, {}}));
  EXPECT_EQ(opened.session.addTable({QStringLiteral("pub"), more}), 1U);
  EXPECT_EQ(opened.session.table().size(), size + 1);
  EXPECT_TRUE(opened.session.isModified());
  opened.session.undoStack().undo();
  EXPECT_EQ(opened.session.table().size(), size);
  EXPECT_TRUE(opened.session.definitions().tables.empty());
  EXPECT_FALSE(opened.session.isModified());
  opened.session.undoStack().redo();
  EXPECT_EQ(opened.session.table().size(), size + 1);
}

TEST(Session, undoOfAnAddedTableEvaluatesNothingAgain) {
  Session session;
  Project project;
  project.published = PublishedChoice{};
  project.estimates = {{.network = QStringLiteral("resnet20-slimmable")}};
  session.open(project);
  const Study before = session.study();
  ASSERT_FALSE(before.parts.empty());
  DesignTable sweep;
  DesignKey key{.network = sweep.intern(QStringLiteral("theirs"))};
  for (int i = 0; i < 1000; ++i) {
    key.variant = sweep.intern(QString::number(i));
    sweep.set(sweep.append(key), Metric::Energy, i + 1, sweep.intern(Provenance{}));
  }
  session.addTable({QStringLiteral("sweep"), sweep});
  const auto expectTaken = [&](std::size_t rows) {
    EXPECT_EQ(session.table().size(), before.table.size() + rows);
    EXPECT_EQ(session.study().parts, before.parts) << "designs of families and runs were made again";
    EXPECT_EQ(session.study().estimates, before.estimates) << "estimates were made again";
  };
  expectTaken(1000);
  session.undoStack().undo();
  expectTaken(0);
  EXPECT_TRUE(session.table().sameAs(before.table));
  session.undoStack().redo();
  expectTaken(1000);
}

TEST(Session, refusesADesignThatIsThereWithOtherValues) {
  Opened opened;
  const std::size_t size = opened.session.table().size();
  DesignTable points = exported(opened.session);
  points.set(3, Metric::Energy, 1234, points.provenanceId(3, Metric::Energy));
  try {
    opened.session.addTable({QStringLiteral("pub"), points});
    FAIL() << "taken";
  } catch (const Error &error) {
    EXPECT_TRUE(error.message().contains(points.id(3))) << error.what();
  }
  EXPECT_EQ(opened.session.table().size(), size);
}

TEST(Session, closesToNothing) {
  Opened opened;
  opened.setBudgets({{Metric::Energy, 35}});
  opened.session.close();
  EXPECT_FALSE(opened.session.isOpen());
  EXPECT_FALSE(opened.documents.isWorthSaving());
  EXPECT_EQ(opened.session.table().size(), 0U);
  EXPECT_EQ(opened.session.view(), ViewState());
}

TEST(ScatterPoints, marksOnlyWhatACorrectionAnswers) {
  Opened opened;
  ViewState view = opened.session.view();
  view.x = Metric::GpuLatency;
  opened.session.change(QStringLiteral("axis"), view);
  const ParetoData data = paretoData(opened.session, axesPlane(opened.session));
  const auto rows = rowsOf(opened.session);
  const auto styleOf = [&](const char *id) {
    const auto at = std::find(rows.begin(), rows.end(), opened.row(id)) - rows.begin();
    return data.points->styleOf(static_cast<std::uint32_t>(at));
  };
  EXPECT_TRUE(styleOf(Mobile1).warning);
  EXPECT_FALSE(styleOf(Vgg1).warning);
  EXPECT_EQ(styleOf(Vgg1).kind, Kind::Derived);
}

TEST(ScatterPoints, marksNothingThatIsCorrected) {
  Opened opened;
  ViewState view = opened.session.view();
  view.x = Metric::GpuLatency;
  for (const Correction &correction : corrections()) view.corrections.insert(correction.id);
  opened.session.change(QStringLiteral("correct"), view);
  const ParetoData data = paretoData(opened.session, axesPlane(opened.session));
  for (const PointStyle &style : data.points->styles) EXPECT_FALSE(style.warning);
}

TEST(ScatterPoints, tellsOverTheBudgetFromDominated) {
  Opened opened;
  opened.setBudgets({{Metric::Energy, 34.995}});
  const ParetoData data = paretoData(opened.session, axesPlane(opened.session));
  EXPECT_EQ(data.points->xLimit, 34.995);
  EXPECT_FALSE(data.points->yLimit);
  const auto rows = rowsOf(opened.session);
  for (std::uint32_t point = 0; point < rows.size(); ++point) {
    const auto energy = opened.session.table().at(rows[point], Metric::Energy);
    if (!energy || opened.session.table().key(rows[point]).reference) continue;
    EXPECT_EQ(data.points->styleOf(point).role == PointRole::OverBudget, energy->value > 34.995)
        << opened.session.table().id(rows[point]).toStdString();
  }
}
