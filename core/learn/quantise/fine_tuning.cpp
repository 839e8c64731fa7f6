// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/quantise/fine_tuning.h"

#include <torch/csrc/autograd/autograd.h>

#include <QFile>
#include <chrono>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/base/error.h"
#include "core/files/whole_file.h"
#include "core/learn/train/batch_loader.h"
#include "core/learn/train/checkpoint.h"
#include "core/learn/train/losses.h"
#include "core/learn/train/optimiser.h"

namespace pimento::learn {

namespace {

using Clock = std::chrono::steady_clock;

constexpr qsizetype MaxCheckpoint = qsizetype{8} << 30;

class Tuning {
 public:
  Tuning(const FineTuning &tuning, const FineTuningWatch &watch)
      : m_tuning(tuning),
        m_watch(watch),
        m_store(tuning.trained.module.store()),
        m_source{tuning.trained.train, tuning.trained.input},
        m_recipe(tuning.trained.recipe) {
    m_recipe.momentum = 0.9;
    m_recipe.nesterov = true;
  }

  RunEnd go();

 private:
  void begin();
  [[nodiscard]] std::vector<std::uint32_t> order(std::uint64_t epoch) const {
    return tuningOrder(m_source.images, m_tuning.images, {m_tuning.seed, epoch});
  }
  [[nodiscard]] Request epoch(std::int64_t number);
  void learn(const Batch &batch);
  void save();

  const FineTuning &m_tuning;
  const FineTuningWatch &m_watch;
  ParameterStore &m_store;
  const Source m_source;
  Recipe m_recipe;
  TrainingState m_state;
  std::int64_t m_perEpoch = 0;
  std::int64_t m_steps = 0;
  Clock::time_point m_saved = Clock::now();
};

void Tuning::begin() {
  const auto first = order(1);
  m_perEpoch = static_cast<std::int64_t>(
      BatchLoader(m_source, first, m_recipe.batch, BatchLoader::Last::Drop, std::nullopt, first.size()).batches());
  m_steps = m_perEpoch * m_tuning.epochs;
  m_state.momentum = at::zeros_like(m_store.trained());
  const QString &file = m_tuning.checkpoint;
  if (!QFile::exists(file)) return;
  m_state = readCheckpoint(m_store, readSafeTensors(readWhole(file, MaxCheckpoint), file), 0, file);
  m_watch.resumed(m_state.step, m_steps);
}

void Tuning::save() {
  m_state.bestValues = m_store.values();  // there is no best: the last weights are kept
  writeFile(m_tuning.checkpoint, writeCheckpoint(m_store, m_state));
  m_saved = Clock::now();
}

void Tuning::learn(const Batch &batch) {
  m_store.gradients().zero_();
  double sum = 0;
  for (std::size_t v = 0; v < m_tuning.variants; ++v) {
    const at::Tensor scores = m_tuning.module.forward(batch.images, v, Rounding::All, Statistics::Batch);
    const at::Tensor loss = at::cross_entropy_loss(scores, batch.labels);
    sum += loss.item<double>();
    torch::autograd::backward({loss}, {});
  }
  if (!std::isfinite(sum))
    throw Error(QStringLiteral("quantisation-aware training"), QStringLiteral("the loss is not a number"),
                QStringLiteral("lower --learning-rate"));
  const double t = static_cast<double>(m_state.step) / static_cast<double>(m_steps);
  descend(m_store, m_state.momentum, m_recipe, m_tuning.learningRate * (1 + std::cos(std::numbers::pi * t)) / 2);
  // Rounding hides what is not a number, from the next loss too.
  if (!std::isfinite(m_store.values().sum(at::kDouble).item<double>()))
    throw Error(QStringLiteral("quantisation-aware training"), QStringLiteral("the weights are not finite numbers"),
                QStringLiteral("lower --learning-rate"));
  ++m_state.step;
  m_watch.progress(m_state.step, m_steps, sum / static_cast<double>(m_tuning.variants));
}

Request Tuning::epoch(std::int64_t number) {
  const auto pass = static_cast<std::uint64_t>(number + 1);
  BatchLoader loader(m_source, order(pass), m_recipe.batch, BatchLoader::Last::Drop, Augmentation{m_tuning.seed, pass},
                     static_cast<std::size_t>(m_state.step - number * m_perEpoch));
  while (const auto batch = loader.next()) {
    learn(*batch);
    if (const Request request = m_watch.request(); request != Request::None) return request;
    if (std::chrono::duration<double>(Clock::now() - m_saved).count() >= m_watch.checkpoint_s) save();
  }
  return Request::None;
}

RunEnd Tuning::go() {
  begin();
  Request request = m_watch.request();
  while (request == Request::None && m_state.step < m_steps) request = epoch(m_state.step / m_perEpoch);
  if (request == Request::Cancel) return RunEnd::Cancelled;
  save();
  if (m_state.step == m_steps) return RunEnd::Finished;
  return request == Request::Stop ? RunEnd::Stopped : RunEnd::Paused;
}

}  // namespace

std::vector<std::uint32_t> tuningOrder(const Images &images, int wanted, const Augmentation &epoch) {
  std::vector<std::uint32_t> indices(images.size());
  std::iota(indices.begin(), indices.end(), 0U);
  indices = shuffled(std::move(indices), epoch);
  if (wanted > 0 && static_cast<std::size_t>(wanted) < indices.size()) indices.resize(static_cast<std::size_t>(wanted));
  return indices;
}

RunEnd fineTune(const FineTuning &tuning, const FineTuningWatch &watch) { return Tuning(tuning, watch).go(); }

}  // namespace pimento::learn
