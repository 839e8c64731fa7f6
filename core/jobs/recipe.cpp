// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/recipe.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/files/json_form.h"
#include "core/files/whole_file.h"

namespace pimento {

namespace {

constexpr qsizetype MaxRecipeBytes = 64 << 10;
const QString RecipeFormat = QStringLiteral("pimento-recipe");

constexpr std::array<const char *, 3> Decays{"steps", "cosine", "one-cycle"};

QStringList decayNames() { return {Decays.begin(), Decays.end()}; }

}  // namespace

// Found by its type, so it stands in the namespace of the recipe.
static void describe(JsonForm &form, Recipe &r, std::span<const Method> methods = trainingMethods()) {
  constexpr int MostEpochs = 100'000;
  form.only("format", RecipeFormat, QStringLiteral("is not a recipe"));
  form.only("version", 1);
  form.text("name", r.name);
  form.text("title", r.title);
  form.text("source", r.source);
  form.row("method", r.method, methods, JsonForm::Presence::Required);
  form.whole("epochs", r.epochs, 1, MostEpochs);
  form.whole("batch", r.batch, 1, 65'536);
  form.number("learning_rate", r.learning_rate, 1e-9, 100);
  form.number("momentum", r.momentum, 0, 0.9999);
  form.flag("nesterov", r.nesterov);
  form.number("weight_decay", r.weight_decay, 0, 1);
  form.word("decay", r.decay, decayNames());
  form.numbers("milestones", r.milestones, 0, 1);
  form.number("factor", r.factor, 0, 1);
  form.number("warmup", r.warmup, 0.001, 0.999);
  form.whole("crop", r.crop, 0, 64);
  form.flag("flip", r.flip);
  form.flag("scale", r.scale);
  form.whole("validation", r.validation, 0, 10'000'000);
  form.number("validation_share", r.validation_share, 0, 0.5);
  form.whole("teacher_epochs", r.teacher_epochs, 0, MostEpochs);
  form.number("distillation_weight", r.distillation_weight, 0, 1);
  form.number("temperature", r.temperature, 0.1, 100);
  form.numbers("lambdas", r.lambdas, 0, 1e3);
  form.number("beta", r.beta, 0, 100);
  form.keep("sources");
}

namespace {

// {"learning_rate, decay": "…"}
std::vector<ValueSource> sourcesOf(const JsonReader &reader) {
  std::vector<ValueSource> sources;
  const QJsonObject object = reader.object("sources");
  for (auto it = object.begin(); it != object.end(); ++it) {
    sources.push_back({it.key().split(QStringLiteral(", ")), it->toString()});
    for (const QString &key : sources.back().keys)
      if (!keysOf<Recipe>().contains(key) || !it->isString())
        reader.fail("sources", QStringLiteral("%1 is no setting with a text").arg(quoted(key)),
                    QStringLiteral("it maps settings, parted by \", \", to where they come from"));
  }
  return sources;
}

void checkTogether(const Recipe &r, const JsonReader &reader) {
  if (r.name.isEmpty()) reader.fail("name", QStringLiteral("is missing"));
  if (!std::is_sorted(r.milestones.begin(), r.milestones.end())) reader.fail("milestones", QStringLiteral("must rise"));
  if (r.nesterov && r.momentum == 0) reader.fail("nesterov", QStringLiteral("needs momentum"));
  if (traits(r.method).distils && r.teacher_epochs == 0)
    reader.fail("teacher_epochs", QStringLiteral("is missing"), QStringLiteral("a teacher has to be trained first"));
  if (traits(r.method).learnsSubNets && r.lambdas.empty())
    reader.fail("lambdas", QStringLiteral("is empty"), QStringLiteral("give a strength for each sub-net"));
}

bool isFile(const QString &nameOrFile) {
  return nameOrFile.endsWith(QStringLiteral(".json")) || nameOrFile.contains(QLatin1Char('/'));
}

QString placeOf(const QString &nameOrFile) {
  return isFile(nameOrFile) ? nameOrFile : QStringLiteral("recipe %1").arg(nameOrFile);
}

QByteArray recipeBytes(const QString &nameOrFile) {
  if (!isFile(nameOrFile) && !builtInRecipes().contains(nameOrFile))
    throw Error(QStringLiteral("recipe"), QStringLiteral("unknown recipe %1").arg(quoted(nameOrFile)),
                knownWords(nameOrFile, builtInRecipes()) + QStringLiteral(", or a .json file"));
  return readWhole(isFile(nameOrFile) ? nameOrFile : QStringLiteral(":/recipes/%1.json").arg(nameOrFile),
                   MaxRecipeBytes);
}

}  // namespace

double learningRate(const Recipe &r, std::int64_t step, std::int64_t steps) {
  const double t = (static_cast<double>(step) + 0.5) / static_cast<double>(steps);
  double factor = 1;
  switch (r.decay) {
    case Decay::Steps:
      for (const double milestone : r.milestones)
        if (t >= milestone) factor *= r.factor;
      break;
    case Decay::Cosine:
      factor = (1 + std::cos(std::numbers::pi * t)) / 2;
      break;
    case Decay::OneCycle:
      factor = t < r.warmup ? t / r.warmup : (1 - t) / (1 - r.warmup);
      break;
  }
  return r.learning_rate * factor;
}

std::int64_t updatesOf(const Recipe &r, std::int64_t trainingImages) {
  return r.epochs * std::max<std::int64_t>(trainingImages > 0 ? 1 : 0, trainingImages / r.batch);
}

double penaltyPull(const Recipe &r, double lambda, std::int64_t updates, std::int64_t done) {
  double rates = 0;
  for (std::int64_t step = 0; step < done; ++step) rates += learningRate(r, step, updates);
  return lambda * rates / (1 - r.momentum);
}

std::int64_t validationImages(const Recipe &r, std::int64_t images) {
  // The small term keeps 0.1 x 30 from becoming 2 by rounding of the product.
  const auto share = static_cast<std::int64_t>(std::floor(r.validation_share * static_cast<double>(images) + 1e-9));
  return std::min<std::int64_t>(r.validation, share);
}

Recipe recipeFromJson(const QJsonObject &json, const QString &place, std::span<const Method> methods) {
  const JsonReader reader(json, place, keysOf<Recipe>(methods));
  const auto recipe = readForm<Recipe>(reader, methods);
  static_cast<void>(sourcesOf(reader));
  checkTogether(recipe, reader);
  return recipe;
}

Recipe readRecipe(const QByteArray &data, const QString &place, std::span<const Method> methods) {
  return recipeFromJson(parseJsonObject(data, place, MaxRecipeBytes), place, methods);
}

QJsonObject toJson(const Recipe &recipe) { return writtenForm(recipe); }

QStringList builtInRecipes() {
  return {QStringLiteral("short-slimmable-distillation"),
          QStringLiteral("short-slimmable"),
          QStringLiteral("short-joint"),
          QStringLiteral("short-independent"),
          QStringLiteral("short-individual"),
          QStringLiteral("short-clipped-group-lasso"),
          QStringLiteral("short-fused-non-uniform"),
          QStringLiteral("deco-joint"),
          QStringLiteral("deco-independent"),
          QStringLiteral("slimmable"),
          QStringLiteral("slimmable-distillation"),
          QStringLiteral("clipped-group-lasso"),
          QStringLiteral("fused-non-uniform"),
          QStringLiteral("individual")};
}

Recipe loadRecipe(const QString &nameOrFile) { return readRecipe(recipeBytes(nameOrFile), placeOf(nameOrFile)); }

std::vector<ValueSource> recipeSources(const QString &nameOrFile) {
  const QString place = placeOf(nameOrFile);
  return sourcesOf(
      JsonReader(parseJsonObject(recipeBytes(nameOrFile), place, MaxRecipeBytes), place, keysOf<Recipe>()));
}

}  // namespace pimento
