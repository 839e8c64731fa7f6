// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/job_runner.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/files/safetensors.h"
#include "core/jobs/run_results.h"
#include "core/jobs/variants_file.h"
#include "core/learn/train/trained_network.h"
#include "core/project/training_run.h"
#include "tests/learn/tiny.h"

namespace pimento::learn {

namespace {

struct Killed {};  // stands for the end of the process: nothing of the engine catches it

// A directory with a tiny data set; jobs are run beside it.
class Bench {
 public:
  Bench(std::size_t train = 120, std::size_t test = 60) {
    QDir().mkpath(data());
    test::writeTinySet(data(), train, test);
  }
  [[nodiscard]] QString data() const { return m_folder.filePath(QStringLiteral("data")); }
  [[nodiscard]] QString run(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

 private:
  QTemporaryDir m_folder;
};

QByteArray bytesOf(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray weightsOf(const QString &directory) {
  return bytesOf(QDir(directory).filePath(QStringLiteral("weights.safetensors")));
}

// Follows a run as a process would: the log is a list of events that is cut where the run goes on.
struct Follower {
  std::vector<QJsonObject> events;
  RunControl control;
  int asked = 0;

  Follower() {
    control.ceiling_flops = [] { return 1e9; };
    control.checkpoint_s = 0;
    control.emit = [this](const QJsonObject &event) { events.push_back(event); };
    control.logged = [this] { return static_cast<std::int64_t>(events.size()); };
    control.cutLog = [this](std::int64_t size) { events.resize(static_cast<std::size_t>(size)); };
  }
  // Does something at the n-th time that the run asks for requests: about a batch each.
  void atRequest(int n, const std::function<Request()> &what) {
    asked = 0;
    control.request = [this, n, what] { return ++asked >= n ? what() : Request::None; };
  }
  void killAt(int n) {
    atRequest(n, []() -> Request { throw Killed(); });
  }
  [[nodiscard]] std::vector<QJsonObject> all(const char *kind) const {
    std::vector<QJsonObject> found;
    for (const QJsonObject &event : events)
      if (event[QStringLiteral("event")].toString() == QLatin1String(kind)) found.push_back(event);
    return found;
  }
  [[nodiscard]] QJsonObject result() const {
    const auto found = all("result");
    return found.size() == 1 ? found.front() : QJsonObject();
  }
};

std::string errorOf(const std::function<void()> &work) {
  try {
    work();
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

double meanLoss(const QJsonObject &progress) {
  const QJsonObject loss = progress[QStringLiteral("loss")].toObject();
  double sum = 0;
  for (const QString &key : loss.keys()) sum += loss[key].toDouble();
  return sum / static_cast<double>(loss.size());
}

}  // namespace

TEST(JobRunner, everyMethodLearnsAndTellsItsVariantsInOrder) {
  const Bench bench(240, 90);
  for (const Method method : trainingMethods()) {
    const bool heads = method == Method::Joint || method == Method::Independent;
    Job job = test::tinyJob(heads ? test::tinyHeads() : test::tinyNetwork(), method, bench.data());
    job.recipe.epochs = 5;
    const std::string name = methodName(method).toStdString();
    const QString directory = bench.run(name.c_str());
    createJob(directory, job);
    Follower follower;
    follower.control.checkpoint_s = 60;
    EXPECT_EQ(runJob(directory, follower.control), RunEnd::Finished) << name;

    const auto progress = follower.all("progress");
    ASSERT_GE(progress.size(), 5U) << name;  // one an epoch at least
    EXPECT_LT(meanLoss(progress.back()), 0.7 * meanLoss(progress.front())) << name;
    EXPECT_FALSE(progress.front().contains(QStringLiteral("left_s"))) << name << ": nothing is known yet";

    const QJsonArray stages = follower.all("start").at(0)[QStringLiteral("stages")].toArray();
    EXPECT_EQ(stages.size(), method == Method::SlimmableDistillation ? 2 : 1) << name;
    const QJsonArray told = stages.last()[QStringLiteral("variants")].toArray();
    EXPECT_EQ(told.size(), 2) << name;
    if (method == Method::Slimmable) {
      EXPECT_EQ(told.first().toString(), QStringLiteral("1.0"));
    }

    const QJsonArray tested = follower.result()[QStringLiteral("variants")].toArray();
    ASSERT_EQ(tested.size(), 2) << name;
    if (method != Method::ClippedGroupLasso) {  // its sub-nets are cut, not trained further
      EXPECT_GT(tested.first()[QStringLiteral("accuracy_pct")].toDouble(), 60) << name;
    }
    EXPECT_EQ(tested.first()[QStringLiteral("n")].toInt(), 90) << name;

    const RunResults results = loadRunResults(directory);
    EXPECT_EQ(results.results.size(), method == Method::SlimmableDistillation ? 3U : 2U) << name;
    EXPECT_FALSE(QFile::exists(directory + QStringLiteral("/checkpoint.safetensors"))) << name;
    EXPECT_FALSE(readSafeTensors(weightsOf(directory), directory).tensors.empty()) << name;
  }
  EXPECT_EQ(loadRunResults(bench.run("slimmable-distillation")).results.back().variant, QStringLiteral("1.0 alone"));
}

TEST(JobRunner, groupLassoGivesSubNetsThatFusedTrainingTakes) {
  const Bench bench;
  Job job = test::tinyJob(test::tinyNetwork(), Method::ClippedGroupLasso, bench.data());
  job.recipe.epochs = 10;
  createJob(bench.run("lasso"), job);
  Follower follower;
  runJob(bench.run("lasso"), follower.control);
  const std::vector<Variant> learned = loadVariants(job.network, bench.run("lasso"));
  ASSERT_EQ(learned.size(), 2U);
  EXPECT_EQ(loadRun(bench.run("lasso")).variants, learned);
  const QJsonArray rows = follower.result()[QStringLiteral("variants")].toArray();
  EXPECT_LT(rows[1][QStringLiteral("kept_channels")].toInt(), rows[1][QStringLiteral("channels")].toInt());
  EXPECT_LT(rows[1][QStringLiteral("kept_channels")].toInt(), rows[0][QStringLiteral("kept_channels")].toInt())
      << "a stronger penalty cuts more";
  EXPECT_TRUE(learned[1].name.startsWith(QStringLiteral("lasso-0.")));
  EXPECT_EQ(follower.all("epoch").back()[QStringLiteral("kept_channels")].toObject().size(), 2);

  Job fused = test::tinyJob(job.network, Method::FusedNonUniform, bench.data());
  fused.variants = learned;
  createJob(bench.run("fused"), fused);
  Follower second;
  EXPECT_EQ(runJob(bench.run("fused"), second.control), RunEnd::Finished);
  EXPECT_EQ(second.result()[QStringLiteral("variants")].toArray()[1][QStringLiteral("variant")].toString(),
            learned[1].name);
}

// Killed twice, in the teacher and in the main stage, at steps inside and at the ends of epochs.
TEST(JobRunner, endsWithTheSameWeightsHoweverOftenItWasKilled) {
  const Bench bench;
  const Job job = test::tinyJob(test::tinyNetwork(), Method::SlimmableDistillation, bench.data());
  createJob(bench.run("whole"), job);
  Follower whole;
  ASSERT_EQ(runJob(bench.run("whole"), whole.control), RunEnd::Finished);
  const QByteArray weights = weightsOf(bench.run("whole"));
  ASSERT_FALSE(weights.isEmpty());

  // 6 batches an epoch; with the questions of validations in between.
  for (const auto &[first, second] : std::vector<std::pair<int, int>>{{3, 2}, {8, 9}, {17, 4}, {12, 13}, {24, 5}}) {
    const std::string name = "killed-" + std::to_string(first) + "-" + std::to_string(second);
    const QString directory = bench.run(name.c_str());
    createJob(directory, job);
    Follower follower;
    follower.killAt(first);
    EXPECT_THROW(runJob(directory, follower.control), Killed) << name;
    follower.killAt(second);
    EXPECT_THROW(runJob(directory, follower.control), Killed) << name;
    follower.control.request = [] { return Request::None; };
    EXPECT_EQ(runJob(directory, follower.control), RunEnd::Finished) << name;
    EXPECT_EQ(weightsOf(directory), weights) << name;
    // The log tells every epoch once.
    EXPECT_EQ(follower.all("epoch").size(), whole.all("epoch").size()) << name;
    EXPECT_EQ(follower.all("result").size(), 1U) << name;
  }
}

TEST(JobRunner, independentVariantsResumeToo) {
  const Bench bench;
  const Job job = test::tinyJob(test::tinyHeads(), Method::Independent, bench.data());
  for (const char *name : {"whole", "killed"}) createJob(bench.run(name), job);
  Follower whole;
  runJob(bench.run("whole"), whole.control);
  Follower killed;
  killed.killAt(9);
  EXPECT_THROW(runJob(bench.run("killed"), killed.control), Killed);
  killed.control.request = [] { return Request::None; };
  runJob(bench.run("killed"), killed.control);
  EXPECT_EQ(weightsOf(bench.run("killed")), weightsOf(bench.run("whole")));
}

TEST(JobRunner, stopsInsideAnEpochAndKeepsTheBest) {
  const Bench bench;
  createJob(bench.run("stop"), test::tinyJob(test::tinyNetwork(), Method::Slimmable, bench.data()));
  Follower follower;
  follower.atRequest(5, [] { return Request::Stop; });
  EXPECT_EQ(runJob(bench.run("stop"), follower.control), RunEnd::Stopped);
  EXPECT_TRUE(follower.result()[QStringLiteral("stopped")].toBool());
  EXPECT_EQ(follower.all("epoch").size(), 1U);
  EXPECT_GT(follower.all("epoch")[0][QStringLiteral("epoch")].toDouble(), 0);
  EXPECT_LT(follower.all("epoch")[0][QStringLiteral("epoch")].toDouble(), 1);
  EXPECT_FALSE(weightsOf(bench.run("stop")).isEmpty());
  const RunResults results = loadRunResults(bench.run("stop"));
  EXPECT_TRUE(results.stopped);
  EXPECT_EQ(results.epochs, follower.all("epoch")[0][QStringLiteral("epoch")].toDouble());
  const Recipe recipe = loadJob(bench.run("stop")).recipe;
  ASSERT_EQ(results.notes(recipe).size(), 1);
  EXPECT_TRUE(results.notes(recipe)[0].startsWith(QStringLiteral("training was stopped after 0.")));
}

// At every question of a short run, in the teacher's stage, the main one, validations and the test.
TEST(JobRunner, pausesAnywhereAndGoesOnToTheSameWeights) {
  const Bench bench;
  createJob(bench.run("whole"), test::tinyJob(test::tinyNetwork(), Method::SlimmableDistillation, bench.data()));
  Follower whole;
  whole.atRequest(1'000'000, [] { return Request::None; });
  ASSERT_EQ(runJob(bench.run("whole"), whole.control), RunEnd::Finished);
  const int questions = whole.asked;
  ASSERT_GT(questions, 20);
  for (int at = 1; at <= questions; ++at) {
    const std::string name = "pause-" + std::to_string(at);
    const QString directory = bench.run(name.c_str());
    createJob(directory, loadJob(bench.run("whole")));
    Follower follower;
    follower.control.checkpoint_s = 60;
    follower.atRequest(at, [] { return Request::Pause; });
    ASSERT_EQ(runJob(directory, follower.control), RunEnd::Paused) << name;
    EXPECT_EQ(follower.events.back()[QStringLiteral("event")].toString(), QStringLiteral("paused")) << name;
    EXPECT_TRUE(loadRunResults(directory).results.empty()) << name;
    follower.control.request = [] { return Request::None; };
    ASSERT_EQ(runJob(directory, follower.control), RunEnd::Finished) << name;
    EXPECT_EQ(weightsOf(directory), weightsOf(bench.run("whole"))) << name;
    EXPECT_EQ(follower.all("epoch").size(), whole.all("epoch").size()) << name;
    EXPECT_FALSE(loadRunResults(directory).stopped) << name;
  }
}

// With a rate that does not change, two epochs and then two more are four.
// Its log may lose its end where the power fails.
TEST(JobRunner, whoseLogIsLostIsTestedAgainAndNotTrainedAgain) {
  const Bench bench;
  createJob(bench.run("run"), test::tinyJob(test::tinyNetwork(), Method::Slimmable, bench.data()));
  Follower first;
  ASSERT_EQ(runJob(bench.run("run"), first.control), RunEnd::Finished);
  const QByteArray weights = weightsOf(bench.run("run"));
  Follower second;
  second.control.cutLog = [&](std::int64_t) { second.events.clear(); };
  ASSERT_EQ(runJob(bench.run("run"), second.control), RunEnd::Finished);
  EXPECT_TRUE(second.all("epoch").empty());
  EXPECT_TRUE(second.all("progress").empty());
  EXPECT_EQ(weightsOf(bench.run("run")), weights);
  EXPECT_EQ(second.result()[QStringLiteral("variants")], first.result()[QStringLiteral("variants")]);
}

// A stop that is heard while the weights of the last update are tested has stopped nothing.
TEST(JobRunner, isNotStoppedByWhatComesAfterItsLastUpdate) {
  const Bench bench;
  const Job job = test::tinyJob(test::tinyNetwork(), Method::Slimmable, bench.data());
  createJob(bench.run("whole"), job);
  Follower whole;
  whole.atRequest(1'000'000, [] { return Request::Stop; });
  ASSERT_EQ(runJob(bench.run("whole"), whole.control), RunEnd::Finished);
  createJob(bench.run("run"), job);
  Follower follower;
  follower.atRequest(whole.asked, [] { return Request::Stop; });
  static_cast<void>(runJob(bench.run("run"), follower.control));
  EXPECT_EQ(follower.result()[QStringLiteral("stopped")], false);
  EXPECT_FALSE(loadRunResults(bench.run("run")).stopped);
  EXPECT_EQ(weightsOf(bench.run("run")), weightsOf(bench.run("whole")));
}

TEST(JobRunner, trainsAFinishedRunOnFromItsLastWeights) {
  const Bench bench;
  Job job = test::tinyJob(test::tinyNetwork(), Method::Slimmable, bench.data());
  job.recipe.decay = Decay::Steps;
  job.recipe.milestones = {};
  job.recipe.epochs = 4;
  createJob(bench.run("whole"), job);
  Follower whole;
  ASSERT_EQ(runJob(bench.run("whole"), whole.control), RunEnd::Finished);
  job.recipe.epochs = 2;
  createJob(bench.run("more"), job);
  Follower more;
  ASSERT_EQ(runJob(bench.run("more"), more.control), RunEnd::Finished);
  EXPECT_NE(weightsOf(bench.run("more")), weightsOf(bench.run("whole")));
  job = loadJob(bench.run("more"));
  job.cycles = {2};
  job.recipe.epochs = 4;
  changeJob(bench.run("more"), job);
  more.killAt(4);  // and it resumes like any other
  EXPECT_THROW(runJob(bench.run("more"), more.control), Killed);
  const std::string early = errorOf([&] { static_cast<void>(importRun(bench.run("more"))); });
  EXPECT_NE(early.find("is being trained on: what was measured is of its first 2 epochs"), std::string::npos) << early;
  EXPECT_NE(errorOf([&] { static_cast<void>(openTrainedRun(bench.run("more"), 0)); }).find("is being trained on"),
            std::string::npos);
  more.control.request = [] { return Request::None; };
  ASSERT_EQ(runJob(bench.run("more"), more.control), RunEnd::Finished);
  EXPECT_EQ(weightsOf(bench.run("more")), weightsOf(bench.run("whole")));
  EXPECT_EQ(loadRunResults(bench.run("more")).cycles, std::vector<double>{2});
  EXPECT_EQ(loadRunResults(bench.run("more")).epochs, 4);
}

TEST(JobRunner, beginsASecondCycleOfTheLearningRate) {
  const Bench bench;
  Job job = test::tinyJob(test::tinyNetwork(), Method::Slimmable, bench.data());
  job.recipe.decay = Decay::OneCycle;
  job.recipe.epochs = 3;
  createJob(bench.run("run"), job);
  Follower follower;
  ASSERT_EQ(runJob(bench.run("run"), follower.control), RunEnd::Finished);
  std::vector<double> first;
  for (const QJsonObject &event : follower.all("progress"))
    first.push_back(event[QStringLiteral("learning_rate")].toDouble());
  job = loadJob(bench.run("run"));
  job.cycles = {3};
  job.recipe.epochs = 6;
  changeJob(bench.run("run"), job);
  ASSERT_EQ(runJob(bench.run("run"), follower.control), RunEnd::Finished);
  std::vector<double> second;
  for (const QJsonObject &event : follower.all("progress"))
    if (event[QStringLiteral("epoch")].toDouble() > 3)
      second.push_back(event[QStringLiteral("learning_rate")].toDouble());
  ASSERT_GE(second.size(), 3U);  // the last of each epoch at least
  EXPECT_EQ(second.back(), first.back());
  const QJsonArray notes = follower.result()[QStringLiteral("notes")].toArray();
  ASSERT_EQ(notes.size(), 1);
  EXPECT_TRUE(notes[0].toString().contains(QStringLiteral("after 3 epochs"))) << qPrintable(notes[0].toString());
  EXPECT_TRUE(notes[0].toString().contains(QStringLiteral("another cycle"))) << qPrintable(notes[0].toString());
}

TEST(JobRunner, goesOnWithOtherImagesOnlyIfToldTo) {
  const Bench bench;
  createJob(bench.run("run"), test::tinyJob(test::tinyNetwork(), Method::Slimmable, bench.data()));
  Follower follower;
  follower.killAt(9);
  EXPECT_THROW(runJob(bench.run("run"), follower.control), Killed);
  const QString begun = loadJob(bench.run("run")).dataHash;
  EXPECT_EQ(begun.size(), 40);
  test::writeTinySet(bench.data(), 120, 60);
  follower.control.request = [] { return Request::None; };
  follower.killAt(2);
  EXPECT_THROW(runJob(bench.run("run"), follower.control), Killed) << "the same images in new files";
  QFile labels(bench.data() + QStringLiteral("/train-labels-idx1-ubyte"));
  ASSERT_TRUE(labels.open(QIODevice::ReadWrite) && labels.seek(8 + 5));
  const char label = labels.peek(1)[0];
  labels.write(label == 0 ? "\1" : "\0", 1);
  labels.close();
  follower.control.request = [] { return Request::None; };
  const std::string error = errorOf([&] { runJob(bench.run("run"), follower.control); });
  EXPECT_NE(error.find("are not those that it was begun with"), std::string::npos) << error;
  EXPECT_NE(error.find(begun.left(12).toStdString()), std::string::npos) << error;
  follower.control.otherImages = true;
  EXPECT_EQ(runJob(bench.run("run"), follower.control), RunEnd::Finished);
  EXPECT_NE(loadJob(bench.run("run")).dataHash, begun);
}

// In the teacher's stage inside and at the end of an epoch, and between the stages.
TEST(JobRunner, stoppedWhileItsTeacherLearnsItGoesOnFromThere) {
  const Bench bench;
  const Job job = test::tinyJob(test::tinyNetwork(), Method::SlimmableDistillation, bench.data());
  createJob(bench.run("whole"), job);
  Follower whole;
  ASSERT_EQ(runJob(bench.run("whole"), whole.control), RunEnd::Finished);
  for (const int request : {6, 8, 10, 11}) {
    const std::string name = "stopped-" + std::to_string(request);
    const QString directory = bench.run(name.c_str());
    createJob(directory, job);
    Follower follower;
    follower.atRequest(request, [] { return Request::Stop; });
    EXPECT_EQ(runJob(directory, follower.control), RunEnd::Paused) << name << ": nothing to keep yet";
    EXPECT_TRUE(follower.all("result").empty()) << name;
    EXPECT_FALSE(QFile::exists(QDir(directory).filePath(QStringLiteral("results.json")))) << name;
    follower.control.request = [] { return Request::None; };
    EXPECT_EQ(runJob(directory, follower.control), RunEnd::Finished) << name;
    EXPECT_EQ(weightsOf(directory), weightsOf(bench.run("whole"))) << name;
  }
}

// Cancelled anywhere: no result, and the run can go on from its last checkpoint.
TEST(JobRunner, isCancelledAnywhere) {
  const Bench bench;
  createJob(bench.run("whole"), test::tinyJob(test::tinyNetwork(), Method::SlimmableDistillation, bench.data()));
  Follower whole;
  whole.atRequest(1'000'000, [] { return Request::None; });
  runJob(bench.run("whole"), whole.control);
  const int questions = whole.asked;
  for (const int at : {1, 2, questions / 4, questions / 2, questions - 2, questions}) {
    const std::string name = "cancel-" + std::to_string(at);
    createJob(bench.run(name.c_str()), loadJob(bench.run("whole")));
    Follower follower;
    follower.atRequest(at, [] { return Request::Cancel; });
    EXPECT_EQ(runJob(bench.run(name.c_str()), follower.control), RunEnd::Cancelled) << name;
    EXPECT_TRUE(follower.all("result").empty()) << name;
    EXPECT_TRUE(loadRunResults(bench.run(name.c_str())).results.empty()) << name;
    follower.control.request = [] { return Request::None; };
    EXPECT_EQ(runJob(bench.run(name.c_str()), follower.control), RunEnd::Finished) << name;
    EXPECT_EQ(weightsOf(bench.run(name.c_str())), weightsOf(bench.run("whole"))) << name;
  }
}

TEST(JobRunner, saysAtWhichStepTheLossIsNotANumber) {
  const Bench bench;
  Job job = test::tinyJob(test::tinyNetwork(), Method::Slimmable, bench.data());
  job.recipe.learning_rate = 100;
  job.recipe.decay = Decay::OneCycle;  // the first epoch learns, at a low rate
  job.recipe.warmup = 0.999;
  job.recipe.epochs = 60;
  job.recipe.weight_decay = 1;
  createJob(bench.run("diverges"), job);
  Follower follower;
  const std::string error = errorOf([&] { runJob(bench.run("diverges"), follower.control); });
  EXPECT_NE(error.find("stage main: the loss is not a number at step "), std::string::npos) << error;
  EXPECT_NE(error.find("the first layer with an output that is not finite is "), std::string::npos) << error;
  EXPECT_NE(error.find("the best weights so far are kept"), std::string::npos) << error;
  const SafeTensors kept = readSafeTensors(weightsOf(bench.run("diverges")), QStringLiteral("kept"));
  for (const Tensor &tensor : kept.tensors)
    for (const float value : tensorValues<float>(tensor)) ASSERT_TRUE(std::isfinite(value)) << qPrintable(tensor.name);
  EXPECT_TRUE(follower.all("result").empty());
}

TEST(JobRunner, refusesWhatDoesNotFit) {
  const Bench bench;
  Job job = test::tinyJob(test::tinyNetwork(5), Method::Slimmable, bench.data());
  createJob(bench.run("classes"), job);
  Follower follower;
  EXPECT_NE(errorOf([&] { runJob(bench.run("classes"), follower.control); }).find("5 classes"), std::string::npos);
  job = test::tinyJob(test::tinyNetwork(), Method::Slimmable, bench.run("nowhere"));
  createJob(bench.run("no-data"), job);
  EXPECT_NE(errorOf([&] { runJob(bench.run("no-data"), follower.control); }).find("nowhere"), std::string::npos);
  job = test::tinyJob(test::tinyNetwork(), Method::Slimmable, bench.data());
  job.weights = bench.run("nothing.safetensors");
  createJob(bench.run("no-weights"), job);
  EXPECT_NE(errorOf([&] { runJob(bench.run("no-weights"), follower.control); }).find("nothing.safetensors"),
            std::string::npos);
}

TEST(JobRunner, refusesTheCheckpointOfAnotherJob) {
  const Bench bench;
  const Job job = test::tinyJob(test::tinyNetwork(), Method::Slimmable, bench.data());
  createJob(bench.run("one"), job);
  Follower follower;
  follower.killAt(4);
  EXPECT_THROW(runJob(bench.run("one"), follower.control), Killed);
  const QString checkpoint = bench.run("one") + QStringLiteral("/checkpoint.safetensors");
  Job other = job;
  other.variants.pop_back();
  createJob(bench.run("other"), other);
  QFile::copy(checkpoint, bench.run("other") + QStringLiteral("/checkpoint.safetensors"));
  Follower second;
  EXPECT_NE(errorOf([&] { runJob(bench.run("other"), second.control); }).find("is no checkpoint of this job"),
            std::string::npos);
  QFile file(checkpoint);
  ASSERT_TRUE(file.open(QIODevice::ReadWrite) && file.resize(file.size() / 2));
  file.close();
  EXPECT_NE(errorOf([&] { runJob(bench.run("one"), second.control); }).find("checkpoint.safetensors"),
            std::string::npos);
}

}  // namespace pimento::learn
