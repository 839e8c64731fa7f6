// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/evaluation.h"

#include <ATen/Parallel.h>

#include <QJsonArray>
#include <numeric>
#include <thread>

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/jobs/run_results.h"
#include "core/learn/trainer.h"
#include "core/learn/variant_weights.h"
#include "core/network/families/families.h"
#include "core/network/network_library.h"

namespace pimento::learn {

namespace {

constexpr std::uint64_t OrderSeed = 1;
constexpr int TrialImages = 1000;

struct Choice {
  NetworkSpec network;
  std::vector<Variant> variants;
};

bool isFamily(const QString &name) {
  const auto &all = families();
  return std::any_of(all.begin(), all.end(), [&](const Family &f) { return name == QLatin1String(f.name); });
}

Choice choiceOf(const EvaluationTask &task) {
  const int classes = classesOf(task.data);
  const qsizetype colon = task.network.lastIndexOf(QLatin1Char(':'));
  const bool hasVariant =
      colon > task.network.lastIndexOf(QLatin1Char('/')) && !task.network.endsWith(QStringLiteral(".json"));
  const QString name = hasVariant ? task.network.left(colon) : task.network;
  Choice choice{loadNetwork(name, isFamily(name) ? classes : 0), {}};
  choice.variants = choice.network.variants;
  if (hasVariant) choice.variants = {findVariant(choice.network, task.network.mid(colon + 1))};
  for (const Variant &variant : choice.variants) {
    const int told = outputShapes(choice.network, variant)[variant.output].channels;
    if (told != classes)
      throw Error(QStringLiteral("network %1").arg(name),
                  QStringLiteral("tells %1 classes, %2 has %3").arg(told).arg(task.data).arg(classes));
  }
  return choice;
}

// Rows of the file's classifier, if that is all that keeps the weights from fitting.
void requireClasses(const Choice &choice, const Variant &variant, const SafeTensors &file, const QString &place) {
  const QString layer = choice.network.layers[variant.output].name;
  const int classes = outputShapes(choice.network, variant)[variant.output].channels;
  for (const Tensor &tensor : file.tensors)
    for (const QString &name : sameTensorNames(layer + QStringLiteral(".bias")))
      if (plainTensorName(tensor.name) == name && tensor.shape.size() == 1 && tensor.shape[0] != classes)
        throw Error(place,
                    QStringLiteral("its weights tell %1 classes, the data has %2").arg(tensor.shape[0]).arg(classes),
                    QStringLiteral("give the data that they were trained on"));
}

Source sourceOf(const EvaluationTask &task, const Choice &choice, const Dataset &set, const Images &images, int count) {
  PixelStatistics pixels = pixelStatistics(set.train);
  if (!task.mean.empty()) pixels.mean = task.mean;
  if (!task.deviation.empty()) pixels.deviation = task.deviation;
  const InputRecipe input{choice.network.input, task.scale, 0, false, pixels};
  validate(input, images, set.title);
  const auto channels = static_cast<std::size_t>(choice.network.input.channels);
  for (const auto &values : {pixels.mean, pixels.deviation})
    if (values.size() != 1 && values.size() != channels)
      throw Error(task.data, QStringLiteral("%1 values of normalisation").arg(values.size()),
                  QStringLiteral("give one, or one for each of the %1 channels").arg(channels));
  return {prepared(firstImages(images, count, OrderSeed), input), input};
}

std::int64_t correctOf(NetworkModule &module, const Source &source, const std::function<Request()> &request) {
  std::vector<std::uint32_t> indices(source.images.size());
  std::iota(indices.begin(), indices.end(), 0U);
  const std::array<std::size_t, 1> first{0};
  return evaluate(module, first, source, indices,
                  [&] { return request() == Request::None ? Command::Continue : Command::Cancel; })
      .correct[0];
}

// Renumbers the channels if the weights were trained with the other padding; returns what was assumed.
QString settlePadding(const EvaluationTask &task, const Choice &choice, const Variant &variant, LoadedVariant &loaded,
                      const Source &trial, const std::function<Request()> &request) {
  const QString end = QStringLiteral("end");
  const QString middle = QStringLiteral("middle");
  const bool others = loaded.binding == aloneBinding() && loaded.report.complete();
  if (!others || task.shortcutPadding == end) return end;
  const at::Tensor before = loaded.module.store().values().clone();
  const bool ask = task.shortcutPadding != middle;
  const std::int64_t asIs = ask ? correctOf(loaded.module, trial, request) : -1;
  fromMiddlePadding(loaded.module, choice.network, variant);
  if (!ask || correctOf(loaded.module, trial, request) > asIs) return middle;
  const at::NoGradGuard noGradient;
  loaded.module.store().values().copy_(before);
  return end;
}

QJsonObject resultOf(const Choice &choice, const Variant &variant, const QString &data, const LoadReport &report,
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

}  // namespace

bool evaluateWeights(const EvaluationTask &task, const std::function<Request()> &request,
                     const std::function<void(const QJsonObject &)> &emit) {
  at::set_num_threads(task.threads > 0 ? task.threads
                                       : static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
  const Choice choice = choiceOf(task);
  const SafeTensors file = readWeights(task.weights);
  std::vector<LoadedVariant> loaded;
  for (const Variant &variant : choice.variants) {
    loaded.push_back(loadVariant(choice.network, variant, file));
    if (!loaded.back().report.complete()) requireClasses(choice, variant, file, task.weights);
    if (!task.partial) requireComplete(loaded.back().report, task.weights);
  }
  const Dataset set =
      openDataset(task.data, {.crop = task.dataCrop, .resize = task.dataResize, .cache = decodedCache()});
  const Source test = sourceOf(task, choice, set, set.test, task.images);
  for (std::size_t v = 0; v < loaded.size(); ++v) {
    const Variant &variant = choice.variants[v];
    QString padding;
    if (hasWideningShortcuts(choice.network, variant))
      padding =
          settlePadding(task, choice, variant, loaded[v], sourceOf(task, choice, set, set.train, TrialImages), request);
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
