// SPDX-License-Identifier: GPL-3.0-or-later
// Who teaches in a distillation, and which random numbers a run draws.
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/files/safetensors.h"
#include "core/jobs/run_results.h"
#include "core/learn/train/job_runner.h"
#include "tests/learn/tiny.h"

namespace pimento::learn {

namespace {

class TeacherTest : public testing::Test {
 protected:
  void SetUp() override {
    QDir().mkpath(path("data"));
    test::writeTinySet(path("data"), 120, 60);
  }
  [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  [[nodiscard]] Job job(Method method) const { return test::tinyJob(test::tinyNetwork(), method, path("data")); }
  // Runs a job and returns its directory.
  QString run(const char *name, const Job &job) {
    createJob(path(name), job);
    m_events.clear();
    RunControl control;
    control.ceiling_flops = [] { return 1e9; };
    control.emit = [this](const QJsonObject &event) { m_events.push_back(event); };
    EXPECT_EQ(runJob(path(name), control), RunEnd::Finished) << name;
    return path(name);
  }
  [[nodiscard]] QJsonObject event(const char *kind) const {
    for (const QJsonObject &event : m_events)
      if (event[QStringLiteral("event")].toString() == QLatin1String(kind)) return event;
    ADD_FAILURE() << kind;
    return {};
  }

  QTemporaryDir m_folder;
  std::vector<QJsonObject> m_events;
};

QByteArray bytesOf(const QString &directory, const char *name) {
  QFile file(QDir(directory).filePath(QString::fromLatin1(name)));
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(file.fileName());
  return file.readAll();
}

const Tensor &tensorOf(const SafeTensors &file, const char *name) {
  for (const Tensor &tensor : file.tensors)
    if (tensor.name == QLatin1String(name)) return tensor;
  throw std::runtime_error(name);
}

RunResult rowOf(const QString &directory, const char *variant) {
  for (const RunResult &row : loadRunResults(directory).results)
    if (row.variant == QLatin1String(variant)) return row;
  ADD_FAILURE() << variant;
  return {};
}

}  // namespace

TEST_F(TeacherTest, isTheWidestVariantThoughItIsNamedLast) {
  Job distilled = job(Method::SlimmableDistillation);
  std::swap(distilled.variants[0], distilled.variants[1]);
  const QString directory = run("run", distilled);
  const SafeTensors teacher = readSafeTensors(bytesOf(directory, "teacher.safetensors"), directory);
  EXPECT_EQ(tensorOf(teacher, "three.conv.weight").shape, (std::vector<qint64>{8, 4, 3, 3}));
  EXPECT_EQ(event("result")[QStringLiteral("teacher")].toObject()[QStringLiteral("variant")].toString(),
            QStringLiteral("1.0 alone"));
  EXPECT_EQ(event("result")[QStringLiteral("training_images")].toInt(), 108);
  EXPECT_EQ(event("result")[QStringLiteral("validation_images")].toInt(), 12) << "a tenth, not half";
}

TEST_F(TeacherTest, isTheOneThatIsNamed) {
  Job distilled = job(Method::SlimmableDistillation);
  distilled.teacher = distilled.variants[1];
  const QString directory = run("run", distilled);
  const SafeTensors teacher = readSafeTensors(bytesOf(directory, "teacher.safetensors"), directory);
  EXPECT_EQ(tensorOf(teacher, "three.conv.weight").shape, (std::vector<qint64>{4, 2, 3, 3}));
  EXPECT_EQ(rowOf(directory, "0.5 alone").images, 60);
}

// It is not trained again, says what its own run measured, and is kept: the file may go.
TEST_F(TeacherTest, takesTheWeightsOfAnotherRun) {
  const QString before = run("before", job(Method::Slimmable));
  Job distilled = job(Method::SlimmableDistillation);
  distilled.teacher = distilled.variants[0];
  distilled.teacherWeights = QDir(before).filePath(QStringLiteral("weights.safetensors"));
  const QString directory = run("run", distilled);
  EXPECT_EQ(event("start")[QStringLiteral("stages")].toArray().size(), 1);
  for (const QJsonObject &event : m_events)
    EXPECT_NE(event[QStringLiteral("stage")].toString(), QStringLiteral("teacher"));
  EXPECT_EQ(rowOf(directory, "1.0 given").correct, rowOf(before, "1.0").correct);
  EXPECT_FALSE(bytesOf(directory, "teacher.safetensors").isEmpty());
  // Without a teacher of its own the same job learns something else.
  EXPECT_NE(bytesOf(run("own", job(Method::SlimmableDistillation)), "weights.safetensors"),
            bytesOf(directory, "weights.safetensors"));
}

TEST_F(TeacherTest, refusesWeightsThatDoNotFit) {
  Job distilled = job(Method::SlimmableDistillation);
  distilled.teacher = distilled.variants[0];
  distilled.teacherWeights = path("none.safetensors");
  createJob(path("none"), distilled);
  RunControl control;
  control.ceiling_flops = [] { return 1e9; };
  try {
    runJob(path("none"), control);
    ADD_FAILURE();
  } catch (const Error &error) {
    EXPECT_NE(std::string(error.what()).find("none.safetensors"), std::string::npos) << error.what();
  }
}

// The teacher of one repeat was once what the next repeat trains alone.
TEST_F(TeacherTest, isNotWhatTheNextRepeatTrains) {
  Job first = job(Method::SlimmableDistillation);
  first.recipe.teacher_epochs = 1;
  const SafeTensors teacher = readSafeTensors(bytesOf(run("first", first), "teacher.safetensors"), QStringLiteral("t"));
  Job next = job(Method::Individual);
  next.variants.resize(1);
  next.recipe.epochs = 1;
  for (const std::uint64_t seed : {first.seed, first.seed + 1}) {
    next.seed = seed;
    const QString directory = run(seed == first.seed ? "same" : "next", next);
    const SafeTensors alone = readSafeTensors(bytesOf(directory, "weights.safetensors"), directory);
    EXPECT_NE(tensorOf(teacher, "stem.conv.weight").bytes, tensorOf(alone, "1.0/stem.conv.weight").bytes) << seed;
  }
}

TEST_F(TeacherTest, ofAJobOfAnEarlierVersionIsNotGoneOnWith) {
  Job old = job(Method::SlimmableDistillation);
  old.version = 1;
  createJob(path("old"), old);
  RunControl control;
  try {
    runJob(path("old"), control);
    ADD_FAILURE();
  } catch (const Error &error) {
    EXPECT_NE(std::string(error.what()).find("earlier version of this program"), std::string::npos) << error.what();
  }
}

}  // namespace pimento::learn
