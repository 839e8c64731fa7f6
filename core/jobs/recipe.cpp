// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/recipe.h"

#include <QJsonArray>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/base/json_reader.h"
#include "core/base/whole_file.h"

namespace pimento {

namespace {

constexpr qsizetype MaxRecipeBytes = 64 << 10;
constexpr qsizetype MaxList = 64;
const QString RecipeFormat = QStringLiteral("pimento-recipe");

struct MethodInfo {
  const char *name;
  const char *binding;
};
constexpr std::array<MethodInfo, MethodCount> Methods{{
    {"independent", "independent"},
    {"joint", "joint"},
    {"slimmable", "slimmable"},
    {"slimmable-distillation", "slimmable"},
    {"clipped-group-lasso", "individual"},
    {"fused-non-uniform", "slimmable"},
    {"individual", "individual"},
}};
constexpr std::array<const char *, 3> Decays{"steps", "cosine", "one-cycle"};

QStringList methodNames() {
  QStringList names;
  for (const MethodInfo &m : Methods) names << QString::fromLatin1(m.name);
  return names;
}

QStringList decayNames() { return {Decays.begin(), Decays.end()}; }

const QStringList &recipeKeys() {
  static const QStringList known{QStringLiteral("format"),
                                 QStringLiteral("version"),
                                 QStringLiteral("name"),
                                 QStringLiteral("title"),
                                 QStringLiteral("source"),
                                 QStringLiteral("sources"),
                                 QStringLiteral("method"),
                                 QStringLiteral("epochs"),
                                 QStringLiteral("batch"),
                                 QStringLiteral("learning_rate"),
                                 QStringLiteral("momentum"),
                                 QStringLiteral("nesterov"),
                                 QStringLiteral("weight_decay"),
                                 QStringLiteral("decay"),
                                 QStringLiteral("milestones"),
                                 QStringLiteral("factor"),
                                 QStringLiteral("warmup"),
                                 QStringLiteral("crop"),
                                 QStringLiteral("flip"),
                                 QStringLiteral("scale"),
                                 QStringLiteral("validation"),
                                 QStringLiteral("validation_share"),
                                 QStringLiteral("teacher_epochs"),
                                 QStringLiteral("distillation_weight"),
                                 QStringLiteral("temperature"),
                                 QStringLiteral("lambdas"),
                                 QStringLiteral("beta")};
  return known;
}

int wordIndex(const JsonReader &reader, const char *key, const QString &otherwise, const QStringList &words) {
  const QString word = reader.text(key, otherwise);
  const qsizetype index = words.indexOf(word);
  if (index < 0) reader.fail(key, QStringLiteral("%1 is not known").arg(quoted(word)), knownWords(word, words));
  return static_cast<int>(index);
}

std::vector<double> numbers(const JsonReader &reader, const char *key, const std::vector<double> &otherwise,
                            double least, double most) {
  if (!reader.has(key)) return otherwise;
  std::vector<double> values;
  for (const QJsonValue &value : reader.array(key)) {
    const double number = value.toDouble(least - 1);
    if (!(number >= least && number <= most) || static_cast<qsizetype>(values.size()) >= MaxList)
      reader.fail(key, QStringLiteral("must be at most %1 numbers from %2 to %3").arg(MaxList).arg(least).arg(most));
    values.push_back(number);
  }
  return values;
}

QJsonArray list(const std::vector<double> &values) {
  QJsonArray array;
  for (const double value : values) array.append(value);
  return array;
}

// {"learning_rate, decay": "…"}
std::vector<ValueSource> sourcesOf(const JsonReader &reader) {
  std::vector<ValueSource> sources;
  const QJsonObject object = reader.object("sources");
  for (auto it = object.begin(); it != object.end(); ++it) {
    sources.push_back({it.key().split(QStringLiteral(", ")), it->toString()});
    for (const QString &key : sources.back().keys)
      if (!recipeKeys().contains(key) || !it->isString())
        reader.fail("sources", QStringLiteral("%1 is no setting with a text").arg(quoted(key)),
                    QStringLiteral("it maps settings, parted by \", \", to where they come from"));
  }
  return sources;
}

void checkTogether(const Recipe &r, const JsonReader &reader) {
  if (r.name.isEmpty()) reader.fail("name", QStringLiteral("is missing"));
  if (!std::is_sorted(r.milestones.begin(), r.milestones.end())) reader.fail("milestones", QStringLiteral("must rise"));
  if (r.nesterov && r.momentum == 0) reader.fail("nesterov", QStringLiteral("needs momentum"));
  if (r.method == Method::SlimmableDistillation && r.teacher_epochs == 0)
    reader.fail("teacher_epochs", QStringLiteral("is missing"), QStringLiteral("a teacher has to be trained first"));
  if (r.method == Method::ClippedGroupLasso && r.lambdas.empty())
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

QString methodName(Method method) { return QString::fromLatin1(Methods[static_cast<std::size_t>(method)].name); }
QString methodBinding(Method method) { return QString::fromLatin1(Methods[static_cast<std::size_t>(method)].binding); }

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

Recipe recipeFromJson(const QJsonObject &json, const QString &place) {
  const JsonReader reader(json, place, recipeKeys());
  if (reader.text("format") != RecipeFormat)
    throw Error(place, QStringLiteral("is not a recipe"),
                QStringLiteral("it must say \"format\": \"%1\"").arg(RecipeFormat));
  if (reader.whole("version", 0, 0, 1'000'000) != 1)
    reader.fail("version", QStringLiteral("is not known"), QStringLiteral("this program reads version 1"));
  Recipe r;
  r.name = reader.text("name");
  r.title = reader.text("title");
  r.source = reader.text("source");
  r.method = static_cast<Method>(wordIndex(reader, "method", {}, methodNames()));
  r.epochs = reader.whole("epochs", r.epochs, 1, 100'000);
  r.batch = reader.whole("batch", r.batch, 1, 65'536);
  r.learning_rate = reader.number("learning_rate", r.learning_rate, 1e-9, 100);
  r.momentum = reader.number("momentum", r.momentum, 0, 0.9999);
  r.nesterov = reader.flag("nesterov", r.nesterov);
  r.weight_decay = reader.number("weight_decay", r.weight_decay, 0, 1);
  r.decay = static_cast<Decay>(wordIndex(reader, "decay", decayNames().front(), decayNames()));
  r.milestones = numbers(reader, "milestones", r.milestones, 0, 1);
  r.factor = reader.number("factor", r.factor, 0, 1);
  r.warmup = reader.number("warmup", r.warmup, 0.001, 0.999);
  r.crop = reader.whole("crop", r.crop, 0, 64);
  r.flip = reader.flag("flip", r.flip);
  r.scale = reader.flag("scale", r.scale);
  r.validation = reader.whole("validation", r.validation, 0, 10'000'000);
  r.validation_share = reader.number("validation_share", r.validation_share, 0, 0.5);
  r.teacher_epochs = reader.whole("teacher_epochs", r.teacher_epochs, 0, 100'000);
  r.distillation_weight = reader.number("distillation_weight", r.distillation_weight, 0, 1);
  r.temperature = reader.number("temperature", r.temperature, 0.1, 100);
  r.lambdas = numbers(reader, "lambdas", r.lambdas, 0, 1e3);
  r.beta = reader.number("beta", r.beta, 0, 100);
  static_cast<void>(sourcesOf(reader));
  checkTogether(r, reader);
  return r;
}

Recipe readRecipe(const QByteArray &data, const QString &place) {
  return recipeFromJson(parseJsonObject(data, place, MaxRecipeBytes), place);
}

QJsonObject toJson(const Recipe &r) {
  return {{QStringLiteral("format"), RecipeFormat},
          {QStringLiteral("version"), 1},
          {QStringLiteral("name"), r.name},
          {QStringLiteral("title"), r.title},
          {QStringLiteral("source"), r.source},
          {QStringLiteral("method"), methodName(r.method)},
          {QStringLiteral("epochs"), r.epochs},
          {QStringLiteral("batch"), r.batch},
          {QStringLiteral("learning_rate"), r.learning_rate},
          {QStringLiteral("momentum"), r.momentum},
          {QStringLiteral("nesterov"), r.nesterov},
          {QStringLiteral("weight_decay"), r.weight_decay},
          {QStringLiteral("decay"), decayNames()[static_cast<int>(r.decay)]},
          {QStringLiteral("milestones"), list(r.milestones)},
          {QStringLiteral("factor"), r.factor},
          {QStringLiteral("warmup"), r.warmup},
          {QStringLiteral("crop"), r.crop},
          {QStringLiteral("flip"), r.flip},
          {QStringLiteral("scale"), r.scale},
          {QStringLiteral("validation"), r.validation},
          {QStringLiteral("validation_share"), r.validation_share},
          {QStringLiteral("teacher_epochs"), r.teacher_epochs},
          {QStringLiteral("distillation_weight"), r.distillation_weight},
          {QStringLiteral("temperature"), r.temperature},
          {QStringLiteral("lambdas"), list(r.lambdas)},
          {QStringLiteral("beta"), r.beta}};
}

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
  return sourcesOf(JsonReader(parseJsonObject(recipeBytes(nameOrFile), place, MaxRecipeBytes), place, recipeKeys()));
}

}  // namespace pimento
