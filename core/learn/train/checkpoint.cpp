// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/checkpoint.h"

#include <QFile>
#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "core/base/error.h"
#include "core/files/save_file.h"
#include "core/learn/module/weights_file.h"

namespace pimento::learn {

namespace {

const QString MomentumName = QStringLiteral("state.momentum");
const QString BestName = QStringLiteral("state.best");
const QString ValuesName = QStringLiteral("state.values");
const QString NumbersName = QStringLiteral("state.numbers");

const Tensor *find(const SafeTensors &file, const QString &name) {
  for (const Tensor &tensor : file.tensors)
    if (tensor.name == name) return &tensor;
  return nullptr;
}

[[noreturn]] void failOther(const QString &place, const QString &what) {
  throw Error(place, QStringLiteral("is no checkpoint of this job (%1)").arg(what),
              QStringLiteral("resume it with the job that it belongs to, or remove it to begin anew"));
}

at::Tensor flatOf(const SafeTensors &file, const QString &name, std::int64_t size, const QString &place) {
  const Tensor *tensor = find(file, name);
  const auto values = tensor != nullptr ? fromTensor(*tensor) : std::nullopt;
  if (!values || values->dim() != 1 || values->size(0) != size) failOther(place, name);
  return *values;
}

// Stage, step, seconds, bytes of the log; then score and step of each part. Counts are exact in doubles.
constexpr std::size_t Fixed = 5;
constexpr std::size_t PerPart = 2;

std::vector<double> numbersOf(const SafeTensors &file, const QString &place) {
  constexpr double Most = 1e15;
  const Tensor *tensor = find(file, NumbersName);
  if (tensor == nullptr || tensor->type != TensorType::F64) failOther(place, NumbersName);
  std::vector<double> numbers = tensorValues<double>(*tensor);
  const bool sound = std::all_of(numbers.begin(), numbers.end(), [](double n) { return n >= -1 && n < Most; });
  if (numbers.size() < Fixed || !sound || numbers[0] > 1e6 || numbers[1] < 0 || numbers[3] < 0)
    failOther(place, NumbersName);
  return numbers;
}

}  // namespace

void writeFile(const QString &path, const QByteArray &bytes) { writeWhole(path, bytes, Links::Replaced); }

void replaceName(const QString &from, const QString &to) {
  if (std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0 && errno != ENOENT)
    throw writeError(to, qt_error_string(errno));
}

bool TrainingState::validated() const {
  return std::any_of(best.begin(), best.end(), [](const Best &part) { return part.step > 0; });
}

QByteArray writeCheckpoint(const ParameterStore &store, const TrainingState &state) {
  SafeTensors file;
  file.tensors = {toTensor(ValuesName, store.values()), toTensor(MomentumName, state.momentum),
                  toTensor(BestName, state.bestValues)};
  std::vector<double> numbers{double(state.stage), double(state.step), state.trained_s, double(state.logged),
                              state.waited_s};
  for (const Best &part : state.best) numbers.insert(numbers.end(), {part.score, double(part.step)});
  file.tensors.push_back(makeTensor<double>(NumbersName, numbers));
  return writeSafeTensors(std::move(file));
}

CheckpointHead readHead(const SafeTensors &file, const QString &place) {
  const std::vector<double> numbers = numbersOf(file, place);
  return {static_cast<int>(numbers[0]), static_cast<std::int64_t>(numbers[1]), static_cast<std::int64_t>(numbers[3])};
}

TrainingState readCheckpoint(ParameterStore &store, const SafeTensors &file, std::size_t parts, const QString &place) {
  const at::NoGradGuard noGradient;
  const std::vector<double> numbers = numbersOf(file, place);
  if (numbers.size() != Fixed + PerPart * parts) failOther(place, NumbersName);
  TrainingState state;
  state.stage = static_cast<int>(numbers[0]);
  state.step = static_cast<std::int64_t>(numbers[1]);
  state.trained_s = numbers[2];
  state.logged = static_cast<std::int64_t>(numbers[3]);
  state.waited_s = numbers[4];
  for (std::size_t p = 0; p < parts; ++p)
    state.best.push_back({numbers[Fixed + PerPart * p], static_cast<std::int64_t>(numbers[Fixed + PerPart * p + 1])});
  const std::int64_t all = store.values().size(0);
  const at::Tensor now = flatOf(file, ValuesName, all, place);
  state.bestValues = flatOf(file, BestName, all, place);
  state.momentum = flatOf(file, MomentumName, store.trained().size(0), place);
  store.values().copy_(now);
  return state;
}

}  // namespace pimento::learn
