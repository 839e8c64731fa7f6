// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/learned_variants.h"

#include <QFileInfo>
#include <QStringList>
#include <algorithm>

#include "app/jobs/job_queue.h"
#include "app/jobs/run_folders.h"
#include "core/base/error.h"
#include "core/jobs/variants_file.h"

namespace pimento {

namespace {

std::optional<LearnedVariants> learnedBy(const QueuedJob &job) {
  if (!job.isTraining() || job.state != JobState::Done) return std::nullopt;
  try {
    const Job run = loadRun(job.directory);
    if (!traits(run.recipe.method).learnsSubNets) return std::nullopt;
    return LearnedVariants{job.title, job.directory, run.network.name, run.variants};
  } catch (const Error &) {
    return std::nullopt;  // its directory is gone, or says what is wrong where it is opened
  }
}

}  // namespace

std::vector<LearnedVariants> learnedVariants(const JobQueue &queue, const std::vector<TrainingRun> &kept) {
  std::vector<LearnedVariants> learned;
  QStringList known;
  for (const QueuedJob &job : queue.jobs()) {
    known << QFileInfo(job.directory).fileName();
    if (auto found = learnedBy(job)) learned.push_back(std::move(*found));
  }
  std::ranges::reverse(learned);
  for (const TrainingRun &run : kept)
    if (traits(run.job.recipe.method).learnsSubNets && !known.contains(run.name))
      learned.push_back({runTitle(run.job), {}, run.job.network.name, run.variants});
  return learned;
}

}  // namespace pimento
