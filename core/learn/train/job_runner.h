// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QString>
#include <cstdint>
#include <functional>
#include <span>

#include "core/jobs/method.h"
#include "core/learn/lanes/ceiling.h"
#include "core/learn/ranks/rank_options.h"

namespace pimento::learn {

// Pause leaves a checkpoint from which the run goes on, Stop ends it with the best weights so far. A later request
// counts only if it asks for more.
enum class Request : std::uint8_t { None, Pause, Stop, Cancel };

// How a run is followed and controlled. `emit` gets one object an event; further keys and events may come:
//   start       network, method, recipe, data, input (how images are prepared: shape, scale, crop, flip, mean,
//               deviation), stages (in order: stage, variants in order, epochs), training_images, validation_images,
//               test_images, threads, ceiling_gflops; resumed_step, resumed_stage where a run goes on
//   progress    stage, step, steps, epoch, epochs, images_per_s, learning_rate, loss and training_accuracy_pct by
//               variant (loss includes the penalty of a group Lasso), left_s (all stages, validation and test; none
//               before enough is known)
//   epoch       stage, epoch (epochs done; not whole if stopped), epochs, validation_images, validation_pct by variant;
//               kept_channels by variant with a group Lasso
//   weights     what became of the file of weights that it starts from (core/learn/starting_weights.h)
//   checkpoint  file
//   test        done, all: images of the test set, teacher and variants each once
//   paused      the last one of a run that goes on when it is started again: stage, epoch, epochs (none before its
//               first checkpoint)
//   result      the last one: weights, data, input, training_images, validation_images, variants (variant,
//               accuracy_pct, correct, n, interval_pct, and what was learned: lambda, pull (penaltyPull),
//               kept_channels, channels), teacher (the same), beyond_the_paper (methods.h), images_per_s,
//               share_of_ceiling, ceiling_gflops, wait_share (for batches, of the time), peak_memory_mb, stopped,
//               epochs (done), planned_epochs, cycles (where it was finished before and trained on), notes, seconds,
//               started_from (the event "weights" again)
// A run that goes on calls cutLog with the bytes that were logged at its checkpoint: what was told later is told again.
struct RunControl {
  std::function<Request()> request = [] { return Request::None; };
  std::function<void(const QJsonObject &)> emit = [](const QJsonObject &) {};
  std::function<std::int64_t()> logged = [] { return std::int64_t{0}; };  // bytes of the log so far
  std::function<void(std::int64_t)> cutLog = [](std::int64_t) {};
  double checkpoint_s = 30;  // between checkpoints inside an epoch
  std::function<double()> ceiling_flops = bestConvolution_flops;
  std::span<const Method> methods = trainingMethods();  // that its job may name
  RankOptions ranks;         // which process of several this is; only rank 0 writes files and emits events
  bool otherImages = false;  // goes on with images that differ from those that the run was begun with
};

enum class RunEnd : std::uint8_t { Finished, Stopped, Paused, Cancelled };

// Runs the job of a directory (core/jobs/job.h) from its checkpoint, or from the beginning, to its end. Leaves there
//   checkpoint.safetensors  where it stands
//   last.safetensors        what that becomes at the end: a job with more epochs goes on from there (core/jobs/job.h)
//   start.json              what became of the weights that it started from
//   teacher.safetensors     distillation: the teacher, once trained
//   weights.safetensors     the best weights on the validation part; each variant is tested with them, once.
//   Independent
//                           and individual variants have their own best; a group Lasso keeps the last
//   variants.json           group Lasso: the sub-nets it learned (core/jobs/variants_file.h); weights.safetensors holds
//                           them as they were cut out, each with tensors of its own
//   results.json            accuracy on the test set (core/jobs/run_results.h); a teacher's row: teacherVariant()
// Equal jobs give equal weights, byte for byte, whether they were interrupted or not; a job of an earlier version
// (JobVersion) is refused. A run that is stopped before its variants have learned anything has no result: it is Paused.
// Writes the hash of its images into the job where there is none yet. Throws Error for a job that can not be run, data
// that can not be read or differ from those that it was begun with (unless RunControl allows it), a full disk (the last
// checkpoint stays), a loss that is not a number (what was best until then is in weights.safetensors).
RunEnd runJob(const QString &directory, const RunControl &control);

}  // namespace pimento::learn
