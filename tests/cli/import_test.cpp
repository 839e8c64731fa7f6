// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <memory>

#include "core/project/project_file.h"
#include "tests/cli/program.h"
#include "tests/core/project/sample_runs.h"

using namespace pimento;
using namespace pimento::test;

namespace {

class ImportVerb : public testing::Test {
 protected:
  void SetUp() override {
    exportRun(sampleRun(), path("work/short"));
    TrainingRun deco = sampleRun(QStringLiteral("deco"));
    deco.job.network = makeNetwork(QStringLiteral("deco-mobilenetv1"), 10);
    deco.job.variants = deco.variants = deco.job.network.variants;
    deco.job.recipe = loadRecipe(QStringLiteral("short-joint"));
    deco.job.recipe.epochs = 1;
    deco.job.recipe.milestones = {0.5, 0.75};
    deco.job.binding = methodBinding(deco.job.recipe.method);
    deco.job.data = folder.filePath(QStringLiteral("data/clothes"));
    deco.job.seed = 7;
    deco.results.data = QStringLiteral("clothes");
    deco.results.results = {{QStringLiteral("fe+cm1"), SinglePrecision, ResultHow::Trained, 90, 100}};
    exportRun(deco, path("work/deco"));
  }
  [[nodiscard]] QString path(const char *file) const { return folder.filePath(QString::fromLatin1(file)); }
  [[nodiscard]] QStringList words(const QString &line) const {
    return QString(line).replace(QStringLiteral("@"), folder.path() + QLatin1Char('/')).split(QLatin1Char(' '));
  }
  [[nodiscard]] Output run(const char *line) const { return runPimento(words(QString::fromUtf8(line)), folder.path()); }
  QTemporaryDir folder;
};

}  // namespace

TEST_F(ImportVerb, makesAProjectThatTheOtherVerbsRead) {
  const Output output = run("import work/short -o short.pimento --gpu-power one-board");
  EXPECT_EQ(output.exitCode, 0) << output.err.toStdString();
  EXPECT_TRUE(output.out.startsWith("short: resnet20-slimmable, 4 results of 2 variants on fashion-mnist, "))
      << output.out.toStdString();
  const CsvTable front = csvOf(words(QStringLiteral("front @short.pimento --dataset fashion-mnist")));
  ASSERT_EQ(front.rows.size(), 2U);
  EXPECT_EQ(field(front, 0, "run"), QStringLiteral("short"));
  EXPECT_EQ(field(front, 0, "accuracy_kind"), QStringLiteral("measured"));
  EXPECT_EQ(field(front, 0, "energy_kind"), QStringLiteral("estimated"));
  EXPECT_EQ(field(front, 0, "kind"), QStringLiteral("estimated"));
  EXPECT_EQ(field(front, 0, "bits_w"), QStringLiteral("8"));
  EXPECT_EQ(run("export short.pimento -o out").exitCode, 0);
  QFile designs(path("out/designs.csv"));
  ASSERT_TRUE(designs.open(QIODevice::ReadOnly));
  EXPECT_TRUE(designs.readAll().contains(",measured,"));
  EXPECT_EQ(
      openProject(path("short.pimento")).history,
      (QStringList{QStringLiteral("pimento train resnet20-slimmable:1.0,0.5 --recipe short-slimmable-distillation "
                                  "--data fashion-mnist --job runs/short"),
                   QStringLiteral("pimento quantise runs/short --bits 8:8"),
                   QStringLiteral("pimento import runs/short -o short.pimento --gpu-power one-board")}));
}

TEST_F(ImportVerb, addsToAProjectAndReplacesARunOfTheSameName) {
  EXPECT_EQ(runPimento(words(QStringLiteral("estimate deco-mobilenetv1 --set rows=128 -o @a.pimento"))).exitCode, 0);
  EXPECT_EQ(run("import @work/deco @work/short -o @a.pimento").exitCode, 0);
  EXPECT_EQ(run("import work/deco/ -o a.pimento").exitCode, 0);
  const Project project = openProject(path("a.pimento"));
  ASSERT_EQ(project.runs.size(), 2U);
  EXPECT_EQ(project.runs[0].name, QStringLiteral("deco"));
  EXPECT_EQ(project.runs[0].job.data, QStringLiteral("clothes"));
  EXPECT_EQ(project.accelerators.size(), 1U) << "the project's accelerator is the one of its estimates";
  ASSERT_EQ(project.history.size(), 6);
  EXPECT_EQ(project.history[1],
            QStringLiteral("pimento train deco-mobilenetv1 --recipe short-joint --set epochs=1 --set "
                           "milestones=0.5,0.75 --data clothes --seed 7 --job runs/deco"));
  EXPECT_FALSE(project.history.join(QLatin1Char(' ')).contains(folder.path()));
  EXPECT_EQ(project.history.last(), QStringLiteral("pimento import runs/deco -o a.pimento"));
}

TEST_F(ImportVerb, losesNothingWhenManyImportIntoOneProjectAtOnce) {
  constexpr int Imports = 18;
  std::vector<std::unique_ptr<QProcess>> processes;
  for (int i = 0; i < Imports; ++i) {
    const QString name = QStringLiteral("run%1").arg(i);
    exportRun(sampleRun(name), path("work/") + name);
    processes.push_back(std::make_unique<QProcess>());
    processes.back()->start(
        QFileInfo(QStringLiteral(PIMENTO_BINARY)).absoluteFilePath(),
        {QStringLiteral("import"), path("work/") + name, QStringLiteral("-o"), path("all.pimento")});
  }
  for (const auto &process : processes) {
    ASSERT_TRUE(process->waitForFinished(120'000));
    EXPECT_EQ(process->exitCode(), 0) << process->readAllStandardError().toStdString();
  }
  EXPECT_EQ(openProject(path("all.pimento")).runs.size(), Imports);
  EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList(QStringLiteral("all.pimento")));
}

TEST_F(ImportVerb, refusesARunWhoseEventsCanNotBeRead) {
  ASSERT_TRUE(QFile::remove(path("work/short/events.jsonl")));
  ASSERT_TRUE(QDir().mkdir(path("work/short/events.jsonl")));
  const Output output = run("import work/short -o short.pimento");
  EXPECT_EQ(output.exitCode, 2);
  EXPECT_TRUE(output.err.contains("events.jsonl: can not be read")) << output.err.toStdString();
  EXPECT_FALSE(QFile::exists(path("short.pimento")));
}

TEST_F(ImportVerb, saysWhereTheSubNetsOfAFusedRunComeFrom) {
  const TrainingRun lasso = sampleLassoRun();
  TrainingRun fused = sampleRun(QStringLiteral("fused"));
  fused.job.recipe = loadRecipe(QStringLiteral("short-fused-non-uniform"));
  fused.job.binding = methodBinding(fused.job.recipe.method);
  fused.job.variants = fused.variants = lasso.variants;
  fused.results = lasso.results;
  exportRun(lasso, path("work/lasso"));
  exportRun(fused, path("work/fused"));
  EXPECT_EQ(run("import work/fused work/lasso -o both.pimento").exitCode, 0);
  const QString command = QStringLiteral(
      "pimento train resnet20-slimmable:lasso-1,lasso-2 --recipe "
      "short-fused-non-uniform --variants runs/%1 --data fashion-mnist --job "
      "runs/fused");
  EXPECT_EQ(openProject(path("both.pimento")).history.value(0), command.arg(QStringLiteral("lasso")));
  EXPECT_EQ(run("import work/fused -o one.pimento").exitCode, 0);
  EXPECT_EQ(openProject(path("one.pimento")).history.value(0), command.arg(QStringLiteral("fused")))
      << "its own job holds them";
}

TEST_F(ImportVerb, givesTheSameBytesForTheSameRuns) {
  EXPECT_EQ(run("import work/short work/deco -o a.pimento").exitCode, 0);
  QFile first(path("a.pimento"));
  ASSERT_TRUE(first.open(QIODevice::ReadOnly));
  const QByteArray bytes = first.readAll();
  ASSERT_TRUE(first.remove());
  EXPECT_EQ(run("import work/short work/deco -o a.pimento").exitCode, 0);
  QFile second(path("a.pimento"));
  ASSERT_TRUE(second.open(QIODevice::ReadOnly));
  EXPECT_EQ(second.readAll(), bytes);
}

TEST_F(ImportVerb, refusesWhatItCanNotDoAndLeavesTheProject) {
  expectRefused(words(QStringLiteral("import -o @a.pimento")), "names no run");
  expectRefused(words(QStringLiteral("import @work/short")), "names no project");
  expectRefused(words(QStringLiteral("import @work -o @a.pimento")), "is no directory of a run");
  expectRefused(words(QStringLiteral("import @work/short -o @a.csv")), "ends in .pimento");
  expectRefused(words(QStringLiteral("import @work/short -o @a.pimento --gpu-power much")), "--gpu-power");
  EXPECT_FALSE(QFile::exists(path("a.pimento")));
  EXPECT_EQ(run("import work/short -o a.pimento").exitCode, 0);
  expectRefused(words(QStringLiteral("import @work/deco -o @a.pimento --set rows=128")), "another accelerator");
  EXPECT_EQ(openProject(path("a.pimento")).runs.size(), 1U);
}
