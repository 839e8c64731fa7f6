// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/crop_problem.h"
#include "core/jobs/job.h"
#include "core/jobs/worker_options.h"
#include "core/learn/command_words.h"
#include "core/learn/train/evaluation.h"
#include "core/learn/train/event_log.h"
#include "core/learn/worker/commands.h"

namespace pimento::learn {

EvaluationTask evaluationTask(const CommandWords &words) {
  EvaluationTask task;
  task.network = words.required("network");
  task.weights = words.required("weights");
  task.data = words.value("data", QStringLiteral("fashion-mnist"));
  task.dataCrop = words.whole("crop", 0, 1, 1024);
  task.dataResize = words.whole("resize", 0, 1, 1024);
  requireCrop(QStringLiteral("evaluate"), task.dataCrop, task.dataResize);
  task.scale = words.has("scale");
  task.mean = words.numbers("mean", -1e3, 1e3);
  task.deviation = words.numbers("std", 1e-6, 1e3);
  task.images = words.whole("images", 0, 1, 1 << 30);
  task.threads = words.whole("threads", 0, 1, MaxThreads);
  task.recalibrate = words.whole("recalibrate-norms", 0, 1, 1 << 30);
  if (words.has("ignore")) task.ignore = words.value("ignore").split(QLatin1Char(','), Qt::SkipEmptyParts);
  task.shortcutPadding = words.choice("shortcut-padding", namesOf({"auto", "end", "middle"}));
  return task;
}

int evaluateCommand(const QStringList &arguments, const std::function<Request()> &request) {
  const CommandWords words(QStringLiteral("evaluate"), arguments, evaluateOptions().values, evaluateOptions().flags);
  if (!words.positional().isEmpty())
    words.fail(QStringLiteral("unexpected word %1").arg(words.positional()[0]), QStringLiteral("see --help"));
  EvaluationTask task = evaluationTask(words);
  task.partial = words.has("partial");
  return evaluateWeights(task, request, printEvent) ? DoneCode : CancelledCode;
}

}  // namespace pimento::learn
