// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/evaluation.h"

#include <ATen/Parallel.h>

#include <QJsonArray>
#include <numeric>
#include <thread>

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/jobs/run_results.h"
#include "core/learn/task_data.h"
#include "core/learn/trainer.h"
#include "core/learn/variant_weights.h"

namespace pimento::learn {

namespace {

constexpr std::uint64_t OrderSeed = 1;
constexpr int TrialImages = 1000;

// Rows of the file's classifier, if that is all that keeps the weights from fitting.
void requireClasses(const TaskNetwork &choice, const Variant &variant, const SafeTensors &file, const QString &place) {
  const QString layer = choice.network.layers[variant.output].name;
  const int classes = outputShapes(choice.network, variant)[variant.output].channels;
  for (const Tensor &tensor : file.tensors)
    for (const QString &name : sameTensorNames(layer + QStringLiteral(".bias")))
      if (plainTensorName(tensor.name) == name && tensor.shape.size() == 1 && tensor.shape[0] != classes)
        throw Error(place,
                    QStringLiteral("its weights tell %1 classes, the data has %2").arg(tensor.shape[0]).arg(classes),
                    QStringLiteral("give the data that they were trained on"));
}

Source sourceOf(const EvaluationTask &task, const TaskNetwork &choice, const Dataset &set, const Images &images,
                int count) {
  const InputRecipe input = taskInput(task, choice.network, set);
  return {prepared(firstImages(images, count, OrderSeed), input), input};
}

QJsonObject resultOf(const TaskNetwork &choice, const Variant &variant, const QString &data, const LoadReport &report,
                     const RunResult &result) {
  const Interval interval = result.interval_pct();
  return {{QStringLiteral("event"), QStringLiteral("result")},
          {QStringLiteral("network"), choice.network.name},
          {QStringLiteral("variant"), variant.name},
          {QStringLiteral("data"), data},
          {QStringLiteral("accuracy_pct"), result.accuracy_pct()},
          {QStringLiteral("correct"), static_cast<qint64>(result.correct)},
          {QStringLiteral("n"), static_cast<qint64>(result.images)},
          {QStringLiteral("interval_pct"), QJsonArray{interval.low, interval.high}},
          {QStringLiteral("kind"), QStringLiteral("measured")},
          {QStringLiteral("loaded"), static_cast<qint64>(report.loaded.size())},
          {QStringLiteral("missing"), QJsonArray::fromStringList(report.missing)},
          {QStringLiteral("left_over"), QJsonArray::fromStringList(report.leftOver)},
          {QStringLiteral("other_shape"), QJsonArray::fromStringList(report.otherShape)}};
}

std::int64_t correctOf(NetworkModule &module, const Source &source, const std::function<Request()> &request) {
  std::vector<std::uint32_t> indices(source.images.size());
  std::iota(indices.begin(), indices.end(), 0U);
  const std::array<std::size_t, 1> first{0};
  return evaluate(module, first, source, indices,
                  [&] { return request() == Request::None ? Command::Continue : Command::Cancel; })
      .correct[0];
}

}  // namespace

bool evaluateWeights(const EvaluationTask &task, const std::function<Request()> &request,
                     const std::function<void(const QJsonObject &)> &emit) {
  at::set_num_threads(task.threads > 0 ? task.threads
                                       : static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
  const TaskNetwork choice = taskNetwork(task);
  const SafeTensors file = readWeights(task.weights);
  std::vector<LoadedVariant> loaded;
  for (const Variant &variant : choice.variants) {
    loaded.push_back(loadVariant(choice.network, variant, file));
    if (!loaded.back().report.complete()) requireClasses(choice, variant, file, task.weights);
    if (!task.partial) requireComplete(loaded.back().report, task.weights);
  }
  const Dataset set = taskData(task);
  const Source test = sourceOf(task, choice, set, set.test, task.images);
  for (std::size_t v = 0; v < loaded.size(); ++v) {
    const Variant &variant = choice.variants[v];
    QString padding;
    const bool others = loaded[v].binding == aloneBinding() && loaded[v].report.complete();
    if (others && hasWideningShortcuts(choice.network, variant))
      padding = settlePadding(loaded[v].module, choice.network, variant, task.shortcutPadding,
                              sourceOf(task, choice, set, set.train, TrialImages));
    const std::int64_t correct = correctOf(loaded[v].module, test, request);
    if (request() != Request::None) return false;
    const RunResult row{variant.name, SinglePrecision, ResultHow::Trained, correct,
                        static_cast<std::int64_t>(test.images.size())};
    QJsonObject result = resultOf(choice, variant, set.name, loaded[v].report, row);
    if (!padding.isEmpty()) result[QStringLiteral("shortcut_padding")] = padding;
    emit(result);
  }
  return true;
}

}  // namespace pimento::learn
