// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <QString>
#include <QStringList>

#include "core/learn/parameter_store.h"
#include "core/project/safetensors.h"

namespace pimento::learn {

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
