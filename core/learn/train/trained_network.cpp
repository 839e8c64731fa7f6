// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/trained_network.h"

#include <QDir>

#include "core/base/error.h"
#include "core/jobs/job_data.h"
#include "core/jobs/run_results.h"
#include "core/jobs/seeds.h"
#include "core/jobs/variants_file.h"
#include "core/learn/train/recalibration.h"
#include "core/learn/train/task_data.h"
#include "core/learn/train/variant_weights.h"
#include "core/weights/weights.h"

namespace pimento::learn {

namespace {

// All variants of one file: by the binding that names the most of its tensors, which must be all that are needed.
HeldVariant weightsOf(const EvaluationTask &task, const TaskNetwork &choice) {
  const SafeTensors content = readWeights(task.weights);
  const NamedTensors file = namedFor(choice.network, content, task.weights);
  const auto require = [&](LoadReport report) {
    ignore(report, task.ignore);
    if (choice.variants.size() == 1) requireHeld(report, choice.network, choice.variants[0], file);
    requireComplete(report, task.weights);
    requireNothingForeign(report, task.weights);
  };
  if (choice.variants.size() == 1) {
    const Variant &one = choice.variants[0];
    HeldVariant held = task.recalibrate > 0 ? holdVariant(choice.network, one, file)
                                            : HeldVariant{loadVariant(choice.network, one, file), one, {}};
    require(held.loaded.report);
    return held;
  }
  LoadReport best;
  for (const QString &name : choice.network.bindings) {
    const Binding binding = findBinding(choice.network, name);
    LoadedVariant loaded{NetworkModule(choice.network, choice.variants, binding), {}, binding};
    loaded.report = importWeights(loaded.module.store(), file);
    if (loaded.report.complete()) {
      require(loaded.report);
      return {std::move(loaded), choice.variants[0], {}};
    }
    if (loaded.report.loaded.size() >= best.loaded.size()) best = std::move(loaded.report);
  }
  require(best);
  throw Error(task.weights, QStringLiteral("holds several variants of a network without a binding"),
              QStringLiteral("name one variant"));
}

}  // namespace

TrainedNetwork openTrainedRun(const QString &directory, int testImages) {
  const Job job = loadRun(directory);
  requireOfItsEnd(loadRunResults(directory), job.cycles, directory);
  const Binding binding = findBinding(job.network, job.binding);
  NetworkModule module(job.network, job.variants, binding);
  const QString file = QDir(directory).filePath(QStringLiteral("weights.safetensors"));
  const SafeTensors weights = readWeights(file);
  requireComplete(importWeights(module.store(), namedFor(job.network, weights, file)), file);
  const Dataset data = openData(job, directory);
  requireSameImages(job, hashOf(data), directory,
                    QStringLiteral("bring the images back; what was measured on others does not compare"));
  const InputRecipe input = inputOf(job, data);
  const int tests = testImages > 0 ? testImages : job.testImages;
  return {job.network,
          job.variants,
          binding,
          std::move(module),
          job.recipe,
          data.name,
          input,
          prepared(firstImages(data.train, job.images, job.seed), input),
          prepared(firstImages(data.test, tests, job.seed), input),
          seedOf(SeedRole::Tuning, job.seed)};
}

TrainedNetwork openTrainedFile(const EvaluationTask &task) {
  const TaskNetwork choice = taskNetwork(task);
  for (const Variant &variant : choice.variants) requireNorms(task, choice.network, variant);
  HeldVariant held = weightsOf(task, choice);
  const Dataset data = taskData(task);
  const InputRecipe input = taskInput(task, choice.network, data);
  const auto trial = [&](int images) {
    return Source{prepared(firstImages(data.train, images, OrderSeed), input), input};
  };
  settleHeld(held, choice.network, choice.variants[0], task.shortcutPadding, [&] { return trial(TrialImages); });
  if (task.recalibrate > 0) recalibrate(held.loaded.module, trial(task.recalibrate), [] { return Command::Continue; });
  return {choice.network,
          choice.variants,
          held.loaded.binding,
          std::move(held.loaded.module),
          Recipe{},
          data.name,
          input,
          prepared(data.train, input),
          prepared(firstImages(data.test, task.images, OrderSeed), input)};
}

}  // namespace pimento::learn
