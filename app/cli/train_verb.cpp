// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <algorithm>

#include "app/cli/training_text.h"
#include "app/cli/verb.h"
#include "app/cli/verbs.h"
#include "app/cli/worker.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/data/dataset.h"
#include "core/jobs/variants_file.h"
#include "core/network/binding.h"
#include "core/network/families/families.h"
#include "core/network/network_library.h"

namespace pimento {

namespace {

constexpr int MaxImages = 1 << 30;

void addOptions(VerbParser &parser) {
  parser.positional(QStringLiteral("NETWORK[:VARIANT,…]"),
                    QStringLiteral("as listed by pimento networks; all variants if none is named"));
  parser.option(QStringLiteral("recipe"),
                QStringLiteral("Recipe: %1, or a .json file. Default: a short one that fits the network.")
                    .arg(builtInRecipes().join(QStringLiteral(", "))),
                QStringLiteral("RECIPE"));
  parser.option(QStringLiteral("data"), QStringLiteral("Data set: a name or folder as in pimento data."),
                QStringLiteral("SET"), QStringLiteral("fashion-mnist"));
  parser.option(QStringLiteral("job"),
                QStringLiteral("Directory of the run (default: runs/NETWORK-RECIPE). A run that was interrupted there "
                               "goes on."),
                QStringLiteral("DIR"));
  parser.option(QStringLiteral("prepare"),
                QStringLiteral("Makes the run's directory and prints the command that trains it, here or on several "
                               "machines together (pimento-learn --help)."));
  parser.option(QStringLiteral("epochs"), QStringLiteral("Instead of the recipe's number."), QStringLiteral("N"));
  parser.repeatable(QStringLiteral("set"),
                    QStringLiteral("Instead of what the recipe says under this key: batch=64, learning_rate=0.05, "
                                   "milestones=0.5,0.8. May be given several times."),
                    QStringLiteral("KEY=VALUE"));
  parser.option(QStringLiteral("images"),
                QStringLiteral("Take N images drawn from the training set; part of them, at most half, validates."),
                QStringLiteral("N"));
  parser.option(QStringLiteral("seed"), QStringLiteral("Seed of weights, order and augmentation (default 1)."),
                QStringLiteral("N"));
  parser.option(QStringLiteral("threads"), QStringLiteral("Threads (default: the machine's cores)."),
                QStringLiteral("N"));
  parser.option(QStringLiteral("weights"), QStringLiteral("Starts from a .safetensors file."), QStringLiteral("FILE"));
  parser.option(QStringLiteral("variants"),
                QStringLiteral("Trains sub-nets that a run of the clipped group Lasso has learned: its directory, or "
                               "its variants.json."),
                QStringLiteral("RUN"));
}

int number(const VerbParser &parser, const char *name, int otherwise, int least) {
  const QString text = parser.value(QString::fromLatin1(name));
  if (text.isEmpty()) return otherwise;
  bool ok = false;
  const int value = text.toInt(&ok);
  if (!ok || value < least || value > MaxImages)
    throw Error(parser.place(), QStringLiteral("--%1 %2").arg(QString::fromLatin1(name), quoted(text)),
                QStringLiteral("give a whole number from %1").arg(least));
  return value;
}

// A value as a recipe's file has it: true, a number, a list of them, a word.
QJsonValue jsonValue(const QString &text, const QJsonValue &like) {
  if (like.isBool() && (text == QStringLiteral("true") || text == QStringLiteral("false")))
    return text == QStringLiteral("true");
  if (like.isArray()) {
    QJsonArray list;
    if (!text.isEmpty())
      for (const QString &part : text.split(QLatin1Char(','))) list.append(jsonValue(part, QJsonValue(0.0)));
    return list;
  }
  bool number = false;
  const double value = QLocale::c().toDouble(text, &number);
  return number ? QJsonValue(value) : QJsonValue(text);
}

Recipe withSettings(const Recipe &recipe, const VerbParser &parser) {
  QJsonObject json = toJson(recipe);
  for (const QString &setting : parser.values(QStringLiteral("set"))) {
    const QString key = setting.section(QLatin1Char('='), 0, 0);
    if (!setting.contains(QLatin1Char('=')) || !json.contains(key))
      throw Error(parser.place(), QStringLiteral("--set %1").arg(quoted(setting)), knownWords(key, json.keys()));
    json[key] = jsonValue(setting.section(QLatin1Char('='), 1), json[key]);
  }
  return recipeFromJson(json, parser.place() + QStringLiteral(", --set"));
}

Recipe recipeOf(const VerbParser &parser, const NetworkSpec &network) {
  const bool widths = network.bindings.contains(QStringLiteral("slimmable"));
  const QString usual = widths ? QStringLiteral("short-slimmable-distillation") : QStringLiteral("short-joint");
  Recipe recipe = loadRecipe(parser.isSet(QStringLiteral("recipe")) ? parser.value(QStringLiteral("recipe")) : usual);
  recipe.epochs = number(parser, "epochs", recipe.epochs, 1);
  if (parser.isSet(QStringLiteral("epochs")) && recipe.teacher_epochs > 0) recipe.teacher_epochs = recipe.epochs;
  return withSettings(recipe, parser);
}

// A family has as many classes as the data; networks of files and of the library have their own.
NetworkSpec networkOf(const QString &name, const Job &job) {
  const bool family = std::ranges::any_of(families(), [&](const Family &f) { return name == QLatin1String(f.name); });
  return loadNetwork(name, family ? classesOf(job.data, {.cache = decodedCache()}) : 0);
}

// Of the network, or of the run that learned them; `names` picks some.
std::vector<Variant> variantsOf(const VerbParser &parser, const Job &job, const QString &names) {
  NetworkSpec network = job.network;
  if (parser.isSet(QStringLiteral("variants")))
    network.variants = loadVariants(network, parser.value(QStringLiteral("variants")));
  else if (job.recipe.method == Method::FusedNonUniform)
    throw Error(parser.place(), QStringLiteral("recipe %1 needs --variants").arg(job.recipe.name),
                QStringLiteral("give the directory of a run with the recipe short-clipped-group-lasso"));
  std::vector<Variant> variants = network.variants;
  if (!names.isEmpty()) {
    variants.clear();
    for (const QString &name : names.split(QLatin1Char(','))) variants.push_back(findVariant(network, name));
  }
  // The penalty starts from one network; which channels are left makes the variants.
  if (job.recipe.method == Method::ClippedGroupLasso && variants.size() > 1) {
    if (!names.isEmpty())
      throw Error(parser.place(), QStringLiteral("recipe %1 starts from one variant").arg(job.recipe.name),
                  QStringLiteral("name the largest"));
    variants.resize(1);
  }
  return variants;
}

Job jobOf(const VerbParser &parser) {
  Job job;
  job.data = parser.value(QStringLiteral("data"));
  const QString argument = parser.argument(0);
  if (argument.isEmpty())
    throw Error(parser.place(), QStringLiteral("names no network"), QStringLiteral("see pimento networks"));
  // The last colon parts the variants off, but not one inside a file's path.
  const qsizetype colon = argument.lastIndexOf(QLatin1Char(':'));
  const bool named = colon > argument.lastIndexOf(QLatin1Char('/')) && !argument.endsWith(QStringLiteral(".json"));
  job.network = networkOf(named ? argument.left(colon) : argument, job);
  job.recipe = recipeOf(parser, job.network);
  job.variants = variantsOf(parser, job, named ? argument.mid(colon + 1) : QString());
  job.binding = findBinding(job.network, methodBinding(job.recipe.method)).name;
  job.images = number(parser, "images", 0, 1);
  job.seed = static_cast<std::uint64_t>(number(parser, "seed", 1, 0));
  job.threads = number(parser, "threads", 0, 1);
  if (parser.isSet(QStringLiteral("weights")))
    job.weights = QDir::current().absoluteFilePath(parser.value(QStringLiteral("weights")));
  if (QFileInfo(job.data).isDir()) job.data = QDir::current().absoluteFilePath(job.data);  // wherever it goes on
  return job;
}

// Makes the job, or finds the same one that was begun there.
QString directoryOf(const VerbParser &parser, const Job &job) {
  QString directory = parser.value(QStringLiteral("job"));
  if (directory.isEmpty()) directory = QStringLiteral("runs/%1-%2").arg(job.network.name, job.recipe.name);
  if (!QFile::exists(QDir(directory).filePath(QStringLiteral("job.json")))) {
    createJob(directory, job);
  } else if (writeJob(loadJob(directory)) != writeJob(job)) {
    throw Error(directory, QStringLiteral("holds another job"), QStringLiteral("name another directory with --job"));
  }
  return directory;
}

}  // namespace

int trainVerb(const QStringList &arguments) {
  VerbParser parser(
      "train", QStringLiteral("NETWORK[:VARIANT,…]"),
      QStringLiteral("Trains the variants of a network on a data set and measures their accuracy on its\n"
                     "test set, once, with the weights that were best on a validation part of the\n"
                     "training set. Prints a table; with --json an object a line: start, progress,\n"
                     "epoch, checkpoint, result.\n\n"
                     "Ctrl+C stops and keeps the best weights. A run that was killed goes on when the\n"
                     "same command is given again, and ends with the same weights; of one that is\n"
                     "finished the result is told again. The directory of the run holds weights and\n"
                     "results.\n\n"
                     "  pimento train resnet20-slimmable\n"
                     "  pimento train deco-mobilenetv1 --recipe short-joint --job runs/joint\n"
                     "  pimento train resnet20-slimmable --recipe short-clipped-group-lasso --job runs/lasso\n"
                     "  pimento train resnet20-slimmable --recipe short-fused-non-uniform --variants runs/lasso"));
  addOptions(parser);
  if (!parser.parse(arguments)) return 0;
  const QString directory = directoryOf(parser, jobOf(parser));
  if (parser.isSet(QStringLiteral("prepare"))) {
    printOut(QStringLiteral("pimento-learn train %1\n").arg(QDir(directory).absolutePath()));
    return 0;
  }
  const bool lines = parser.isSet(QStringLiteral("json"));
  TrainingText text(isatty(STDERR_FILENO) != 0);
  QJsonObject result;
  const int code =
      runWorker({QStringLiteral("train"), directory}, [&](const QByteArray &line, const QJsonObject &event) {
        if (lines)
          printOut(QString::fromUtf8(line) + QLatin1Char('\n'));
        else
          printError(text.textOf(event));
        if (event[QStringLiteral("event")].toString() == QStringLiteral("result")) result = event;
      });
  if (code == 0 && result.isEmpty())
    printError(
        QStringLiteral("pimento train: stopped before the variants learned anything; the same command goes on\n"));
  if (code != 0 || lines || result.isEmpty()) return code;
  parser.print(trainingTable(result));
  if (prunedNothing(result))
    printError(
        QStringLiteral("No channel was pruned: train longer, or raise the recipe's lambdas (--set lambdas=L,L,L).\n"));
  if (parser.isText())
    printOut(QStringLiteral("\n%1 images/s, %2 % of this machine's best convolution rate; weights: %3\n")
                 .arg(result[QStringLiteral("images_per_s")].toDouble(), 0, 'f', 0)
                 .arg(100 * result[QStringLiteral("share_of_ceiling")].toDouble(), 0, 'f', 0)
                 .arg(QDir(directory).filePath(result[QStringLiteral("weights")].toString())));
  return code;
}

}  // namespace pimento
