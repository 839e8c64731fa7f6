// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobs/run_to_train.h"

#include <QDir>
#include <QFile>

#include "core/base/error.h"
#include "core/jobs/run_directory.h"
#include "core/jobs/run_lock.h"
#include "core/jobs/run_results.h"

namespace pimento {

namespace {

// What is asked for, with the epochs of the teacher that there is: --epochs names both, but it learns no more.
Job withTeacherOf(const Job &there, Job asked) {
  asked.recipe.teacher_epochs = there.recipe.teacher_epochs;
  return asked;
}

bool differsInEpochsAlone(const Job &there, const Job &asked) {
  Job more = there;
  more.recipe.epochs = asked.recipe.epochs;
  return sameWork(more, withTeacherOf(there, asked));
}

void trainOn(const QString &directory, int epochs) {
  const RunLock lock(directory);
  Job job = loadJob(directory);
  const RunResults results = loadRunResults(directory);
  const RunState state = lookAtRun(directory, Events::Latest, Look::AsItsWorker).state;
  if (state != RunState::Finished || results.epochs <= 0)
    throw Error(directory,
                QStringLiteral("is not finished, so that its %1 epochs stay as they are").arg(job.recipe.epochs),
                QStringLiteral("give the command that it was begun with, and more --epochs once it is done"));
  if (epochs <= results.epochs)
    throw Error(directory, QStringLiteral("was trained for %1 epochs already").arg(results.epochs),
                QStringLiteral("give more --epochs, or name another directory"));
  // Else it was given more before, and no worker has begun with that.
  if (job.cycles.empty() || job.cycles.back() < results.epochs) job.cycles.push_back(results.epochs);
  job.recipe.epochs = epochs;
  changeJob(directory, job);
}

void rename(const QString &directory, const QString &name) {
  const RunLock lock(directory);
  Job job = loadJob(directory);
  job.name = name;
  changeJob(directory, job);
}

}  // namespace

Settled settleRun(const QString &directory, const Job &job, Epochs epochs) {
  // Nobody waits for a job that was refused: what is asked for now takes its place.
  if (lookAtRun(directory, Events::All).state == RunState::Failed) discardUntrained(directory);
  const bool isNew = !QFile::exists(QDir(directory).filePath(QStringLiteral("job.json")));
  const Job there = findOrCreateJob(directory, job);
  const bool asked = epochs == Epochs::Asked;
  const bool same =
      sameWork(there, job) || (asked && !there.cycles.empty() && sameWork(there, withTeacherOf(there, job)));
  if (!same) {
    if (!asked || !differsInEpochsAlone(there, job))
      throw Error(directory,
                  there.version < JobVersion
                      ? QStringLiteral("holds a job of an earlier version of this program, which is not gone on with")
                      : QStringLiteral("holds another job"),
                  QStringLiteral("name another directory with --job"));
    trainOn(directory, job.recipe.epochs);
  }
  if (!job.name.isEmpty() && job.name != there.name) rename(directory, job.name);
  return isNew ? Settled::New : Settled::Found;
}

}  // namespace pimento
