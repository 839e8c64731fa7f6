// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/variants_file.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/network/families/families.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;

namespace {

NetworkSpec network() { return makeNetwork(QStringLiteral("resnet20-slimmable")); }

std::vector<Variant> learned() {
  Variant variant = widthVariant(network(), 0.5);
  variant.name = QStringLiteral("lasso-0.52");
  variant.kept.begin()->second = {3, {0, 4, 9}};
  Variant other = widthVariant(network(), 0.25);
  return {variant, other};
}

std::string errorOf(const QByteArray &json) {
  try {
    static_cast<void>(readVariants(network(), json, QStringLiteral("variants.json")));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST(VariantsFile, roundsThroughItsFile) {
  const QByteArray bytes = writeVariants(network(), learned());
  EXPECT_EQ(readVariants(network(), bytes, QStringLiteral("v")), learned());
}

TEST(VariantsFile, namesWhatIsWrong) {
  const QByteArray good = writeVariants(network(), learned());
  EXPECT_NE(errorOf("{}").find("is no list of variants"), std::string::npos);
  EXPECT_NE(errorOf("[").find("not JSON"), std::string::npos);
  EXPECT_NE(errorOf(QByteArray(good).replace("\"resnet20-slimmable\"", "\"lenet5\"")).find("another network"),
            std::string::npos);
  EXPECT_NE(errorOf(QByteArray(good).replace("\"version\": 1", "\"version\": 2")).find("version"), std::string::npos);
  EXPECT_NE(errorOf(QByteArray(good).replace("\"name\": \"0.25\"", "\"name\": \"lasso-0.52\"")).find("named twice"),
            std::string::npos);
  EXPECT_NE(errorOf(QByteArray(good).replace("\"name\": \"0.25\"", "\"name\": \"a/b\"")).find("slash"),
            std::string::npos);
  EXPECT_NE(errorOf(writeVariants(network(), {})).find("no variants"), std::string::npos);
}

TEST(VariantsFile, givesARunTheVariantsThatItLearned) {
  QTemporaryDir folder;
  Job job;
  job.network = network();
  job.variants = {widthVariant(job.network, 1)};
  job.recipe = loadRecipe(QStringLiteral("short-clipped-group-lasso"));
  job.binding = methodBinding(job.recipe.method);
  const QString directory = folder.filePath(QStringLiteral("run"));
  createJob(directory, job);
  EXPECT_EQ(loadRun(directory).variants, job.variants);
  EXPECT_THROW(static_cast<void>(loadVariants(job.network, directory)), Error) << "it has learned none yet";
  test::writeFile(directory + QStringLiteral("/variants.json"), writeVariants(job.network, learned()));
  EXPECT_EQ(loadRun(directory).variants, learned());
  EXPECT_EQ(loadVariants(job.network, directory + QStringLiteral("/variants.json")), learned());
}

TEST(VariantsFile, givesWhatAFusedRunTrains) {
  QTemporaryDir folder;
  Job job;
  job.network = network();
  job.variants = learned();
  job.recipe = loadRecipe(QStringLiteral("short-fused-non-uniform"));
  job.binding = methodBinding(job.recipe.method);
  const QString directory = folder.filePath(QStringLiteral("fused"));
  createJob(directory, job);
  EXPECT_EQ(loadVariants(job.network, directory), learned());
  EXPECT_THROW(static_cast<void>(loadVariants(makeNetwork(QStringLiteral("deco-vgg16")), directory)), Error);
}
