// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/report_table.h"
#include "widgets/figures/curve_figure.h"

namespace pimento {

struct QueuedJob;

// The curves of one stage of a run ("main", "teacher"; empty: the latest), a look a variant in the order of `variants`,
// which is the job's, so that a variant keeps its look in every stage and chart.
[[nodiscard]] CurveData lossCurves(const QueuedJob &job, const QString &stage, const QStringList &variants);
[[nodiscard]] CurveData validationCurves(const QueuedJob &job, const QString &stage, const QStringList &variants);

// "980 images/s · 42 % of the best convolution rate · 3:12 min left …": what a running job tells, as rich text.
// `macs`: of one image through what the stage trains, forward.
[[nodiscard]] QString numbersText(const QueuedJob &job, double macs, const QDateTime &now);

}  // namespace pimento
