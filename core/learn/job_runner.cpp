// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/job_runner.h"

#include <ATen/Parallel.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <chrono>
#include <memory>
#include <numeric>
#include <thread>

#include "core/base/error.h"
#include "core/data/files.h"
#include "core/jobs/job_data.h"
#include "core/jobs/variants_file.h"
#include "core/learn/process_memory.h"
#include "core/learn/run_events.h"
#include "core/learn/time_left.h"
#include "core/learn/variant_weights.h"
#include "core/learn/weights_file.h"

namespace pimento::learn {

namespace {

constexpr qsizetype MaxCheckpoint = qsizetype{8} << 30;
const QString CheckpointFile = QStringLiteral("checkpoint.safetensors");
const QString TeacherFile = QStringLiteral("teacher.safetensors");
const QString WeightsFile = QStringLiteral("weights.safetensors");
const QString VariantsFile = QStringLiteral("variants.json");

// A group Lasso trains the largest variant anew for each strength of the penalty; all other methods train the job's.
std::vector<Variant> trainedVariants(const Job &job) {
  if (job.recipe.method != Method::ClippedGroupLasso) return job.variants;
  std::vector<Variant> copies;
  for (const double lambda : job.recipe.lambdas) {
    copies.push_back(job.variants.front());
    copies.back().name = QStringLiteral("lambda %1").arg(lambda);
    copies.back().normSet = copies.back().name;
  }
  return copies;
}

QStringList namesOf(const std::vector<Variant> &variants) {
  QStringList names;
  for (const Variant &variant : variants) names << variant.name;
  return names;
}

int adjustableChannels(const NetworkSpec &network, const Variant &variant) {
  int sum = 0;
  for (SpaceId space = 0; space < network.spaces.size(); ++space)
    if (network.spaces[space].adjustable) sum += keptChannels(network, variant, space);
  return sum;
}

// Named by the share of the channels that they keep: "lasso-0.52".
std::vector<Variant> learnedVariants(const NetworkSpec &network, const std::vector<GroupLasso> &penalties,
                                     const ParameterStore &store) {
  std::vector<Variant> variants;
  for (const GroupLasso &penalty : penalties) {
    const double share = keptShare(network, penalty.subNet(store, {}));
    const QString name = QStringLiteral("lasso-%1").arg(share, 0, 'f', 2);
    QString free = name;
    for (int n = 2; namesOf(variants).contains(free); ++n) free = QStringLiteral("%1 (%2)").arg(name).arg(n);
    variants.push_back(penalty.subNet(store, free));
  }
  return variants;
}

class Runner {
 public:
  Runner(const QString &directory, const RunControl &control)
      : m_directory(directory),
        m_control(control),
        m_job(loadJob(directory)),
        m_ranks(joinRanks(control.ranks)),
        m_variants(trainedVariants(m_job)),
        m_binding(findBinding(m_job.network, m_job.binding)) {}

  RunEnd run();

 private:
  [[nodiscard]] QString path(const QString &name) const { return QDir(m_directory).filePath(name); }
  [[nodiscard]] bool distils() const { return m_job.recipe.method == Method::SlimmableDistillation; }
  [[nodiscard]] StageName teacherStage() const {
    return {0, {teacherVariant(m_job)->name}, m_job.recipe.teacher_epochs};
  }
  [[nodiscard]] StageName mainStage() const { return {1, namesOf(m_variants), m_job.recipe.epochs}; }
  [[nodiscard]] Command command();
  void readData();
  void write(const QString &file, const QByteArray &bytes) const;
  void requireSameJob();
  [[noreturn]] void failLost(const TrainingState &state) const;
  void goOn();
  void tellStart(int threads) const;
  [[nodiscard]] TrainingState stateOf(const Stage &stage, int number);
  [[nodiscard]] Watch watchOf(const Stage &stage, const StageName &name);
  [[nodiscard]] StageEnd runStage(const Stage &stage, const StageName &name);
  [[noreturn]] void failDiverged(const Stage &stage, const TrainingState &state, const StageName &name) const;
  [[nodiscard]] StageEnd trainTeacher();
  [[nodiscard]] StageEnd trainMain(NetworkModule &module);
  void save(const QString &file, const NetworkModule &module) const;
  void tellTested();
  [[nodiscard]] std::optional<std::vector<RunResult>> test(NetworkModule &module, const QStringList &names);
  [[nodiscard]] std::unique_ptr<NetworkModule> cutLearned(NetworkModule &module);
  [[nodiscard]] RunEnd finish(std::unique_ptr<NetworkModule> module);
  void tellResult(const std::vector<RunResult> &rows, const std::vector<RunResult> &teacher);
  [[nodiscard]] QJsonObject learnedJson(std::size_t variant) const;
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
  }

  QString m_directory;
  const RunControl &m_control;
  Job m_job;
  std::shared_ptr<Ranks> m_ranks;
  std::vector<Variant> m_variants;  // that are trained
  std::vector<Variant> m_learned;   // group Lasso: that came out
  Binding m_binding;
  QString m_dataName;
  Source m_train;
  Source m_test;
  Split m_split;
  std::optional<SafeTensors> m_checkpoint;  // where it goes on
  std::optional<CheckpointHead> m_head;
  RunWork m_work;
  TimeLeft m_left;
  double m_ceiling_flops = 0;
  double m_images_per_s = 0;  // of the last stage
  std::int64_t m_tested = 0;  // test images of all modules
  double m_toldTested_s = 0;
  double m_waitShare = 0;  // of its time, in which no batch was ready
  int m_stage = -1;        // that was trained last, here
  std::unique_ptr<NetworkModule> m_teacher;
  std::vector<GroupLasso> m_penalties;
  Request m_request = Request::None;
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

Command Runner::command() {
  const Request heard = std::max(m_request, m_control.request());
  m_request = static_cast<Request>(m_ranks->maximum(static_cast<double>(heard)));
  return m_request == Request::None ? Command::Continue : m_request == Request::Stop ? Command::Stop : Command::Cancel;
}

void Runner::readData() {
  const Dataset data = openData(m_job, m_directory);
  m_dataName = data.name;
  const InputRecipe input = inputOf(m_job, data);
  m_train = {prepared(firstImages(data.train, m_job.images, m_job.seed), input), input};
  m_test = {prepared(firstImages(data.test, m_job.testImages, m_job.seed), input), input};
  const auto most = m_train.images.size() / 2;
  m_split =
      split(m_train.images, std::min<std::size_t>(static_cast<std::size_t>(m_job.recipe.validation), most), m_job.seed);
  m_work = workOf(m_job, m_variants);
  m_work.trainingImages = static_cast<std::int64_t>(m_split.train.size());
  m_work.validationImages = static_cast<std::int64_t>(m_split.validation.size());
  m_work.testImages = static_cast<std::int64_t>(m_test.images.size());
}

void Runner::write(const QString &file, const QByteArray &bytes) const {
  if (m_ranks->leads()) writeFile(path(file), bytes);
}

// Waits until all ranks have read their data.
void Runner::requireSameJob() {
  m_ranks->await();
  QByteArray text = writeJob(m_job);
  for (const std::size_t size : {m_train.images.size(), m_test.images.size()})
    text += QByteArray::number(quint64(size)) + ' ';
  for (const double mean : m_train.recipe.normalise.mean) text += QByteArray::number(mean, 'g', 17) + ' ';
  m_ranks->requireSame(text, m_directory, QStringLiteral("not all ranks have the same job and data"),
                       QStringLiteral("give all of them the same directory and copies of the same data"));
}

void Runner::failLost(const TrainingState &state) const {
  const QString file = path(CheckpointFile);
  throw Error(m_directory, QStringLiteral("%1 at step %2").arg(m_ranks->lost()).arg(state.step + 1),
              QFile::exists(file)
                  ? QStringLiteral("the last checkpoint is %1; start all ranks again to go on").arg(file)
                  : QStringLiteral("there is no checkpoint yet; start all ranks again"));
}

void Runner::goOn() {
  const QString file = path(CheckpointFile);
  if (QFile::exists(file)) {
    m_checkpoint = readSafeTensors(readWhole(file, MaxCheckpoint), file);
    m_head = readHead(*m_checkpoint, file);
  }
  m_control.cutLog(m_head ? m_head->logged : 0);
}

void Runner::tellStart(int threads) const {
  QJsonArray stages;
  if (distils()) stages.append(stageJson(teacherStage()));
  stages.append(stageJson(mainStage()));
  QJsonObject event{{QStringLiteral("event"), QStringLiteral("start")},
                    {QStringLiteral("network"), m_job.network.name},
                    {QStringLiteral("method"), methodName(m_job.recipe.method)},
                    {QStringLiteral("recipe"), m_job.recipe.name},
                    {QStringLiteral("data"), m_dataName},
                    {QStringLiteral("input"), inputJson(m_train.recipe)},
                    {QStringLiteral("stages"), stages},
                    {QStringLiteral("training_images"), static_cast<qint64>(m_split.train.size())},
                    {QStringLiteral("validation_images"), static_cast<qint64>(m_split.validation.size())},
                    {QStringLiteral("test_images"), static_cast<qint64>(m_test.images.size())},
                    {QStringLiteral("threads"), threads},
                    {QStringLiteral("ranks"), m_ranks->size()},
                    {QStringLiteral("ceiling_gflops"), m_ceiling_flops * 1e-9}};
  if (m_head) {
    event[QStringLiteral("resumed_stage")] = m_head->stage == 0 ? teacherStage().name() : mainStage().name();
    event[QStringLiteral("resumed_step")] = static_cast<qint64>(m_head->step);
  }
  m_control.emit(event);
}

TrainingState Runner::stateOf(const Stage &stage, int number) {
  if (m_head && m_head->stage == number)
    return readCheckpoint(stage.module.store(), *m_checkpoint, stage.parts.size(), path(CheckpointFile));
  return freshState(stage, number);
}

Watch Runner::watchOf(const Stage &stage, const StageName &name) {
  Watch watch;
  watch.checkpoint_s = m_control.checkpoint_s;
  watch.command = [this] { return command(); };
  const auto done = [this, &stage, number = name.number](std::int64_t step, std::int64_t perEpoch) {
    const auto epochs = static_cast<double>(step / perEpoch);
    return m_work.done(number, static_cast<double>(step * stage.recipe.batch), epochs);
  };
  watch.begin = [this, done](std::int64_t step, std::int64_t perEpoch) {
    m_left.begin(done(step, perEpoch), seconds());
  };
  watch.progress = [this, done, name](const Progress &progress) {
    const double left_s = m_left.left_s(done(progress.step, progress.stepsPerEpoch), m_work.all(), seconds());
    m_control.emit(progressEvent(name, progress, left_s));
  };
  watch.epoch = [this, &stage, name](double epochs, const Scores &scores) {
    QJsonObject event = epochEvent(name, epochs, scores);
    if (!stage.penalties.empty()) {
      QJsonObject kept;
      for (std::size_t v = 0; v < stage.penalties.size(); ++v)
        kept[name.variants[static_cast<qsizetype>(v)]] =
            adjustableChannels(m_job.network, stage.penalties[v].subNet(stage.module.store(), {}));
      event[QStringLiteral("kept_channels")] = kept;
    }
    m_control.emit(event);
  };
  watch.checkpoint = [this, &stage](TrainingState &state) {
    if (!m_ranks->leads()) return;
    state.logged = m_control.logged();
    writeFile(path(CheckpointFile), writeCheckpoint(stage.module.store(), state));
    m_control.emit({{QStringLiteral("event"), QStringLiteral("checkpoint")}, {QStringLiteral("file"), CheckpointFile}});
  };
  return watch;
}

StageEnd Runner::runStage(const Stage &stage, const StageName &name) {
  TrainingState state = stateOf(stage, name.number);
  m_checkpoint.reset();
  m_stage = name.number;
  StageEnd end = StageEnd::Nothing;
  try {
    end = train(stage, state, watchOf(stage, name));
  } catch (const Error &) {
    if (!m_ranks->lost().isEmpty()) failLost(state);
    throw;
  }
  const auto images =
      static_cast<double>(state.step) *
      static_cast<double>(std::min<std::size_t>(static_cast<std::size_t>(stage.recipe.batch), stage.train.size()));
  m_images_per_s = state.trained_s > 0 ? images / state.trained_s : 0;
  m_waitShare = state.waited_s > 0 ? state.waited_s / (state.trained_s + state.waited_s) : 0;
  if (end == StageEnd::Diverged) failDiverged(stage, state, name);
  return end;
}

void Runner::failDiverged(const Stage &stage, const TrainingState &state, const StageName &name) const {
  const bool keep = name.number == 1 && state.validated();
  if (keep) save(WeightsFile, stage.module);
  throw Error(m_directory,
              QStringLiteral("stage %1: the loss is not a number at step %2").arg(name.name()).arg(state.step + 1),
              keep ? QStringLiteral("the best weights so far are kept; try a lower learning rate")
                   : QStringLiteral("try a lower learning rate"));
}

// The largest variant trained alone; from its file if it was trained before.
StageEnd Runner::trainTeacher() {
  const Binding alone{QStringLiteral("alone"), Sharing::Shared, Sharing::Shared};
  const std::vector<Variant> one{m_job.variants.front()};
  m_teacher = std::make_unique<NetworkModule>(m_job.network, one, alone);
  m_teacher->setRanks(m_ranks);
  const QString file = path(TeacherFile);
  if (m_ranks->ofLeader(QFile::exists(file)) > 0) {
    requireComplete(importWeights(m_teacher->store(), readWeights(file)), file);
    return StageEnd::Done;
  }
  const std::uint64_t seed = m_job.seed + 1;
  m_teacher->initialise(seed);
  const Stage stage{*m_teacher,
                    partsOf(m_teacher->store(), one, alone),
                    m_job.recipe,
                    m_job.recipe.teacher_epochs,
                    m_train,
                    m_split.train,
                    m_split.validation,
                    seed,
                    nullptr,
                    {},
                    Keep::Best,
                    OnStop::Pause};
  const StageEnd end = runStage(stage, teacherStage());
  if (end == StageEnd::Done) save(TeacherFile, *m_teacher);
  return end;
}

StageEnd Runner::trainMain(NetworkModule &module) {
  module.initialise(m_job.seed);
  if (!m_job.weights.isEmpty())
    requireComplete(importWeights(module.store(), readWeights(m_job.weights)), m_job.weights);
  const bool lasso = m_job.recipe.method == Method::ClippedGroupLasso;
  for (std::size_t v = 0; lasso && v < m_variants.size(); ++v)
    m_penalties.emplace_back(m_job.network, m_variants[v], m_binding, module.store(), m_job.recipe.lambdas[v],
                             m_job.recipe.beta);
  const Stage stage{module,
                    partsOf(module.store(), m_variants, m_binding),
                    m_job.recipe,
                    m_job.recipe.epochs,
                    m_train,
                    m_split.train,
                    m_split.validation,
                    m_job.seed,
                    m_teacher.get(),
                    m_penalties,
                    lasso ? Keep::Last : Keep::Best};
  return runStage(stage, mainStage());
}

void Runner::save(const QString &file, const NetworkModule &module) const {
  SafeTensors content = exportWeights(module.store());
  content.metadata[QStringLiteral("network")] = m_job.network.name;
  content.metadata[QStringLiteral("data")] = m_dataName;
  content.metadata[QStringLiteral("input")] =
      QString::fromUtf8(QJsonDocument(inputJson(m_train.recipe)).toJson(QJsonDocument::Compact));
  write(file, writeSafeTensors(std::move(content)));
}

// About twice a second.
void Runner::tellTested() {
  constexpr double Report_s = 0.5;
  m_tested += EvaluationBatch;
  if (m_ranks->size() > 1 || seconds() - m_toldTested_s < Report_s) return;
  m_toldTested_s = seconds();
  const auto all = static_cast<qint64>(m_test.images.size()) * (m_teacher ? 2 : 1);
  m_control.emit({{QStringLiteral("event"), QStringLiteral("test")},
                  {QStringLiteral("done"), std::min<qint64>(m_tested, all)},
                  {QStringLiteral("all"), all}});
}

// Nothing if it was cancelled.
std::optional<std::vector<RunResult>> Runner::test(NetworkModule &module, const QStringList &names) {
  std::vector<std::uint32_t> indices(m_test.images.size());
  std::iota(indices.begin(), indices.end(), 0U);
  const Scores scores = evaluate(module, module.allVariants(), m_test, indices, [this] {
    tellTested();
    return command();
  });
  if (command() == Command::Cancel) return std::nullopt;
  std::vector<RunResult> rows;
  for (std::size_t v = 0; v < scores.correct.size(); ++v)
    rows.push_back(
        {names[static_cast<qsizetype>(v)], SinglePrecision, ResultHow::Trained, scores.correct[v], scores.images});
  return rows;
}

// The sub-nets that a group Lasso has left, each with tensors of its own.
std::unique_ptr<NetworkModule> Runner::cutLearned(NetworkModule &module) {
  m_learned = learnedVariants(m_job.network, m_penalties, module.store());
  auto cut = std::make_unique<NetworkModule>(m_job.network, m_learned, m_binding);
  cut->setRanks(m_ranks);
  for (std::size_t v = 0; v < m_learned.size(); ++v)
    cutOut(m_job.network, module.store(), m_variants[v], m_binding, cut->store(), m_learned[v], m_binding);
  write(VariantsFile, writeVariants(m_job.network, m_learned));
  return cut;
}

QJsonObject Runner::learnedJson(std::size_t variant) const {
  if (m_learned.empty()) return {};
  return {{QStringLiteral("lambda"), m_job.recipe.lambdas[variant]},
          {QStringLiteral("kept_channels"), adjustableChannels(m_job.network, m_learned[variant])},
          {QStringLiteral("channels"), adjustableChannels(m_job.network, m_variants[variant])}};
}

void Runner::tellResult(const std::vector<RunResult> &rows, const std::vector<RunResult> &teacher) {
  constexpr double FlopsPerMac = 2;
  const double share = m_images_per_s * m_work.perTrainingImage(m_stage) * FlopsPerMac / m_ceiling_flops;
  RunResults results{m_dataName, m_images_per_s, share, rows};
  results.results.insert(results.results.end(), teacher.begin(), teacher.end());
  if (m_ranks->leads()) appendRunResults(m_directory, results);
  QJsonArray variants;
  for (std::size_t v = 0; v < rows.size(); ++v) {
    QJsonObject row = resultJson(rows[v]);
    const QJsonObject learned = learnedJson(v);
    for (auto it = learned.begin(); it != learned.end(); ++it) row[it.key()] = it.value();
    variants.append(row);
  }
  QJsonObject event{{QStringLiteral("event"), QStringLiteral("result")},
                    {QStringLiteral("weights"), WeightsFile},
                    {QStringLiteral("data"), m_dataName},
                    {QStringLiteral("input"), inputJson(m_train.recipe)},
                    {QStringLiteral("variants"), variants},
                    {QStringLiteral("images_per_s"), m_images_per_s},
                    {QStringLiteral("share_of_ceiling"), share},
                    {QStringLiteral("ceiling_gflops"), m_ceiling_flops * 1e-9},
                    {QStringLiteral("wait_share"), m_waitShare},
                    {QStringLiteral("peak_memory_mb"), peakMemory_mb()},
                    {QStringLiteral("stopped"), m_request == Request::Stop},
                    {QStringLiteral("seconds"), seconds()}};
  for (const RunResult &row : teacher) event[QStringLiteral("teacher")] = resultJson(row);
  m_control.emit(event);
}

RunEnd Runner::finish(std::unique_ptr<NetworkModule> module) {
  QStringList names = namesOf(m_variants);
  if (!m_penalties.empty()) {
    module = cutLearned(*module);
    names = namesOf(m_learned);
  }
  save(WeightsFile, *module);
  std::optional<std::vector<RunResult>> teacher{std::in_place};
  const auto rows = test(*module, names);
  if (rows && m_teacher) teacher = test(*m_teacher, teacherStage().variants);
  if (!rows || !teacher) return RunEnd::Cancelled;
  tellResult(*rows, *teacher);
  if (m_ranks->leads()) QFile::remove(path(CheckpointFile));
  return m_request == Request::Stop ? RunEnd::Stopped : RunEnd::Finished;
}

RunEnd Runner::run() {
  const int threads =
      threadsOf(m_control.ranks, m_job.threads, static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
  at::set_num_threads(threads);
  readData();
  requireSameJob();
  if (command() == Command::Cancel) return RunEnd::Cancelled;
  goOn();
  m_ceiling_flops = m_control.ceiling_flops();
  m_ranks->await();
  m_ceiling_flops = m_ranks->sum(m_ceiling_flops);
  tellStart(threads);
  if (distils()) {
    const StageEnd end = trainTeacher();
    if (end == StageEnd::Paused) return RunEnd::Stopped;
    if (end != StageEnd::Done) return RunEnd::Cancelled;
  }
  auto module = std::make_unique<NetworkModule>(m_job.network, m_variants, m_binding);
  module->setRanks(m_ranks);
  const StageEnd end = trainMain(*module);
  if (end == StageEnd::Nothing && m_teacher) return RunEnd::Stopped;  // it goes on with the teacher that is there
  if (end == StageEnd::Cancelled || end == StageEnd::Nothing) return RunEnd::Cancelled;
  return finish(std::move(module));
}

}  // namespace

RunEnd runJob(const QString &directory, const RunControl &control) { return Runner(directory, control).run(); }

}  // namespace pimento::learn
