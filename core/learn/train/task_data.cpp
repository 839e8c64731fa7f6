// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/task_data.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/data/cached_pictures.h"
#include "core/network/families/network_library.h"
#include "core/network/widest.h"

namespace pimento::learn {

TaskNetwork taskNetwork(const EvaluationTask &task) {
  const int classes = datasetClasses(task.data);
  const auto [name, variantName] = networkText(task.network);
  TaskNetwork choice{loadNetworkFor(name, classes), {}};
  choice.variants = classifiers(choice.network);
  if (variantName) choice.variants = {findVariant(choice.network, *variantName)};
  for (const Variant &variant : choice.variants) {
    const int told = outputShapes(choice.network, variant)[variant.output].channels;
    if (told != classes)
      throw Error(QStringLiteral("network %1").arg(name),
                  QStringLiteral("tells %1 classes, %2 has %3").arg(told).arg(task.data).arg(classes));
  }
  return choice;
}

bool hasNorms(const NetworkSpec &network, const Variant &variant) {
  return std::ranges::any_of(activeLayers(network, variant),
                             [&](LayerId id) { return network.layers[id].op == Op::BatchNorm; });
}

void requireNorms(const EvaluationTask &task, const NetworkSpec &network, const Variant &variant) {
  if (task.recalibrate > 0 && !hasNorms(network, variant))
    throw Error(QStringLiteral("network %1").arg(network.name),
                QStringLiteral("%1 has no batch norms to recalibrate").arg(variant.name),
                QStringLiteral("leave --recalibrate-norms out"));
}

Dataset taskData(const EvaluationTask &task) {
  return openDataset(task.data, cachedPictures(task.dataCrop, task.dataResize));
}

InputRecipe taskInput(const EvaluationTask &task, const NetworkSpec &network, const Dataset &set) {
  PixelStatistics pixels = pixelStatistics(set.train);
  if (!task.mean.empty()) pixels.mean = task.mean;
  if (!task.deviation.empty()) pixels.deviation = task.deviation;
  const auto channels = static_cast<std::size_t>(network.input.channels);
  for (const auto &values : {pixels.mean, pixels.deviation})
    if (values.size() != 1 && values.size() != channels)
      throw Error(task.data, QStringLiteral("%1 values of normalisation").arg(values.size()),
                  QStringLiteral("give one, or one for each of the %1 channels").arg(channels));
  InputRecipe input{network.input, task.scale, 0, false, pixels};
  validate(input, set.test, set.title);
  return input;
}

}  // namespace pimento::learn
