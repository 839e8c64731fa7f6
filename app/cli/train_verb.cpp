// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QJsonArray>

#include "app/cli/network_argument.h"
#include "app/cli/verbs.h"
#include "app/cli/worker.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/data/dataset.h"
#include "core/jobs/job.h"
#include "core/network/families/families.h"

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
  parser.option(QStringLiteral("epochs"), QStringLiteral("Instead of the recipe's number."), QStringLiteral("N"));
  parser.repeatable(QStringLiteral("set"),
                    QStringLiteral("Instead of what the recipe says under this key: batch=64, learning_rate=0.05, "
                                   "milestones=0.5,0.8. May be given several times."),
                    QStringLiteral("KEY=VALUE"));
  parser.option(QStringLiteral("images"), QStringLiteral("Train on N images drawn from the training set."),
                QStringLiteral("N"));
  parser.option(QStringLiteral("seed"), QStringLiteral("Seed of weights, order and augmentation (default 1)."),
                QStringLiteral("N"));
  parser.option(QStringLiteral("threads"), QStringLiteral("Threads (default: the machine's cores)."),
                QStringLiteral("N"));
  parser.option(QStringLiteral("weights"), QStringLiteral("Starts from a .safetensors file."), QStringLiteral("FILE"));
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

Job jobOf(const VerbParser &parser) {
  Job job;
  job.data = parser.value(QStringLiteral("data"));
  const QString argument = parser.argument(0);
  if (argument.isEmpty())
    throw Error(parser.place(), QStringLiteral("names no network"), QStringLiteral("see pimento networks"));
  job.network = makeNetwork(argument.section(QLatin1Char(':'), 0, 0), classesOf(job.data, {.cache = decodedCache()}));
  job.variants = job.network.variants;
  if (argument.contains(QLatin1Char(':'))) {
    job.variants.clear();
    for (const QString &name : argument.section(QLatin1Char(':'), 1).split(QLatin1Char(',')))
      job.variants.push_back(findVariant(job.network, name));
  }
  job.recipe = recipeOf(parser, job.network);
  job.binding = methodBinding(job.recipe.method);
  job.images = number(parser, "images", 0, 1);
  job.seed = static_cast<std::uint64_t>(number(parser, "seed", 1, 0));
  job.threads = number(parser, "threads", 0, 1);
  if (parser.isSet(QStringLiteral("weights")))
    job.weights = QDir::current().absoluteFilePath(parser.value(QStringLiteral("weights")));
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

QString duration(double s) {
  const int whole = static_cast<int>(s + 0.5);
  return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QString lossText(const QJsonObject &loss) {
  QStringList parts;
  for (auto it = loss.begin(); it != loss.end(); ++it)
    parts << QStringLiteral("%1: %2").arg(it.key()).arg(it->toDouble(), 0, 'f', 3);
  return parts.join(QStringLiteral(", "));
}

// One event as people read it; progress overwrites itself on a terminal.
void tell(const QJsonObject &event) {
  const QString kind = event[QStringLiteral("event")].toString();
  if (kind == QStringLiteral("progress"))
    printError(QStringLiteral("\r%1 epoch %2/%3, %4 images/s, %5 left, loss %6\033[K")
                   .arg(event[QStringLiteral("stage")].toString())
                   .arg(event[QStringLiteral("epoch")].toDouble(), 0, 'f', 2)
                   .arg(event[QStringLiteral("epochs")].toInt())
                   .arg(event[QStringLiteral("images_per_s")].toDouble(), 0, 'f', 0)
                   .arg(duration(event[QStringLiteral("left_s")].toDouble()),
                        lossText(event[QStringLiteral("loss")].toObject())));
  if (kind == QStringLiteral("epoch"))
    printError(QStringLiteral("\r%1 epoch %2/%3, validation %: %4\033[K\n")
                   .arg(event[QStringLiteral("stage")].toString())
                   .arg(event[QStringLiteral("epoch")].toInt())
                   .arg(event[QStringLiteral("epochs")].toInt())
                   .arg(lossText(event[QStringLiteral("validation_pct")].toObject())));
}

ReportTable resultTable(const QJsonObject &result) {
  ReportTable table;
  for (const char *name : {"variant", "accuracy_pct", "correct", "n", "interval_low_pct", "interval_high_pct", "kind"})
    table.columns << QString::fromLatin1(name);
  for (const QJsonValue &value : result[QStringLiteral("variants")].toArray()) {
    const QJsonObject v = value.toObject();
    const QJsonArray interval = v[QStringLiteral("interval_pct")].toArray();
    table.rows.push_back({v[QStringLiteral("variant")].toString(), v[QStringLiteral("accuracy_pct")].toDouble(),
                          qint64(v[QStringLiteral("correct")].toInteger()), qint64(v[QStringLiteral("n")].toInteger()),
                          interval[0].toDouble(), interval[1].toDouble(), QStringLiteral("measured")});
  }
  return table;
}

}  // namespace

int trainVerb(const QStringList &arguments) {
  VerbParser parser("train", QStringLiteral("NETWORK[:VARIANT,…]"),
                    QStringLiteral("Trains the variants of a network on a data set and measures their accuracy on its\n"
                                   "test set. Prints a table; with --json an object a line: progress, epoch,\n"
                                   "checkpoint, result. Ctrl+C stops and keeps the best weights; what was\n"
                                   "interrupted goes on when the same command is given again."));
  addOptions(parser);
  if (!parser.parse(arguments)) return 0;
  const QString directory = directoryOf(parser, jobOf(parser));
  const bool lines = parser.isSet(QStringLiteral("json"));
  QJsonObject result;
  const int code =
      runWorker({QStringLiteral("train"), directory}, [&](const QByteArray &line, const QJsonObject &event) {
        if (lines)
          printOut(QString::fromUtf8(line) + QLatin1Char('\n'));
        else
          tell(event);
        if (event[QStringLiteral("event")].toString() == QStringLiteral("result")) result = event;
      });
  if (code != 0 || lines) return code;
  if (result.isEmpty()) return code;
  parser.print(resultTable(result));
  if (!parser.isSet(QStringLiteral("csv")))
    printOut(QStringLiteral("\n%1 images/s, %2 % of this machine's best convolution rate; weights: %3\n")
                 .arg(result[QStringLiteral("images_per_s")].toDouble(), 0, 'f', 0)
                 .arg(100 * result[QStringLiteral("share_of_ceiling")].toDouble(), 0, 'f', 0)
                 .arg(QDir(directory).filePath(result[QStringLiteral("weights")].toString())));
  return code;
}

}  // namespace pimento
