// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QStringList>
#include <functional>
#include <vector>

#include "core/learn/train/job_runner.h"

namespace pimento::learn {

// What to evaluate: variants of a network with weights of a file on the test set of some data.
struct EvaluationTask {
  QString network;  // NETWORK[:VARIANT] by name, or a file; without a variant: all that it names
  QString weights;  // safetensors, or a file of torch.save
  QString data;
  int dataCrop = 0;  // folders of pictures: as in FolderOptions
  int dataResize = 0;
  bool scale = false;                                // images are scaled to the input; else they get a border
  std::vector<double> mean;                          // normalisation, a channel each or one for all; empty: of the
  std::vector<double> deviation;                     // training images, as training does
  int images = 0;                                    // of the test set, the first of a random order; 0: all
  int threads = 0;                                   // 0: as many as the machine has cores
  bool partial = false;                              // evaluates although tensors are missing
  int recalibrate = 0;                               // training images that batch norms take their statistics from
                                                     // anew (recalibration.h); 0: those of the file
  QStringList ignore;                                // patterns of left-over tensors that may be of other layers
  QString shortcutPadding = QStringLiteral("auto");  // "end", "middle", or what classifies more training images right
};

// First an event "weights" for each variant: what became of the file's tensors (core/weights/load_report.h), and
// `entry`, the part of a checkpoint that was read. Then a result for each: network, variant, data, accuracy_pct,
// correct, n, interval_pct, kind; the same about its tensors; shortcut_padding where weights of others have padded
// shortcuts; where it was asked for, recalibrated_norms (how many images), and sliced_from: the wider variant whose
// first channels they are. Returns false if it was told to end early. Throws Error for weights, classes or data that do
// not fit, the first two before data are read, and for weights that answer with what is not a number.
bool evaluateWeights(const EvaluationTask &task, const std::function<Request()> &request,
                     const std::function<void(const QJsonObject &)> &emit);

}  // namespace pimento::learn
