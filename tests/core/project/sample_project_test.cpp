// SPDX-License-Identifier: GPL-3.0-or-later
// projects/fashion-mnist.pimento, which the start page offers: networks that this program trained.
#include <gtest/gtest.h>

#include <QFileInfo>
#include <QRegularExpression>

#include "core/project/project_file.h"
#include "core/project/training_run.h"
#include "core/study/study.h"

using namespace pimento;

namespace {

const QString File = QStringLiteral("projects/fashion-mnist.pimento");

const TrainingRun &runOf(const Project &project, const char *network) {
  for (const TrainingRun &run : project.runs)
    if (run.job.network.name == QLatin1String(network)) return run;
  throw std::runtime_error(std::string("no run of ") + network);
}

}  // namespace

TEST(SampleProject, holdsTwoNetworksWithTheirWeightsAndCommands) {
  EXPECT_LE(QFileInfo(File).size(), 10'000'000);
  const Project project = openProject(File);
  ASSERT_EQ(project.runs.size(), 2U);
  for (const TrainingRun &run : project.runs) {
    EXPECT_FALSE(run.weights.isEmpty()) << run.name.toStdString();
    EXPECT_EQ(run.results.data, QStringLiteral("fashion-mnist"));
    EXPECT_TRUE(run.history.contains("validation_pct")) << "its curves";
    for (const char *verb : {"train", "quantise"})
      EXPECT_FALSE(
          project.history
              .filter(QRegularExpression(QStringLiteral("^pimento %1 .*runs/%2").arg(QLatin1String(verb), run.name)))
              .isEmpty())
          << verb << ' ' << run.name.toStdString();
  }
  const auto precisions = [&](const char *network) {
    QStringList told;
    for (const RunResult &result : runOf(project, network).results.results) {
      const QString bits = QStringLiteral("%1:%2").arg(result.bits.weights).arg(result.bits.activations);
      if (!told.contains(bits)) told << bits;
    }
    told.sort();
    return told;
  };
  EXPECT_EQ(precisions("resnet20-slimmable"),
            (QStringList{QStringLiteral("16:16"), QStringLiteral("32:32"), QStringLiteral("8:8")}));
  EXPECT_EQ(precisions("deco-mobilenetv1"), (QStringList{QStringLiteral("32:32"), QStringLiteral("8:8")}));
}

TEST(SampleProject, joinsMeasuredAccuraciesWithEstimatedCosts) {
  const DesignTable points = study(openProject(File)).table;
  int measured = 0;
  int references = 0;
  double best = 0;
  for (std::uint32_t row = 0; row < points.size(); ++row) {
    const auto accuracy = points.at(row, Metric::Accuracy);
    if (!accuracy) continue;
    EXPECT_EQ(accuracy->from->kind, Kind::Measured);
    EXPECT_EQ(accuracy->from->images, 10'000) << "the whole test set";
    EXPECT_TRUE(accuracy->interval);
    ASSERT_TRUE(points.at(row, Metric::Energy)) << points.id(row).toStdString();
    EXPECT_EQ(points.at(row, Metric::Energy)->from->kind, Kind::Estimated);
    (points.key(row).reference ? references : measured)++;
    if (points.name(points.key(row).network) == QStringLiteral("resnet20-slimmable"))
      best = std::max(best, accuracy->value);
  }
  EXPECT_GE(measured, 8 + 4) << "four widths at 8 and 16 bits, four heads at 8";
  EXPECT_GE(references, 8) << "the GPU beside each";
  EXPECT_GE(best, 90);
}
