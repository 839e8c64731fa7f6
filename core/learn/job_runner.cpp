// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/job_runner.h"

#include <ATen/Parallel.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <chrono>
#include <numeric>
#include <thread>

#include "core/base/error.h"
#include "core/base/wilson.h"
#include "core/data/files.h"
#include "core/jobs/job.h"
#include "core/jobs/job_data.h"
#include "core/learn/ceiling.h"
#include "core/learn/trainer.h"
#include "core/learn/weights_file.h"
#include "core/network/counts.h"

namespace pimento::learn {

namespace {

constexpr qsizetype MaxCheckpoint = qsizetype{8} << 30;

std::vector<std::uint32_t> firstOf(std::size_t count, int wanted, std::uint64_t seed) {
  std::vector<std::uint32_t> indices(count);
  std::iota(indices.begin(), indices.end(), 0U);
  if (wanted <= 0 || static_cast<std::size_t>(wanted) >= count) return indices;
  indices = shuffled(std::move(indices), {seed, 0});
  indices.resize(static_cast<std::size_t>(wanted));
  std::sort(indices.begin(), indices.end());
  return indices;
}

Images subset(const Images &images, const std::vector<std::uint32_t> &indices) {
  if (indices.size() == images.size()) return images;
  std::vector<std::uint16_t> labels;
  std::vector<std::uint8_t> pixels;
  for (const std::uint32_t i : indices) {
    labels.push_back(images.labels[i]);
    const auto image = images.image(i);
    pixels.insert(pixels.end(), image.begin(), image.end());
  }
  return makeImages(images.shape, std::move(labels), std::move(pixels), QStringLiteral("images"));
}

// Multiply-accumulates of one image through all the variants, layers that they share counted once.
double macsOf(const Job &job) {
  std::map<std::pair<LayerId, std::int64_t>, std::int64_t> once;
  double sum = 0;
  for (const Variant &variant : job.variants)
    for (const LayerCount &layer : countLayers(job.network, variant)) {
      const bool shared = job.recipe.method == Method::Joint;
      if (shared && !once.emplace(std::pair{layer.layer, layer.macs}, 0).second) continue;
      sum += static_cast<double>(layer.macs);
    }
  return sum;
}

class Runner {
 public:
  Runner(const QString &directory, const RunControl &control)
      : m_directory(directory), m_control(control), m_job(loadJob(directory)) {}

  RunEnd run();

 private:
  [[nodiscard]] QString path(const char *name) const { return QDir(m_directory).filePath(QString::fromLatin1(name)); }
  void readData();
  [[nodiscard]] std::unique_ptr<NetworkModule> teacher();
  [[nodiscard]] bool runStage(const Stage &stage, TrainingState &state, int number, double macs);
  [[nodiscard]] TrainingState stateOf(NetworkModule &module, int stage);
  [[nodiscard]] Watch watchOf(const Stage &stage, int number, double macs);
  void emitProgress(const Stage &stage, int number, double macs, const Progress &progress);
  void emitEpoch(const Stage &stage, int number, int epoch, const Scores &scores);
  void finish(NetworkModule &module, const std::vector<std::size_t> &all, double trained_s, std::int64_t steps);
  [[nodiscard]] QJsonObject perVariant(const Stage &stage, const std::vector<double> &values) const;
  [[nodiscard]] double totalWork() const;

  QString m_directory;
  const RunControl &m_control;
  Job m_job;
  Dataset m_data;
  Source m_train;
  Source m_test;
  Split m_split;
  double m_ceiling_flops = 0;
  double m_workBefore = 0;  // of stages that are done, images x MACs
  Request m_request = Request::None;
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

void Runner::readData() {
  m_data = openData(m_job, m_directory);
  const InputRecipe input = inputOf(m_job, m_data);
  m_train = {prepared(subset(m_data.train, firstOf(m_data.train.size(), m_job.images, m_job.seed)), input), input};
  m_test = {prepared(subset(m_data.test, firstOf(m_data.test.size(), m_job.testImages, m_job.seed)), input), input};
  const auto most = m_train.images.size() / 2;
  m_split =
      split(m_train.images, std::min<std::size_t>(static_cast<std::size_t>(m_job.recipe.validation), most), m_job.seed);
}

QJsonObject Runner::perVariant(const Stage &stage, const std::vector<double> &values) const {
  QJsonObject object;
  for (std::size_t v = 0; v < values.size(); ++v) object[m_job.variants[stage.variants[v]].name] = values[v];
  return object;
}

double Runner::totalWork() const {
  const auto images = static_cast<double>(m_split.train.size());
  double work = images * m_job.recipe.epochs * macsOf(m_job);
  if (m_job.recipe.method == Method::SlimmableDistillation)
    work += images * m_job.recipe.teacher_epochs *
            static_cast<double>(total(m_job.network, countLayers(m_job.network, m_job.variants.front())).macs);
  return work;
}

void Runner::emitProgress(const Stage &stage, int number, double macs, const Progress &progress) {
  const double batch = m_job.recipe.batch;
  const double here = static_cast<double>(progress.step) * batch * macs;
  const double rate = progress.images_per_s * macs;  // MACs of training a second
  const double left = rate > 0 ? std::max(0.0, totalWork() - m_workBefore - here) / rate : 0;
  m_control.emit(
      {{QStringLiteral("event"), QStringLiteral("progress")},
       {QStringLiteral("stage"), number == 0 ? QStringLiteral("teacher") : QStringLiteral("main")},
       {QStringLiteral("step"), static_cast<qint64>(progress.step)},
       {QStringLiteral("steps"), static_cast<qint64>(progress.steps)},
       {QStringLiteral("epoch"), static_cast<double>(progress.step) / static_cast<double>(progress.stepsPerEpoch)},
       {QStringLiteral("epochs"), stage.epochs},
       {QStringLiteral("images_per_s"), progress.images_per_s},
       {QStringLiteral("left_s"), left},
       {QStringLiteral("learning_rate"), progress.learningRate},
       {QStringLiteral("loss"), perVariant(stage, progress.loss)},
       {QStringLiteral("training_accuracy_pct"), perVariant(stage, progress.accuracy_pct)}});
}

void Runner::emitEpoch(const Stage &stage, int number, int epoch, const Scores &scores) {
  std::vector<double> percent;
  for (const std::int64_t correct : scores.correct)
    percent.push_back(scores.images == 0 ? 0
                                         : 100.0 * static_cast<double>(correct) / static_cast<double>(scores.images));
  m_control.emit({{QStringLiteral("event"), QStringLiteral("epoch")},
                  {QStringLiteral("stage"), number == 0 ? QStringLiteral("teacher") : QStringLiteral("main")},
                  {QStringLiteral("epoch"), epoch + 1},
                  {QStringLiteral("epochs"), stage.epochs},
                  {QStringLiteral("validation_images"), static_cast<qint64>(scores.images)},
                  {QStringLiteral("validation_pct"), perVariant(stage, percent)}});
}

Watch Runner::watchOf(const Stage &stage, int number, double macs) {
  Watch watch;
  watch.checkpoint_s = m_control.checkpoint_s;
  watch.command = [this] {
    m_request = m_control.request();
    return m_request == Request::None   ? Command::Continue
           : m_request == Request::Stop ? Command::Stop
                                        : Command::Cancel;
  };
  watch.progress = [this, &stage, number, macs](const Progress &p) { emitProgress(stage, number, macs, p); };
  watch.epoch = [this, &stage, number](int epoch, const Scores &scores) { emitEpoch(stage, number, epoch, scores); };
  watch.checkpoint = [this](const QByteArray &bytes) {
    writeFile(path("checkpoint.safetensors"), bytes);
    m_control.emit({{QStringLiteral("event"), QStringLiteral("checkpoint")},
                    {QStringLiteral("file"), QStringLiteral("checkpoint.safetensors")}});
  };
  return watch;
}

TrainingState Runner::stateOf(NetworkModule &module, int stage) {
  const QString file = path("checkpoint.safetensors");
  if (QFile::exists(file)) {
    const SafeTensors content = readSafeTensors(readWhole(file, MaxCheckpoint), file);
    if (stageOf(content) == stage) return readCheckpoint(module.store(), content, file);
  }
  return freshState(module, stage);
}

bool Runner::runStage(const Stage &stage, TrainingState &state, int number, double macs) {
  const Watch watch = watchOf(stage, number, macs);
  try {
    return train(stage, state, watch);
  } catch (const Error &) {
    if (number > 0) writeFile(path("weights.safetensors"), writeSafeTensors(exportWeights(stage.module.store())));
    throw;
  }
}

// The largest variant trained alone; from its file if it was trained before.
std::unique_ptr<NetworkModule> Runner::teacher() {
  const Binding alone{QStringLiteral("alone"), Sharing::Shared, Sharing::Shared};
  auto module = std::make_unique<NetworkModule>(m_job.network, std::vector<Variant>{m_job.variants.front()}, alone);
  const double macs =
      static_cast<double>(total(m_job.network, countLayers(m_job.network, m_job.variants.front())).macs);
  const QString file = path("teacher.safetensors");
  if (QFile::exists(file)) {
    requireComplete(importWeights(module->store(), readSafeTensors(readWhole(file, MaxCheckpoint), file)), file);
  } else {
    module->initialise(m_job.seed + 1);
    TrainingState state = stateOf(*module, 0);
    const Stage stage{*module, {0},           m_job.recipe,       m_job.recipe.teacher_epochs,
                      m_train, m_split.train, m_split.validation, m_job.seed + 1,
                      nullptr};
    if (!runStage(stage, state, 0, macs) || m_request != Request::None) return nullptr;
    writeFile(file, writeSafeTensors(exportWeights(module->store())));
  }
  m_workBefore += static_cast<double>(m_split.train.size()) * m_job.recipe.teacher_epochs * macs;
  return module;
}

void Runner::finish(NetworkModule &module, const std::vector<std::size_t> &all, double trained_s, std::int64_t steps) {
  const QString file = path("weights.safetensors");
  writeFile(file, writeSafeTensors(exportWeights(module.store())));
  std::vector<std::uint32_t> indices(m_test.images.size());
  std::iota(indices.begin(), indices.end(), 0U);
  const Scores scores = evaluate(module, all, m_test, indices);
  QJsonArray variants;
  for (std::size_t v = 0; v < all.size(); ++v) {
    const Interval interval = wilson(scores.correct[v], scores.images);
    variants.append(QJsonObject{{QStringLiteral("variant"), m_job.variants[v].name},
                                {QStringLiteral("accuracy_pct"),
                                 100.0 * static_cast<double>(scores.correct[v]) / static_cast<double>(scores.images)},
                                {QStringLiteral("correct"), static_cast<qint64>(scores.correct[v])},
                                {QStringLiteral("n"), static_cast<qint64>(scores.images)},
                                {QStringLiteral("interval_pct"), QJsonArray{100 * interval.low, 100 * interval.high}}});
  }
  const double images = static_cast<double>(steps) * m_job.recipe.batch;
  const double rate = trained_s > 0 ? images / trained_s : 0;
  constexpr double FlopsPerMac = 2 * 3;  // forward, gradients of inputs, gradients of weights
  m_control.emit(
      {{QStringLiteral("event"), QStringLiteral("result")},
       {QStringLiteral("weights"), QStringLiteral("weights.safetensors")},
       {QStringLiteral("data"), m_data.name},
       {QStringLiteral("variants"), variants},
       {QStringLiteral("images_per_s"), rate},
       {QStringLiteral("share_of_ceiling"), rate * macsOf(m_job) * FlopsPerMac / m_ceiling_flops},
       {QStringLiteral("ceiling_gflops"), m_ceiling_flops * 1e-9},
       {QStringLiteral("stopped"), m_request == Request::Stop},
       {QStringLiteral("seconds"), std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count()}});
}

RunEnd Runner::run() {
  const int threads =
      m_job.threads > 0 ? m_job.threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  at::set_num_threads(threads);
  readData();
  m_ceiling_flops = bestConvolution_flops();
  m_control.emit({{QStringLiteral("event"), QStringLiteral("start")},
                  {QStringLiteral("network"), m_job.network.name},
                  {QStringLiteral("method"), methodName(m_job.recipe.method)},
                  {QStringLiteral("data"), m_data.name},
                  {QStringLiteral("training_images"), static_cast<qint64>(m_split.train.size())},
                  {QStringLiteral("validation_images"), static_cast<qint64>(m_split.validation.size())},
                  {QStringLiteral("test_images"), static_cast<qint64>(m_test.images.size())},
                  {QStringLiteral("threads"), threads},
                  {QStringLiteral("ceiling_gflops"), m_ceiling_flops * 1e-9}});
  std::unique_ptr<NetworkModule> guide;
  if (m_job.recipe.method == Method::SlimmableDistillation) {
    guide = teacher();
    if (!guide) return m_request == Request::Stop ? RunEnd::Stopped : RunEnd::Cancelled;
  }
  NetworkModule module(m_job.network, m_job.variants, findBinding(m_job.network, m_job.binding));
  module.initialise(m_job.seed);
  if (!m_job.weights.isEmpty())
    requireComplete(
        importWeights(module.store(), readSafeTensors(readWhole(m_job.weights, MaxCheckpoint), m_job.weights)),
        m_job.weights);
  TrainingState state = stateOf(module, 1);
  std::vector<std::size_t> all(m_job.variants.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const Stage stage{module,     all,           m_job.recipe,       m_job.recipe.epochs,
                    m_train,    m_split.train, m_split.validation, m_job.seed,
                    guide.get()};
  if (!runStage(stage, state, 1, macsOf(m_job))) return RunEnd::Cancelled;
  finish(module, all, state.trained_s, state.step);
  QFile::remove(path("checkpoint.safetensors"));
  return m_request == Request::Stop ? RunEnd::Stopped : RunEnd::Finished;
}

}  // namespace

RunEnd runJob(const QString &directory, const RunControl &control) { return Runner(directory, control).run(); }

}  // namespace pimento::learn
