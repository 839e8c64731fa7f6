// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/run_choices.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "app/jobs/job_queue.h"
#include "app/jobs/run_folders.h"
#include "app/session/session.h"
#include "core/base/error.h"

namespace pimento {

RunResults resultsOf(const QueuedJob &job) {
  try {
    RunResults kept = loadRunResults(job.directory);
    if (!kept.results.empty()) return kept;
  } catch (const Error &) {
    // What can not be read is told where it is used; the events hold the same.
  }
  RunResults told;
  told.data = job.log.data;
  if (job.log.outcome)
    for (const TestScore &score : job.log.outcome->scores)
      told.results.push_back({.variant = score.variant, .correct = score.correct, .images = score.images});
  return told;
}

QueuedJob keptJob(const TrainingRun &run, int id) {
  QueuedJob job{.id = id, .title = runTitle(run.job), .words = {QStringLiteral("train")}, .state = JobState::Done};
  EventLines lines;
  lines.add(run.history + '\n');
  while (const auto event = lines.next()) job.log.take(event->object);
  return job;
}

ReportTable runReport(const RunResults &results) {
  ReportTable table;
  for (const char *name : {"variant", "bits_w", "bits_a", "how", "accuracy_pct", "interval_low_pct",
                           "interval_high_pct", "correct", "n", "data", "kind"})
    table.columns << QString::fromLatin1(name);
  for (const RunResult &row : results.results) {
    const Interval interval = row.interval_pct();
    table.rows.push_back({row.variant, qint64(row.bits.weights), qint64(row.bits.activations), resultHowName(row.how),
                          row.accuracy_pct(), interval.low, interval.high, qint64(row.correct), qint64(row.images),
                          results.data, QStringLiteral("measured")});
  }
  return table;
}

const TrainingRun *keptRun(const Session &session, int id) {
  const auto &runs = session.definitions().runs;
  return id < 0 && -id <= std::ssize(runs) ? &runs[static_cast<std::size_t>(-id - 1)] : nullptr;
}

std::vector<RunChoice> runChoices(const Session &session, const JobQueue &queue) {
  std::vector<RunChoice> choices;
  QStringList known;
  for (const QueuedJob &job : queue.jobs()) {
    if (!job.isTraining()) continue;
    known << QFileInfo(job.directory).fileName();
    choices.push_back({job.id, QStringLiteral("%1 (%2)").arg(job.title, known.back()),
                       QFile::exists(QDir(job.directory).filePath(QStringLiteral("weights.safetensors")))});
  }
  const auto &runs = session.definitions().runs;
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (!known.contains(runs[i].name))
      choices.push_back({-static_cast<int>(i) - 1,
                         QStringLiteral("%1 (%2, kept in the project)").arg(runTitle(runs[i].job), runs[i].name),
                         !runs[i].weights.isEmpty()});
  return choices;
}

}  // namespace pimento
