// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include "core/jobs/recipe.h"
#include "core/network/network_builder.h"
#include "core/network/network_json.h"
#include "tests/cli/program.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;
using namespace pimento::test;

namespace {

// A network of one hidden layer on 3x8x8 images, as a file.
QByteArray networkFile(int classes) {
  NetworkBuilder net(QStringLiteral("tiny"), QStringLiteral("Tiny"), {3, 8, 8});
  LayerId x = net.conv(QStringLiteral("conv"), 0, net.space(4), 3, 1, false);
  x = net.batchNorm(QStringLiteral("bn"), x, Activation::Relu);
  net.linear(QStringLiteral("fc"), x, net.space(classes, false));
  NetworkSpec &spec = net.spec();
  for (const double ratio : {1.0, 0.5}) spec.variants.push_back(widthVariant(spec, ratio));
  spec.bindings = {QStringLiteral("slimmable"), QStringLiteral("individual")};
  return QJsonDocument(toJson(spec)).toJson();
}

class TrainVerb : public testing::Test {
 protected:
  void SetUp() override {
    QDir(m_folder.path()).mkdir(QStringLiteral("data"));
    for (const auto &[part, count] : std::vector<std::pair<const char *, std::uint32_t>>{{"train", 96}, {"t10k", 30}}) {
      const QString prefix = path("data/") + QString::fromLatin1(part);
      writeFile(prefix + QStringLiteral("-images-idx3-ubyte"), idxImages(count, 8));
      writeFile(prefix + QStringLiteral("-labels-idx1-ubyte"), idxLabels(count, 3));
    }
    writeFile(path("net.json"), networkFile(3));
    Recipe recipe = loadRecipe(QStringLiteral("short-slimmable-distillation"));
    recipe.name = QStringLiteral("tiny");
    recipe.epochs = 2;
    recipe.teacher_epochs = 1;
    recipe.batch = 16;
    recipe.validation = 24;
    writeFile(path("recipe.json"), QJsonDocument(toJson(recipe)).toJson());
  }
  [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  // In the folder: train net.json on data, and what else is given.
  [[nodiscard]] Output train(const char *more) const {
    const QString line = QStringLiteral("train ./net.json --data data --threads 1 ") + QString::fromUtf8(more);
    return runPimento(line.split(QLatin1Char(' '), Qt::SkipEmptyParts), m_folder.path());
  }
  void expectRefusedHere(const char *more, const char *part) const {
    const Output run = train(more);
    EXPECT_EQ(run.exitCode, 2) << more << "\n" << run.err.toStdString();
    EXPECT_EQ(run.err.count('\n'), 1) << more << "\n" << run.err.toStdString();
    EXPECT_TRUE(run.err.contains(part)) << more << "\n" << run.err.toStdString();
  }
  QTemporaryDir m_folder;
};

}  // namespace

TEST_F(TrainVerb, preparesARunForOtherMachines) {
  const Output run = train("--recipe recipe.json --job run --prepare");
  EXPECT_EQ(run.exitCode, 0) << run.err.toStdString();
  EXPECT_EQ(run.out, "pimento-learn train " + path("run").toUtf8() + "\n");
  EXPECT_EQ(QDir(path("run")).entryList(QDir::Files), QStringList{QStringLiteral("job.json")});
}

TEST_F(TrainVerb, tellsAccuraciesOfVariantsAndTeacherAndTheSameAgain) {
  const Output run = train("--recipe ./recipe.json --job run --csv");
  ASSERT_EQ(run.exitCode, 0) << run.err.toStdString();
  const CsvTable table = readCsv(run.out, QStringLiteral("train"));
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(field(table, 0, "variant"), QStringLiteral("1.0"));
  EXPECT_EQ(field(table, 1, "variant"), QStringLiteral("0.5"));
  EXPECT_EQ(field(table, 2, "variant"), QStringLiteral("1.0 alone"));
  for (std::size_t row = 0; row < 3; ++row) {
    EXPECT_EQ(number(table, row, "n"), 30);
    EXPECT_NEAR(number(table, row, "accuracy_pct"), number(table, row, "correct") / 0.3, 1e-9);
    EXPECT_LE(number(table, row, "interval_low_pct"), number(table, row, "accuracy_pct"));
    EXPECT_EQ(field(table, row, "kind"), QStringLiteral("measured"));
  }
  EXPECT_TRUE(run.err.contains("main epoch 2/2, right on validation (%): 1.0: ")) << run.err.toStdString();
  EXPECT_LT(run.err.indexOf("1.0: "), run.err.indexOf("0.5: ")) << "in the order of the job";
  EXPECT_FALSE(run.err.contains('\r')) << "no terminal, no line that overwrites itself";
  EXPECT_EQ(train("--recipe ./recipe.json --job run --csv").out, run.out);
}

TEST_F(TrainVerb, printsAnEventALine) {
  const Output run = train("--recipe ./recipe.json --job run --json");
  ASSERT_EQ(run.exitCode, 0) << run.err.toStdString();
  QStringList kinds;
  QJsonObject last;
  for (const QByteArray &line : run.out.trimmed().split('\n')) {
    last = QJsonDocument::fromJson(line).object();
    kinds << last[QStringLiteral("event")].toString();
  }
  EXPECT_EQ(kinds.first(), QStringLiteral("start"));
  for (const char *kind : {"progress", "epoch", "checkpoint"}) EXPECT_TRUE(kinds.contains(QLatin1String(kind))) << kind;
  ASSERT_EQ(kinds.last(), QStringLiteral("result"));
  for (const char *key : {"weights", "variants", "teacher", "images_per_s", "share_of_ceiling", "wait_share",
                          "peak_memory_mb", "seconds", "input"})
    EXPECT_TRUE(last.contains(QLatin1String(key))) << key;
  EXPECT_TRUE(QFile::exists(path("run/") + last[QStringLiteral("weights")].toString()));
}

TEST_F(TrainVerb, fusesTheSubNetsThatAGroupLassoLearned) {
  const Output lasso = train("--recipe short-clipped-group-lasso --set batch=16 --epochs 1 --job lasso --csv");
  ASSERT_EQ(lasso.exitCode, 0) << lasso.err.toStdString();
  const CsvTable table = readCsv(lasso.out, QStringLiteral("lasso"));
  ASSERT_EQ(table.rows.size(), loadRecipe(QStringLiteral("short-clipped-group-lasso")).lambdas.size());
  EXPECT_LE(number(table, 0, "kept_channels"), number(table, 0, "channels"));
  const Output fused =
      train("--recipe short-fused-non-uniform --set batch=16 --epochs 1 --variants lasso --job fused --csv");
  ASSERT_EQ(fused.exitCode, 0) << fused.err.toStdString();
  EXPECT_EQ(field(readCsv(fused.out, QStringLiteral("fused")), 0, "variant"), field(table, 0, "variant"));
  const std::string name = field(table, 1, "variant").toStdString();
  QStringList words = QStringLiteral(
                          "train NET --data data --threads 1 --recipe short-fused-non-uniform --set batch=16 "
                          "--epochs 1 --variants fused --job one --csv")
                          .split(QLatin1Char(' '));
  words[1] = QStringLiteral("./net.json:") + field(table, 1, "variant");
  const Output one = runPimento(words, m_folder.path());
  ASSERT_EQ(one.exitCode, 0) << one.err.toStdString();
  const CsvTable alone = readCsv(one.out, QStringLiteral("one"));
  ASSERT_EQ(alone.rows.size(), 1U);
  EXPECT_EQ(field(alone, 0, "variant").toStdString(), name) << "of those that the fused run trained";
}

TEST_F(TrainVerb, refusesWhatDoesNotFit) {
  expectRefused({QStringLiteral("train")}, "names no network");
  expectRefused({QStringLiteral("train"), QStringLiteral("resnet20-slimable")}, "resnet20-slimmable");
  expectRefusedHere("--recipe short-slimable", "short-slimmable");
  expectRefusedHere("--recipe short-joint", "is not trained as");
  expectRefused({QStringLiteral("train"), path("net.json"), QStringLiteral("--data"), path("nowhere"),
                 QStringLiteral("--job"), path("no-data"), QStringLiteral("--recipe"), path("recipe.json")},
                "nowhere");
  expectRefusedHere("--recipe short-fused-non-uniform", "--variants");
  expectRefusedHere("--variants data", "variants.json");
  writeFile(path("bad.json"), "{\"format\": \"pimento-recipe\", \"version\": 1, \"epochs\": -3}");
  expectRefusedHere("--recipe ./bad.json", "bad.json");
  writeFile(path("net.json"), networkFile(5));
  expectRefusedHere("--recipe ./recipe.json --job classes", "5 classes");
}

TEST_F(TrainVerb, refusesADirectoryWithAnotherJob) {
  ASSERT_EQ(train("--recipe ./recipe.json --job run --csv").exitCode, 0);
  expectRefusedHere("--recipe ./recipe.json --job run --seed 7", "another job");
}

TEST_F(TrainVerb, saysThatTheWorkerIsMissing) {
  const QString alone = path("pimento");
  ASSERT_TRUE(QFile::copy(QFileInfo(QStringLiteral(PIMENTO_BINARY)).absoluteFilePath(), alone));
  QProcess process;
  process.start(alone, {QStringLiteral("train"), path("net.json"), QStringLiteral("--data"), path("data"),
                        QStringLiteral("--recipe"), path("recipe.json"), QStringLiteral("--job"), path("run")});
  ASSERT_TRUE(process.waitForFinished(60'000));
  EXPECT_EQ(process.exitCode(), 2);
  EXPECT_TRUE(process.readAllStandardError().contains("pimento-learn"));
}
