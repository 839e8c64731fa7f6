// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>
#include <thread>

#include "core/base/error.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

Job sample() {
  Job job;
  job.network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  job.variants = {widthVariant(job.network, 1), widthVariant(job.network, 0.25)};
  job.recipe = loadRecipe(QStringLiteral("short-slimmable"));
  job.binding = methodBinding(job.recipe.method);
  job.data = QStringLiteral("cifar-10");
  job.images = 256;
  job.seed = 42;
  return job;
}

std::string errorOf(const QByteArray &json) {
  try {
    static_cast<void>(readJob(json, QStringLiteral("job.json")));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST(Job, roundsThroughItsFile) {
  const Job job = sample();
  const Job again = readJob(writeJob(job), QStringLiteral("job.json"));
  EXPECT_EQ(again.network, job.network);
  EXPECT_EQ(again.variants, job.variants);
  EXPECT_EQ(again.recipe, job.recipe);
  EXPECT_EQ(again.binding, QStringLiteral("slimmable"));
  EXPECT_EQ(again.images, 256);
  EXPECT_EQ(again.seed, 42U);
  EXPECT_EQ(writeJob(again), writeJob(job));
}

TEST(Job, isTaughtByItsWidestVariantWhicheverIsNamedFirst) {
  Job job = sample();
  job.recipe = loadRecipe(QStringLiteral("short-slimmable-distillation"));
  std::swap(job.variants[0], job.variants[1]);
  EXPECT_EQ(teachingVariant(job)->name, QStringLiteral("1.0"));
  EXPECT_EQ(teacherVariant(job)->name, QStringLiteral("1.0 alone"));
  EXPECT_EQ(teacherEpochs(job), job.recipe.teacher_epochs);
  job.teacher = widthVariant(job.network, 0.5);
  job.teacherWeights = QStringLiteral("/weights/half.safetensors");
  const Job again = readJob(writeJob(job), QStringLiteral("job.json"));
  EXPECT_EQ(again.teacher, job.teacher);
  EXPECT_EQ(again.teacherWeights, job.teacherWeights);
  EXPECT_EQ(teacherVariant(again)->name, QStringLiteral("0.5 given"));
  EXPECT_EQ(teacherEpochs(again), 0);
  Job none = sample();
  none.teacher = job.teacher;
  EXPECT_NE(errorOf(writeJob(none)).find("not a distillation"), std::string::npos);
  EXPECT_FALSE(teachingVariant(none));
}

// Its teacher was the first variant, and what it measured is told under that name.
TEST(Job, ofAnEarlierVersionIsReadButNotTrainedOn) {
  Job job = sample();
  job.recipe = loadRecipe(QStringLiteral("short-slimmable-distillation"));
  std::swap(job.variants[0], job.variants[1]);
  job.version = 1;
  const QByteArray bytes = writeJob(job);
  EXPECT_TRUE(bytes.contains("\"version\": 1,\n    \"weights\"")) << bytes.right(200).toStdString();
  const Job old = readJob(bytes, QStringLiteral("job.json"));
  EXPECT_EQ(teacherVariant(old)->name, QStringLiteral("0.25 alone"));
  EXPECT_EQ(writeJob(old), bytes);
  try {
    requireTrainable(old, QStringLiteral("runs/old"));
    ADD_FAILURE() << "it would end with other weights";
  } catch (const Error &error) {
    EXPECT_EQ(std::string(error.what()).find("runs/old: was begun by an earlier version"), 0U) << error.what();
  }
  EXPECT_NO_THROW(requireTrainable(sample(), QStringLiteral("runs/new")));
  EXPECT_NE(errorOf(QByteArray(bytes).replace("\"version\": 1,\n    \"weights\"", "\"version\": 3,\n    \"weights\""))
                .find("versions 1 to 2"),
            std::string::npos);
}

TEST(Job, isCreatedOnce) {
  QTemporaryDir folder;
  const QString directory = QDir(folder.path()).filePath(QStringLiteral("runs/one"));
  createJob(directory, sample());
  EXPECT_EQ(loadJob(directory).data, QStringLiteral("cifar-10"));
  EXPECT_THROW(createJob(directory, sample()), Error);
  EXPECT_THROW(static_cast<void>(loadJob(folder.path())), Error);
}

TEST(Job, isFoundByAllWhereSeveralMakeItAtOnce) {
  const QTemporaryDir folder;
  const QString directory = QDir(folder.path()).filePath(QStringLiteral("run"));
  std::vector<std::uint64_t> found(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < found.size(); ++i)
    threads.emplace_back([&, i] {
      Job job = sample();
      job.seed = i;
      found[i] = findOrCreateJob(directory, job).seed;
    });
  for (std::thread &thread : threads) thread.join();
  for (const std::uint64_t seed : found) EXPECT_EQ(seed, loadJob(directory).seed);
  EXPECT_EQ(QDir(directory).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("job.json")});
}

TEST(Job, asksForTheSameWorkWhateverItIsCalledAndBecame) {
  Job job = sample();
  job.name = QStringLiteral("mine");
  job.dataHash = QStringLiteral("abc");
  job.cycles = {10, 12.5};
  EXPECT_TRUE(sameWork(job, sample()));
  const Job again = readJob(writeJob(job), QStringLiteral("job.json"));
  EXPECT_EQ(again.name, job.name);
  EXPECT_EQ(again.dataHash, job.dataHash);
  EXPECT_EQ(again.cycles, job.cycles);
  job.recipe.epochs += 1;
  EXPECT_FALSE(sameWork(job, sample()));
  EXPECT_NE(errorOf(writeJob(job).replace("12.5", "9.5")).find("cycles"), std::string::npos);
}

TEST(Job, namesWhatIsWrong) {
  QByteArray json = writeJob(sample());
  EXPECT_NE(errorOf("{}").find("is not a job"), std::string::npos);
  EXPECT_NE(errorOf(json.replace("\"slimmable\",\n    \"data", "\"joint\",\n    \"data")).find("is not trained as"),
            std::string::npos);
  EXPECT_NE(errorOf(writeJob(sample()).replace("\"seed\": 42", "\"seed\": -1")).find("seed"), std::string::npos);
  Job none = sample();
  none.variants.clear();
  EXPECT_NE(errorOf(writeJob(none)).find("no variants"), std::string::npos);
}

TEST(Job, refusesHostileFiles) {
  const QByteArray json = writeJob(sample());
  for (qsizetype cut = 0; cut < json.size(); cut += json.size() / 40 + 1)
    EXPECT_NE(errorOf(json.left(cut)), "no error") << cut;
  EXPECT_NE(errorOf(QByteArray(json).replace("\"threads\": 0", "\"threads\": 1e300")).find("threads"),
            std::string::npos);
  EXPECT_NE(errorOf(QByteArray(json).replace("\"images\": 256", "\"images\": \"all\"")).find("images"),
            std::string::npos);
  EXPECT_NE(errorOf(QByteArray(json).replace("\"seed\"", "\"sead\"")).find("seed"), std::string::npos);
  Job twice = sample();
  twice.variants.push_back(twice.variants.front());
  EXPECT_NE(errorOf(writeJob(twice)).find("named twice"), std::string::npos);
  Job slash = sample();
  slash.variants[1].name = QStringLiteral("1.0/conv1");
  EXPECT_NE(errorOf(writeJob(slash)).find("slash"), std::string::npos);
  EXPECT_NE(errorOf(QByteArray(65 << 20, ' ')).find("more than 64 MB"), std::string::npos);
}
