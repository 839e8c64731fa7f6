// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job.h"
#include "core/jobs/worker_options.h"
#include "core/learn/command_words.h"
#include "core/learn/quantise/quantisation.h"
#include "core/learn/train/event_log.h"
#include "core/learn/worker/commands.h"

namespace pimento::learn {

int quantiseCommand(const QStringList &arguments, const std::function<Request()> &request) {
  const CommandWords words(QStringLiteral("quantise"), arguments, quantiseOptions().values, quantiseOptions().flags);
  QuantisationTask task;
  task.run = words.positional().value(0);
  if (words.positional().size() > 1)
    words.fail(QStringLiteral("unexpected word %1").arg(words.positional()[1]), QStringLiteral("see --help"));
  if (task.run.isEmpty()) {
    task.files = evaluationTask(words);
    task.output = words.required("output");
  } else {
    for (const char *name :
         {"network", "weights", "data", "crop", "resize", "mean", "std", "scale", "recalibrate-norms", "ignore"})
      if (words.has(name))
        words.fail(QStringLiteral("--%1 beside a run").arg(QLatin1String(name)),
                   QStringLiteral("a run has its own network, weights and data"));
    task.files.images = words.whole("images", 0, 1, 1 << 30);
    task.files.threads = words.whole("threads", 0, 1, MaxThreads);
    task.output = words.value("output");
  }
  task.bits = parseBits(words.value("bits", QStringLiteral("8:8")), QStringLiteral("pimento-learn quantise --bits"));
  task.how = words.choice("method", resultHowNames().mid(1)) == resultHowName(ResultHow::QuantisationAware)
                 ? ResultHow::QuantisationAware
                 : ResultHow::PostTraining;
  if (words.has("variants")) task.variants = words.value("variants").split(QLatin1Char(','));
  task.calibration = words.whole("calibration", task.calibration, 1, 1 << 20);
  task.epochs = words.whole("epochs", task.epochs, 1, 10'000);
  task.trainImages = words.whole("train-images", 0, 1, 1 << 30);
  const std::vector<double> rate = words.numbers("learning-rate", 1e-9, 10);
  if (!rate.empty()) task.learningRate = rate.front();
  const RunEnd end = quantise(task, request, printEvent);
  if (end == RunEnd::Paused) printEvent({{QStringLiteral("event"), QStringLiteral("paused")}});
  return codeOf(end);
}

}  // namespace pimento::learn
