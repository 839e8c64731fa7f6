// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/trainer.h"

#include <torch/csrc/autograd/autograd.h>

#include <chrono>
#include <cmath>

#include "core/learn/train/losses.h"
#include "core/learn/train/optimiser.h"

namespace pimento::learn {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double Report_s = 0.5;

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
      : m_stage(stage),
        m_state(state),
        m_watch(watch),
        m_ranks(stage.module.ranks()),
        m_meter(stage.module.variantCount()) {}

  StageEnd go();

 private:
  [[nodiscard]] std::vector<std::uint32_t> orderOf(std::int64_t epoch) const {
    return shuffled(m_stage.train, {m_stage.seed, static_cast<std::uint64_t>(epoch)});
  }
  [[nodiscard]] Command epoch(std::int64_t number);
  [[nodiscard]] bool step(const Batch &batch, const Share &share, std::int64_t steps);
  [[nodiscard]] bool learn(const Part &part, const Batch &batch, const Share &share, const at::Tensor &teacher);
  [[nodiscard]] double rateOf(std::int64_t step, std::int64_t steps) const;
  void shareState();
  [[nodiscard]] Command validate(double epoch);
  [[nodiscard]] Scores score(Command &command) const;
  void report(std::int64_t steps);
  void save() {
    m_watch.checkpoint(m_state);
    m_saved = Clock::now();
  }
  void keepBest() {
    const at::NoGradGuard noGradient;
    m_stage.module.store().values().copy_(m_state.bestValues);
  }

  const Stage &m_stage;
  TrainingState &m_state;
  const Watch &m_watch;
  Ranks &m_ranks;
  Meter m_meter;
  std::int64_t m_perEpoch = 0;
  bool m_diverged = false;
  Clock::time_point m_saved = Clock::now();
};

// Scores, losses and gradients of variants that share tensors. False if a loss is not a number.
bool Run::learn(const Part &part, const Batch &batch, const Share &share, const at::Tensor &teacher) {
  const std::vector<at::Tensor> scores = m_stage.module.forward(batch.images, part.variants, Mode::Train);
  at::Tensor total;
  std::vector<double> told;  // loss and hits of each variant, of the whole batch
  for (const at::Tensor &score : scores) {
    const at::Tensor loss = lossOf(score, batch.labels, teacher, m_stage.recipe);
    told.push_back(share.weight * loss.item<double>());
    told.push_back(static_cast<double>(hits(score.detach(), batch.labels)));
    total = total.defined() ? total + loss : loss;
  }
  m_ranks.sum(told);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!std::isfinite(told[2 * i])) {
      m_state.notFinite = m_stage.module.firstNotFinite(batch.images, part.variants);
      return false;
    }
    m_meter.add(part.variants[i], told[2 * i], static_cast<std::int64_t>(told[2 * i + 1]));
  }
  torch::autograd::backward({m_ranks.alone() ? total : total * share.weight}, {});
  return true;
}

// Of an update of so many in the stage; the schedule spans those of its last cycle.
double Run::rateOf(std::int64_t step, std::int64_t steps) const {
  const auto start = static_cast<std::int64_t>(std::llround(m_stage.cycleStart * static_cast<double>(m_perEpoch)));
  return learningRate(m_stage.recipe, step - start, steps - start);
}

bool Run::step(const Batch &batch, const Share &share, std::int64_t steps) {
  const auto start = Clock::now();
  ParameterStore &store = m_stage.module.store();
  at::Tensor teacher;
  if (m_stage.teacher != nullptr) {
    const at::NoGradGuard noGradient;
    const std::array<std::size_t, 1> first{0};
    teacher = m_stage.teacher->forward(batch.images, first, Mode::Evaluate)[0];
  }
  store.gradients().zero_();
  for (const Part &part : m_stage.parts)
    if (!learn(part, batch, share, teacher)) return false;
  m_ranks.sum(store.gradients());
  for (std::size_t v = 0; v < m_stage.penalties.size(); ++v)
    m_meter.add(v, m_stage.penalties[v].addGradients(store), 0);
  descend(store, m_state.momentum, m_stage.recipe, rateOf(m_state.step, steps));
  ++m_state.step;
  const double s = secondsSince(start);
  m_state.trained_s += s;
  m_meter.addImages(share.whole, s);
  return true;
}

// All ranks go on from what rank 0 has.
void Run::shareState() {
  if (m_ranks.alone()) return;
  const at::NoGradGuard noGradient;
  for (const at::Tensor &tensor : {m_stage.module.store().values(), m_state.momentum, m_state.bestValues})
    m_ranks.broadcast(tensor);
  const auto share = [&](std::int64_t &number) {
    number = static_cast<std::int64_t>(m_ranks.ofLeader(static_cast<double>(number)));
  };
  share(m_state.step);
  for (Best &best : m_state.best) {
    best.score = m_ranks.ofLeader(best.score);
    share(best.step);
  }
}

void Run::report(std::int64_t steps) {
  Progress progress{m_state.step, steps, m_perEpoch, 0, 0, {}, {}};
  progress.learningRate = rateOf(m_state.step - 1, steps);
  m_meter.fill(progress);
  m_watch.progress(progress);
  m_meter = Meter(m_stage.module.variantCount());
}

// On the validation part; under a penalty, of the sub-nets that it would leave now.
Scores Run::score(Command &command) const {
  const std::vector<std::size_t> all = m_stage.module.allVariants();
  const std::vector<std::int64_t> none(all.size());
  if (m_stage.validation.empty()) return {none, none, 0};
  ParameterStore &store = m_stage.module.store();
  at::Tensor whole;
  if (!m_stage.penalties.empty()) whole = store.values().clone();
  for (const GroupLasso &penalty : m_stage.penalties) penalty.cut(store);
  const Scores scores =
      evaluate(m_stage.module, all, m_stage.source, m_stage.validation, [&] { return command = m_watch.command(); });
  if (whole.defined()) store.values().copy_(whole);
  return scores;
}

// The best of each part: by its mean accuracy on the validation part, or the latest where that is asked for.
Command Run::validate(double epoch) {
  const at::NoGradGuard noGradient;
  Command command = Command::Continue;
  const Scores scores = score(command);
  if (command == Command::Cancel) return command;
  const ParameterStore &store = m_stage.module.store();
  for (std::size_t p = 0; p < m_stage.parts.size(); ++p) {
    const Part &part = m_stage.parts[p];
    const bool latest = m_stage.keep == Keep::Last || m_stage.validation.empty();
    const double score = latest ? static_cast<double>(m_state.step) : scores.mean_pct(part.variants);
    if (score <= m_state.best[p].score || !isFinite(store, part)) continue;
    m_state.best[p] = {score, m_state.step};
    copyPart(store, part, store.values(), m_state.bestValues);
  }
  m_watch.epoch(epoch, scores);
  return command;
}

Command Run::epoch(std::int64_t number) {
  const std::int64_t steps = m_perEpoch * m_stage.epochs;
  const std::int64_t done = m_state.step - number * m_perEpoch;
  const Share share = shareOf(orderOf(number), m_stage.recipe.batch, m_ranks);
  BatchLoader loader(m_stage.source, share.order, share.batch, BatchLoader::Last::Drop,
                     Augmentation{m_stage.seed, static_cast<std::uint64_t>(number)}, static_cast<std::size_t>(done));
  const double waited_s = m_state.waited_s;
  while (const auto batch = loader.next()) {
    m_state.waited_s = waited_s + loader.waited_s();
    m_diverged = !step(*batch, share, steps);
    if (m_diverged) return Command::Stop;
    const bool last = m_state.step % m_perEpoch == 0;
    if (m_meter.elapsed_s() > Report_s || last) report(steps);
    const Command command = m_watch.command();
    // At the end of an epoch the validation comes first: a run that goes on from there would miss it.
    if (command == Command::Cancel || (command != Command::Continue && !last)) return command;
    if (!last && secondsSince(m_saved) >= m_watch.checkpoint_s) save();
  }
  const Command command = validate(static_cast<double>(number + 1));
  if (command != Command::Cancel) save();
  return command;
}

StageEnd Run::go() {
  m_perEpoch = static_cast<std::int64_t>(BatchLoader(m_stage.source, m_stage.train, m_stage.recipe.batch,
                                                     BatchLoader::Last::Drop, std::nullopt, m_stage.train.size())
                                             .batches());
  shareState();
  m_watch.begin(m_state.step, m_perEpoch);
  Command command = m_watch.command();
  while (command == Command::Continue && m_state.step < m_perEpoch * m_stage.epochs)
    command = epoch(m_state.step / m_perEpoch);
  if (m_diverged) {
    keepBest();
    return StageEnd::Diverged;
  }
  const bool pauses = command == Command::Pause || (command == Command::Stop && m_stage.onStop == OnStop::Pause);
  if (pauses && m_state.step < m_perEpoch * m_stage.epochs) {
    if (m_state.step % m_perEpoch != 0) save();
    return StageEnd::Paused;
  }
  // Stopped inside an epoch: what was learned since the last validation may be better.
  if (command == Command::Stop && m_state.step % m_perEpoch != 0) {
    command = validate(static_cast<double>(m_state.step) / static_cast<double>(m_perEpoch));
    if (command != Command::Cancel) save();
  }
  if (command == Command::Cancel) return StageEnd::Cancelled;
  if (!m_state.validated()) return StageEnd::Nothing;
  keepBest();
  return StageEnd::Done;
}

}  // namespace

double Scores::mean_pct(std::span<const std::size_t> variants) const {
  double sum = 0;
  for (const std::size_t v : variants) sum += static_cast<double>(correct[v]);
  return images == 0 ? 0 : 100 * sum / (static_cast<double>(images) * static_cast<double>(variants.size()));
}

Scores evaluate(NetworkModule &module, std::span<const std::size_t> variants, const Source &source,
                std::span<const std::uint32_t> indices, const std::function<Command()> &command) {
  const at::NoGradGuard noGradient;
  Scores scores{std::vector<std::int64_t>(variants.size()), std::vector<std::int64_t>(variants.size()), 0};
  Ranks &ranks = module.ranks();
  const auto own = partOf(indices, ranks);
  const std::size_t largest =
      (indices.size() + static_cast<std::size_t>(ranks.size()) - 1) / static_cast<std::size_t>(ranks.size());
  BatchLoader loader(source, {own.begin(), own.end()}, EvaluationBatch, BatchLoader::Last::Keep, std::nullopt);
  // As many rounds on every rank: a command is heard by all in the same.
  for (std::size_t done = 0; done < largest; done += EvaluationBatch) {
    if (const auto batch = loader.next()) {
      const auto outputs = module.forward(batch->images, variants, Mode::Evaluate);
      for (std::size_t v = 0; v < outputs.size(); ++v) {
        scores.correct[v] += hits(outputs[v], batch->labels);
        scores.notNumbers[v] += at::isnan(outputs[v]).any(1).sum().item<std::int64_t>();
      }
      scores.images += batch->images.size(0);
    }
    if (command() == Command::Cancel) break;
  }
  scores.images = ranks.sum(scores.images);
  for (std::int64_t &correct : scores.correct) correct = ranks.sum(correct);
  for (std::int64_t &none : scores.notNumbers) none = ranks.sum(none);
  return scores;
}

TrainingState freshState(const Stage &stage, int number) {
  const ParameterStore &store = stage.module.store();
  TrainingState state;
  state.stage = number;
  state.best.resize(stage.parts.size());
  state.momentum = at::zeros_like(store.trained());
  state.bestValues = store.values().clone();
  return state;
}

StageEnd train(const Stage &stage, TrainingState &state, const Watch &watch) { return Run(stage, state, watch).go(); }

}  // namespace pimento::learn
