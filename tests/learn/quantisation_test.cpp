// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/quantise/quantisation.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/jobs/job.h"
#include "core/network/network_builder.h"
#include "core/network/network_json.h"
#include "core/simulate/integers/accuracy.h"
#include "core/simulate/integers/quantised_file.h"

namespace pimento::learn {

namespace {

// Two classes of 8 x 8 grey images in MNIST's files: bright above or bright below, with noise.
QByteArray idx(const QList<int> &sizes, const QByteArray &elements) {
  QByteArray file(2, '\0');
  file += '\x08';
  file += static_cast<char>(sizes.size());
  for (const int size : sizes)
    for (const int shift : {24, 16, 8, 0}) file += static_cast<char>(size >> shift);
  return file + elements;
}

void writeSet(const QDir &folder, const QString &name, int images) {
  QByteArray pixels;
  QByteArray labels;
  std::uint32_t noise = static_cast<std::uint32_t>(name.size());
  for (int i = 0; i < images; ++i) {
    labels += static_cast<char>(i % 2);
    for (int p = 0; p < 64; ++p) {
      noise = noise * 1664525U + 1013904223U;
      const int bright = (p < 32) == (i % 2 == 0) ? 150 : 60;
      pixels += static_cast<char>(bright + static_cast<int>(noise >> 25) - 64);
    }
  }
  const auto put = [&](const QString &file, const QByteArray &bytes) {
    QFile out(folder.filePath(file));
    ASSERT_TRUE(out.open(QIODevice::WriteOnly));
    out.write(bytes);
  };
  put(name + QStringLiteral("-images-idx3-ubyte"), idx({images, 8, 8}, pixels));
  put(name + QStringLiteral("-labels-idx1-ubyte"), idx({images}, labels));
}

// A small residual network of two widths.
NetworkSpec smallNetwork() {
  NetworkBuilder net(QStringLiteral("small"), QStringLiteral("Small"), {1, 8, 8});
  const auto convBn = [&](const char *name, LayerId in, SpaceId out, int stride, Activation after) {
    const LayerId conv = net.conv(QStringLiteral("%1.conv").arg(QLatin1String(name)), in, out, 3, stride, false);
    return net.batchNorm(QStringLiteral("%1.bn").arg(QLatin1String(name)), conv, after);
  };
  const LayerId stem = convBn("stem", 0, net.space(8), 1, Activation::Relu);
  const SpaceId wide = net.space(12);
  LayerId x = convBn("a", stem, wide, 2, Activation::Relu);
  x = convBn("b", x, wide, 1, Activation::None);
  x = net.add(QStringLiteral("add"), x, net.padShortcut(QStringLiteral("shortcut"), stem, wide, 2), Activation::Relu);
  x = net.globalAveragePool(QStringLiteral("avgpool"), x);
  net.linear(QStringLiteral("fc"), x, net.space(2, false));
  NetworkSpec spec = net.spec();
  spec.bindings = {QStringLiteral("slimmable")};
  for (const double ratio : {1.0, 0.5}) spec.variants.push_back(widthVariant(spec, ratio));
  return spec;
}

class Quantisation : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = std::make_unique<QTemporaryDir>();
    const QDir folder(s_folder->path());
    folder.mkdir(QStringLiteral("stripes"));
    writeSet(QDir(folder.filePath(QStringLiteral("stripes"))), QStringLiteral("train"), 600);
    writeSet(QDir(folder.filePath(QStringLiteral("stripes"))), QStringLiteral("t10k"), 200);
    Job job;
    job.network = smallNetwork();
    job.variants = job.network.variants;
    job.recipe = loadRecipe(QStringLiteral("short-slimmable"));
    job.recipe.epochs = 4;
    job.recipe.batch = 32;
    job.recipe.validation = 100;
    job.recipe.flip = false;
    job.recipe.crop = 0;
    job.binding = QStringLiteral("slimmable");
    job.data = folder.filePath(QStringLiteral("stripes"));
    createJob(run(), job);
    ASSERT_EQ(runJob(run(), {}), RunEnd::Finished);
  }
  static void TearDownTestSuite() { s_folder.reset(); }
  static QString run() { return QDir(s_folder->path()).filePath(QStringLiteral("run")); }

  static std::vector<QJsonObject> quantised(const QuantisationTask &task) {
    std::vector<QJsonObject> results;
    EXPECT_EQ(quantise(
                  task, [] { return Request::None; },
                  [&](const QJsonObject &event) {
                    if (event[QStringLiteral("event")].toString() == QStringLiteral("result")) results.push_back(event);
                  }),
              RunEnd::Finished);
    return results;
  }
  // What becomes of it when something is asked for at the n-th question.
  static RunEnd asked(const QuantisationTask &task, int n, Request what, int *questions = nullptr) {
    int asked = 0;
    const RunEnd end = quantise(
        task, [&] { return ++asked >= n ? what : Request::None; }, [](const QJsonObject &) {});
    if (questions != nullptr) *questions = asked;
    return end;
  }
  static QByteArray bytesOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  static QuantisationTask awareTask() {
    QuantisationTask task;
    task.run = run();
    task.bits = {4, 4};
    task.calibration = 200;
    task.how = ResultHow::QuantisationAware;
    task.trainImages = 96;
    task.epochs = 2;
    return task;
  }
  // The run's weights as a file of weights.
  static EvaluationTask filesTask() {
    QFile network(QDir(s_folder->path()).filePath(QStringLiteral("small.json")));
    EXPECT_TRUE(network.open(QIODevice::WriteOnly));
    network.write(QJsonDocument(toJson(smallNetwork())).toJson());
    EvaluationTask task;
    task.network = network.fileName();
    task.weights = QDir(run()).filePath(QStringLiteral("weights.safetensors"));
    task.data = QDir(s_folder->path()).filePath(QStringLiteral("stripes"));
    return task;
  }
  static QStringList checkpoints() { return QDir(run()).entryList({QStringLiteral("*.checkpoint")}, QDir::Files); }

  static std::unique_ptr<QTemporaryDir> s_folder;
};

std::unique_ptr<QTemporaryDir> Quantisation::s_folder;

double accuracy(const QJsonObject &result) { return result[QStringLiteral("accuracy_pct")].toDouble(); }

}  // namespace

TEST_F(Quantisation, afterTrainingKeepsTheAccuracyAndAddsItToTheResults) {
  QuantisationTask task;
  task.run = run();
  task.calibration = 200;
  const std::vector<QJsonObject> results = quantised(task);
  ASSERT_EQ(results.size(), 2U);
  const RunResults all = loadRunResults(run());
  for (const QJsonObject &result : results) {
    EXPECT_GT(accuracy(result), 95);
    EXPECT_EQ(result[QStringLiteral("n")].toInt(), 200);
    EXPECT_EQ(result[QStringLiteral("how")].toString(), QStringLiteral("post-training"));
    const auto row = std::find_if(all.results.begin(), all.results.end(), [&](const RunResult &r) {
      return r.variant == result[QStringLiteral("variant")].toString() && r.bits == Bits{8, 8};
    });
    ASSERT_NE(row, all.results.end());
    EXPECT_EQ(row->correct, result[QStringLiteral("correct")].toInt());
  }
  const QuantisedNetwork network =
      loadQuantised(QDir(run()).filePath(quantisedFileName({8, 8}, ResultHow::PostTraining)));
  ASSERT_TRUE(network.origin);
  const Dataset set = openDataset(QDir(s_folder->path()).filePath(QStringLiteral("stripes")));
  EXPECT_EQ(network.origin->data, set.name);
  for (std::size_t v = 0; v < 2; ++v)
    EXPECT_EQ(exactScores(integerProgram(network, v), prepared(set.test, network.origin->input), network.origin->input)
                  .correct,
              results[v][QStringLiteral("correct")].toInt())
        << "the file gives the same";
}

TEST_F(Quantisation, awareTrainingHelpsWhereBitsAreFew) {
  QuantisationTask task;
  task.run = run();
  task.bits = {2, 2};
  task.calibration = 200;
  double after = 0;
  for (const QJsonObject &result : quantised(task)) after += accuracy(result) / 2;
  task.how = ResultHow::QuantisationAware;
  task.epochs = 6;
  task.learningRate = 0.01;
  double aware = 0;
  for (const QJsonObject &result : quantised(task)) aware += accuracy(result) / 2;
  EXPECT_GE(aware, after);
  EXPECT_GT(aware, 80);
}

// In calibration, before, inside and at the end of fine-tuning's epochs, and at the first question of measuring.
TEST_F(Quantisation, awareTrainingPausesAnywhereAndEndsWithTheSameIntegers) {
  const QuantisationTask task = awareTask();
  const QString file = QDir(run()).filePath(quantisedFileName(task.bits, task.how));
  int questions = 0;
  ASSERT_EQ(asked(task, 1'000'000, Request::None, &questions), RunEnd::Finished);
  const QByteArray whole = bytesOf(file);
  ASSERT_FALSE(whole.isEmpty());
  EXPECT_TRUE(checkpoints().isEmpty());
  const int calibrating = 2;  // 200 images in batches of 128
  const int tuning = 1 + 6;   // before the first update and after each
  ASSERT_GT(questions, calibrating + tuning);
  for (const int at :
       {1, calibrating + 1, calibrating + 2, calibrating + 4, calibrating + tuning, calibrating + tuning + 1}) {
    QFile::remove(file);
    ASSERT_EQ(asked(task, at, Request::Pause), at <= calibrating ? RunEnd::Cancelled : RunEnd::Paused) << at;
    EXPECT_FALSE(QFile::exists(file)) << at;
    EXPECT_EQ(checkpoints().size(), at <= calibrating ? 0 : 1) << at;
    if (at > calibrating) {
      EXPECT_EQ(asked(task, 3 + (at % 3), Request::Pause), RunEnd::Paused) << "paused again, " << at;
    }
    ASSERT_EQ(asked(task, 1'000'000, Request::None), RunEnd::Finished) << at;
    EXPECT_TRUE(bytesOf(file) == whole) << at;
    EXPECT_TRUE(checkpoints().isEmpty()) << at;
  }
}

TEST_F(Quantisation, awareTrainingThatIsStoppedKeepsWhatItHasAndSaysSo) {
  EXPECT_EQ(asked(awareTask(), 5, Request::Stop), RunEnd::Stopped);
  const RunResults all = loadRunResults(run());
  int stopped = 0;
  for (const RunResult &row : all.results)
    if (row.bits == Bits{4, 4} && row.how == ResultHow::QuantisationAware) {
      EXPECT_TRUE(row.stopped);
      EXPECT_TRUE(row.warnings(2).join(QString()).contains(QStringLiteral("was stopped")));
      ++stopped;
    }
  EXPECT_EQ(stopped, 2);
  EXPECT_EQ(readRunResults(writeRunResults(all), QStringLiteral("again")), all);
  ASSERT_EQ(asked(awareTask(), 1'000'000, Request::None), RunEnd::Finished);
  for (const RunResult &row : loadRunResults(run()).results) EXPECT_FALSE(row.stopped);
}

// Other images, the same options: their tensors are no beginning for these.
TEST_F(Quantisation, awareTrainingGoesOnFromItsOwnCheckpointAlone) {
  QuantisationTask task = awareTask();
  task.run.clear();
  task.files = filesTask();
  task.output = QDir(s_folder->path()).filePath(QStringLiteral("aware.safetensors"));
  const auto resumes = [&] {
    bool resumed = false;
    EXPECT_EQ(quantise(
                  task, [] { return Request::None; },
                  [&](const QJsonObject &event) {
                    resumed |= event[QStringLiteral("event")].toString() == QStringLiteral("resumed");
                  }),
              RunEnd::Finished);
    return resumed;
  };
  ASSERT_EQ(asked(task, 6, Request::Pause), RunEnd::Paused);
  task.files.mean = {0.25};
  task.files.deviation = {0.5};
  EXPECT_FALSE(resumes());
  task.files.mean.clear();
  task.files.deviation.clear();
  EXPECT_TRUE(resumes());
}

TEST_F(Quantisation, refusesWeightsThatChangedMeanwhile) {
  QuantisationTask task;
  task.run = run();
  task.bits = {6, 6};
  task.calibration = 200;
  const QString file = QDir(run()).filePath(QStringLiteral("weights.safetensors"));
  const QByteArray weights = bytesOf(file);
  const auto put = [&](const QByteArray &bytes) {
    QFile out(file);
    ASSERT_TRUE(out.open(QIODevice::WriteOnly));
    out.write(bytes);
  };
  int asked = 0;
  EXPECT_THROW((void)quantise(
                   task,
                   [&] {
                     if (++asked == 2) put(weights + ' ');
                     return Request::None;
                   },
                   [](const QJsonObject &) {}),
               Error);
  put(weights);
  for (const RunResult &row : loadRunResults(run()).results) EXPECT_NE(row.bits, (Bits{6, 6}));
  EXPECT_FALSE(QFile::exists(QDir(run()).filePath(quantisedFileName({6, 6}, ResultHow::PostTraining))));
}

TEST_F(Quantisation, takesWeightsWithoutARun) {
  QuantisationTask task;
  task.files = filesTask();
  task.output = QDir(s_folder->path()).filePath(QStringLiteral("out.safetensors"));
  task.bits = {16, 16};
  const std::vector<QJsonObject> results = quantised(task);
  ASSERT_EQ(results.size(), 2U);
  for (const QJsonObject &result : results) EXPECT_GT(accuracy(result), 95);
  EXPECT_EQ(loadQuantised(task.output).bits, (Bits{16, 16}));
}

TEST_F(Quantisation, refusesVariantsThatWereNotTrained) {
  QuantisationTask task;
  task.run = run();
  task.variants = QStringList{QStringLiteral("0.7")};
  EXPECT_THROW(quantised(task), Error);
  task.run = s_folder->path();
  EXPECT_THROW(quantised(task), Error) << "no run";
}

}  // namespace pimento::learn
