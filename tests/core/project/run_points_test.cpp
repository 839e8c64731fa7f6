// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/run_points.h"

#include <gtest/gtest.h>

#include <QSet>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/wilson.h"
#include "core/explore/design_view.h"
#include "core/hardware/estimate/estimate_table.h"
#include "core/hardware/profile/profiles.h"
#include "core/study/study.h"
#include "tests/core/project/sample_runs.h"

using namespace pimento;

namespace {

const QString Data = QStringLiteral("fashion-mnist");

Project withRun(const TrainingRun &run = sampleRun()) {
  Project project;
  addRun(project, run);
  return project;
}

std::uint32_t rowOf(const DesignTable &table, const QString &start) {
  for (std::uint32_t row = 0; row < table.size(); ++row)
    if (table.id(row).startsWith(start)) return row;
  ADD_FAILURE() << "no design " << start.toStdString();
  return 0;
}

QStringList idsOf(const DesignTable &table) {
  QStringList ids;
  for (std::uint32_t row = 0; row < table.size(); ++row) ids << table.id(row);
  return ids;
}

}  // namespace

TEST(RunPoints, joinMeasuredAccuracyWithTheEstimateOfTheSameBits) {
  const Project project = withRun();
  const DesignTable points = study(project).table;
  const std::uint32_t row = rowOf(
      points, QStringLiteral("resnet20-slimmable/0.5/fashion-mnist/slimmable-distillation/short/sot-mram/8:8/whole@"));
  const NetworkSpec &network = project.runs.front().job.network;
  const Accelerator accelerator = builtInProfile(builtInProfiles().front());
  const DesignTable expected = estimateTable(network, {widthVariant(network, 0.5)}, accelerator, Bits{});
  for (const Metric metric : {Metric::Energy, Metric::Latency, Metric::Power, Metric::Area, Metric::Memory}) {
    EXPECT_EQ(points.at(row, metric).value().value, expected.at(0, metric).value().value);
    EXPECT_NE(points.kind(row, metric), Kind::Measured);
  }
  const Quantity accuracy = points.at(row, Metric::Accuracy).value();
  EXPECT_DOUBLE_EQ(accuracy.value, 100.0 * 441 / 500);
  EXPECT_EQ(accuracy.from->kind, Kind::Measured);
  EXPECT_EQ(accuracy.from->images, 500);
  EXPECT_DOUBLE_EQ(accuracy.interval.value().low, 100 * wilson(441, 500).low);
  EXPECT_DOUBLE_EQ(accuracy.interval.value().high, 100 * wilson(441, 500).high);
  EXPECT_EQ(points.weakestKind(row), Kind::Estimated);
}

TEST(RunPoints, tellWhereAnAccuracyComesFrom) {
  TrainingRun run = sampleRun();
  run.job.images = 12'800;
  const DesignTable points = accuraciesOf(run);
  const Provenance &from = *points.at(2, Metric::Accuracy).value().from;
  EXPECT_EQ(from.source,
            QStringLiteral("run short: slimmable-distillation, recipe short-slimmable-distillation, epochs: "
                           "%1, on fashion-mnist (12,800 training images), seed 1; 8:8 bits, "
                           "post-training quantisation")
                .arg(run.job.recipe.epochs));
  EXPECT_EQ(from.formula, QStringLiteral("9,100 of 10,000 test images; 95 % interval 90.42 to 91.55 %"));
}

TEST(RunPoints, warnOfAnAccuracyThatAGuessMayHave) {
  TrainingRun run = sampleRun();
  run.results.results = {{QStringLiteral("1.0"), {8, 8}, ResultHow::PostTraining, 1000, 10'000},
                         {QStringLiteral("0.5"), {8, 8}, ResultHow::PostTraining, 1100, 10'000}};
  const DesignTable points = accuraciesOf(run);
  EXPECT_EQ(points.at(0, Metric::Accuracy).value().from->warnings,
            QStringList{QStringLiteral("no better than a guess among 10 classes, which is right 10 % of the time")});
  EXPECT_TRUE(points.at(1, Metric::Accuracy).value().from->warnings.isEmpty());
}

// A processor of floats has the accuracy of floats, one of integers that of integers.
TEST(RunPoints, joinSinglePrecisionWithTheGpuAlone) {
  const DesignTable points = study(withRun()).table;
  const std::uint32_t gpu = rowOf(
      points, QStringLiteral("resnet20-slimmable/1.0/fashion-mnist/slimmable-distillation/short/gpu-roofline/32:32"));
  EXPECT_TRUE(points.key(gpu).reference);
  EXPECT_DOUBLE_EQ(points.at(gpu, Metric::Accuracy).value().value, 91.23);
  EXPECT_TRUE(points.at(gpu, Metric::Energy));
  for (std::uint32_t row = 0; row < points.size(); ++row) {
    const DesignKey &key = points.key(row);
    EXPECT_EQ(key.bitsWeights == 32, points.name(key.platform) == QStringLiteral("gpu-roofline"));
    EXPECT_EQ(points.name(key.dataset), Data);
    EXPECT_EQ(points.name(key.run), QStringLiteral("short"));
    EXPECT_TRUE(points.at(row, Metric::Accuracy)) << points.id(row).toStdString();
  }
}

TEST(RunPoints, estimateTheRunsOwnNetworkAndVariants) {
  TrainingRun run = sampleRun();
  run.job.network = makeNetwork(QStringLiteral("resnet20-slimmable"), 37);
  Variant mask = widthVariant(run.job.network, 0.5);
  mask.name = QStringLiteral("learned-a");
  for (auto &[space, kept] : mask.kept)
    if (run.job.network.spaces[space].adjustable && kept.count > 4) kept = {3, {0, 2, 5}};
  run.variants = {mask};
  run.results.results = {{mask.name, {8, 8}, ResultHow::PostTraining, 800, 1000}};
  Project project = withRun(run);
  const DesignTable points = study(project).table;
  const std::uint32_t row = rowOf(points, QStringLiteral("resnet20-slimmable/learned-a/"));
  const DesignTable expected =
      estimateTable(run.job.network, {mask}, builtInProfile(builtInProfiles().front()), Bits{});
  EXPECT_EQ(points.at(row, Metric::Energy).value().value, expected.at(0, Metric::Energy).value().value);
  EXPECT_EQ(points.at(row, Metric::Params).value().value, expected.at(0, Metric::Params).value().value);
  EXPECT_EQ(points.at(row, Metric::Accuracy).value().value, 80);
  project.estimates.front().variants = {QStringLiteral("no-such")};
  EXPECT_THROW(static_cast<void>(study(project).table), Error);
}

TEST(RunPoints, haveHeadsWhereThereIsAnExtractor) {
  TrainingRun run = sampleRun(QStringLiteral("deco"));
  run.job.network = makeNetwork(QStringLiteral("deco-mobilenetv1"), 10);
  run.job.variants = run.variants = run.job.network.variants;
  run.job.recipe = loadRecipe(QStringLiteral("short-joint"));
  run.results.results = {{QStringLiteral("fe+cm4"), {8, 8}, ResultHow::PostTraining, 80, 100},
                         {QStringLiteral("fe+cm4"), {8, 8}, ResultHow::QuantisationAware, 85, 100},
                         {QStringLiteral("fe+cm4"), {4, 4}, ResultHow::PostTraining, 70, 100}};
  Project project = withRun(run);
  std::erase_if(project.estimates, [](const EstimateChoice &choice) { return choice.bits == Bits{4, 4}; });
  const DesignTable points = study(project).table;
  const QString start = QStringLiteral("deco-mobilenetv1/fe+cm4/fashion-mnist/joint/deco/sot-mram/8:8/");
  const std::uint32_t whole = rowOf(points, start + QStringLiteral("whole"));
  const std::uint32_t head = rowOf(points, start + QStringLiteral("head"));
  EXPECT_LT(points.at(head, Metric::Energy).value().value, points.at(whole, Metric::Energy).value().value);
  EXPECT_EQ(points.at(head, Metric::Accuracy).value().value, 80);
  const std::uint32_t aware = rowOf(
      points, QStringLiteral("deco-mobilenetv1/fe+cm4/fashion-mnist/joint quantisation-aware/deco/sot-mram/8:8/whole"));
  EXPECT_EQ(points.at(aware, Metric::Accuracy).value().value, 85);
  const auto shown = filteredRows(points, startingFilter());
  EXPECT_TRUE(std::find(shown.begin(), shown.end(), aware) != shown.end());
  // Nobody estimates 4:4 here: the accuracy stands alone. FE+CM1 has costs, but was not measured.
  const std::uint32_t alone = rowOf(points, QStringLiteral("deco-mobilenetv1/fe+cm4/fashion-mnist/joint/deco/4:4"));
  EXPECT_FALSE(points.at(alone, Metric::Energy));
  EXPECT_FALSE(points.at(rowOf(points, QStringLiteral("deco-mobilenetv1/fe+cm1/")), Metric::Accuracy));
  const QStringList ids = idsOf(points);
  EXPECT_EQ(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
}

TEST(RunPoints, standBesideFamiliesAndOtherRuns) {
  Project project = withRun();
  project.published = PublishedChoice{};
  TrainingRun other = sampleRun(QStringLiteral("other"));
  other.job.network = makeNetwork(QStringLiteral("resnet20-slimmable"), 100);
  addRun(project, other);
  const std::size_t runs = study(project).table.size();
  project.estimates.push_back({.network = QStringLiteral("resnet20-slimmable"), .classes = 100});
  const DesignTable all = study(project).table;
  EXPECT_GT(all.size(), runs);
  const QStringList ids = idsOf(all);
  EXPECT_EQ(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
}

TEST(AddRun, estimatesWhatWasMeasuredOnTheAcceleratorsOfTheProject) {
  Project project;
  TrainingRun run = sampleRun();
  run.results.results.push_back({QStringLiteral("1.0"), {16, 16}, ResultHow::PostTraining, 1, 2});
  addRun(project, run);
  ASSERT_EQ(project.estimates.size(), 2U);
  EXPECT_EQ(project.estimates[0], (EstimateChoice{.network = run.job.network.name, .run = run.name}));
  EXPECT_EQ(project.estimates[1].bits, (Bits{16, 16}));
  run.results.results = {{QStringLiteral("1.0"), SinglePrecision, ResultHow::Trained, 1, 2}};
  addRun(project, run, {QStringLiteral("a"), QStringLiteral("b")}, QStringLiteral("one-board"));
  ASSERT_EQ(project.runs.size(), 1U);
  EXPECT_TRUE(sameAs(project.runs.front(), run));
  ASSERT_EQ(project.estimates.size(), 2U);
  EXPECT_EQ(project.estimates[1].accelerator, QStringLiteral("b"));
  EXPECT_EQ(project.estimates[1].gpuPower, QStringLiteral("one-board"));
  EXPECT_EQ(project.estimates[1].bits, Bits{}) << "without integers, the GPU still needs its network estimated";
  addRun(project, sampleRun(QStringLiteral("second")));
  ASSERT_EQ(project.estimates.size(), 4U);
  EXPECT_EQ(project.estimates[3].accelerator, QStringLiteral("b"));
}

TEST(StudyOfRuns, nameARunThatIsNotThere) {
  Project project = withRun();
  project.estimates.front().run = QStringLiteral("gone");
  try {
    static_cast<void>(study(project));
    FAIL();
  } catch (const Error &error) {
    EXPECT_STREQ(error.what(), "estimate of \"gone\": the project has no run of that name");
  }
  project = withRun();
  project.estimates.front().network = QStringLiteral("deco-vgg16");
  EXPECT_THROW(static_cast<void>(study(project).table), Error);
}
