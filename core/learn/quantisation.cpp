// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/quantisation.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <QDir>
#include <QJsonArray>
#include <chrono>
#include <cmath>
#include <mutex>
#include <numbers>
#include <numeric>
#include <stop_token>
#include <thread>

#include "core/base/error.h"
#include "core/learn/batch_loader.h"
#include "core/learn/checkpoint.h"
#include "core/learn/losses.h"
#include "core/learn/optimiser.h"
#include "core/learn/quantised_module.h"
#include "core/learn/trained_network.h"
#include "core/simulate/accuracy.h"
#include "core/simulate/quantised_file.h"

namespace pimento::learn {

namespace {

constexpr std::uint64_t Seed = 1;
constexpr int CalibrationBatch = 128;

std::vector<std::uint32_t> indicesOf(const Images &images, int wanted, std::uint64_t epoch) {
  std::vector<std::uint32_t> indices(images.size());
  std::iota(indices.begin(), indices.end(), 0U);
  indices = shuffled(std::move(indices), {Seed, epoch});
  if (wanted > 0 && static_cast<std::size_t>(wanted) < indices.size()) indices.resize(static_cast<std::size_t>(wanted));
  return indices;
}

class Quantisation {
 public:
  Quantisation(const QuantisationTask &task, const std::function<Request()> &request,
               const std::function<void(const QJsonObject &)> &emit)
      : m_task(task),
        m_request(request),
        m_emit(emit),
        m_trained(task.run.isEmpty() ? openTrainedFile(task.files) : openTrainedRun(task.run, task.files.images)),
        m_variants(chosen()),
        m_module(m_trained.network, m_variants, m_trained.binding, m_trained.module.store(), task.bits,
                 m_trained.input) {}

  bool run() {
    if (!calibrate()) return false;
    if (m_task.how == ResultHow::QuantisationAware && !fineTune()) return false;
    QuantisedNetwork network = m_module.integers();
    network.origin = QuantisedOrigin{m_task.how, m_trained.dataName, m_trained.input};
    network.origin->input.crop = 0;
    network.origin->input.flip = false;
    const QString file = fileName();
    writeFile(file, writeSafeTensors(writeQuantised(network)));
    return measure(network, file);
  }

 private:
  [[nodiscard]] std::vector<Variant> chosen() const {
    if (m_task.variants.isEmpty()) return m_trained.variants;
    std::vector<Variant> variants;
    QStringList known;
    for (const Variant &variant : m_trained.variants) known << variant.name;
    for (const QString &name : m_task.variants) {
      const qsizetype index = known.indexOf(name);
      if (index < 0)
        throw Error(QStringLiteral("quantisation"), QStringLiteral("variant %1 was not trained").arg(quoted(name)),
                    knownWords(name, known));
      variants.push_back(m_trained.variants[static_cast<std::size_t>(index)]);
    }
    return variants;
  }

  [[nodiscard]] QString fileName() const {
    if (!m_task.output.isEmpty()) return m_task.output;
    return QDir(m_task.run).filePath(quantisedFileName(m_task.bits, m_task.how));
  }

  [[nodiscard]] bool cancelled() const { return m_request() != Request::None; }

  // About twice a second, and at the end.
  void progress(const char *stage, std::int64_t done, std::int64_t all, const QJsonObject &more = {}) {
    const auto now = std::chrono::steady_clock::now();
    if (done < all && now - m_told < std::chrono::milliseconds(500)) return;
    m_told = now;
    QJsonObject event = more;
    event[QStringLiteral("event")] = QStringLiteral("progress");
    event[QStringLiteral("stage")] = QString::fromLatin1(stage);
    event[QStringLiteral("done")] = static_cast<qint64>(done);
    event[QStringLiteral("all")] = static_cast<qint64>(all);
    m_emit(event);
  }

  bool calibrate() {
    const Source source{m_trained.train, m_trained.input};
    m_module.settleWeights();
    BatchLoader loader(source, indicesOf(m_trained.train, m_task.calibration, 0), CalibrationBatch,
                       BatchLoader::Last::Keep, std::nullopt);
    const auto all = static_cast<std::int64_t>(loader.batches());
    std::int64_t done = 0;
    while (const auto batch = loader.next()) {
      m_module.observe(batch->images);
      progress("calibration", ++done, all);
      if (cancelled()) return false;
    }
    m_module.settleFormats();
    return true;
  }

  // All variants a step, as they are trained, with the arithmetic of the integers.
  bool fineTune() {
    const Source source{m_trained.train, m_trained.input};
    Recipe recipe = m_trained.recipe;
    recipe.momentum = 0.9;
    recipe.nesterov = true;
    ParameterStore &store = m_trained.module.store();
    at::Tensor momentum = at::zeros_like(store.trained());
    std::int64_t step = 0;
    for (int epoch = 0; epoch < m_task.epochs; ++epoch) {
      const auto number = static_cast<std::uint64_t>(epoch + 1);
      BatchLoader loader(source, indicesOf(m_trained.train, m_task.trainImages, number), recipe.batch,
                         BatchLoader::Last::Drop, Augmentation{Seed, number});
      const std::int64_t steps = static_cast<std::int64_t>(loader.batches()) * m_task.epochs;
      while (const auto batch = loader.next()) {
        const double t = static_cast<double>(step) / static_cast<double>(steps);
        const double loss = descend(*batch, recipe, momentum, (1 + std::cos(std::numbers::pi * t)) / 2);
        progress("fine-tuning", ++step, steps, {{QStringLiteral("loss"), loss}});
        if (cancelled()) return false;
      }
    }
    return true;
  }

  double descend(const Batch &batch, const Recipe &recipe, at::Tensor &momentum, double part) {
    ParameterStore &store = m_trained.module.store();
    store.gradients().zero_();
    double sum = 0;
    for (std::size_t v = 0; v < m_variants.size(); ++v) {
      const at::Tensor scores = m_module.forward(batch.images, v, Rounding::All, Statistics::Batch);
      const at::Tensor loss = at::cross_entropy_loss(scores, batch.labels);
      sum += loss.item<double>();
      torch::autograd::backward({loss}, {});
    }
    if (!std::isfinite(sum))
      throw Error(QStringLiteral("quantisation-aware training"), QStringLiteral("the loss is not a number"),
                  QStringLiteral("lower --learning-rate"));
    learn::descend(store, momentum, recipe, part * m_task.learningRate);
    return sum / static_cast<double>(m_variants.size());
  }

  bool measure(const QuantisedNetwork &network, const QString &file) {
    RunResults results{m_trained.dataName, 0, 0, {}};
    std::vector<QJsonObject> events;
    for (std::size_t v = 0; v < network.variants.size(); ++v) {
      const QString name = network.variants[v].variant.name;
      std::stop_source stop;
      std::mutex mutex;
      const auto watch = [&](std::int64_t done, std::int64_t all) {
        const std::lock_guard lock(mutex);
        if (cancelled()) stop.request_stop();
        progress("evaluation", done, all, {{QStringLiteral("variant"), name}});
      };
      const ExactScores scores =
          exactScores(integerProgram(network, v), m_trained.test, m_trained.input, stop.get_token(), watch);
      if (stop.stop_requested()) return false;
      results.results.push_back({name, network.bits, m_task.how, scores.correct, scores.images});
      events.push_back(resultOf(results.results.back(), file));
    }
    if (!m_task.run.isEmpty()) appendRunResults(m_task.run, results);
    for (const QJsonObject &event : events) m_emit(event);
    return true;
  }

  [[nodiscard]] QJsonObject resultOf(const RunResult &row, const QString &file) const {
    const Interval interval = row.interval_pct();
    return {{QStringLiteral("event"), QStringLiteral("result")},
            {QStringLiteral("network"), m_trained.network.name},
            {QStringLiteral("variant"), row.variant},
            {QStringLiteral("bits_w"), row.bits.weights},
            {QStringLiteral("bits_a"), row.bits.activations},
            {QStringLiteral("how"), resultHowName(row.how)},
            {QStringLiteral("data"), m_trained.dataName},
            {QStringLiteral("accuracy_pct"), row.accuracy_pct()},
            {QStringLiteral("correct"), static_cast<qint64>(row.correct)},
            {QStringLiteral("n"), static_cast<qint64>(row.images)},
            {QStringLiteral("interval_pct"), QJsonArray{interval.low, interval.high}},
            {QStringLiteral("kind"), QStringLiteral("measured")},
            {QStringLiteral("file"), file}};
  }

  const QuantisationTask &m_task;
  const std::function<Request()> &m_request;
  const std::function<void(const QJsonObject &)> &m_emit;
  TrainedNetwork m_trained;
  std::vector<Variant> m_variants;
  QuantisedModule m_module;
  std::chrono::steady_clock::time_point m_told;
};

}  // namespace

bool quantise(const QuantisationTask &task, const std::function<Request()> &request,
              const std::function<void(const QJsonObject &)> &emit) {
  at::set_num_threads(task.files.threads > 0 ? task.files.threads
                                             : static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
  return Quantisation(task, request, emit).run();
}

}  // namespace pimento::learn
