// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <QString>
#include <QStringList>

#include "core/files/safetensors.h"
#include "core/learn/module/parameter_store.h"

namespace pimento::learn {

// Written to a file beside it first, so that a crash leaves the old one. Throws Error.
void writeFile(const QString &path, const QByteArray &bytes);

// Gives a file, if it is there, another name, in the place of what had it. Throws Error.
void replaceName(const QString &from, const QString &to);

// The best of one part (parts.h) so far: mean accuracy of its variants on the validation part, per cent.
struct Best {
  double score = -1;
  std::int64_t step = 0;  // updates done then
};

// Where training stands: all that is needed to go on exactly. `step` counts updates of the stage.
struct TrainingState {
  int stage = 0;
  std::int64_t step = 0;
  double trained_s = 0;                  // time in updates so far
  double waited_s = 0;                   // time in which no batch was ready
  std::int64_t logged = 0;               // bytes of events.jsonl that were written before
  std::vector<Best> best;                // of each part
  at::Tensor momentum;                   // flat, as ParameterStore::trained()
  at::Tensor bestValues;                 // flat, as ParameterStore::values()
  QString notFinite;                     // of a loss that is not a number: the first layer whose output is not
  [[nodiscard]] bool validated() const;  // at least once
};

[[nodiscard]] QByteArray writeCheckpoint(const ParameterStore &store, const TrainingState &state);

// What a checkpoint is of, without its tensors. Throws Error if it is none.
struct CheckpointHead {
  int stage = 0;
  std::int64_t step = 0;
  std::int64_t logged = 0;
};
[[nodiscard]] CheckpointHead readHead(const SafeTensors &file, const QString &place);

// Throws Error if it is not of this model, divided into this many parts.
[[nodiscard]] TrainingState readCheckpoint(ParameterStore &store, const SafeTensors &file, std::size_t parts,
                                           const QString &place);

}  // namespace pimento::learn
