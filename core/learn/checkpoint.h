// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <QString>
#include <QStringList>

#include "core/learn/parameter_store.h"
#include "core/project/safetensors.h"

namespace pimento::learn {

// A model as safetensors: each tensor by its name, single precision, in the shapes of torchvision (a weight of a
// convolution: out, in, height, width).
[[nodiscard]] SafeTensors exportWeights(const ParameterStore &store);

// What became of the tensors of a file.
struct LoadReport {
  QStringList loaded;
  QStringList missing;     // of the model, not in the file
  QStringList leftOver;    // in the file, not of the model
  QStringList otherShape;  // "fc.weight: 100 x 64 in the file, 10 x 64 in the network"
  [[nodiscard]] bool complete() const { return missing.isEmpty() && otherShape.isEmpty(); }
};

// Puts the tensors of a file that belong to the model into it. Single, double, half and bfloat16 are read. Names may
// begin with "module."; a classifier may be called "linear" or "classifier" instead of "fc" and the other way round.
// Bookkeeping tensors ("num_batches_tracked") are passed over.
[[nodiscard]] LoadReport importWeights(ParameterStore &store, const SafeTensors &file);

// Throws Error naming `place` and the first tensors that are missing or of another shape.
void requireComplete(const LoadReport &report, const QString &place);

// Written to a file beside it first, so that a crash leaves the old one. Throws Error.
void writeFile(const QString &path, const QByteArray &bytes);

// Where training stands: all that is needed to go on exactly. `step` counts updates of the stage.
struct TrainingState {
  int stage = 0;
  std::int64_t step = 0;
  double bestScore = -1;  // mean accuracy over the variants on the validation part, per cent
  std::int64_t bestStep = 0;
  double trained_s = 0;  // time in updates so far
  at::Tensor momentum;   // flat, as ParameterStore::trained()
  at::Tensor best;       // flat, as ParameterStore::values()
};

[[nodiscard]] QByteArray writeCheckpoint(const ParameterStore &store, const TrainingState &state);
// The stage that a checkpoint is of; -1 if it is none.
[[nodiscard]] int stageOf(const SafeTensors &file);
// Throws Error if it is not of this model.
[[nodiscard]] TrainingState readCheckpoint(ParameterStore &store, const SafeTensors &file, const QString &place);

}  // namespace pimento::learn
