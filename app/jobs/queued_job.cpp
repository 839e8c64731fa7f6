// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobs/queued_job.h"

#include <algorithm>

#include "core/jobs/run_results.h"

namespace pimento {

bool QueuedJob::isActive() const {
  return state == JobState::Running || state == JobState::Pausing || state == JobState::Stopping ||
         state == JobState::Cancelling || state == JobState::Elsewhere;
}

bool QueuedJob::isTeaching() const { return log.stage() != nullptr && log.stage()->name == QStringLiteral("teacher"); }

bool QueuedJob::canResume() const {
  return state == JobState::Paused || state == JobState::Unfinished || state == JobState::Failed;
}

// Training and what is fine-tuned have checkpoints.
bool QueuedJob::canPause() const {
  return state == JobState::Running && (isTraining() || words.contains(resultHowName(ResultHow::QuantisationAware)));
}

// A checkpoint is tested as it is.
bool QueuedJob::canStop() const {
  if (!isTraining() || isTeaching()) return false;
  return state == JobState::Running || state == JobState::Elsewhere || (canResume() && checkpoint);
}

bool QueuedJob::canCancel() const {
  return state == JobState::Queued || state == JobState::Running || state == JobState::Pausing ||
         state == JobState::Stopping || canResume();
}

double QueuedJob::share() const {
  if (state == JobState::Done) return 1;
  if (isTraining()) return log.share();
  return progress.all > 0 ? std::clamp(progress.done / progress.all, 0.0, 1.0) : -1;
}

QString stateText(const QueuedJob &job) {
  switch (job.state) {
    case JobState::Queued:
      return job.ends ? QStringLiteral("Queued, keeps the best") : QStringLiteral("Queued");
    case JobState::Running:
      return job.log.begun || !job.isTraining() ? QStringLiteral("Running") : QStringLiteral("Starting");
    case JobState::Pausing:
      return QStringLiteral("Pausing");
    case JobState::Stopping:
      return QStringLiteral("Stopping, keeps the best");
    case JobState::Cancelling:
      return QStringLiteral("Cancelling");
    case JobState::Elsewhere:
      return QStringLiteral("Running outside this window");
    case JobState::Paused:
      return QStringLiteral("Paused");
    case JobState::Unfinished:
      return QStringLiteral("Unfinished");
    case JobState::Failed:
      return QStringLiteral("Failed");
    case JobState::Done:
      return job.log.outcome && job.log.outcome->stopped ? QStringLiteral("Done, stopped early")
                                                         : QStringLiteral("Done");
    case JobState::Cancelled:
      return QStringLiteral("Cancelled, discarded");
  }
  return {};
}

}  // namespace pimento
