// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/jobs/run_results.h"
#include "core/learn/train/evaluation.h"

namespace pimento::learn {

// What to quantise, and how.
struct QuantisationTask {
  QString run;           // directory of a run; or, if empty:
  EvaluationTask files;  // network, weights and data; its `images` are those of the test set, also of a run
  Bits bits;
  ResultHow how = ResultHow::PostTraining;  // or QuantisationAware
  QStringList variants;                     // of the run; empty: all
  int calibration = 512;                    // training images that the ranges of maps are taken from
  int epochs = 1;                           // quantisation-aware: passes of fine-tuning
  int trainImages = 0;                      // quantisation-aware: of the training set, a pass; 0: all
  double learningRate = 0.001;              // at the start; falls to 0 along a cosine
  QString output;                           // file to write; empty: in the run's directory
};

// Quantises the variants, measures the accuracy of each on the test set by exact integer evaluation, writes them as one
// file (core/simulate/quantised_file.h), and adds the accuracies to the run's results.json. Emits progress; `resumed`
// (step, steps) where fine-tuning goes on from its checkpoint, which lies beside the file under a name that other
// options do not have; and a result for each variant: network, variant, bits, how, data, accuracy_pct, correct, n,
// interval_pct, stopped, kind, file; recalibrated_norms as in evaluation.h. A stop ends fine-tuning early and keeps
// what it has; a pause leaves the checkpoint, and the same task ends with the same integers (post-training quantisation
// has none: it is cancelled). Throws Error, also if the run was trained on meanwhile.
RunEnd quantise(const QuantisationTask &task, const std::function<Request()> &request,
                const std::function<void(const QJsonObject &)> &emit);

}  // namespace pimento::learn
