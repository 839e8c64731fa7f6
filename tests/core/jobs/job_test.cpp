// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>

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

TEST(Job, isCreatedOnce) {
  QTemporaryDir folder;
  const QString directory = QDir(folder.path()).filePath(QStringLiteral("runs/one"));
  createJob(directory, sample());
  EXPECT_EQ(loadJob(directory).data, QStringLiteral("cifar-10"));
  EXPECT_THROW(createJob(directory, sample()), Error);
  EXPECT_THROW(static_cast<void>(loadJob(folder.path())), Error);
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
