// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/run_points.h"

#include "core/base/format.h"
#include "core/explore/training_name.h"
#include "core/hardware/estimate/estimate_table.h"
#include "core/jobs/job_data.h"

namespace pimento {

namespace {

QString precisionText(const RunResult &result) {
  if (result.bits == SinglePrecision) return QStringLiteral("single precision");
  return QStringLiteral("%1:%2 bits, %3")
      .arg(result.bits.weights)
      .arg(result.bits.activations)
      .arg(result.how == ResultHow::QuantisationAware ? QStringLiteral("quantisation-aware training")
                                                      : QStringLiteral("post-training quantisation"));
}

Provenance provenanceOf(const TrainingRun &run, const RunResult &result, int classes) {
  const Interval interval = result.interval_pct();
  QString source = QStringLiteral("run %1: %2, recipe %3, epochs: %4, on %5")
                       .arg(run.name, methodName(run.job.recipe.method), run.job.recipe.name)
                       .arg(run.job.recipe.epochs)
                       .arg(run.results.data);
  if (run.job.images > 0) source += QStringLiteral(" (%1 training images)").arg(grouped(run.job.images));
  source += QStringLiteral(", seed %1; %2").arg(run.job.seed).arg(precisionText(result));
  const QString formula =
      QStringLiteral("%1 of %2 test images; 95 % interval %3 to %4 %")
          .arg(grouped(result.correct), grouped(result.images), fourDigits(interval.low), fourDigits(interval.high));
  return {Kind::Measured, source, formula, result.warnings(classes) + run.results.notes(run.job.recipe),
          static_cast<int>(result.images)};
}

}  // namespace

RunNames namesOf(const TrainingRun &run) { return {run.results.data, methodName(run.job.recipe.method), run.name}; }

DesignTable accuraciesOf(const TrainingRun &run) {
  DesignTable table;
  const RunNames names = namesOf(run);
  DesignKey key{.network = table.intern(run.job.network.name),
                .dataset = table.intern(names.dataset),
                .run = table.intern(names.run)};
  const bool heads = hasExtractor(run.job.network);
  const int classes = classesOf(run.job.network, run.variants.front());  // all tell as many apart
  for (const RunResult &result : run.results.results) {
    key.variant = table.intern(result.variant);
    const bool aware = result.how == ResultHow::QuantisationAware;
    key.training = table.intern(trainingName(names.training, aware ? resultHowName(result.how) : QString()));
    key.bitsWeights = static_cast<std::uint8_t>(result.bits.weights);
    key.bitsActivations = static_cast<std::uint8_t>(result.bits.activations);
    const ProvenanceId from = table.intern(provenanceOf(run, result, classes));
    for (const Scope scope : {Scope::Whole, Scope::Head}) {
      if (scope == Scope::Head && !heads) continue;
      key.scope = scope;
      table.set(table.append(key), Metric::Accuracy, result.accuracy_pct(), from);
    }
  }
  return table;
}

}  // namespace pimento
