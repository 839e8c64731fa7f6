// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobs/train_words.h"

#include <QJsonArray>

#include "core/base/format.h"
#include "core/jobs/methods.h"
#include "core/jobs/teacher_choice.h"

namespace pimento {

namespace {

QString option(const char *name) { return QStringLiteral("--") + QString::fromLatin1(name); }

// A value of a recipe as --set takes it.
QString settingText(const QJsonValue &value) {
  if (value.isBool()) return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
  if (value.isDouble()) return exactNumber(value.toDouble());
  if (!value.isArray()) return value.toString();
  QStringList parts;
  for (const QJsonValue part : value.toArray()) parts << settingText(part);
  return parts.join(QLatin1Char(','));
}

// A built-in recipe with what differs from it, or a file of its name.
QStringList recipeWords(const Recipe &recipe) {
  if (!builtInRecipes().contains(recipe.name)) return {option("recipe"), recipe.name + QStringLiteral(".json")};
  QStringList words{option("recipe"), recipe.name};
  const QJsonObject known = toJson(loadRecipe(recipe.name));
  const QJsonObject asked = toJson(recipe);
  static const QStringList texts{QStringLiteral("title"), QStringLiteral("source")};  // settle nothing
  for (auto it = asked.begin(); it != asked.end(); ++it)
    if (!texts.contains(it.key()) && known[it.key()] != *it)
      words << option("set") << it.key() + QLatin1Char('=') + settingText(*it);
  return words;
}

QString networkWord(const Job &job) {
  if (job.variants == usualVariants(job.network, job.recipe.method)) return job.network.name;
  QStringList names;
  for (const Variant &variant : job.variants) names << variant.name;
  return job.network.name + QLatin1Char(':') + names.join(QLatin1Char(','));
}

}  // namespace

QStringList trainWords(const Job &job, const QString &learnedFrom) {
  const bool fused = traits(job.recipe.method).takesSubNets;
  if (fused && learnedFrom.isEmpty()) return {};
  QStringList words{QStringLiteral("pimento"), QStringLiteral("train"), networkWord(job)};
  words << recipeWords(job.recipe);
  if (fused) words << option("variants") << learnedFrom;
  if (const QString teacher = teacherWord(job); !teacher.isEmpty()) words << option("teacher") << teacher;
  words << option("data") << job.data;
  const auto number = [&](const char *name, qint64 value, qint64 usual) {
    if (value != usual) words << option(name) << QString::number(value);
  };
  number("crop", job.dataCrop, 0);
  number("resize", job.dataResize, 0);
  if (!job.name.isEmpty()) words << option("name") << job.name;
  number("images", job.images, 0);
  number("seed", static_cast<qint64>(job.seed), 1);
  number("threads", job.threads, 0);
  if (!job.weights.isEmpty()) words << option("weights") << job.weights;
  return words;
}

}  // namespace pimento
