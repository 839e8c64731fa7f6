// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project.h"

#include <algorithm>

namespace pimento {

namespace {

std::vector<Bits> measuredIntegers(const TrainingRun &run) {
  std::vector<Bits> precisions;
  for (const RunResult &result : run.results.results)
    if (result.bits != SinglePrecision &&
        std::find(precisions.begin(), precisions.end(), result.bits) == precisions.end())
      precisions.push_back(result.bits);
  if (precisions.empty()) precisions.push_back(Bits{});
  return precisions;
}

QStringList acceleratorsOf(const Project &project) {
  QStringList names;
  for (const EstimateChoice &choice : project.estimates)
    if (!names.contains(choice.accelerator)) names << choice.accelerator;
  return names.isEmpty() ? QStringList{QString()} : names;
}

}  // namespace

const TrainingRun *findRun(const Project &project, const QString &name) {
  const auto found =
      std::find_if(project.runs.begin(), project.runs.end(), [&](const TrainingRun &run) { return run.name == name; });
  return found == project.runs.end() ? nullptr : &*found;
}

void addRun(Project &project, TrainingRun run, QStringList accelerators, const QString &gpuPower) {
  if (accelerators.isEmpty()) accelerators = acceleratorsOf(project);
  std::erase_if(project.estimates, [&](const EstimateChoice &choice) { return choice.run == run.name; });
  for (const QString &accelerator : accelerators)
    for (const Bits bits : measuredIntegers(run))
      project.estimates.push_back({.network = run.job.network.name,
                                   .accelerator = accelerator,
                                   .bits = bits,
                                   .gpuPower = gpuPower,
                                   .run = run.name});
  const TrainingRun *old = findRun(project, run.name);
  if (old == nullptr)
    project.runs.push_back(std::move(run));
  else
    project.runs[static_cast<std::size_t>(old - project.runs.data())] = std::move(run);
}

bool sameAs(const Project &a, const Project &b) {
  return a.title == b.title && a.published == b.published && a.estimates == b.estimates &&
         std::equal(a.runs.begin(), a.runs.end(), b.runs.begin(), b.runs.end(),
                    [](const TrainingRun &x, const TrainingRun &y) { return sameAs(x, y); }) &&
         a.accelerators == b.accelerators && a.view == b.view && a.history == b.history && a.thumbnail == b.thumbnail &&
         std::equal(
             a.tables.begin(), a.tables.end(), b.tables.begin(), b.tables.end(),
             [](const StoredTable &x, const StoredTable &y) { return x.name == y.name && x.table.sameAs(y.table); });
}

}  // namespace pimento
