// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/worker_options.h"

namespace pimento {

namespace {

// A file of weights, the images that it is evaluated on, and how it is.
const QStringList WeightsValues{QStringLiteral("network"),
                                QStringLiteral("weights"),
                                QStringLiteral("data"),
                                QStringLiteral("crop"),
                                QStringLiteral("resize"),
                                QStringLiteral("mean"),
                                QStringLiteral("std"),
                                QStringLiteral("images"),
                                QStringLiteral("threads"),
                                QStringLiteral("shortcut-padding"),
                                QStringLiteral("recalibrate-norms"),
                                QStringLiteral("ignore")};
const QString Scale = QStringLiteral("scale");

}  // namespace

const WorkerOptions &evaluateOptions() {
  static const WorkerOptions options{WeightsValues, {Scale, QStringLiteral("partial")}};
  return options;
}

const WorkerOptions &quantiseOptions() {
  static const WorkerOptions options{
      QStringList{QStringLiteral("bits"), QStringLiteral("method"), QStringLiteral("variants"),
                  QStringLiteral("calibration"), QStringLiteral("epochs"), QStringLiteral("train-images"),
                  QStringLiteral("learning-rate"), QStringLiteral("output")} +
          WeightsValues,
      {Scale}};
  return options;
}

}  // namespace pimento
