// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/checkpoint.h"

#include <QSaveFile>

#include "core/base/error.h"
#include "core/learn/weights_file.h"

namespace pimento::learn {

namespace {

const QString MomentumName = QStringLiteral("state.momentum");
const QString BestName = QStringLiteral("state.best");
const QString ValuesName = QStringLiteral("state.values");
const QString ScoreName = QStringLiteral("state.numbers");

const Tensor *find(const SafeTensors &file, const QString &name) {
  for (const Tensor &tensor : file.tensors)
    if (tensor.name == name) return &tensor;
  return nullptr;
}

at::Tensor flatOf(const SafeTensors &file, const QString &name, std::int64_t size, const QString &place) {
  const Tensor *tensor = find(file, name);
  const auto values = tensor != nullptr ? fromTensor(*tensor) : std::nullopt;
  if (!values || values->dim() != 1 || values->size(0) != size)
    throw Error(place, QStringLiteral("is no checkpoint of this network (%1)").arg(name),
                QStringLiteral("resume it with the job that it belongs to"));
  return *values;
}

}  // namespace

void writeFile(const QString &path, const QByteArray &bytes) {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
    throw Error(path, QStringLiteral("can not be written"), file.errorString());
}

QByteArray writeCheckpoint(const ParameterStore &store, const TrainingState &state) {
  SafeTensors file;
  file.tensors = {toTensor(ValuesName, store.values()), toTensor(MomentumName, state.momentum),
                  toTensor(BestName, state.best)};
  const std::vector<double> numbers{double(state.stage), double(state.step), state.bestScore, double(state.bestStep),
                                    state.trained_s};
  file.tensors.push_back(makeTensor<double>(ScoreName, numbers));
  return writeSafeTensors(std::move(file));
}

int stageOf(const SafeTensors &file) {
  const Tensor *numbers = find(file, ScoreName);
  if (numbers == nullptr || numbers->type != TensorType::F64 || numbers->bytes.isEmpty()) return -1;
  return static_cast<int>(tensorValues<double>(*numbers)[0]);
}

TrainingState readCheckpoint(ParameterStore &store, const SafeTensors &file, const QString &place) {
  const at::NoGradGuard noGradient;
  const Tensor *numbers = find(file, ScoreName);
  if (numbers == nullptr || numbers->type != TensorType::F64 || numbers->shape != std::vector<qint64>{5})
    throw Error(place, QStringLiteral("is no checkpoint"), QStringLiteral("remove it to begin anew"));
  const std::vector<double> values = tensorValues<double>(*numbers);
  TrainingState state;
  state.stage = static_cast<int>(values[0]);
  state.step = static_cast<std::int64_t>(values[1]);
  state.bestScore = values[2];
  state.bestStep = static_cast<std::int64_t>(values[3]);
  state.trained_s = values[4];
  const std::int64_t all = store.values().size(0);
  const at::Tensor now = flatOf(file, ValuesName, all, place);
  state.best = flatOf(file, BestName, all, place);
  state.momentum = flatOf(file, MomentumName, store.trained().size(0), place);
  store.values().copy_(now);
  return state;
}

}  // namespace pimento::learn
