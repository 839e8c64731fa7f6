// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_commands.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QRegularExpression>
#include <algorithm>

#include "app/cli/verb.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/project/project_file.h"

namespace pimento {

namespace {

QString option(const char *name) { return QStringLiteral("--") + QString::fromLatin1(name); }

QString cleanPath(const QString &path) { return QDir::cleanPath(QFileInfo(path).absoluteFilePath()); }

QString runPath(const QString &name) { return QStringLiteral("runs/") + name; }

// A word of a command without the folders of this machine; what follows "--option=" counts as a word.
QString portableWord(const QString &word, const QStringList &runDirectories) {
  static const QRegularExpression withValue(QStringLiteral("^(--?[a-z0-9-]+=)(.+)$"));
  if (const auto match = withValue.match(word); match.hasMatch())
    return match.captured(1) + portableWord(match.captured(2), runDirectories);
  if (word.startsWith(QLatin1Char('-')) || word.isEmpty()) return word;
  for (const QString &directory : runDirectories)
    if (cleanPath(word) == cleanPath(directory)) return runPath(QFileInfo(cleanPath(word)).fileName());
  return word.contains(QLatin1Char('/')) ? QFileInfo(QDir::cleanPath(word)).fileName() : word;
}

// A value of a recipe as --set takes it.
QString settingText(const QJsonValue &value) {
  if (value.isBool()) return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
  if (value.isDouble()) return exactNumber(value.toDouble());
  if (!value.isArray()) return value.toString();
  QStringList parts;
  for (const QJsonValue part : value.toArray()) parts << settingText(part);
  return parts.join(QLatin1Char(','));
}

// The recipe as pimento train is told it: a built-in one with what differs from it, or a file of its name.
QStringList recipeWords(const Recipe &recipe) {
  if (!builtInRecipes().contains(recipe.name)) return {option("recipe"), recipe.name + QStringLiteral(".json")};
  QStringList words{option("recipe"), recipe.name};
  const QJsonObject known = toJson(loadRecipe(recipe.name));
  const QJsonObject asked = toJson(recipe);
  for (auto it = asked.begin(); it != asked.end(); ++it)
    if (known[it.key()] != *it) words << option("set") << it.key() + QLatin1Char('=') + settingText(*it);
  return words;
}

QStringList trainWords(const TrainingRun &run) {
  const Job &job = run.job;
  QString network = job.network.name;
  if (job.variants != job.network.variants) {
    QStringList names;
    for (const Variant &variant : job.variants) names << variant.name;
    network += QLatin1Char(':') + names.join(QLatin1Char(','));
  }
  QStringList words{QStringLiteral("pimento"), QStringLiteral("train"), network};
  words << recipeWords(job.recipe) << option("data") << job.data;
  const auto number = [&](const char *name, qint64 value, qint64 usual) {
    if (value != usual) words << option(name) << QString::number(value);
  };
  number("images", job.images, 0);
  number("seed", static_cast<qint64>(job.seed), 1);
  number("threads", job.threads, 0);
  if (!job.weights.isEmpty()) words << option("weights") << job.weights;
  return words << option("job") << runPath(run.name);
}

QStringList quantiseWords(const TrainingRun &run, const RunResult &result) {
  QStringList words{QStringLiteral("pimento"), QStringLiteral("quantise"), runPath(run.name), option("bits"),
                    QStringLiteral("%1:%2").arg(result.bits.weights).arg(result.bits.activations)};
  if (result.how == ResultHow::QuantisationAware) words << option("method") << resultHowName(result.how);
  return words;
}

}  // namespace

QString portableCommand(const QStringList &command, const QStringList &runDirectories) {
  QStringList words;
  for (const QString &word : command) words << portableWord(word, runDirectories);
  return shellCommand(words);
}

QStringList commandsOf(const TrainingRun &run) {
  QStringList commands{shellCommand(trainWords(run))};
  for (const RunResult &result : run.results.results) {
    if (result.how == ResultHow::Trained) continue;
    const QString command = shellCommand(quantiseWords(run, result));
    if (!commands.contains(command)) commands << command;
  }
  return commands;
}

void addToHistory(Project &project, const QStringList &commands) {
  for (const QString &command : commands)
    if (!project.history.contains(command)) project.history << command;
}

Project projectForRuns(const QString &file, const std::vector<TrainingRun> &runs) {
  if (!file.endsWith(QStringLiteral(".pimento")))
    throw Error(file, QStringLiteral("is no name of a project"), QStringLiteral("give one that ends in .pimento"));
  if (QFileInfo::exists(file)) return openProject(file);
  Project project;
  if (runs.empty()) return project;
  const TrainingRun &first = runs.front();
  project.title = QStringLiteral("%1 on %2").arg(first.job.network.title, first.results.data);
  project.view = {{QStringLiteral("x"), QStringLiteral("energy")}, {QStringLiteral("y"), QStringLiteral("accuracy")}};
  project.view[QStringLiteral("filters")] = QJsonObject{{QStringLiteral("dataset"), QJsonArray{first.results.data}}};
  return project;
}

}  // namespace pimento
