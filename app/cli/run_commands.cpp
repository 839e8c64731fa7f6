// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_commands.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>

#include "app/cli/verb.h"
#include "app/jobs/train_words.h"
#include "core/base/arguments.h"
#include "core/base/error.h"
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

bool holdsAll(const std::vector<Variant> &some, const std::vector<Variant> &wanted) {
  return std::ranges::all_of(wanted,
                             [&](const Variant &variant) { return std::ranges::find(some, variant) != some.end(); });
}

// The run among `others` that learned the sub-nets of a fused one; else its own job holds them.
QString learnedFrom(const TrainingRun &run, const std::vector<TrainingRun> &others) {
  for (const TrainingRun &other : others)
    if (traits(other.job.recipe.method).learnsSubNets && holdsAll(other.variants, run.job.variants))
      return runPath(other.name);
  return runPath(run.name);
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

QStringList commandsOf(const TrainingRun &run, const std::vector<TrainingRun> &others) {
  QStringList commands{
      shellCommand(trainWords(run.job, learnedFrom(run, others)) << option("job") << runPath(run.name))};
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
