// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDateTime>
#include <QJsonObject>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/jobs/run_log.h"

namespace pimento {

enum class JobState : std::uint8_t {
  Queued,
  Running,
  Pausing,     // was told to pause
  Stopping,    // was told to stop and keeps its best
  Cancelling,  // was told to cancel
  Elsewhere,   // another process works in its directory
  Paused,      // was asked to end, and goes on from its checkpoint when it is resumed
  Unfinished,  // ended without a word, or was never begun: can be resumed
  Failed,      // with an error
  Done,        // has results
  Cancelled    // what it had made is removed
};

// How far work other than training is.
struct TaskProgress {
  QString stage;  // "calibration", "evaluation"
  double done = 0;
  double all = 0;  // 0: nothing was told yet
};

// One piece of work of pimento-learn.
struct QueuedJob {
  int id = 0;
  QString title;      // for people
  QString directory;  // of its run
  QStringList words;  // of the worker: "train", directory
  JobState state = JobState::Queued;
  QString message;                      // why it failed, what is there of what ended unexpectedly
  RunLog log;                           // of a training run
  TaskProgress progress;                // of other work
  std::vector<QJsonObject> results;     // events "result" of this turn, in the order of their coming
  std::vector<QJsonObject> weights;     // events "weights": what became of the tensors of a file
  std::optional<QDateTime> checkpoint;  // when the last one was written

  bool wholeLog = true;  // or the latest events only
  bool ends = false;     // its turn trains no further: it tests the best of its checkpoint

  [[nodiscard]] bool isTraining() const { return words.value(0) == QStringLiteral("train"); }
  [[nodiscard]] bool isActive() const;    // a worker is at it
  [[nodiscard]] bool isTeaching() const;  // its teacher learns, or did when it ended: its variants have nothing yet
  [[nodiscard]] bool canResume() const;
  [[nodiscard]] bool canPause() const;
  [[nodiscard]] bool canStop() const;  // and keep the best: now, or of the checkpoint that there is
  [[nodiscard]] bool canCancel() const;
  [[nodiscard]] double share() const;  // done, of 1; < 0: not known
};

// "Running", "Stopping, keeps the best", …
[[nodiscard]] QString stateText(const QueuedJob &job);

}  // namespace pimento
