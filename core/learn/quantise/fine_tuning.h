// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <QJsonObject>
#include <functional>

#include "core/learn/quantise/quantised_module.h"
#include "core/learn/train/job_runner.h"
#include "core/learn/train/trained_network.h"

namespace pimento::learn {

// Quantisation-aware training: the tensors of a trained network are trained on with the arithmetic of its integers, all
// variants a step.
struct FineTuning {
  TrainedNetwork &trained;
  QuantisedModule &module;  // on the tensors of `trained`, with settled formats
  std::size_t variants = 1;
  int epochs = 1;
  int images = 0;               // of the training set, a pass; 0: all
  double learningRate = 0.001;  // at the start; falls to 0 along a cosine
  std::uint64_t seed = 1;       // of the order and the augmentation of images
  QString checkpoint;           // file that it goes on from, if it is there, and leaves when it is paused
};

struct FineTuningWatch {
  std::function<Request()> request;
  std::function<void(std::int64_t step, std::int64_t steps, double loss)> progress;
  std::function<void(std::int64_t step, std::int64_t steps)> resumed;
  double checkpoint_s = 30;  // between checkpoints
};

// Trains from the checkpoint or the beginning to the end, or until told to stop (Stopped: what was learned so far is
// kept) or to pause. At the end the checkpoint holds where it ended, until it is removed. Equal tasks end with equal
// tensors, whether they were interrupted or not. Throws Error for a loss that is not a number, or a checkpoint that can
// not be read or written.
[[nodiscard]] RunEnd fineTune(const FineTuning &tuning, const FineTuningWatch &watch);

// The first `wanted` images of a random order, another one each epoch; all for 0.
[[nodiscard]] std::vector<std::uint32_t> tuningOrder(const Images &images, int wanted, const Augmentation &epoch);

}  // namespace pimento::learn
