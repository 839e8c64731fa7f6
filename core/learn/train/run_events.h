// SPDX-License-Identifier: GPL-3.0-or-later
// Events of a training run as JSON objects; job_runner.h says what they hold.
#pragma once
#include <QJsonObject>
#include <QStringList>
#include <optional>

#include "core/data/batch.h"
#include "core/jobs/run_results.h"
#include "core/learn/train/trainer.h"

namespace pimento::learn {

// A stage as events name it.
struct StageName {
  int number = 1;        // 0: the teacher
  QStringList variants;  // in order
  int epochs = 1;
  [[nodiscard]] QString name() const { return number == 0 ? QStringLiteral("teacher") : QStringLiteral("main"); }
};

[[nodiscard]] QJsonObject inputJson(const InputRecipe &input);
[[nodiscard]] QJsonObject stageJson(const StageName &stage);
[[nodiscard]] QJsonObject progressEvent(const StageName &stage, const Progress &progress, std::optional<double> left_s);
[[nodiscard]] QJsonObject epochEvent(const StageName &stage, double epochs, const Scores &scores);
[[nodiscard]] QJsonObject resultJson(const RunResult &result);  // one variant's

}  // namespace pimento::learn
