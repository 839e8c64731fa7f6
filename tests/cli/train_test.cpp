// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include "core/jobs/recipe.h"
#include "tests/cli/tiny_training.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;
using namespace pimento::test;

using TrainVerb = TinyTraining;

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
    EXPECT_EQ(field(table, row, "stopped"), QStringLiteral("no"));
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
  writeFile(path("net.json"), tinyNetworkFile(5));
  expectRefusedHere("--recipe ./recipe.json --job classes", "5 classes");
}

TEST_F(TrainVerb, isTaughtByTheOneThatIsNamed) {
  ASSERT_EQ(train("--recipe short-individual --set batch=16 --epochs 1 --job alone --csv").exitCode, 0);
  const Output run = train("--recipe ./recipe.json --teacher alone --job run --json");
  ASSERT_EQ(run.exitCode, 0) << run.err.toStdString();
  const QJsonObject start = QJsonDocument::fromJson(run.out.left(run.out.indexOf('\n'))).object();
  EXPECT_EQ(start[QStringLiteral("stages")].toArray().size(), 1) << "no stage of a teacher";
  EXPECT_TRUE(run.out.contains("\"1.0 given\"")) << run.out.toStdString();
  expectRefusedHere("--recipe ./recipe.json --teacher nobody --job other", "unknown variant");
  expectRefusedHere("--recipe ./recipe.json --teacher ./none.safetensors --job other", "is not there");
  expectRefusedHere("--recipe short-slimmable --teacher 1.0 --job other", "only a distillation has a teacher");
}

// Weights of the whole network alone, run at three quarters of the width.
TEST_F(TrainVerb, leavesWeightsThatRunAtAnyWidth) {
  ASSERT_EQ(train("--recipe short-individual --set batch=16 --epochs 1 --job alone --csv").exitCode, 0);
  const QStringList words = QStringLiteral(
                                "evaluate --network ./net.json:0.75 --weights alone/weights.safetensors "
                                "--data data --threads 1 --csv")
                                .split(QLatin1Char(' '));
  const Output without = runPimento(words, m_folder.path());
  EXPECT_EQ(without.exitCode, 2);
  EXPECT_TRUE(without.err.contains("--recalibrate-norms 1000")) << without.err.toStdString();
  const Output quantised = runPimento(
      QStringLiteral("quantise --network ./net.json:0.75 --weights alone/weights.safetensors --data data --threads 1 "
                     "--output q.safetensors")
          .split(QLatin1Char(' ')),
      m_folder.path());
  EXPECT_EQ(quantised.exitCode, 2);
  EXPECT_TRUE(quantised.err.contains("--recalibrate-norms 1000")) << quantised.err.toStdString();
  const Output any =
      runPimento(words + QStringList{QStringLiteral("--recalibrate-norms"), QStringLiteral("64")}, m_folder.path());
  ASSERT_EQ(any.exitCode, 0) << any.err.toStdString();
  const CsvTable table = readCsv(any.out, QStringLiteral("evaluate"));
  EXPECT_EQ(field(table, 0, "variant"), QStringLiteral("0.75"));
  EXPECT_EQ(number(table, 0, "recalibrated_norms"), 64);
  EXPECT_EQ(field(table, 0, "sliced_from"), QStringLiteral("1.0"));
  EXPECT_EQ(number(table, 0, "n"), 30);
  EXPECT_TRUE(field(table, 0, "missing").isEmpty());
}

// Pictures of three plain colours, no two of a class of one size; what is learned runs on others of yet another size.
TEST_F(TrainVerb, learnsFromPicturesOfMixedSizes) {
  const auto plain = [](int width, int height, const QByteArray &pixel) {
    return QByteArray("P6 ") + QByteArray::number(width) + ' ' + QByteArray::number(height) + " 255\n" +
           pixel.repeated(width * height);
  };
  const std::vector<std::pair<QString, QByteArray>> classes{{QStringLiteral("blue"), QByteArray("\x10\x10\xe0", 3)},
                                                            {QStringLiteral("green"), QByteArray("\x10\xe0\x10", 3)},
                                                            {QStringLiteral("red"), QByteArray("\xe0\x10\x10", 3)}};
  for (const auto &[name, pixel] : classes)
    for (int i = 0; i < 24; ++i) {
      const QString folder = path("photos/") + (i < 16 ? QStringLiteral("train/") : QStringLiteral("test/")) + name;
      QDir().mkpath(folder);
      writeFile(QStringLiteral("%1/%2.ppm").arg(folder).arg(i), plain(9 + i, 33 - i, pixel));
    }
  const auto run = [&](const char *line) {
    return runPimento(QString::fromLatin1(line).split(QLatin1Char(' ')), m_folder.path());
  };
  EXPECT_TRUE(run("train ./net.json --data photos --threads 1 --recipe ./recipe.json --job run --csv")
                  .err.contains("say to which size pictures are cropped"));
  const Output described = run("data photos --csv");
  ASSERT_EQ(described.exitCode, 0) << described.err.toStdString();
  const CsvTable sizes = readCsv(described.out, QStringLiteral("data"));
  EXPECT_EQ(number(sizes, 0, "images"), 48);
  EXPECT_EQ(number(sizes, 0, "class_least"), 16);
  EXPECT_EQ(number(sizes, 1, "images"), 24);
  EXPECT_EQ(number(sizes, 1, "classes"), 3);
  EXPECT_EQ(number(sizes, 0, "width_least"), 9);
  EXPECT_EQ(number(sizes, 0, "width_most"), 24);
  EXPECT_EQ(number(sizes, 1, "height_most"), 17);
  EXPECT_TRUE(described.err.contains("--crop 13 --resize 15")) << described.err.toStdString();
  EXPECT_EQ(run("data photos --crop 13 --resize 15").exitCode, 0);
  const Output trained = run(
      "train ./net.json --data photos --crop 8 --resize 10 --threads 1 --recipe ./recipe.json --epochs 12 --job run "
      "--csv");
  ASSERT_EQ(trained.exitCode, 0) << trained.err.toStdString();
  const CsvTable table = readCsv(trained.out, QStringLiteral("train"));
  EXPECT_EQ(number(table, 0, "n"), 24);
  EXPECT_EQ(number(table, 0, "correct"), 24) << "plain colours";
  const Output quantised = run("quantise run --bits 8:8 --calibration 16 --csv");
  ASSERT_EQ(quantised.exitCode, 0) << quantised.err.toStdString();
  EXPECT_EQ(number(readCsv(quantised.out, QStringLiteral("quantise")), 0, "n"), 24)
      << "the run keeps how it was cropped";
}

TEST_F(TrainVerb, refusesADirectoryWithAnotherJob) {
  ASSERT_EQ(train("--recipe ./recipe.json --job run --csv").exitCode, 0);
  expectRefusedHere("--recipe ./recipe.json --job run --seed 7", "another job");
}

TEST_F(TrainVerb, leavesNothingOfARefusedCommand) {
  writeFile(path("bad.safetensors"), "no weights");
  expectRefusedHere("--recipe ./recipe.json --job runs/of/today --weights bad.safetensors", "bad.safetensors");
  EXPECT_FALSE(QFile::exists(path("runs")));
  writeFile(path("net.json"), tinyNetworkFile(5));
  expectRefusedHere("--recipe ./recipe.json --job run", "5 classes");
  EXPECT_FALSE(QFile::exists(path("run")));
  writeFile(path("net.json"), tinyNetworkFile(3));
  const Output corrected = train("--recipe ./recipe.json --job run --csv");
  EXPECT_EQ(corrected.exitCode, 0) << corrected.err.toStdString();
}

TEST_F(TrainVerb, takesThePlaceOfAJobThatWasRefused) {
  ASSERT_EQ(train("--recipe ./recipe.json --job run --weights none.safetensors --prepare").exitCode, 0);
  expectRefusedHere("--recipe ./recipe.json --job run", "holds another job");  // it may be about to begin elsewhere
  EXPECT_EQ(runProgram(workerProgram(), {QStringLiteral("train"), path("run")}).exitCode, 2);
  writeFile(path("run/notes.txt"), "mine");
  const Output corrected = train("--recipe ./recipe.json --job run --csv");
  ASSERT_EQ(corrected.exitCode, 0) << corrected.err.toStdString();
  EXPECT_TRUE(QFile::exists(path("run/notes.txt")));
  expectRefusedHere("--recipe ./recipe.json --job run --seed 3", "holds another job");
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
  EXPECT_FALSE(QFile::exists(path("run")));
}
