// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/run_events.h"

#include <QJsonArray>

namespace pimento::learn {

namespace {

QJsonArray listOf(const std::vector<double> &values) {
  QJsonArray list;
  for (const double value : values) list.append(value);
  return list;
}

QJsonObject byVariant(const StageName &stage, const std::vector<double> &values) {
  QJsonObject object;
  for (std::size_t v = 0; v < values.size(); ++v) object[stage.variants[static_cast<qsizetype>(v)]] = values[v];
  return object;
}

}  // namespace

QJsonObject inputJson(const InputRecipe &input) {
  return {{QStringLiteral("shape"), QJsonArray{input.shape.channels, input.shape.height, input.shape.width}},
          {QStringLiteral("scale"), input.scale},
          {QStringLiteral("crop"), input.crop},
          {QStringLiteral("flip"), input.flip},
          {QStringLiteral("mean"), listOf(input.normalise.mean)},
          {QStringLiteral("deviation"), listOf(input.normalise.deviation)}};
}

QJsonObject stageJson(const StageName &stage) {
  return {{QStringLiteral("stage"), stage.name()},
          {QStringLiteral("variants"), QJsonArray::fromStringList(stage.variants)},
          {QStringLiteral("epochs"), stage.epochs}};
}

QJsonObject progressEvent(const StageName &stage, const Progress &progress, std::optional<double> left_s) {
  QJsonObject event{
      {QStringLiteral("event"), QStringLiteral("progress")},
      {QStringLiteral("stage"), stage.name()},
      {QStringLiteral("step"), static_cast<qint64>(progress.step)},
      {QStringLiteral("steps"), static_cast<qint64>(progress.steps)},
      {QStringLiteral("epoch"), static_cast<double>(progress.step) / static_cast<double>(progress.stepsPerEpoch)},
      {QStringLiteral("epochs"), stage.epochs},
      {QStringLiteral("images_per_s"), progress.images_per_s},
      {QStringLiteral("learning_rate"), progress.learningRate},
      {QStringLiteral("loss"), byVariant(stage, progress.loss)},
      {QStringLiteral("training_accuracy_pct"), byVariant(stage, progress.accuracy_pct)}};
  if (left_s) event[QStringLiteral("left_s")] = *left_s;
  return event;
}

QJsonObject epochEvent(const StageName &stage, double epochs, const Scores &scores) {
  std::vector<double> percent;
  if (scores.images > 0)
    for (const std::int64_t correct : scores.correct)
      percent.push_back(100.0 * static_cast<double>(correct) / static_cast<double>(scores.images));
  return {{QStringLiteral("event"), QStringLiteral("epoch")},
          {QStringLiteral("stage"), stage.name()},
          {QStringLiteral("epoch"), epochs},
          {QStringLiteral("epochs"), stage.epochs},
          {QStringLiteral("validation_images"), static_cast<qint64>(scores.images)},
          {QStringLiteral("validation_pct"), byVariant(stage, percent)}};
}

QJsonObject resultJson(const RunResult &result) {
  const Interval interval = result.interval_pct();
  return {{QStringLiteral("variant"), result.variant},
          {QStringLiteral("accuracy_pct"), result.accuracy_pct()},
          {QStringLiteral("correct"), static_cast<qint64>(result.correct)},
          {QStringLiteral("n"), static_cast<qint64>(result.images)},
          {QStringLiteral("interval_pct"), QJsonArray{interval.low, interval.high}}};
}

}  // namespace pimento::learn
