// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/job_runner.h"

#include <ATen/Parallel.h>

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <memory>

#include "core/base/error.h"
#include "core/files/json_reader.h"
#include "core/files/whole_file.h"
#include "core/jobs/seeds.h"
#include "core/learn/module/weights_file.h"
#include "core/learn/train/run_ending.h"
#include "core/learn/train/run_events.h"
#include "core/learn/train/run_files.h"
#include "core/learn/train/starting_weights.h"
#include "core/learn/train/trained_variants.h"
#include "core/learn/train/variant_weights.h"
#include "core/network/widest.h"
#include "core/weights/weights.h"

namespace pimento::learn {

namespace {

constexpr int PaddingTrial = 1000;  // images
constexpr qsizetype MaxCheckpoint = qsizetype{8} << 30;
constexpr qsizetype MaxStart = 64 << 20;

// The stages of a run, one after the other, from the checkpoint if there is one.
class Runner {
 public:
  Runner(const QString &directory, const RunControl &control) : m_run(directory, control) {}

  RunEnd run();

 private:
  [[nodiscard]] StageName teacherStage() const {
    return {0, {teacherVariant(m_run.job)->name}, teacherEpochs(m_run.job)};
  }
  [[nodiscard]] StageName mainStage() const { return {1, variantNames(m_run.variants), m_run.job.recipe.epochs}; }
  [[noreturn]] void failLost(const TrainingState &state) const;
  void goOn();
  [[nodiscard]] QString checkpointFile() const;
  void measureCeiling();
  void tellStart(int threads) const;
  void requireStart();
  [[nodiscard]] TrainingState stateOf(const Stage &stage, int number);
  [[nodiscard]] Watch watchOf(const Stage &stage, const StageName &name);
  [[nodiscard]] StageEnd runStage(const Stage &stage, const StageName &name);
  [[noreturn]] void failDiverged(const Stage &stage, const TrainingState &state, const StageName &name) const;
  [[nodiscard]] bool openTeacher();
  [[nodiscard]] StageEnd trainTeacher();
  [[nodiscard]] Source startTrial() const;
  void start(NetworkModule &module);
  [[nodiscard]] StageEnd trainMain();

  [[nodiscard]] RunEnd paused();
  [[nodiscard]] RunEnd finished();

  RunContext m_run;
  std::optional<SafeTensors> m_checkpoint;  // where it goes on
  std::optional<CheckpointHead> m_head;
  TimeLeft m_left;
  Trained m_trained;
  std::int64_t m_perEpoch = 1;  // updates, in the stage that is trained
  QJsonObject m_stand;          // stage, epoch and epochs of that stage when it ended
};

void Runner::failLost(const TrainingState &state) const {
  const QString file = m_run.path(CheckpointFile);
  throw Error(m_run.directory, QStringLiteral("%1 at step %2").arg(m_run.ranks->lost()).arg(state.step + 1),
              QFile::exists(file)
                  ? QStringLiteral("the last checkpoint is %1; start all ranks again to go on").arg(file)
                  : QStringLiteral("there is no checkpoint yet; start all ranks again"));
}

// Of a run that was finished: where it ended, to be trained on or tested again.
QString Runner::checkpointFile() const {
  const QString file = m_run.path(CheckpointFile);
  const QFileInfo last(m_run.path(LastFile));
  if (QFile::exists(file)) return file;
  if (last.isFile() && !last.isSymLink()) return last.filePath();  // no run writes links
  if (m_run.job.cycles.empty()) return file;
  throw Error(m_run.directory, QStringLiteral("its last weights (%1) are gone, it can not be trained on").arg(LastFile),
              QStringLiteral("begin another run with --weights %1").arg(m_run.path(WeightsFile)));
}

void Runner::goOn() {
  const QString file = checkpointFile();
  if (QFile::exists(file)) {
    m_checkpoint = openSafeTensors(file, MaxCheckpoint);
    m_head = readHead(*m_checkpoint, file);
  }
  m_run.control.cutLog(m_head ? m_head->logged : 0);
}

// Of all ranks together.
void Runner::measureCeiling() {
  const double own_flops = m_run.control.ceiling_flops();
  m_run.ranks->await();
  m_run.ceiling_flops = m_run.ranks->sum(own_flops);
}

void Runner::tellStart(int threads) const {
  QJsonArray stages;
  if (teacherEpochs(m_run.job) > 0) stages.append(stageJson(teacherStage()));
  stages.append(stageJson(mainStage()));
  QJsonObject event{{QStringLiteral("event"), QStringLiteral("start")},
                    {QStringLiteral("network"), m_run.job.network.name},
                    {QStringLiteral("method"), methodName(m_run.job.recipe.method)},
                    {QStringLiteral("recipe"), m_run.job.recipe.name},
                    {QStringLiteral("data"), m_run.dataName},
                    {QStringLiteral("input"), inputJson(m_run.train.recipe)},
                    {QStringLiteral("stages"), stages},
                    {QStringLiteral("training_images"), static_cast<qint64>(m_run.split.train.size())},
                    {QStringLiteral("validation_images"), static_cast<qint64>(m_run.split.validation.size())},
                    {QStringLiteral("test_images"), static_cast<qint64>(m_run.test.images.size())},
                    {QStringLiteral("threads"), threads},
                    {QStringLiteral("ranks"), m_run.ranks->size()},
                    {QStringLiteral("ceiling_gflops"), m_run.ceiling_flops * 1e-9}};
  if (m_head) {
    event[QStringLiteral("resumed_stage")] = m_head->stage == 0 ? teacherStage().name() : mainStage().name();
    event[QStringLiteral("resumed_step")] = static_cast<qint64>(m_head->step);
  }
  m_run.control.emit(event);
}

TrainingState Runner::stateOf(const Stage &stage, int number) {
  if (m_head && m_head->stage == number)
    return readCheckpoint(stage.module.store(), *m_checkpoint, stage.parts.size(), m_run.path(CheckpointFile));
  return freshState(stage, number);
}

Watch Runner::watchOf(const Stage &stage, const StageName &name) {
  Watch watch;
  watch.checkpoint_s = m_run.control.checkpoint_s;
  watch.command = [this] { return m_run.command(); };
  const auto done = [this, &stage, number = name.number](std::int64_t step, std::int64_t validations) {
    return m_run.work.done(number, static_cast<double>(step * stage.recipe.batch), static_cast<double>(validations));
  };
  watch.begin = [this, done](std::int64_t step, std::int64_t perEpoch) {
    m_perEpoch = perEpoch;
    m_left.begin(done(step, step / perEpoch), m_run.seconds());
  };
  watch.progress = [this, done, name](const Progress &progress) {
    // The last update of an epoch is told before its validation.
    const double sofar = done(progress.step, (progress.step - 1) / progress.stepsPerEpoch);
    const auto left_s = m_left.left_s(sofar, m_run.work.all(), m_run.seconds());
    m_run.control.emit(progressEvent(name, progress, left_s));
  };
  watch.epoch = [this, &stage, name](double epochs, const Scores &scores) {
    QJsonObject event = epochEvent(name, epochs, scores);
    if (!stage.penalties.empty()) {
      QJsonObject kept;
      for (std::size_t v = 0; v < stage.penalties.size(); ++v)
        kept[name.variants[static_cast<qsizetype>(v)]] =
            adjustableChannels(m_run.job.network, stage.penalties[v].subNet(stage.module.store(), {}));
      event[QStringLiteral("kept_channels")] = kept;
    }
    m_run.control.emit(event);
  };
  watch.checkpoint = [this, &stage](TrainingState &state) {
    if (!m_run.ranks->leads()) return;
    state.logged = m_run.control.logged();
    m_run.write(CheckpointFile, writeCheckpoint(stage.module.store(), state));
    m_run.control.emit(
        {{QStringLiteral("event"), QStringLiteral("checkpoint")}, {QStringLiteral("file"), CheckpointFile}});
  };
  return watch;
}

StageEnd Runner::runStage(const Stage &stage, const StageName &name) {
  TrainingState state = stateOf(stage, name.number);
  m_checkpoint.reset();
  m_trained.stage = name.number;
  StageEnd end = StageEnd::Nothing;
  try {
    end = train(stage, state, watchOf(stage, name));
  } catch (const Error &) {
    if (!m_run.ranks->lost().isEmpty()) failLost(state);
    throw;
  }
  const double epochs = static_cast<double>(state.step) / static_cast<double>(m_perEpoch);
  m_trained.epochs = epochs;
  m_stand = {{QStringLiteral("stage"), name.name()},
             {QStringLiteral("epoch"), epochs},
             {QStringLiteral("epochs"), name.epochs}};
  const auto images =
      static_cast<double>(state.step) *
      static_cast<double>(std::min<std::size_t>(static_cast<std::size_t>(stage.recipe.batch), stage.train.size()));
  m_trained.images_per_s = state.trained_s > 0 ? images / state.trained_s : 0;
  m_trained.waitShare = state.waited_s > 0 ? state.waited_s / (state.trained_s + state.waited_s) : 0;
  if (end == StageEnd::Diverged) failDiverged(stage, state, name);
  return end;
}

void Runner::failDiverged(const Stage &stage, const TrainingState &state, const StageName &name) const {
  const bool keep = name.number == 1 && state.validated();
  if (keep) m_run.save(WeightsFile, stage.module);
  throw Error(
      m_run.directory,
      QStringLiteral("stage %1: the loss is not a number at step %2; %3")
          .arg(name.name())
          .arg(state.step + 1)
          .arg(state.notFinite.isEmpty()
                   ? QStringLiteral("the outputs of all layers are finite")
                   : QStringLiteral("the first layer with an output that is not finite is %1").arg(state.notFinite)),
      keep ? QStringLiteral("the best weights so far are kept; try a lower learning rate")
           : QStringLiteral("try a lower learning rate"));
}

// From its file if it was trained before, or from the weights that the job names.
bool Runner::openTeacher() {
  const Job &job = m_run.job;
  const QString kept = m_run.path(TeacherFile);
  const bool known = m_run.ranks->ofLeader(QFile::exists(kept)) > 0;
  if (!known && job.teacherWeights.isEmpty()) return false;
  const QString file = known ? kept : job.teacherWeights;
  const Variant variant = *teachingVariant(job);
  const SafeTensors weights = readWeights(file);
  LoadedVariant loaded = loadVariant(job.network, variant, namedFor(job.network, weights, file));
  requireComplete(loaded.report, file);
  requireNothingForeign(loaded.report, file);
  if (!known && loaded.binding == aloneBinding() && hasWideningShortcuts(job.network, variant))
    settlePadding(loaded.module, job.network, variant, QStringLiteral("auto"),
                  {firstImages(m_run.train.images, PaddingTrial, 1), m_run.train.recipe});
  m_trained.teacher = std::make_unique<NetworkModule>(std::move(loaded.module));
  m_trained.teacher->setRanks(m_run.ranks);
  if (!known) m_run.save(TeacherFile, *m_trained.teacher);
  return true;
}

// One variant trained alone, unless it was before.
StageEnd Runner::trainTeacher() {
  if (openTeacher()) return StageEnd::Done;
  const Job &job = m_run.job;
  const Binding &alone = aloneBinding();
  const std::vector<Variant> one{*teachingVariant(job)};
  m_trained.teacher = std::make_unique<NetworkModule>(job.network, one, alone);
  NetworkModule &module = *m_trained.teacher;
  module.setRanks(m_run.ranks);
  module.initialise(seedOf(SeedRole::TeacherWeights, job.seed));
  const Stage stage{module,
                    partsOf(module.store(), one, alone),
                    job.recipe,
                    teacherEpochs(job),
                    m_run.train,
                    m_run.split.train,
                    m_run.split.validation,
                    seedOf(SeedRole::TeacherOrder, job.seed),
                    nullptr,
                    {},
                    Keep::Best,
                    OnStop::Pause};
  const StageEnd end = runStage(stage, teacherStage());
  if (end == StageEnd::Done) m_run.save(TeacherFile, module);
  return end;
}

Source Runner::startTrial() const {
  return {firstImages(m_run.train.images, PaddingTrial, m_run.job.seed), m_run.train.recipe};
}

// Weights that do not fit end a run that has a teacher before that has learned for an hour.
void Runner::requireStart() {
  if (m_run.job.weights.isEmpty() || m_head || teacherEpochs(m_run.job) == 0) return;
  NetworkModule tried(m_run.job.network, m_run.variants, m_run.binding);
  static_cast<void>(startFromWeights(tried, m_run.job, m_run.variants, m_run.binding, startTrial()));
}

// From the job's file of weights. A run that goes on has its own since, and remembers where it began.
void Runner::start(NetworkModule &module) {
  const QString file = m_run.path(StartFile);
  if (m_head && m_head->stage == mainStage().number) {
    if (QFile::exists(file)) m_run.start = parseJsonObject(readWhole(file, MaxStart), file);
    return;
  }
  m_run.start = startFromWeights(module, m_run.job, m_run.variants, m_run.binding, startTrial());
  m_run.write(StartFile, QJsonDocument(m_run.start).toJson());
  QJsonObject event = m_run.start;
  event[QStringLiteral("event")] = QStringLiteral("weights");
  m_run.control.emit(event);
}

StageEnd Runner::trainMain() {
  const Job &job = m_run.job;
  m_trained.module = std::make_unique<NetworkModule>(job.network, m_run.variants, m_run.binding);
  NetworkModule &module = *m_trained.module;
  module.setRanks(m_run.ranks);
  module.initialise(seedOf(SeedRole::Weights, job.seed));
  if (!job.weights.isEmpty()) start(module);
  const bool lasso = traits(job.recipe.method).learnsSubNets;
  for (std::size_t v = 0; lasso && v < m_run.variants.size(); ++v)
    m_trained.penalties.emplace_back(job.network, m_run.variants[v], m_run.binding, module.store(),
                                     job.recipe.lambdas[v], job.recipe.beta);
  // Other schedules go on as if the run had been planned as long as it is now.
  const bool anew = job.recipe.decay == Decay::OneCycle && !job.cycles.empty();
  const Stage stage{module,
                    partsOf(module.store(), m_run.variants, m_run.binding),
                    job.recipe,
                    job.recipe.epochs,
                    m_run.train,
                    m_run.split.train,
                    m_run.split.validation,
                    seedOf(SeedRole::Order, job.seed),
                    m_trained.teacher.get(),
                    m_trained.penalties,
                    lasso ? Keep::Last : Keep::Best,
                    OnStop::Keep,
                    anew ? job.cycles.back() : 0};
  return runStage(stage, mainStage());
}

RunEnd Runner::paused() {
  QJsonObject event = m_stand;
  event[QStringLiteral("event")] = QStringLiteral("paused");
  m_run.control.emit(event);
  return RunEnd::Paused;
}

RunEnd Runner::finished() {
  if (m_run.ranks->leads()) replaceName(m_run.path(CheckpointFile), m_run.path(LastFile));
  return m_run.request == Request::Stop ? RunEnd::Stopped : RunEnd::Finished;
}

RunEnd Runner::run() {
  requireTrainable(m_run.job, m_run.directory);
  const int cores = coresHere();
  const int threads = bearableThreads(threadsOf(m_run.control.ranks, m_run.job.threads, cores), cores, m_run.directory);
  at::set_num_threads(threads);
  m_run.readData();
  m_run.requireSameJob();
  m_run.settleImages();
  if (const Command command = m_run.command(); command == Command::Pause || command == Command::Cancel)
    return command == Command::Pause ? paused() : RunEnd::Cancelled;
  goOn();
  requireStart();
  measureCeiling();
  tellStart(threads);
  if (m_run.distils()) {
    const StageEnd end = trainTeacher();
    if (end == StageEnd::Cancelled) return RunEnd::Cancelled;
    if (end != StageEnd::Done) return paused();
  }
  const StageEnd end = trainMain();
  if (end == StageEnd::Cancelled) return RunEnd::Cancelled;
  if (end != StageEnd::Done) return paused();  // also if it was stopped before its variants have learned anything
  if (endRun(m_run, std::move(m_trained))) return finished();
  return m_run.request == Request::Pause ? paused() : RunEnd::Cancelled;
}

}  // namespace

RunEnd runJob(const QString &directory, const RunControl &control) { return Runner(directory, control).run(); }

}  // namespace pimento::learn
