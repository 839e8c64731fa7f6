// SPDX-License-Identifier: GPL-3.0-or-later
// Training runs as the window shows them.
#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>
#include <set>

#include "app/session/copy_command.h"
#include "app/session/designs_tree_model.h"
#include "app/session/labels.h"
#include "app/session/samples.h"
#include "app/session/scatter_points.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "app/session/takeaway.h"
#include "core/base/wilson.h"
#include "tests/core/project/sample_runs.h"

using namespace pimento;

namespace {

constexpr const char *Half = "resnet20-slimmable/0.5/fashion-mnist/slimmable-distillation/short/sot-mram/8:8/whole";

// A session with one run, its accuracy against energy in view.
struct OneRun {
  explicit OneRun(const TrainingRun &run = sampleRun()) {
    Project project;
    addRun(project, run);
    session.open(project);
    ViewState view = session.view();
    view.x = Metric::Energy;
    view.y = Metric::Accuracy;
    session.change(QStringLiteral("axes"), view);
  }
  [[nodiscard]] std::uint32_t row(const QString &start) const {
    for (std::uint32_t i = 0; i < session.table().size(); ++i)
      if (session.table().id(i).startsWith(start)) return i;
    ADD_FAILURE() << "no design " << start.toStdString();
    return 0;
  }
  Session session;
};

}  // namespace

TEST(Runs, standBelowTheirVariantInTheTree) {
  OneRun opened;
  DesignsTreeModel tree(opened.session);
  ASSERT_EQ(tree.rowCount(), 1);
  const QModelIndex network = tree.index(0, 0);
  ASSERT_EQ(tree.rowCount(network), 2);
  const QModelIndex widest = tree.index(0, 0, network);
  EXPECT_EQ(widest.data().toString(), QStringLiteral("1.0x"));
  QStringList rows;
  for (int row = 0; row < tree.rowCount(widest); ++row) rows << tree.index(row, 0, widest).data().toString();
  EXPECT_EQ(rows, (QStringList{QStringLiteral("8:8 · sot-mram · run short · Fashion-MNIST"),
                               QStringLiteral("32:32 · gpu-roofline · run short · Fashion-MNIST"),
                               QStringLiteral("8:8 · digital-45nm · run short · Fashion-MNIST")}));
}

TEST(Runs, haveWhiskersFromTheImagesThatWereCounted) {
  const OneRun opened;
  const ParetoData data = paretoData(opened.session, axesPlane(opened.session));
  ASSERT_EQ(data.points->whiskers.size(), 2U) << "a reference repeats the accuracy of a design";
  EXPECT_EQ(data.points->whiskerNote, QStringLiteral("95 % interval from n = 10,000 or 500"));
  const Interval interval = wilson(441, 500);
  EXPECT_DOUBLE_EQ(data.points->whiskers[1].interval.low, 100 * interval.low);
  EXPECT_DOUBLE_EQ(data.points->whiskers[1].interval.high, 100 * interval.high);
}

TEST(Runs, standBesideReferencesWithMarkersOfTheirOwn) {
  const OneRun opened;
  ParetoFigure figure(paretoData(opened.session, axesPlane(opened.session)));
  std::set<PointRole> roles;
  for (const PointStyle &style : figure.data().points->styles)
    if (isReference(style.role)) roles.insert(style.role);
  EXPECT_EQ(roles, (std::set{PointRole::GpuReference, PointRole::DigitalReference}));
  QStringList texts;
  Style screen = printStyle();
  screen.medium = Medium::Screen;
  for (const LegendEntry &entry : figure.legend(screen)) texts << entry.text;
  EXPECT_TRUE(texts.contains(QStringLiteral("GPU reference"))) << texts.join(QLatin1Char('|')).toStdString();
  EXPECT_TRUE(texts.contains(QStringLiteral("digital reference"))) << texts.join(QLatin1Char('|')).toStdString();
}

TEST(Runs, nameTheirBitsWhereThereAreSeveral) {
  TrainingRun run = sampleRun();
  const OneRun one(run);
  const auto labelOf = [](const OneRun &opened) {
    return paretoData(opened.session, axesPlane(opened.session)).points->label(0);
  };
  EXPECT_EQ(labelOf(one), QStringLiteral("ResNet20 1.0x"));
  run.results.results.push_back({QStringLiteral("1.0"), {16, 16}, ResultHow::PostTraining, 9990, 10'000});
  const OneRun two(run);
  EXPECT_EQ(labelOf(two), QStringLiteral("ResNet20 1.0x · 8:8"));
  const QString text = takeaway(two.session, axesPlane(two.session));
  EXPECT_TRUE(text.contains(QStringLiteral("to ResNet20 1.0x at 16:16 bits: "))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("Each point joins a measured accuracy with an estimated energy.")))
      << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("The reference GPU takes"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("Digital logic of 45 nm, counted without control and leakage, takes")))
      << text.toStdString();
  const std::uint32_t unmeasured =
      two.row(QStringLiteral("resnet20-slimmable/0.5/fashion-mnist/slimmable-distillation/short/sot-mram/16:16"));
  EXPECT_EQ(valueText(two.session.table(), unmeasured, Metric::Accuracy),
            QStringLiteral("n/a - not measured at these bits"));
}

TEST(Runs, whoseAccuracyIsAGuessAreToldOf) {
  TrainingRun run = sampleRun();
  const OneRun learned(run);
  EXPECT_FALSE(takeaway(learned.session, axesPlane(learned.session)).contains(QStringLiteral("guess")));
  run.results.results.back().correct = run.results.results.back().images / 10;
  OneRun opened(run);
  const QString guess = QStringLiteral("⚠ The accuracy of ResNet20 0.5x is no better than a guess among 10 classes");
  const QString text = takeaway(opened.session, axesPlane(opened.session));
  EXPECT_TRUE(text.contains(guess)) << text.toStdString();
  ViewState view = opened.session.view();
  setAxes(view, Metric::Latency, Metric::Energy);
  opened.session.change(QStringLiteral("axes"), view);
  EXPECT_FALSE(takeaway(opened.session, axesPlane(opened.session)).contains(guess)) << "no accuracy competes";
}

TEST(Runs, areTheSubjectOfTheOtherPages) {
  TrainingRun run = sampleRun();
  OneRun opened(run);
  opened.session.select(opened.row(QString::fromLatin1(Half)));
  const auto subject = subjectOf(opened.session);
  ASSERT_TRUE(subject);
  EXPECT_EQ(subject->network, run.job.network);
  EXPECT_EQ(subject->variant, run.variants[1]);
  EXPECT_EQ(subject->classes, 10);
  EXPECT_TRUE(estimateCommand(opened.session, {}).contains(QStringLiteral("resnet20-slimmable:0.5")));

  run.variants[1].kept.begin()->second = {2, {0, 3}};
  run.variants[1].name = QStringLiteral("learned");
  run.results.results = {{QStringLiteral("learned"), {8, 8}, ResultHow::PostTraining, 1, 2}};
  OneRun masked(run);
  masked.session.select(masked.row(QStringLiteral("resnet20-slimmable/learned/")));
  ASSERT_TRUE(subjectOf(masked.session));
  EXPECT_EQ(subjectOf(masked.session)->variant, run.variants[1]);
  EXPECT_TRUE(estimateCommand(masked.session, {}).isEmpty()) << "no command knows a learned mask";
}

TEST(Runs, followTheSlidersOfTheWhatIf) {
  OneRun opened;
  Session &session = opened.session;
  ViewState view = session.view();
  view.whatIf[QStringLiteral("tmr_pct")] = 150;
  session.change(QStringLiteral("TMR"), view);
  EXPECT_TRUE(session.whatIf().problem.isEmpty()) << session.whatIf().problem.toStdString();
  EXPECT_EQ(session.whatIf().designs.size(), 2U);
  EXPECT_TRUE(session.whatIf().find(opened.row(QString::fromLatin1(Half))) != nullptr);
}

TEST(Samples, areFoundInTheFirstFolderThatHasThem) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.pimento"));
  const QStringList folders{folder.filePath(QStringLiteral("none")), folder.path()};
  EXPECT_EQ(findSample(QStringLiteral("a.pimento"), folders), QString());
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  EXPECT_EQ(findSample(QStringLiteral("a.pimento"), folders), path);
  EXPECT_FALSE(findSample(QStringLiteral("published.pimento")).isEmpty()) << "not found from the build tree";
}
