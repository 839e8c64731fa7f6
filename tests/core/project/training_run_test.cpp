// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/training_run.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <functional>

#include "core/base/error.h"
#include "core/base/half.h"
#include "core/jobs/variants_file.h"
#include "tests/core/project/sample_runs.h"

using namespace pimento;

namespace {

const QString Place = QStringLiteral("work.pimento, run");

std::string errorOf(const std::function<void()> &work) {
  try {
    work();
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

void put(const QString &path, const QByteArray &bytes) {
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  ASSERT_EQ(file.write(bytes), bytes.size());
}

// A directory as the worker leaves it.
class RunDirectory : public testing::Test {
 protected:
  void SetUp() override {
    TrainingRun run = sampleRun();
    run.job.weights = QStringLiteral("/home/someone/old.safetensors");
    createJob(path(), run.job);
    appendRunResults(path(), run.results);
    put(path("weights.safetensors"), writeSafeTensors(sampleWeights()));
    put(path("events.jsonl"),
        "{\"event\":\"start\"}\n{\"event\":\"progress\",\"step\":1}\n{\"event\": \"epoch\", \"epoch\": 1}\n"
        "{\"event\":\"checkpoint\"}\n{\"event\":\"error\",\"text\":\"/home/someone\"}\nno JSON\n{\"event\":\"epo");
  }
  [[nodiscard]] QString path(const char *file = "") const {
    return folder.filePath(QStringLiteral("short/") + QString::fromLatin1(file));
  }
  QTemporaryDir folder;
};

TrainingRun read(RunEntries entries, const QString &name = QStringLiteral("run")) {
  return runFromEntries(name, std::move(entries), Place);
}

void expectRefused(const RunEntries &entries, const std::string &text) {
  const std::string error = errorOf([&] { static_cast<void>(read(entries)); });
  EXPECT_EQ(error.find("work.pimento, run"), 0U) << error;
  EXPECT_NE(error.find(text), std::string::npos) << error;
  EXPECT_EQ(error.find('\n'), std::string::npos) << error;
}

}  // namespace

TEST_F(RunDirectory, isImportedByCopy) {
  const TrainingRun run = importRun(path());
  TrainingRun expected = sampleRun();
  expected.job.weights = QStringLiteral("old.safetensors");
  EXPECT_TRUE(sameAs(run, expected));
  EXPECT_EQ(run.history, "{\"event\":\"start\"}\n{\"epoch\":1,\"event\":\"epoch\"}\n");
  EXPECT_EQ(importRun(folder.filePath(QStringLiteral("short/."))).name, QStringLiteral("short"));
}

TEST_F(RunDirectory, isLeftAtWhateverStepAStopIsAskedFor) {
  const TrainingRun whole = importRun(path());
  std::vector<double> shares;
  EXPECT_TRUE(sameAs(importRun(path(), {{}, [&](double share) { shares.push_back(share); }}), whole));
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  ASSERT_GT(shares.size(), 8U) << "lines of its log, each tensor read and halved";
  EXPECT_EQ(shares.front(), 0);
  EXPECT_EQ(shares.back(), 1);
  const QStringList files = QDir(path()).entryList(QDir::Files);
  for (std::size_t last = 1; last < shares.size(); ++last) {
    std::stop_source stop;
    std::size_t reports = 0;
    const Watch watch{stop.get_token(), [&](double) {
                        if (++reports == last) stop.request_stop();
                      }};
    const std::string error = errorOf([&] { static_cast<void>(importRun(path(), watch)); });
    EXPECT_NE(error.find("was left"), std::string::npos) << error << " after step " << last;
    EXPECT_EQ(reports, last) << "it went on";
  }
  EXPECT_EQ(QDir(path()).entryList(QDir::Files), files);
  EXPECT_TRUE(sameAs(importRun(path()), whole)) << "what was left is as it was";
}

TEST_F(RunDirectory, halvesWeightsInPiecesThatCanBeLeft) {
  const std::vector<float> values(1'000'000, 0.5F);
  Tensor weight = makeTensor<float>(QStringLiteral("weight"), values);
  weight.shape = {1000, 1000};
  int reports = 0;
  const SafeTensors halved = halvedWeights({{weight}, {}}, {{}, [&](double) { ++reports; }});
  EXPECT_GE(reports, 4);
  EXPECT_EQ(halved.tensors[0].type, TensorType::F16);
  EXPECT_EQ(tensorValues<std::uint16_t>(halved.tensors[0]), std::vector<std::uint16_t>(values.size(), halfOf(0.5F)));
}

TEST_F(RunDirectory, keepsAHundredPointsOfTheLoss) {
  QByteArray events;
  const auto tell = [&](const char *stage, double epoch) {
    events +=
        QStringLiteral("{\"event\":\"progress\",\"stage\":\"%1\",\"epoch\":%2,\"epochs\":4,\"loss\":{\"1.0\":1}}\n")
            .arg(QLatin1String(stage))
            .arg(epoch)
            .toUtf8();
  };
  for (int i = 1; i <= 4000; ++i) tell("teacher", i / 1000.0);
  for (int i = 1; i <= 2000; ++i) tell("main", i / 1000.0);
  for (int i = 1500; i <= 4000; ++i) tell("main", i / 1000.0);  // killed at 2.0, and on from the checkpoint
  put(path("events.jsonl"), events);
  const TrainingRun run = importRun(path());
  EXPECT_NEAR(static_cast<double>(run.history.count('\n')), 100 + 50 + 63, 5);
  const QString again = folder.filePath(QStringLiteral("again"));
  exportRun(run, again);
  EXPECT_EQ(importRun(again).history, run.history) << "thinned once";
}

TEST_F(RunDirectory, comesBackAsItWasImported) {
  TrainingRun run = importRun(path());
  run.variants.front().name = QStringLiteral("learned");
  run.results.results = {{QStringLiteral("learned"), {4, 4}, ResultHow::QuantisationAware, 3, 7}};
  const QString again = folder.filePath(QStringLiteral("again"));
  exportRun(run, again);
  TrainingRun back = importRun(again);
  EXPECT_EQ(back.name, QStringLiteral("again"));
  back.name = run.name;
  EXPECT_TRUE(sameAs(back, run));
  EXPECT_NE(errorOf([&] { exportRun(run, again); }).find("holds a job already"), std::string::npos);
}

TEST_F(RunDirectory, bringsTheTeacherOfADistillationAsAVariant) {
  Job job = loadJob(path());
  job.recipe = loadRecipe(QStringLiteral("short-slimmable-distillation"));
  const QString taught = folder.filePath(QStringLiteral("taught"));
  createJob(taught, job);
  appendRunResults(taught, {QStringLiteral("fashion-mnist"),
                            0,
                            0,
                            {{job.variants.front().name, SinglePrecision, ResultHow::Trained, 8, 10},
                             {QStringLiteral("1.0 alone"), SinglePrecision, ResultHow::Trained, 9, 10}}});
  const TrainingRun run = importRun(taught);
  EXPECT_EQ(run.variants.size(), job.variants.size() + 1);
  EXPECT_EQ(run.variants.back().name, QStringLiteral("1.0 alone"));
  EXPECT_EQ(run.variants.back().kept, job.variants.front().kept);
  exportRun(run, folder.filePath(QStringLiteral("out")));
  EXPECT_EQ(importRun(folder.filePath(QStringLiteral("out"))).variants, run.variants);
  EXPECT_EQ(loadRun(folder.filePath(QStringLiteral("out"))).variants, job.variants);
}

TEST_F(RunDirectory, isRefusedWhereItHoldsNoRun) {
  const auto refused = [&](const std::string &text) {
    const std::string error = errorOf([&] { static_cast<void>(importRun(path())); });
    EXPECT_NE(error.find(text), std::string::npos) << error;
  };
  put(path("weights.safetensors"), "no tensors");
  refused("weights.safetensors");
  put(path("weights.safetensors"), {});
  refused("weights.safetensors");
  ASSERT_TRUE(QFile::remove(path("weights.safetensors")));
  EXPECT_TRUE(importRun(path()).weights.isEmpty());
  put(path("variants.json"), "{\"variants\": []}");
  refused("variants.json: is no list of variants");
  put(path("variants.json"), "[");
  refused("variants.json");
  ASSERT_TRUE(QFile::remove(path("variants.json")));
  put(path("results.json"), writeRunResults({QStringLiteral("fashion-mnist"), 0, 0, {}}));
  refused("nothing was measured in this run yet");
  put(path("results.json"), writeRunResults({QStringLiteral("d"), 0, 0, {{QStringLiteral("x"), {}, {}, 1, 2}}}));
  refused("results of \"x\", which is no variant");
  ASSERT_TRUE(QFile::remove(path("results.json")));
  refused("nothing was measured");
  ASSERT_TRUE(QFile::remove(path("job.json")));
  refused("is no directory of a run");
}

TEST(HalvedWeights, roundMatricesAndKeepVectorsAndWhatDoesNotFit) {
  SafeTensors weights = sampleWeights();
  const std::vector<float> large{1.0F, 70'000.0F};
  Tensor matrix = makeTensor<float>(QStringLiteral("fc.weight"), large);
  matrix.shape = {1, 2};
  weights.tensors.push_back(matrix);
  const SafeTensors halved = halvedWeights(weights);
  EXPECT_EQ(halved.tensors[0].type, TensorType::F16);
  EXPECT_EQ(halved.tensors[0].shape, weights.tensors[0].shape);
  EXPECT_EQ(tensorValues<std::uint16_t>(halved.tensors[0]),
            (std::vector<std::uint16_t>{halfOf(0.1F), halfOf(-0.25F), halfOf(3.0F), 0}));
  EXPECT_EQ(halved.tensors[1], weights.tensors[1]) << "a batch norm lost precision";
  EXPECT_EQ(halved.tensors[2], matrix) << "a weight became infinite";
  EXPECT_EQ(halvedWeights(halved), halved);
}

TEST(TrainingRun, roundsThroughItsEntries) {
  TrainingRun run = sampleRun();
  EXPECT_TRUE(sameAs(read(runEntries(run), run.name), run));
  EXPECT_EQ(runEntries(run).definition, runEntries(read(runEntries(run), run.name)).definition);
  run.variants.pop_back();
  run.results.results = {{QStringLiteral("1.0"), {8, 4}, ResultHow::QuantisationAware, 1, 2}};
  run.history.clear();
  run.weights.clear();
  EXPECT_TRUE(sameAs(read(runEntries(run), run.name), run));
  TrainingRun other = run;
  other.results.results.front().correct = 2;
  EXPECT_FALSE(sameAs(other, run));
}

TEST(TrainingRun, namesWhatIsWrongInItsEntries) {
  const RunEntries good = runEntries(sampleRun());
  const auto with = [&](const char *from, const char *to) {
    RunEntries entries = good;
    EXPECT_TRUE(entries.definition.contains(from)) << from;
    entries.definition.replace(from, to);
    return entries;
  };
  expectRefused({"[]", {}, {}}, "not a JSON object");
  expectRefused({"{}", {}, {}}, "job");
  expectRefused(with("\"job\"", "\"jbo\""), "unknown key \"jbo\"");
  expectRefused(with("\"results\": [", "\"variants\": [], \"results\": ["), "variants");
  expectRefused(with("\"variant\": \"0.5\"", "\"variant\": \"0.7\""), "results of \"0.7\"");
  expectRefused(with("\"correct\": 9123", "\"correct\": 10001"), "whole number from 0 to 10000");
  expectRefused({good.definition, "{\"event\":\"start\"}\nno JSON\n", {}}, "history, event 2");
  expectRefused({good.definition, QByteArray((16 << 20) + 1, '\n'), {}}, "larger than 16 MB");
  expectRefused({good.definition, "{\"x\":\"" + QByteArray(2 << 20, 'x') + "\"}", {}}, "history, event 1");
  expectRefused({good.definition, {}, "12345678"}, "weights");
  for (const QString &name : {QString(), QStringLiteral("a/b"), QStringLiteral("a\nb"), QString(101, QLatin1Char('x'))})
    EXPECT_NE(errorOf([&] { static_cast<void>(read(good, name)); }).find("is no name for a run"), std::string::npos);
}

TEST(TrainingRun, countsARowOfResultsOnce) {
  TrainingRun run = sampleRun();
  run.results.results.push_back({QStringLiteral("1.0"), {8, 8}, ResultHow::PostTraining, 7, 10});
  const TrainingRun back = read(runEntries(run), run.name);
  ASSERT_EQ(back.results.results.size(), 4U);
  EXPECT_EQ(back.results.results[2].correct, 7);
}
