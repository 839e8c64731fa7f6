// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/accelerator_option.h"
#include "app/cli/project_option.h"
#include "app/cli/run_commands.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/hardware/estimate/references.h"
#include "core/hardware/profile/profile_json.h"
#include "core/project/project_file.h"
#include "core/project/project_lock.h"
#include "core/study/study.h"

namespace pimento {

namespace {

const QString GpuPowerOption = QStringLiteral("gpu-power");
const QString TitleOption = QStringLiteral("title");

void addImportOptions(VerbParser &parser) {
  parser.positionals(QStringLiteral("RUNDIR"), QStringLiteral("directories that pimento train --job made"));
  parser.option(QStringLiteral("o"), QStringLiteral("The project: made, or added to."), QStringLiteral("FILE.pimento"));
  addAcceleratorOptions(parser);
  parser.option(GpuPowerOption,
                QStringLiteral("Power of the GPU reference: %1.").arg(gpuPowerNames().join(QStringLiteral(", "))),
                QStringLiteral("BASIS"), gpuPowerNames().front());
  parser.option(TitleOption, QStringLiteral("Title of the project."), QStringLiteral("TEXT"));
}

// The accelerator that is asked for, kept in the project so that it gives the same numbers later. None if the project
// has estimates and nothing is asked for: then they say which.
QStringList acceleratorFor(Project &project, const VerbParser &parser) {
  bool asked = false;
  for (const char *name : {"accelerator", "device", "set"}) asked = asked || parser.isSet(QString::fromLatin1(name));
  if (!asked && !project.estimates.empty()) return {};
  const Accelerator accelerator = acceleratorFrom(parser);
  const QByteArray profile = writeProfile(accelerator);
  const auto [kept, fresh] = project.accelerators.try_emplace(accelerator.name, profile);
  if (!fresh && kept->second != profile)
    throw Error(parser.value(QStringLiteral("o")),
                QStringLiteral("has another accelerator called %1").arg(quoted(accelerator.name)),
                QStringLiteral("give it a name of its own with pimento estimate --write-profile"));
  return {accelerator.name};
}

QString savedLine(const TrainingRun &run) {
  return QStringLiteral("%1: %2, %3 results of %4 variants on %5, %6 of weights\n")
      .arg(run.name, run.job.network.name)
      .arg(run.results.results.size())
      .arg(run.variants.size())
      .arg(run.results.data, siValue(static_cast<double>(run.weights.size()), QStringLiteral("B")));
}

}  // namespace

int importVerb(const QStringList &arguments) {
  VerbParser parser("import", QStringLiteral("RUNDIR... -o FILE.pimento"),
                    QStringLiteral("Copies runs into a project: what was asked for, what was measured, the curves and\n"
                                   "the weights in half precision. Each network is estimated at the precisions it was\n"
                                   "measured at, with the GPU beside it. A run that is there already is replaced. The\n"
                                   "project's history keeps commands that do it all again. Others that change the\n"
                                   "project at the same time are waited for."));
  addImportOptions(parser);
  if (!parser.parse(arguments)) return 0;
  if (parser.positionalArguments().isEmpty())
    throw Error(parser.place(), QStringLiteral("names no run"), QStringLiteral("give directories of runs"));
  if (!wantsProject(parser, {}))
    throw Error(parser.place(), QStringLiteral("names no project"), QStringLiteral("give -o FILE.pimento"));
  const QString file = parser.value(QStringLiteral("o"));
  std::vector<TrainingRun> runs;
  for (const QString &directory : parser.positionalArguments()) runs.push_back(importRun(directory));
  const FileLock lock = lockProject(file);  // read and saved as one: another import may be at it, too
  Project project = projectForRuns(file, runs);
  if (parser.isSet(TitleOption)) project.title = parser.value(TitleOption);
  const QStringList accelerators = acceleratorFor(project, parser);
  const QString power = parser.choice(GpuPowerOption, gpuPowerNames());
  for (const TrainingRun &run : runs) addRun(project, run, accelerators, power);
  for (const TrainingRun &run : runs) addToHistory(project, commandsOf(run, project.runs));
  static_cast<void>(study(project));  // an Error here leaves the file as it was
  addToHistory(project, {portableCommand(commandOf(parser), parser.positionalArguments())});
  saveProject(project, file);
  for (const TrainingRun &run : runs) printOut(savedLine(run));
  return 0;
}

}  // namespace pimento
