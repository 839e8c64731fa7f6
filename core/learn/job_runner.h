// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QString>
#include <cstdint>
#include <functional>

namespace pimento::learn {

enum class Request : std::uint8_t { None, Stop, Cancel };  // Stop keeps the best weights so far

// How a run is followed and controlled. `emit` gets one object an event: start, progress, epoch, checkpoint, result.
struct RunControl {
  std::function<Request()> request = [] { return Request::None; };
  std::function<void(const QJsonObject &)> emit = [](const QJsonObject &) {};
  double checkpoint_s = 30;  // between checkpoints inside an epoch
};

enum class RunEnd : std::uint8_t { Finished, Stopped, Cancelled };

// Runs the job of a directory (core/jobs/job.h) from its checkpoint, or from the beginning, to its end. Leaves there
//   checkpoint.safetensors  where it stands (removed at the end)
//   teacher.safetensors     distillation: the teacher, once trained
//   weights.safetensors     the best weights on the validation part; each variant is tested with them once
// Equal jobs give equal bytes, whether they were interrupted or not. Throws Error for a job that can not be run, data
// that can not be read, a loss that is not a number, a full disk; what was best is in weights.safetensors then.
RunEnd runJob(const QString &directory, const RunControl &control);

}  // namespace pimento::learn
