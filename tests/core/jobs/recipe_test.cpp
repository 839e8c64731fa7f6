// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/recipe.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

#include "core/base/error.h"

using namespace pimento;

namespace {

QJsonObject valid() { return toJson(loadRecipe(builtInRecipes().front())); }

void expectRefused(const char *key, const QJsonValue &value, const std::string &part) {
  QJsonObject json = valid();
  json[QString::fromLatin1(key)] = value;
  try {
    static_cast<void>(recipeFromJson(json, QStringLiteral("r.json")));
    ADD_FAILURE() << key << " was accepted";
  } catch (const Error &error) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    EXPECT_EQ(std::string(error.what()).find("r.json"), 0U) << error.what();
  }
}

}  // namespace

TEST(Recipe, everyBuiltInOneIsValidNamedAsItsFileAndSourced) {
  EXPECT_EQ(builtInRecipes().size(), QDir(QStringLiteral(":/recipes")).entryList().size());
  for (const QString &name : builtInRecipes()) {
    const Recipe recipe = loadRecipe(name);
    EXPECT_EQ(recipe.name, name);
    EXPECT_FALSE(recipe.title.isEmpty()) << name.toStdString();
    EXPECT_FALSE(recipe.source.isEmpty()) << name.toStdString();
    EXPECT_EQ(recipeFromJson(toJson(recipe), name), recipe);
  }
}

TEST(Recipe, namesKeyAndRemedyOfBadValues) {
  expectRefused("epochs", 0, "epochs");
  expectRefused("batch", 1.5, "batch");
  expectRefused("method", "slimable", "did you mean \"slimmable\"");
  expectRefused("learning_rate", -1, "learning_rate");
  expectRefused("learning_rate", "fast", "learning_rate");
  expectRefused("milestones", QJsonArray{0.6, 0.3}, "must rise");
  expectRefused("milestones", QJsonArray{2}, "milestones");
  expectRefused("learning_rte", 1, "unknown key");
  expectRefused("version", 2, "reads version 1");
  expectRefused("format", "pimento-job", "is not a recipe");
  expectRefused("momentum", 0, "needs momentum");
  expectRefused("method", "clipped-group-lasso", "lambdas");
}

TEST(LearningRate, followsItsDecay) {
  Recipe r;
  r.learning_rate = 1;
  EXPECT_DOUBLE_EQ(learningRate(r, 0), 1);
  EXPECT_DOUBLE_EQ(learningRate(r, 0.3), 0.1);
  EXPECT_NEAR(learningRate(r, 0.95), 0.001, 1e-15);
  r.decay = Decay::Cosine;
  EXPECT_DOUBLE_EQ(learningRate(r, 0), 1);
  EXPECT_DOUBLE_EQ(learningRate(r, 0.5), 0.5);
  r.decay = Decay::OneCycle;
  EXPECT_DOUBLE_EQ(learningRate(r, 0), 0);
  EXPECT_DOUBLE_EQ(learningRate(r, 0.1), 0.5);
  EXPECT_DOUBLE_EQ(learningRate(r, 0.2), 1);
  EXPECT_NEAR(learningRate(r, 0.6), 0.5, 1e-12);
}
