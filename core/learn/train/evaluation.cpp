// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/evaluation.h"

#include <ATen/Parallel.h>

#include <numeric>
#include <thread>

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/jobs/run_results.h"
#include "core/learn/train/recalibration.h"
#include "core/learn/train/run_events.h"
#include "core/learn/train/task_data.h"
#include "core/learn/train/trainer.h"
#include "core/learn/train/variant_weights.h"
#include "core/weights/weights.h"

namespace pimento::learn {

namespace {

// Rows of the file's classifier, if that is all that keeps the weights from fitting.
void requireClasses(const TaskNetwork &choice, const Variant &variant, const NamedTensors &file) {
  const QString layer = choice.network.layers[variant.output].name;
  const int classes = outputShapes(choice.network, variant)[variant.output].channels;
  const Tensor *bias = findTensor(file, layer + QStringLiteral(".bias"));
  if (bias != nullptr && bias->shape.size() == 1 && bias->shape[0] != classes)
    throw Error(file.place,
                QStringLiteral("its weights tell %1 classes, the data has %2").arg(bias->shape[0]).arg(classes),
                QStringLiteral("give the data that they were trained on"));
}

Source sourceOf(const EvaluationTask &task, const TaskNetwork &choice, const Dataset &set, const Images &images,
                int count) {
  const InputRecipe input = taskInput(task, choice.network, set);
  return {prepared(firstImages(images, count, OrderSeed), input), input};
}

QJsonObject resultOf(const TaskNetwork &choice, const QString &data, const LoadReport &report,
                     const RunResult &result) {
  QJsonObject json = resultJson(result);
  json[QStringLiteral("event")] = QStringLiteral("result");
  json[QStringLiteral("network")] = choice.network.name;
  json[QStringLiteral("data")] = data;
  json[QStringLiteral("kind")] = QStringLiteral("measured");
  const QJsonObject tensors = toJson(report);
  for (auto it = tensors.begin(); it != tensors.end(); ++it) json[it.key()] = it.value();
  return json;
}

// What became of the tensors, told before anything is refused, so that a refusal can be read in full.
QJsonObject weightsEvent(const Variant &variant, const LoadReport &report, const SafeTensors &file) {
  QJsonObject json = toJson(report);
  json[QStringLiteral("event")] = QStringLiteral("weights");
  json[QStringLiteral("variant")] = variant.name;
  if (const auto entry = file.metadata.find(QStringLiteral("entry")); entry != file.metadata.end())
    json[QStringLiteral("entry")] = entry->second;
  return json;
}

std::vector<HeldVariant> holdAll(const EvaluationTask &task, const TaskNetwork &choice,
                                 const std::function<void(const QJsonObject &)> &emit) {
  const SafeTensors content = readWeights(task.weights);
  const NamedTensors file = namedFor(choice.network, content, task.weights);
  std::vector<HeldVariant> held;
  for (const Variant &variant : choice.variants) {
    requireNorms(task, choice.network, variant);
    held.push_back(task.recalibrate > 0 ? holdVariant(choice.network, variant, file)
                                        : HeldVariant{loadVariant(choice.network, variant, file), variant, {}});
    ignore(held.back().loaded.report, task.ignore);
    emit(weightsEvent(variant, held.back().loaded.report, content));
  }
  for (std::size_t v = 0; v < held.size(); ++v) {
    const LoadReport &report = held[v].loaded.report;
    if (!report.complete()) requireClasses(choice, choice.variants[v], file);
    if (!task.partial) requireHeld(report, choice.network, choice.variants[v], file);
    requireNothingForeign(report, task.weights);
  }
  return held;
}

std::int64_t correctOf(NetworkModule &module, const Source &source, const QString &place,
                       const std::function<Command()> &command) {
  std::vector<std::uint32_t> indices(source.images.size());
  std::iota(indices.begin(), indices.end(), 0U);
  const std::array<std::size_t, 1> first{0};
  const Scores scores = evaluate(module, first, source, indices, command);
  if (scores.notNumbers[0] > 0)
    throw Error(place,
                QStringLiteral("the network answers %1 of %2 images with what is not a number")
                    .arg(scores.notNumbers[0])
                    .arg(scores.images),
                QStringLiteral("the weights are too large for single precision"));
  return scores.correct[0];
}

}  // namespace

bool evaluateWeights(const EvaluationTask &task, const std::function<Request()> &request,
                     const std::function<void(const QJsonObject &)> &emit) {
  at::set_num_threads(bearableThreads(task.threads, coresHere(), QStringLiteral("evaluate")));
  const TaskNetwork choice = taskNetwork(task);
  std::vector<HeldVariant> held = holdAll(task, choice, emit);
  const auto command = [&] { return request() == Request::None ? Command::Continue : Command::Cancel; };
  const Dataset set = taskData(task);
  const Source test = sourceOf(task, choice, set, set.test, task.images);
  std::optional<Source> calibration;
  if (task.recalibrate > 0) calibration = sourceOf(task, choice, set, set.train, task.recalibrate);
  for (std::size_t v = 0; v < held.size(); ++v) {
    const Variant &variant = choice.variants[v];
    LoadedVariant &loaded = held[v].loaded;
    const QString padding = settleHeld(held[v], choice.network, variant, task.shortcutPadding,
                                       [&] { return sourceOf(task, choice, set, set.train, TrialImages); });
    if (calibration && !recalibrate(loaded.module, *calibration, command)) return false;
    const std::int64_t correct = correctOf(loaded.module, test, task.weights, command);
    if (request() != Request::None) return false;
    const RunResult row{variant.name, SinglePrecision, ResultHow::Trained, correct,
                        static_cast<std::int64_t>(test.images.size())};
    QJsonObject result = resultOf(choice, set.name, loaded.report, row);
    if (!padding.isEmpty()) result[QStringLiteral("shortcut_padding")] = padding;
    if (calibration) result[QStringLiteral("recalibrated_norms")] = static_cast<qint64>(calibration->images.size());
    if (!held[v].from.isEmpty()) result[QStringLiteral("sliced_from")] = held[v].from;
    emit(result);
  }
  return true;
}

}  // namespace pimento::learn
