// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/trained_network.h"

#include <QDir>

#include "core/base/error.h"
#include "core/jobs/job_data.h"
#include "core/jobs/variants_file.h"
#include "core/learn/task_data.h"
#include "core/learn/variant_weights.h"

namespace pimento::learn {

namespace {

constexpr std::uint64_t OrderSeed = 1;
constexpr int TrialImages = 1000;

struct Weights {
  NetworkModule module;
  Binding binding;
};

// All variants of one file: by the binding that names the most of its tensors, which must be all that are needed.
Weights weightsOf(const EvaluationTask &task, const TaskNetwork &choice) {
  const SafeTensors file = readWeights(task.weights);
  if (choice.variants.size() == 1) {
    LoadedVariant loaded = loadVariant(choice.network, choice.variants[0], file);
    requireComplete(loaded.report, task.weights);
    return {std::move(loaded.module), loaded.binding};
  }
  LoadReport best;
  for (const QString &name : choice.network.bindings) {
    const Binding binding = findBinding(choice.network, name);
    Weights weights{NetworkModule(choice.network, choice.variants, binding), binding};
    LoadReport report = importWeights(weights.module.store(), file);
    if (report.complete()) return weights;
    if (report.loaded.size() >= best.loaded.size()) best = std::move(report);
  }
  requireComplete(best, task.weights);
  throw Error(task.weights, QStringLiteral("holds several variants of a network without a binding"),
              QStringLiteral("name one variant"));
}

}  // namespace

TrainedNetwork openTrainedRun(const QString &directory, int testImages) {
  const Job job = loadRun(directory);
  const Binding binding = findBinding(job.network, job.binding);
  NetworkModule module(job.network, job.variants, binding);
  const QString file = QDir(directory).filePath(QStringLiteral("weights.safetensors"));
  requireComplete(importWeights(module.store(), readWeights(file)), file);
  const Dataset data = openData(job, directory);
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
          prepared(firstImages(data.test, tests, job.seed), input)};
}

TrainedNetwork openTrainedFile(const EvaluationTask &task) {
  const TaskNetwork choice = taskNetwork(task);
  Weights weights = weightsOf(task, choice);
  const Dataset data = taskData(task);
  const InputRecipe input = taskInput(task, choice.network, data);
  if (weights.binding == aloneBinding() && hasWideningShortcuts(choice.network, choice.variants[0]))
    settlePadding(weights.module, choice.network, choice.variants[0], task.shortcutPadding,
                  {prepared(firstImages(data.train, TrialImages, OrderSeed), input), input});
  return {choice.network,
          choice.variants,
          weights.binding,
          std::move(weights.module),
          Recipe{},
          data.name,
          input,
          prepared(data.train, input),
          prepared(firstImages(data.test, task.images, OrderSeed), input)};
}

}  // namespace pimento::learn
