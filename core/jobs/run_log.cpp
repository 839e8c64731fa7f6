// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_log.h"

#include <QJsonArray>
#include <algorithm>
#include <cmath>

namespace pimento {

namespace {

constexpr qsizetype MaxText = 4096;

QString text(const QJsonObject &event, const char *key) {
  return event.value(QLatin1String(key)).toString().left(MaxText);
}

// A number of the event that makes sense, else `otherwise`.
double number(const QJsonObject &event, const char *key, double otherwise, double least = 0, double most = 1e15) {
  const double value = event.value(QLatin1String(key)).toDouble(std::numeric_limits<double>::quiet_NaN());
  return value >= least && value <= most ? value : otherwise;
}

std::int64_t count(const QJsonObject &event, const char *key) {
  return static_cast<std::int64_t>(number(event, key, 0));
}

RunStage *stageOf(RunLog &log, const QJsonObject &event) {
  const QString name = text(event, "stage");
  const auto known = std::ranges::find(log.stages, name, &RunStage::name);
  // Stages follow each other: one that is told again comes of a run that was begun anew.
  if (known != log.stages.end()) {
    log.stages.erase(known + 1, log.stages.end());
    return &*known;
  }
  if (log.stages.size() >= RunLog::MaxStages) return nullptr;
  log.stages.push_back({.name = name});
  log.checkpointEpoch.reset();
  return &log.stages.back();
}

void add(std::vector<QPointF> &curve, QPointF point) {
  while (!curve.empty() && curve.back().x() >= point.x()) curve.pop_back();
  curve.push_back(point);
  if (curve.size() <= RunCurves::MaxPoints) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < curve.size(); i += 2) curve[kept++] = curve[i];
  curve.resize(kept);
}

void addValues(RunStage &stage, const QJsonObject &values, std::vector<QPointF> RunCurves::*curve, double epoch) {
  for (auto it = values.begin(); it != values.end(); ++it) {
    const double value = it->toDouble(std::numeric_limits<double>::quiet_NaN());
    if (!std::isfinite(value)) continue;
    auto variant = std::ranges::find(stage.variants, it.key(), &RunCurves::variant);
    if (variant == stage.variants.end()) {
      if (stage.variants.size() >= RunLog::MaxVariants || it.key().size() > MaxText) continue;
      variant = stage.variants.insert(variant, {.variant = it.key(), .loss = {}, .validation_pct = {}});
    }
    add((*variant).*curve, QPointF(epoch, value));
  }
}

// How far a stage is; what was told of later epochs came before the checkpoint from which it goes on.
bool moveTo(RunStage &stage, const QJsonObject &event) {
  const double epoch = number(event, "epoch", -1, 0, 1e9);
  if (epoch < 0) return false;
  stage.epoch = epoch;
  stage.epochs = static_cast<int>(number(event, "epochs", stage.epochs, 0, 1e9));
  for (RunCurves &curves : stage.variants)
    for (auto *curve : {&curves.loss, &curves.validation_pct})
      while (!curve->empty() && curve->back().x() > epoch) curve->pop_back();
  return true;
}

void takeStart(RunLog &log, const QJsonObject &event) {
  log.begun = true;
  log.data = text(event, "data");
  log.trainingImages = count(event, "training_images");
  log.threads = static_cast<int>(number(event, "threads", 0, 0, 1e6));
  log.ceiling_gflops = number(event, "ceiling_gflops", 0);
  log.planned.clear();
  for (const QJsonValue &value : event[QStringLiteral("stages")].toArray()) {
    const QJsonObject stage = value.toObject();
    if (log.planned.size() < RunLog::MaxStages)
      log.planned.push_back({text(stage, "stage"), static_cast<int>(number(stage, "epochs", 0, 0, 1e6))});
  }
  log.images_per_s = 0;
  log.left_s = -1;
  log.tested = -1;
  log.outcome.reset();
  log.problem.clear();
  log.paused = false;
}

void takeProgress(RunLog &log, const QJsonObject &event) {
  RunStage *stage = stageOf(log, event);
  if (stage == nullptr || !moveTo(*stage, event)) return;
  log.images_per_s = number(event, "images_per_s", log.images_per_s);
  log.left_s = number(event, "left_s", -1);
  log.learningRate = number(event, "learning_rate", log.learningRate);
  addValues(*stage, event[QStringLiteral("loss")].toObject(), &RunCurves::loss, stage->epoch);
}

void takeEpoch(RunLog &log, const QJsonObject &event) {
  RunStage *stage = stageOf(log, event);
  if (stage == nullptr || !moveTo(*stage, event)) return;
  stage->validationImages = count(event, "validation_images");
  addValues(*stage, event[QStringLiteral("validation_pct")].toObject(), &RunCurves::validation_pct, stage->epoch);
}

void takeResult(RunLog &log, const QJsonObject &event) {
  RunOutcome outcome;
  for (const QJsonValue &value : event[QStringLiteral("variants")].toArray()) {
    const QJsonObject score = value.toObject();
    const TestScore read{text(score, "variant"), count(score, "correct"), count(score, "n")};
    if (read.variant.isEmpty() || read.images <= 0 || read.correct > read.images) continue;
    if (outcome.scores.size() < RunLog::MaxVariants) outcome.scores.push_back(read);
  }
  outcome.images_per_s = number(event, "images_per_s", 0);
  outcome.shareOfCeiling = number(event, "share_of_ceiling", 0, 0, 100);
  outcome.stopped = event[QStringLiteral("stopped")].toBool();
  outcome.epochs = number(event, "epochs", 0, 0, 1e9);
  outcome.seconds = number(event, "seconds", 0);
  log.left_s = 0;
  log.paused = false;
  log.outcome = outcome;
}

void takeTest(RunLog &log, const QJsonObject &event) {
  const double all = number(event, "all", 0);
  if (all <= 0) return;
  log.tested = std::min(1.0, number(event, "done", 0) / all);
  log.left_s = -1;
}

}  // namespace

double RunLog::share() const {
  if (stage() == nullptr || stage()->epochs <= 0) return -1;
  double before = 0;
  double all = 0;
  bool passed = false;
  for (const PlannedStage &plan : planned) {
    passed = passed || plan.name == stage()->name;
    if (!passed) before += plan.epochs;
    all += plan.epochs;
  }
  if (!passed) return std::min(1.0, stage()->epoch / stage()->epochs);
  return all > 0 ? std::clamp((before + stage()->epoch) / all, 0.0, 1.0) : -1;
}

void RunLog::take(const QJsonObject &event) {
  const QString kind = event[QStringLiteral("event")].toString();
  if (kind == QStringLiteral("start")) takeStart(*this, event);
  if (kind == QStringLiteral("progress")) takeProgress(*this, event);
  if (kind == QStringLiteral("epoch")) takeEpoch(*this, event);
  if (kind == QStringLiteral("checkpoint") && stage() != nullptr) checkpointEpoch = stage()->epoch;
  if (kind == QStringLiteral("weights")) startedFrom = text(event, "text");
  if (kind == QStringLiteral("test")) takeTest(*this, event);
  if (kind == QStringLiteral("result")) takeResult(*this, event);
  if (kind == QStringLiteral("error")) problem = text(event, "message");
  if (kind == QStringLiteral("paused")) paused = true;
}

}  // namespace pimento
