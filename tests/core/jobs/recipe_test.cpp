// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/recipe.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <numeric>

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

// Every value that a method trains by, each once, with a paper, a measurement, or the word that it was chosen.
TEST(Recipe, saysOfEveryValueWhereItComesFrom) {
  for (const QString &name : builtInRecipes()) {
    const Recipe recipe = loadRecipe(name);
    QStringList wanted{QStringLiteral("epochs"),   QStringLiteral("batch"),      QStringLiteral("learning_rate"),
                       QStringLiteral("momentum"), QStringLiteral("nesterov"),   QStringLiteral("weight_decay"),
                       QStringLiteral("decay"),    QStringLiteral("crop"),       QStringLiteral("flip"),
                       QStringLiteral("scale"),    QStringLiteral("validation"), QStringLiteral("validation_share")};
    if (recipe.decay == Decay::Steps) wanted << QStringLiteral("milestones") << QStringLiteral("factor");
    if (recipe.decay == Decay::OneCycle) wanted << QStringLiteral("warmup");
    if (recipe.method == Method::SlimmableDistillation)
      wanted << QStringLiteral("teacher_epochs") << QStringLiteral("distillation_weight")
             << QStringLiteral("temperature");
    if (recipe.method == Method::ClippedGroupLasso) wanted << QStringLiteral("lambdas") << QStringLiteral("beta");
    QStringList told;
    for (const ValueSource &source : recipeSources(name)) {
      told << source.keys;
      const bool sourced = source.from.contains(QStringLiteral("chosen")) ||
                           source.from.contains(QStringLiteral("measured")) ||
                           source.from.contains(QStringLiteral("DECO")) || source.from.contains(QStringLiteral("20"));
      EXPECT_TRUE(sourced) << name.toStdString() << ": " << source.from.toStdString();
    }
    wanted.sort();
    told.sort();
    EXPECT_EQ(told.join(u' ').toStdString(), wanted.join(u' ').toStdString()) << name.toStdString();
  }
}

TEST(Recipe, refusesSourcesOfWhatIsNoSetting) {
  expectRefused("sources", QJsonObject{{QStringLiteral("learning_rat"), QStringLiteral("chosen")}}, "learning_rat");
  expectRefused("sources", QJsonObject{{QStringLiteral("batch"), 3}}, "batch");
  EXPECT_TRUE(recipeSources(QStringLiteral("deco-joint")).size() > 3);
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

namespace {

std::vector<double> ratesOf(const Recipe &recipe, int steps) {
  std::vector<double> rates;
  for (int step = 0; step < steps; ++step) rates.push_back(learningRate(recipe, step, steps));
  return rates;
}

double meanOf(const std::vector<double> &values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

// By hand: in the middle of update k of 20, t = (k + 1/2) / 20; it rises by t / 0.2 and falls by (1 - t) / 0.8.
TEST(LearningRate, ofOneCycleIsNeverZeroAndMirrorsItsRiseAndFall) {
  Recipe r;
  r.learning_rate = 2;
  r.decay = Decay::OneCycle;
  r.warmup = 0.2;
  const std::vector<double> rates = ratesOf(r, 20);
  const std::vector<double> rise{0.25, 0.75, 1.25, 1.75};
  for (std::size_t k = 0; k < rise.size(); ++k) EXPECT_NEAR(rates[k], rise[k], 1e-12) << k;
  EXPECT_NEAR(rates[4], 2 * (1 - 0.5 / 16), 1e-12);
  EXPECT_NEAR(rates[12], 2 * (1 - 8.5 / 16), 1e-12);
  EXPECT_NEAR(rates[19], 2 * 0.5 / 16, 1e-12);
  EXPECT_NEAR(meanOf(rates), 1, 1e-12) << "half of the peak, as the area of the triangle";
  EXPECT_GT(learningRate(r, 0, 1), 0) << "a run of one update too";
}

// DECO: 0.01, reduced by 90 % after 80 of 200 epochs and again; with one update an epoch.
TEST(LearningRate, ofStepsChangesWithTheFirstUpdateAfterAMilestone) {
  const std::vector<double> rates = ratesOf(loadRecipe(QStringLiteral("deco-joint")), 200);
  EXPECT_NEAR(rates[0], 0.01, 1e-15);
  EXPECT_NEAR(rates[79], 0.01, 1e-15);
  EXPECT_NEAR(rates[80], 0.001, 1e-15);
  EXPECT_NEAR(rates[159], 0.001, 1e-15);
  EXPECT_NEAR(rates[160], 0.0001, 1e-15);
  EXPECT_NEAR(rates[199], 0.0001, 1e-15);
}

TEST(LearningRate, ofACosineFallsFromTheRateToNothing) {
  Recipe r;
  r.learning_rate = 1;
  r.decay = Decay::Cosine;
  const std::vector<double> rates = ratesOf(r, 2);
  EXPECT_NEAR(rates[0], 0.853553390593, 1e-9);  // (1 + cos 45°) / 2
  EXPECT_NEAR(rates[1], 0.146446609407, 1e-9);
  EXPECT_NEAR(meanOf(ratesOf(r, 100)), 0.5, 1e-12);
}

// By hand: 10 updates at a constant rate of 0.1 with momentum 0.9 move a norm by 10 x 0.1 x 10 = 10 lambda.
TEST(PenaltyPull, isTheSumOfTheUpdates) {
  Recipe r;
  r.milestones = {};
  EXPECT_NEAR(penaltyPull(r, 0.5, 10, 10), 5, 1e-12);
  EXPECT_NEAR(penaltyPull(r, 0.5, 10, 4), 2, 1e-12) << "stopped after 4 of 10";
  r.momentum = 0;
  EXPECT_NEAR(penaltyPull(r, 0.5, 10, 10), 0.5, 1e-12);
  r.epochs = 3;
  EXPECT_EQ(updatesOf(r, 1000), 3 * 7);
  EXPECT_EQ(updatesOf(r, 100), 3) << "one batch that is not full";
}

// On 60,000 images every strength empties the channels that begin below the threshold: their norms are about 1.7.
TEST(PenaltyPull, ofTheBuiltInRecipesEmptiesChannels) {
  for (const char *name : {"clipped-group-lasso", "short-clipped-group-lasso"}) {
    const Recipe recipe = loadRecipe(QString::fromLatin1(name));
    const std::int64_t updates = updatesOf(recipe, 60'000 - validationImages(recipe, 60'000));
    const double ofOne = penaltyPull(recipe, 1, updates, updates);
    for (const double lambda : recipe.lambdas) {
      EXPECT_GT(lambda * ofOne, 2) << name << " " << lambda;
      EXPECT_LT(lambda * ofOne, 30) << name << " " << lambda;
    }
  }
}

TEST(ValidationImages, areAtMostATenthOfSmallSets) {
  const Recipe r = loadRecipe(QStringLiteral("short-slimmable"));
  EXPECT_EQ(validationImages(r, 60'000), 5000);
  EXPECT_EQ(validationImages(r, 50'000), 5000);
  EXPECT_EQ(validationImages(r, 10'000), 1000);
  EXPECT_EQ(validationImages(r, 300), 30);
  EXPECT_EQ(validationImages(r, 39), 3);
  EXPECT_EQ(validationImages(r, 9), 0);
  Recipe none = r;
  none.validation = 0;
  EXPECT_EQ(validationImages(none, 60'000), 0);
}
