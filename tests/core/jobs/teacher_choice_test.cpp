// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/teacher_choice.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/network/families/families.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;

namespace {

Job jobOf(const char *network, const char *recipe, const std::vector<double> &ratios) {
  Job job;
  job.network = makeNetwork(QString::fromLatin1(network));
  for (const double ratio : ratios) job.variants.push_back(widthVariant(job.network, ratio));
  job.recipe = loadRecipe(QString::fromLatin1(recipe));
  job.binding = methodBinding(job.recipe.method);
  return job;
}

Job distillation() { return jobOf("resnet20-slimmable", "short-slimmable-distillation", {0.25, 0.5}); }

std::string errorOf(Job job, const QString &who) {
  try {
    chooseTeacher(job, who);
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST(TeacherChoice, isAVariantOfTheNetwork) {
  Job job = distillation();
  chooseTeacher(job, {});
  EXPECT_EQ(teachingVariant(job)->name, QStringLiteral("0.5"));
  EXPECT_TRUE(teacherWord(job).isEmpty());
  chooseTeacher(job, QStringLiteral("1.0"));
  EXPECT_EQ(teachingVariant(job)->name, QStringLiteral("1.0"));
  EXPECT_EQ(teacherWord(job), QStringLiteral("1.0"));
  EXPECT_NE(errorOf(job, QStringLiteral("1.5")).find("ratio"), std::string::npos);
  EXPECT_NE(errorOf(job, QStringLiteral("whole")).find("unknown variant"), std::string::npos);
}

TEST(TeacherChoice, isAFileOfTheWidestVariantOrOfANamedOne) {
  QTemporaryDir folder;
  const QString file = folder.filePath(QStringLiteral("teacher.safetensors"));
  test::writeFile(file, "weights");
  Job job = distillation();
  chooseTeacher(job, file);
  EXPECT_EQ(job.teacherWeights, file);
  EXPECT_EQ(teachingVariant(job)->name, QStringLiteral("1.0"));
  chooseTeacher(job, QStringLiteral("0.75=") + file);
  EXPECT_EQ(teachingVariant(job)->name, QStringLiteral("0.75"));
  Job again = distillation();
  chooseTeacher(again, teacherWord(job));
  EXPECT_EQ(again.teacherWeights, file);
  EXPECT_EQ(again.teacher, job.teacher);
  EXPECT_NE(errorOf(job, folder.filePath(QStringLiteral("none.safetensors"))).find("is not there"), std::string::npos);
}

TEST(TeacherChoice, mayHaveAnEqualsSignInItsPath) {
  QTemporaryDir folder;
  QDir(folder.path()).mkdir(QStringLiteral("lr=0.1"));
  const QString file = folder.filePath(QStringLiteral("lr=0.1/teacher.safetensors"));
  test::writeFile(file, "weights");
  Job job = distillation();
  chooseTeacher(job, file);
  EXPECT_EQ(job.teacherWeights, file);
  chooseTeacher(job, QStringLiteral("0.75=") + file);
  EXPECT_EQ(job.teacherWeights, file);
  EXPECT_EQ(teachingVariant(job)->name, QStringLiteral("0.75"));
}

TEST(TeacherChoice, isTheWidestVariantOfARun) {
  QTemporaryDir folder;
  const QString directory = folder.filePath(QStringLiteral("run"));
  createJob(directory, jobOf("resnet20-slimmable", "short-slimmable", {0.25, 0.75, 0.5}));
  EXPECT_NE(errorOf(distillation(), directory).find("holds no weights.safetensors yet"), std::string::npos);
  const QString weights = directory + QStringLiteral("/weights.safetensors");
  test::writeFile(weights, "weights");
  Job job = distillation();
  chooseTeacher(job, directory);
  EXPECT_EQ(job.teacherWeights, weights);
  EXPECT_EQ(teachingVariant(job)->name, QStringLiteral("0.75"));
  const QString other = folder.filePath(QStringLiteral("other"));
  createJob(other, jobOf("resnet18-slimmable", "short-slimmable", {1}));
  EXPECT_NE(errorOf(job, other).find("can not teach resnet20-slimmable"), std::string::npos);
  const QString empty = folder.filePath(QStringLiteral("empty"));
  QDir().mkpath(empty);
  EXPECT_NE(errorOf(job, empty).find("is no directory of a run"), std::string::npos);
}
