// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/training_curves.h"

#include <algorithm>

#include "app/jobs/job_queue.h"
#include "app/session/jobs_model.h"
#include "app/session/labels.h"
#include "app/session/training_setup.h"
#include "core/base/escaping.h"
#include "core/base/format.h"

namespace pimento {

namespace {

const AxisSpec EpochAxis{QStringLiteral("Epoch"), {}, 1, Scaling::Plain, Sense::Minimise};

const RunStage *stageOf(const QueuedJob &job, const QString &name) {
  if (name.isEmpty()) return job.log.stage();
  const auto found = std::ranges::find(job.log.stages, name, &RunStage::name);
  return found == job.log.stages.end() ? nullptr : &*found;
}

QString stageTitle(const RunStage *stage) {
  return stage == nullptr || stage->name == QStringLiteral("main") ? QString()
                                                                   : QStringLiteral(" of the %1").arg(stage->name);
}

QString whyNoCurve(const QueuedJob &job) {
  if (job.state == JobState::Queued) return QStringLiteral("The run waits for its turn.");
  if (job.isActive()) return QStringLiteral("The run is starting: it reads its data and measures the machine.");
  return QStringLiteral("No curve was recorded.");
}

CurveData curves(const QueuedJob &job, const RunStage *stage, const QStringList &variants,
                 std::vector<QPointF> RunCurves::*curve) {
  CurveData data;
  data.emptyText = whyNoCurve(job);
  data.xAxis = EpochAxis;
  data.names = CurveData::Names::AtEnds;
  if (stage == nullptr) return data;
  QStringList order = variants;  // as they stand in the job, then what else is told of
  for (const RunCurves &told : stage->variants)
    if (!order.contains(told.variant)) order << told.variant;
  for (qsizetype i = 0; i < order.size(); ++i) {
    const auto told = std::ranges::find(stage->variants, order[i], &RunCurves::variant);
    if (told == stage->variants.end() || ((*told).*curve).empty()) continue;
    data.series.push_back({.name = variantTitle(order[i]),
                           .points = (*told).*curve,
                           .markers = std::nullopt,
                           .look = static_cast<std::size_t>(i)});
  }
  return data;
}

// The best validation of each variant, for the sentence below the title.
QString bestText(const CurveData &data) {
  QStringList parts;
  for (const CurveSeries &series : data.series) {
    const auto best = std::ranges::max_element(series.points, {}, [](QPointF point) { return point.y(); });
    parts << QStringLiteral("%1 %2 %").arg(series.name, fourDigits(best->y()));
  }
  return parts.isEmpty() ? QString() : QStringLiteral("Best so far: %1").arg(parts.join(QStringLiteral(", ")));
}

QString bold(const QString &text) { return QStringLiteral("<b>%1</b>").arg(htmlEscaped(text)); }

QString speedText(const RunLog &log, double macs) {
  constexpr double FlopsPerMac = 2 * 3;  // forward, gradients of inputs, gradients of weights
  const double images_per_s = log.outcome ? log.outcome->images_per_s : log.images_per_s;
  if (images_per_s <= 0) return {};
  QString text = bold(QStringLiteral("%1 images/s").arg(roundedCount(images_per_s)));
  double share = log.outcome ? log.outcome->shareOfCeiling : 0;
  if (share <= 0 && log.ceiling_gflops > 0) share = images_per_s * macs * FlopsPerMac / (log.ceiling_gflops * 1e9);
  if (share > 0)
    text += QStringLiteral(" (%1 of this machine's best convolution rate)")
                .arg(bold(QStringLiteral("%1 %").arg(100 * share, 0, 'f', 0)));
  return text;
}

QString checkpointText(const QueuedJob &job, const QDateTime &now) {
  if (job.state == JobState::Done) return {};
  if (!job.checkpoint) return job.isActive() ? QStringLiteral("no checkpoint yet") : QString();
  return QStringLiteral("checkpoint %1 old").arg(bold(durationText(static_cast<double>(job.checkpoint->secsTo(now)))));
}

}  // namespace

CurveData lossCurves(const QueuedJob &job, const QString &stage, const QStringList &variants) {
  const RunStage *shown = stageOf(job, stage);
  CurveData data = curves(job, shown, variants, &RunCurves::loss);
  data.title = QStringLiteral("Training loss%1").arg(stageTitle(shown));
  data.yAxis = {QStringLiteral("Loss"), {}, 1, Scaling::Plain, Sense::Minimise};
  return data;
}

CurveData validationCurves(const QueuedJob &job, const QString &stage, const QStringList &variants) {
  const RunStage *shown = stageOf(job, stage);
  CurveData data = curves(job, shown, variants, &RunCurves::validation_pct);
  for (CurveSeries &series : data.series) series.markers = Kind::Measured;
  data.title = QStringLiteral("Validation accuracy%1").arg(stageTitle(shown));
  data.takeaway = bestText(data);
  data.yAxis = {QStringLiteral("Accuracy"), QStringLiteral("%"), 1, Scaling::Plain, Sense::Maximise};
  if (shown != nullptr && !shown->variants.empty())
    data.emptyText = QStringLiteral("The first validation comes at the end of the first epoch.");
  return data;
}

QString numbersText(const QueuedJob &job, double macs, const QDateTime &now) {
  QStringList parts;
  if (job.log.stage() != nullptr) parts << bold(progressText(job));
  if (const QString left = leftText(job); !left.isEmpty())
    parts << (job.log.tested >= 0 ? bold(left) : QStringLiteral("time left %1").arg(bold(left)));
  parts << speedText(job.log, macs) << checkpointText(job, now);
  if (job.isActive() && job.log.learningRate > 0)
    parts << QStringLiteral("learning rate %1").arg(bold(fourDigits(job.log.learningRate)));
  if (job.log.outcome && job.log.outcome->seconds > 0)
    parts << QStringLiteral("took %1").arg(bold(durationText(job.log.outcome->seconds)));
  parts << htmlEscaped(job.log.startedFrom);
  parts.removeAll(QString());
  return parts.join(QStringLiteral(" &nbsp;·&nbsp; "));
}

}  // namespace pimento
