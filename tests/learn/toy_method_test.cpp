// SPDX-License-Identifier: GPL-3.0-or-later
// A training method that only this file knows: heads on one feature extractor that a teacher teaches. Its row is all
// that a run needs.
#include <gtest/gtest.h>

#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/jobs/run_results.h"
#include "core/learn/train/job_runner.h"
#include "tests/learn/tiny.h"

namespace pimento::learn {

namespace {

constexpr MethodTraits TaughtHeads{.name = "taught-heads",
                                   .title = "Taught heads",
                                   .text = "All heads learn the soft labels of a teacher, on one feature extractor.",
                                   .binding = "joint",
                                   .extractorOnce = true,
                                   .distils = true};

}  // namespace

TEST(ToyMethod, aMethodThatNoTableListsTrains) {
  const QTemporaryDir folder;
  const QString data = folder.filePath(QStringLiteral("data"));
  QDir().mkpath(data);
  test::writeTinySet(data, 240, 90);
  Job job = test::tinyJob(test::tinyHeads(), TaughtHeads, data);
  job.recipe.epochs = 5;
  job.recipe.teacher_epochs = 3;
  EXPECT_EQ(teacherEpochs(job), 3);
  const QString run = folder.filePath(QStringLiteral("run"));
  std::vector<Method> methods(trainingMethods().begin(), trainingMethods().end());
  methods.emplace_back(TaughtHeads);
  createJob(run, job);
  EXPECT_THROW(static_cast<void>(loadJob(run)), Error) << "no one else knows the method";
  EXPECT_EQ(loadJob(run, methods).recipe, job.recipe);

  std::vector<QJsonObject> events;
  RunControl control;
  control.methods = methods;
  control.ceiling_flops = [] { return 1e9; };
  control.emit = [&](const QJsonObject &event) { events.push_back(event); };
  ASSERT_EQ(runJob(run, control), RunEnd::Finished);

  const QJsonArray stages = events.front()[QStringLiteral("stages")].toArray();
  EXPECT_EQ(events.front()[QStringLiteral("method")].toString(), QStringLiteral("taught-heads"));
  EXPECT_EQ(stages.size(), 2) << "the teacher's, and that of the heads";
  EXPECT_EQ(stages.last()[QStringLiteral("variants")].toArray().size(), 2);
  const RunResults results = loadRunResults(run);
  ASSERT_EQ(results.results.size(), 3U);
  EXPECT_TRUE(results.results.back().variant.endsWith(QStringLiteral(" alone")));
  const QJsonArray tested = events.back()[QStringLiteral("variants")].toArray();
  ASSERT_EQ(tested.size(), 2);
  for (const auto &row : tested) EXPECT_GT(row[QStringLiteral("accuracy_pct")].toDouble(), 50);  // a third by chance
}

}  // namespace pimento::learn
