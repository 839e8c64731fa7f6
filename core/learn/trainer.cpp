// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/trainer.h"

#include <torch/csrc/autograd/autograd.h>

#include <chrono>
#include <cmath>

#include "core/base/error.h"
#include "core/learn/losses.h"
#include "core/learn/optimiser.h"

namespace pimento::learn {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// What is told between two reports.
class Meter {
 public:
  explicit Meter(std::size_t variants) : m_loss(variants), m_correct(variants) {}
  void add(std::size_t variant, double loss, std::int64_t correct) {
    m_loss[variant] += loss;
    m_correct[variant] += static_cast<double>(correct);
  }
  void addImages(std::int64_t images, double s) {
    m_images += static_cast<double>(images);
    m_s += s;
    ++m_steps;
  }
  [[nodiscard]] double elapsed_s() const { return m_s; }
  void fill(Progress &progress) const {
    for (const double loss : m_loss) progress.loss.push_back(loss / m_steps);
    for (const double correct : m_correct) progress.accuracy_pct.push_back(100 * correct / m_images);
    progress.images_per_s = m_images / m_s;
  }

 private:
  std::vector<double> m_loss;
  std::vector<double> m_correct;
  double m_images = 0;
  double m_s = 0;
  int m_steps = 0;
};

class Run {
 public:
  Run(const Stage &stage, TrainingState &state, const Watch &watch)
      : m_stage(stage), m_state(state), m_watch(watch), m_meter(stage.variants.size()) {}

  bool go();

 private:
  [[nodiscard]] std::vector<std::uint32_t> orderOf(std::int64_t epoch) const {
    return shuffled(m_stage.train, {m_stage.seed, static_cast<std::uint64_t>(epoch)});
  }
  Command epoch(std::int64_t number);
  void step(const Batch &batch, std::int64_t steps);
  void validate(std::int64_t epoch);
  void report(std::int64_t steps);
  void keepBest() {
    const at::NoGradGuard noGradient;
    m_stage.module.store().values().copy_(m_state.best);
  }

  const Stage &m_stage;
  TrainingState &m_state;
  const Watch &m_watch;
  Meter m_meter;
  std::int64_t m_perEpoch = 0;
  Clock::time_point m_saved = Clock::now();
};

void Run::step(const Batch &batch, std::int64_t steps) {
  const auto start = Clock::now();
  NetworkModule &module = m_stage.module;
  const Recipe &recipe = m_stage.recipe;
  at::Tensor teacher;
  if (m_stage.teacher != nullptr) {
    const at::NoGradGuard noGradient;
    const std::array<std::size_t, 1> first{0};
    teacher = m_stage.teacher->forward(batch.images, first, Mode::Evaluate)[0];
  }
  module.store().gradients().zero_();
  const std::vector<at::Tensor> scores = module.forward(batch.images, m_stage.variants, Mode::Train);
  at::Tensor total;
  std::vector<at::Tensor> losses;
  for (const at::Tensor &score : scores) {
    const at::Tensor loss = lossOf(score, batch.labels, teacher, recipe);
    losses.push_back(loss.detach());
    total = total.defined() ? total + loss : loss;
  }
  for (std::size_t v = 0; v < scores.size(); ++v) {
    const double loss = losses[v].item<double>();
    if (!std::isfinite(loss))
      throw Error(QStringLiteral("training"), QStringLiteral("the loss is not a number at step %1").arg(m_state.step),
                  QStringLiteral("lower the learning rate; the best weights so far are kept"));
    m_meter.add(v, loss, hits(scores[v].detach(), batch.labels));
  }
  torch::autograd::backward({total}, {});
  const double t = static_cast<double>(m_state.step) / static_cast<double>(steps);
  descend(module.store(), m_state.momentum, recipe, learningRate(recipe, t));
  ++m_state.step;
  const double s = secondsSince(start);
  m_state.trained_s += s;
  m_meter.addImages(batch.images.size(0), s);
}

void Run::report(std::int64_t steps) {
  Progress progress{m_state.step, steps, m_perEpoch, 0, 0, {}, {}};
  progress.learningRate =
      learningRate(m_stage.recipe, static_cast<double>(m_state.step - 1) / static_cast<double>(steps));
  m_meter.fill(progress);
  m_watch.progress(progress);
  m_meter = Meter(m_stage.variants.size());
}

void Run::validate(std::int64_t epoch) {
  Scores scores{std::vector<std::int64_t>(m_stage.variants.size()), 0};
  if (!m_stage.validation.empty())
    scores = evaluate(m_stage.module, m_stage.variants, m_stage.source, m_stage.validation);
  const double score = m_stage.validation.empty() ? static_cast<double>(epoch) : scores.mean_pct();
  if (score > m_state.bestScore) {
    m_state.bestScore = score;
    m_state.bestStep = m_state.step;
    m_state.best = m_stage.module.store().values().clone();
  }
  m_watch.epoch(static_cast<int>(epoch), scores);
}

Command Run::epoch(std::int64_t number) {
  const std::int64_t steps = m_perEpoch * m_stage.epochs;
  const std::int64_t done = m_state.step - number * m_perEpoch;
  BatchLoader loader(m_stage.source, orderOf(number), m_stage.recipe.batch, BatchLoader::Last::Drop,
                     Augmentation{m_stage.seed, static_cast<std::uint64_t>(number)}, static_cast<std::size_t>(done));
  while (const auto batch = loader.next()) {
    step(*batch, steps);
    if (m_meter.elapsed_s() > 0.5 || m_state.step % m_perEpoch == 0) report(steps);
    if (const Command command = m_watch.command(); command != Command::Continue) return command;
    if (secondsSince(m_saved) < m_watch.checkpoint_s) continue;
    m_watch.checkpoint(writeCheckpoint(m_stage.module.store(), m_state));
    m_saved = Clock::now();
  }
  validate(number);
  m_watch.checkpoint(writeCheckpoint(m_stage.module.store(), m_state));
  m_saved = Clock::now();
  return Command::Continue;
}

bool Run::go() {
  m_perEpoch = static_cast<std::int64_t>(BatchLoader(m_stage.source, m_stage.train, m_stage.recipe.batch,
                                                     BatchLoader::Last::Drop, std::nullopt, m_stage.train.size())
                                             .batches());
  Command command = Command::Continue;
  try {
    while (command == Command::Continue && m_state.step < m_perEpoch * m_stage.epochs)
      command = epoch(m_state.step / m_perEpoch);
  } catch (const Error &) {
    keepBest();
    throw;
  }
  // Stopped inside an epoch: what was learned since the last validation may be better.
  if (command == Command::Stop) validate(m_state.step / m_perEpoch);
  if (command != Command::Cancel) keepBest();
  return command != Command::Cancel;
}

}  // namespace

double Scores::mean_pct() const {
  double sum = 0;
  for (const std::int64_t n : correct) sum += static_cast<double>(n);
  return images == 0 ? 0 : 100 * sum / (static_cast<double>(images) * static_cast<double>(correct.size()));
}

Scores evaluate(NetworkModule &module, std::span<const std::size_t> variants, const Source &source,
                std::span<const std::uint32_t> indices, const std::function<Command()> &command) {
  constexpr int EvaluationBatch = 256;
  const at::NoGradGuard noGradient;
  Scores scores{std::vector<std::int64_t>(variants.size()), 0};
  BatchLoader loader(source, {indices.begin(), indices.end()}, EvaluationBatch, BatchLoader::Last::Keep, std::nullopt);
  while (const auto batch = loader.next()) {
    const auto outputs = module.forward(batch->images, variants, Mode::Evaluate);
    for (std::size_t v = 0; v < outputs.size(); ++v) scores.correct[v] += hits(outputs[v], batch->labels);
    scores.images += batch->images.size(0);
    if (command() == Command::Cancel) break;
  }
  return scores;
}

TrainingState freshState(const NetworkModule &module, int stage) {
  TrainingState state;
  state.stage = stage;
  state.momentum = at::zeros_like(module.store().trained());
  state.best = module.store().values().clone();
  return state;
}

bool train(const Stage &stage, TrainingState &state, const Watch &watch) { return Run(stage, state, watch).go(); }

}  // namespace pimento::learn
