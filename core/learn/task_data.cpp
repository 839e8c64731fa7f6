// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/task_data.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/network/families/families.h"
#include "core/network/network_library.h"

namespace pimento::learn {

namespace {

bool isFamily(const QString &name) {
  const auto &all = families();
  return std::any_of(all.begin(), all.end(), [&](const Family &f) { return name == QLatin1String(f.name); });
}

}  // namespace

TaskNetwork taskNetwork(const EvaluationTask &task) {
  const int classes = classesOf(task.data);
  const qsizetype colon = task.network.lastIndexOf(QLatin1Char(':'));
  const bool hasVariant =
      colon > task.network.lastIndexOf(QLatin1Char('/')) && !task.network.endsWith(QStringLiteral(".json"));
  const QString name = hasVariant ? task.network.left(colon) : task.network;
  TaskNetwork choice{loadNetwork(name, isFamily(name) ? classes : 0), {}};
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

Dataset taskData(const EvaluationTask &task) {
  FolderOptions options;
  options.crop = task.dataCrop;
  options.resize = task.dataResize;
  options.cache = decodedCache();
  return openDataset(task.data, options);
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
