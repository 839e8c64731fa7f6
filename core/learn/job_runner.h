// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QString>
#include <cstdint>
#include <functional>

#include "core/learn/ceiling.h"
#include "core/learn/rank_options.h"

namespace pimento::learn {

enum class Request : std::uint8_t { None, Stop, Cancel };  // Stop keeps the best weights so far

// How a run is followed and controlled. `emit` gets one object an event; further keys and events may come:
//   start       network, method, recipe, data, input (how images are prepared: shape, scale, crop, flip, mean,
//               deviation), stages (in order: stage, variants in order, epochs), training_images, validation_images,
//               test_images, threads, ceiling_gflops; resumed_step, resumed_stage where a run goes on
//   progress    stage, step, steps, epoch, epochs, images_per_s, left_s (all stages, validation and test),
//   learning_rate,
//               loss and training_accuracy_pct by variant. Loss includes the penalty of a group Lasso
//   epoch       stage, epoch (epochs done; not whole if stopped), epochs, validation_images, validation_pct by variant;
//               kept_channels by variant with a group Lasso
//   checkpoint  file
//   test        done, all: images of the test set, teacher and variants each once
//   result      the last one: weights, data, input, variants (variant, accuracy_pct, correct, n, interval_pct, and
//               what was learned: lambda, kept_channels, channels), teacher (the same), images_per_s,
//               share_of_ceiling, ceiling_gflops, wait_share (for batches, of the time), peak_memory_mb, stopped,
//               seconds
// A run that goes on calls cutLog with the bytes that were logged at its checkpoint: what was told later is told again.
struct RunControl {
  std::function<Request()> request = [] { return Request::None; };
  std::function<void(const QJsonObject &)> emit = [](const QJsonObject &) {};
  std::function<std::int64_t()> logged = [] { return std::int64_t{0}; };  // bytes of the log so far
  std::function<void(std::int64_t)> cutLog = [](std::int64_t) {};
  double checkpoint_s = 30;  // between checkpoints inside an epoch
  std::function<double()> ceiling_flops = bestConvolution_flops;
  RankOptions ranks;  // which process of several this is; only rank 0 writes files and emits events
};

enum class RunEnd : std::uint8_t { Finished, Stopped, Cancelled };

// Runs the job of a directory (core/jobs/job.h) from its checkpoint, or from the beginning, to its end. Leaves there
//   checkpoint.safetensors  where it stands (removed at the end)
//   teacher.safetensors     distillation: the teacher, once trained
//   weights.safetensors     the best weights on the validation part; each variant is tested with them, once.
//   Independent
//                           and individual variants have their own best; a group Lasso keeps the last
//   variants.json           group Lasso: the sub-nets it learned (core/jobs/variants_file.h); weights.safetensors holds
//                           them as they were cut out, each with tensors of its own
//   results.json            accuracy on the test set (core/jobs/run_results.h); a teacher's row is "1.0 alone"
// Equal jobs give equal weights, byte for byte, whether they were interrupted or not. A run that is stopped before its
// variants have learned anything has no result: with a teacher it is Stopped and goes on from its checkpoint, else
// Cancelled. Throws Error for a job that can not be run, data that can not be read, a full disk (the last checkpoint
// stays), a loss that is not a number (what was best until then is in weights.safetensors).
RunEnd runJob(const QString &directory, const RunControl &control);

}  // namespace pimento::learn
