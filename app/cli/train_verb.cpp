// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <algorithm>

#include "app/cli/picture_options.h"
#include "app/cli/stop_run.h"
#include "app/cli/training_text.h"
#include "app/cli/verb.h"
#include "app/cli/verbs.h"
#include "app/cli/worker.h"
#include "app/jobs/run_to_train.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/typed_number.h"
#include "core/data/dataset.h"
#include "core/jobs/methods.h"
#include "core/jobs/run_directory.h"
#include "core/jobs/teacher_choice.h"
#include "core/jobs/variants_file.h"
#include "core/network/binding.h"
#include "core/network/families/network_library.h"

namespace pimento {

namespace {

constexpr int MaxImages = 1 << 30;

void addTrainOptions(VerbParser &parser) {
  parser.positional(QStringLiteral("NETWORK[:VARIANT,…]"),
                    QStringLiteral("as listed by pimento networks; all variants if none is named"));
  parser.option(QStringLiteral("recipe"),
                QStringLiteral("Recipe: %1, or a .json file. Default: a short one that fits the network.")
                    .arg(builtInRecipes().join(QStringLiteral(", "))),
                QStringLiteral("RECIPE"));
  parser.option(QStringLiteral("data"), QStringLiteral("Data set: a name or folder as in pimento data."),
                QStringLiteral("SET"), QStringLiteral("fashion-mnist"));
  addPictureOptions(parser);
  parser.option(QStringLiteral("scale"), QStringLiteral("Scales images to the network's input; else smaller ones get a "
                                                        "border, and larger ones are refused."));
  parser.option(QStringLiteral("job"),
                QStringLiteral("Directory of the run (default: runs/NETWORK-RECIPE). A run that was interrupted there "
                               "goes on."),
                QStringLiteral("DIR"));
  parser.option(QStringLiteral("prepare"),
                QStringLiteral("Makes the run's directory and prints the command that trains it, here or on several "
                               "machines together (pimento-learn --help)."));
  parser.option(QStringLiteral("epochs"),
                QStringLiteral("Instead of the recipe's number. More than a finished run has had train it on from its "
                               "last weights, under one-cycle in a second cycle."),
                QStringLiteral("N"));
  parser.option(QStringLiteral("stop"),
                QStringLiteral("With --job alone: ends that run with the best weights so far. Its worker, on whatever "
                               "machine, is told to stop; a run that is paused is tested as it is."));
  parser.option(QStringLiteral("name"), QStringLiteral("What the run is called, for people."), QStringLiteral("TEXT"));
  parser.option(QStringLiteral("other-images"),
                QStringLiteral("Goes on although the images are not those that the run was begun with."));
  parser.repeatable(QStringLiteral("set"),
                    QStringLiteral("Instead of what the recipe says under this key: batch=64, learning_rate=0.05, "
                                   "milestones=0.5,0.8. May be given several times."),
                    QStringLiteral("KEY=VALUE"));
  parser.option(QStringLiteral("images"),
                QStringLiteral("Take N images drawn from the training set; a part of them validates: the recipe's "
                               "validation, but at most its validation_share (a tenth)."),
                QStringLiteral("N"));
  parser.option(QStringLiteral("seed"), QStringLiteral("Seed of weights, order and augmentation (default 1)."),
                QStringLiteral("N"));
  parser.option(QStringLiteral("threads"), QStringLiteral("Threads (default: the machine's cores)."),
                QStringLiteral("N"));
  parser.option(QStringLiteral("weights"),
                QStringLiteral("Starts from a file as pimento evaluate reads it: of the same variants, or of one plain "
                               "network, whose batch norms are copied to each variant."),
                QStringLiteral("FILE"));
  parser.option(QStringLiteral("ignore"),
                QStringLiteral("Leaves out those of its tensors that are of layers which the network does not have, as "
                               "in pimento evaluate."),
                QStringLiteral("PATTERN,…"));
  parser.option(
      QStringLiteral("teacher"),
      QStringLiteral("Distillation: who teaches. A variant, trained alone first (default: the widest of those "
                     "that are trained); a file of weights or the directory of a run, of its widest variant; "
                     "or VARIANT=FILE."),
      QStringLiteral("WHO"));
  parser.option(QStringLiteral("variants"),
                QStringLiteral("Trains sub-nets that a run of the clipped group Lasso has learned: its directory, or "
                               "its variants.json."),
                QStringLiteral("RUN"));
}

int number(const VerbParser &parser, const char *name, int otherwise, int least, int most = MaxImages) {
  const QString option = QString::fromLatin1(name);
  return parser.value(option).isEmpty() ? otherwise : static_cast<int>(parser.whole(option, least, most));
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
  const auto value = typedNumber(text).value();
  return value ? QJsonValue(*value) : QJsonValue(text);
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
  Recipe recipe = loadRecipe(parser.isSet(QStringLiteral("recipe")) ? parser.value(QStringLiteral("recipe"))
                                                                    : usualRecipe(network));
  recipe.epochs = number(parser, "epochs", recipe.epochs, 1);
  if (parser.isSet(QStringLiteral("epochs")) && recipe.teacher_epochs > 0) recipe.teacher_epochs = recipe.epochs;
  return withSettings(recipe, parser);
}

// Of the network, or of the run that learned them; `names` picks some.
std::vector<Variant> variantsOf(const VerbParser &parser, const Job &job, const QString &names) {
  NetworkSpec network = job.network;
  if (parser.isSet(QStringLiteral("variants")))
    network.variants = loadVariants(network, parser.value(QStringLiteral("variants")));
  else if (traits(job.recipe.method).takesSubNets)
    throw Error(parser.place(), QStringLiteral("recipe %1 needs --variants").arg(job.recipe.name),
                QStringLiteral("give the directory of a run with the recipe short-clipped-group-lasso"));
  if (names.isEmpty()) return usualVariants(network, job.recipe.method);
  std::vector<Variant> variants;
  for (const QString &name : names.split(QLatin1Char(','))) variants.push_back(findVariant(network, name));
  // The penalty starts from one network; which channels are left makes the variants.
  if (traits(job.recipe.method).learnsSubNets && variants.size() > 1)
    throw Error(parser.place(), QStringLiteral("recipe %1 starts from one variant").arg(job.recipe.name),
                QStringLiteral("name the widest"));
  return variants;
}

Job jobOf(const VerbParser &parser) {
  Job job;
  job.data = parser.value(QStringLiteral("data"));
  const QString argument = parser.argument(0);
  if (argument.isEmpty())
    throw Error(parser.place(), QStringLiteral("names no network"), QStringLiteral("see pimento networks"));
  const auto [network, variants] = networkText(argument);
  job.network = loadNetworkFor(network, datasetClasses(job.data));
  job.recipe = recipeOf(parser, job.network);
  job.variants = variantsOf(parser, job, variants.value_or(QString()));
  job.binding = findBinding(job.network, methodBinding(job.recipe.method)).name;
  if (parser.isSet(QStringLiteral("teacher")) && !traits(job.recipe.method).distils)
    throw Error(parser.place(), QStringLiteral("--teacher beside recipe %1").arg(job.recipe.name),
                QStringLiteral("only a distillation has a teacher"));
  chooseTeacher(job, parser.value(QStringLiteral("teacher")));
  if (parser.isSet(QStringLiteral("scale"))) job.recipe.scale = true;
  const FolderOptions pictures = pictureOptionsOf(parser);
  job.dataCrop = pictures.crop;
  job.dataResize = pictures.resize;
  job.images = number(parser, "images", 0, 1);
  job.seed = static_cast<std::uint64_t>(number(parser, "seed", 1, 0));
  job.threads = number(parser, "threads", 0, 1, MaxThreads);
  job.name = parser.value(QStringLiteral("name"));
  if (parser.isSet(QStringLiteral("weights")))
    job.weights = QDir::current().absoluteFilePath(parser.value(QStringLiteral("weights")));
  job.weightsIgnore = parser.value(QStringLiteral("ignore")).split(QLatin1Char(','), Qt::SkipEmptyParts);
  if (QFileInfo(job.data).isDir()) job.data = QDir::current().absoluteFilePath(job.data);  // wherever it goes on
  return job;
}

QString directoryOf(const VerbParser &parser, const Job &job) {
  const QString directory = parser.value(QStringLiteral("job"));
  return directory.isEmpty() ? QStringLiteral("runs/%1-%2").arg(job.network.name, job.recipe.name) : directory;
}

// The directory of a run that is to end now.
QString directoryToStop(const VerbParser &parser) {
  parser.needs(QStringLiteral("stop"), {QStringLiteral("job")});
  if (!parser.argument(0).isEmpty())
    throw Error(parser.place(), QStringLiteral("--stop beside a network"),
                QStringLiteral("the directory of the run is enough: --job DIR --stop"));
  return parser.value(QStringLiteral("job"));
}

// Of a path, those that are not there, the innermost first.
QStringList missingFolders(const QString &directory) {
  QStringList missing;
  for (QString path = QDir(directory).absolutePath(); !QFileInfo::exists(path); path = QFileInfo(path).path())
    missing << path;
  return missing;
}

// Takes away what a refused command has made, so that the corrected one finds the directory free.
void discardRefused(const QString &directory, const QStringList &madeFolders) {
  try {
    discardUntrained(directory);
    for (const QString &folder : madeFolders) QDir().rmdir(folder);  // if nothing else is in it
  } catch (const Error &) {  // another worker is at it; what was refused is told
  }
}

// What it measured, as a table and words.
void tellResult(const VerbParser &parser, const QString &directory, const QJsonObject &result) {
  parser.print(trainingTable(result));
  for (const QJsonValue note : result[QStringLiteral("notes")].toArray())
    printError(QStringLiteral("Note: %1.\n").arg(note.toString()));
  if (prunedNothing(result))
    printError(
        QStringLiteral("No channel was pruned: norms begin at about 1.7, and a pull (lambda x sum of rates / (1 - "
                       "momentum)) below that empties nothing. Train longer, or raise the recipe's lambdas (--set "
                       "lambdas=L,L,L).\n"));
  if (const QString beyond = result[QStringLiteral("beyond_the_paper")].toString();
      parser.isText() && !beyond.isEmpty())
    printOut(QLatin1Char('\n') + beyond + QLatin1Char('\n'));
  if (parser.isText() && result.contains(QStringLiteral("training_images")))
    printOut(QStringLiteral("\n%1 training and %2 validation images\n")
                 .arg(result[QStringLiteral("training_images")].toInteger())
                 .arg(result[QStringLiteral("validation_images")].toInteger()));
  const QString start = result[QStringLiteral("started_from")].toObject()[QStringLiteral("text")].toString();
  if (parser.isText() && !start.isEmpty()) printOut(QStringLiteral("\nThis run %1.\n").arg(start));
  if (parser.isText())
    printOut(QStringLiteral("%1 images/s, %2 % of this machine's best convolution rate; weights: %3\n")
                 .arg(result[QStringLiteral("images_per_s")].toDouble(), 0, 'f', 0)
                 .arg(100 * result[QStringLiteral("share_of_ceiling")].toDouble(), 0, 'f', 0)
                 .arg(QDir(directory).filePath(result[QStringLiteral("weights")].toString())));
}

int train(const VerbParser &parser, const QString &directory) {
  QStringList words{QStringLiteral("train"), directory};
  for (const char *flag : {"stop", "other-images"})
    if (parser.isSet(QString::fromLatin1(flag))) words << QStringLiteral("--") + QString::fromLatin1(flag);
  const bool lines = parser.isSet(QStringLiteral("json"));
  TrainingText text(isatty(STDERR_FILENO) != 0);
  QJsonObject result;
  const int code = runWorker(words, [&](const QByteArray &line, const QJsonObject &event) {
    if (lines)
      printOut(QString::fromUtf8(line) + QLatin1Char('\n'));
    else
      printError(text.textOf(event));
    if (event[QStringLiteral("event")].toString() == QStringLiteral("result")) result = event;
  });
  if (code == 0 && !lines && !result.isEmpty()) tellResult(parser, directory, result);
  return code;
}

}  // namespace

int trainVerb(const QStringList &arguments) {
  VerbParser parser(
      "train", QStringLiteral("NETWORK[:VARIANT,…]"),
      QStringLiteral("Trains the variants of a network on a data set and measures their accuracy on its\n"
                     "test set, once, with the weights that were best on a validation part of the\n"
                     "training set. Prints a table; with --json an object a line: start, progress,\n"
                     "epoch, checkpoint, paused, result.\n\n"
                     "Ctrl+C pauses (exit code 3; a second Ctrl+C ends at once), and so does the end of\n"
                     "this program, however it comes. A run that was paused or killed goes on when the\n"
                     "same command is given again, and ends with the same weights; of one that is\n"
                     "finished the result is told again, and more --epochs train it on. To end a run\n"
                     "early with the best weights so far: pimento train --job DIR --stop, from another\n"
                     "terminal or once it is paused. The directory of the run holds weights and results;\n"
                     "a job that is refused before it has learned anything leaves none.\n\n"
                     "  pimento train resnet20-slimmable\n"
                     "  pimento train deco-mobilenetv1 --recipe short-joint --job runs/joint\n"
                     "  pimento train resnet20-slimmable --data photos --crop 224 --resize 256 --scale\n"
                     "  pimento train resnet20-slimmable --recipe short-clipped-group-lasso --job runs/lasso\n"
                     "  pimento train resnet20-slimmable --recipe short-fused-non-uniform --variants runs/lasso"));
  addTrainOptions(parser);
  if (!parser.parse(arguments)) return 0;
  if (parser.isSet(QStringLiteral("stop"))) {
    const QString directory = directoryToStop(parser);
    return stopWorkerOf(directory) ? 0 : train(parser, directory);
  }
  const Job job = jobOf(parser);
  const QString directory = directoryOf(parser, job);
  const QStringList missing = missingFolders(directory);
  const Settled settled =
      settleRun(directory, job, parser.isSet(QStringLiteral("epochs")) ? Epochs::Asked : Epochs::OfRecipe);
  if (parser.isSet(QStringLiteral("prepare"))) {
    printOut(QStringLiteral("pimento-learn train %1\n").arg(QDir(directory).absolutePath()));
    return 0;
  }
  try {
    return train(parser, directory);
  } catch (const Error &) {
    if (settled == Settled::New) discardRefused(directory, missing);
    throw;
  }
}

}  // namespace pimento
