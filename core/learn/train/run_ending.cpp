// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/run_ending.h"

#include <QDir>
#include <QJsonArray>
#include <cmath>
#include <numeric>

#include "core/jobs/methods.h"
#include "core/jobs/variants_file.h"
#include "core/learn/train/process_memory.h"
#include "core/learn/train/run_events.h"
#include "core/learn/train/run_files.h"
#include "core/learn/train/trained_variants.h"
#include "core/learn/train/variant_weights.h"
#include "core/network/widest.h"

namespace pimento::learn {

namespace {

bool isBrokenOff(Command command) { return command == Command::Pause || command == Command::Cancel; }

class Ending {
 public:
  Ending(RunContext &run, Trained trained) : m_run(run), m_trained(std::move(trained)) {}

  bool go();

 private:
  void cutLearned();
  void tellTested();
  [[nodiscard]] std::optional<std::vector<RunResult>> test(NetworkModule &module, const QStringList &names);
  [[nodiscard]] QJsonObject learnedJson(std::size_t variant) const;
  [[nodiscard]] QJsonArray variantsJson(const std::vector<RunResult> &rows) const;
  void keepResults(const RunResults &results) const;
  void tellResult(const std::vector<RunResult> &rows, const std::vector<RunResult> &teacher);

  RunContext &m_run;
  Trained m_trained;
  std::vector<Variant> m_learned;  // group Lasso: that came out
  std::int64_t m_tested = 0;       // test images of all modules
  double m_toldTested_s = 0;
};

// The sub-nets that a group Lasso has left, each with tensors of its own.
void Ending::cutLearned() {
  const NetworkSpec &network = m_run.job.network;
  const ParameterStore &store = m_trained.module->store();
  m_learned = learnedVariants(network, m_trained.penalties, store);
  auto cut = std::make_unique<NetworkModule>(network, m_learned, m_run.binding);
  cut->setRanks(m_run.ranks);
  for (std::size_t v = 0; v < m_learned.size(); ++v)
    cutOut(network, store, m_run.variants[v], m_run.binding, cut->store(), m_learned[v], m_run.binding);
  m_trained.module = std::move(cut);
}

// About twice a second.
void Ending::tellTested() {
  constexpr double Report_s = 0.5;
  m_tested += EvaluationBatch;
  if (m_run.ranks->size() > 1 || m_run.seconds() - m_toldTested_s < Report_s) return;
  m_toldTested_s = m_run.seconds();
  const auto all = static_cast<qint64>(m_run.test.images.size()) * (m_trained.teacher ? 2 : 1);
  m_run.control.emit({{QStringLiteral("event"), QStringLiteral("test")},
                      {QStringLiteral("done"), std::min<qint64>(m_tested, all)},
                      {QStringLiteral("all"), all}});
}

// Nothing if it was paused or cancelled.
std::optional<std::vector<RunResult>> Ending::test(NetworkModule &module, const QStringList &names) {
  std::vector<std::uint32_t> indices(m_run.test.images.size());
  std::iota(indices.begin(), indices.end(), 0U);
  const Scores scores = evaluate(module, module.allVariants(), m_run.test, indices, [this] {
    tellTested();
    return isBrokenOff(m_run.command()) ? Command::Cancel : Command::Continue;
  });
  if (isBrokenOff(m_run.command())) return std::nullopt;
  std::vector<RunResult> rows;
  for (std::size_t v = 0; v < scores.correct.size(); ++v)
    rows.push_back(
        {names[static_cast<qsizetype>(v)], SinglePrecision, ResultHow::Trained, scores.correct[v], scores.images});
  return rows;
}

QJsonObject Ending::learnedJson(std::size_t variant) const {
  if (m_learned.empty()) return {};
  const Job &job = m_run.job;
  QJsonObject learned{{QStringLiteral("lambda"), job.recipe.lambdas[variant]},
                      {QStringLiteral("kept_channels"), adjustableChannels(job.network, m_learned[variant])},
                      {QStringLiteral("channels"), adjustableChannels(job.network, m_run.variants[variant])}};
  if (!job.cycles.empty()) return learned;  // its rates were those of several plans
  const std::int64_t updates = updatesOf(job.recipe, static_cast<std::int64_t>(m_run.split.train.size()));
  const auto done = std::llround(m_trained.epochs / job.recipe.epochs * static_cast<double>(updates));
  learned[QStringLiteral("pull")] = penaltyPull(job.recipe, job.recipe.lambdas[variant], updates, done);
  return learned;
}

QJsonArray Ending::variantsJson(const std::vector<RunResult> &rows) const {
  QJsonArray variants;
  for (std::size_t v = 0; v < rows.size(); ++v) {
    QJsonObject row = resultJson(rows[v]);
    const QJsonObject learned = learnedJson(v);
    for (auto it = learned.begin(); it != learned.end(); ++it) row[it.key()] = it.value();
    variants.append(row);
  }
  return variants;
}

// The weights and what was measured with them, one right behind the other. Integers that were made of the weights
// before it was trained on are no longer its own.
void Ending::keepResults(const RunResults &results) const {
  if (!m_learned.empty()) m_run.write(VariantsFile, writeVariants(m_run.job.network, m_learned));
  m_run.save(WeightsFile, *m_trained.module);
  replaceRunResults(m_run.directory, results);
  QDir files(m_run.directory);
  for (const QString &name : files.entryList({QStringLiteral("quantised-*.safetensors")}, QDir::Files))
    files.remove(name);
}

void Ending::tellResult(const std::vector<RunResult> &rows, const std::vector<RunResult> &teacher) {
  constexpr double FlopsPerMac = 2;
  const double share =
      m_trained.images_per_s * m_run.work.perTrainingImage(m_trained.stage) * FlopsPerMac / m_run.ceiling_flops;
  const bool stopped = m_run.request == Request::Stop && m_trained.epochs < m_run.job.recipe.epochs;
  RunResults results{m_run.dataName, m_trained.images_per_s, share, rows, stopped, m_trained.epochs, m_run.job.cycles};
  results.results.insert(results.results.end(), teacher.begin(), teacher.end());
  if (m_run.ranks->leads()) keepResults(results);
  QJsonArray cycles;
  for (const double end : results.cycles) cycles.append(end);
  QJsonObject event{{QStringLiteral("event"), QStringLiteral("result")},
                    {QStringLiteral("weights"), WeightsFile},
                    {QStringLiteral("data"), m_run.dataName},
                    {QStringLiteral("input"), inputJson(m_run.train.recipe)},
                    {QStringLiteral("variants"), variantsJson(rows)},
                    {QStringLiteral("training_images"), static_cast<qint64>(m_run.split.train.size())},
                    {QStringLiteral("validation_images"), static_cast<qint64>(m_run.split.validation.size())},
                    {QStringLiteral("images_per_s"), m_trained.images_per_s},
                    {QStringLiteral("share_of_ceiling"), share},
                    {QStringLiteral("ceiling_gflops"), m_run.ceiling_flops * 1e-9},
                    {QStringLiteral("wait_share"), m_trained.waitShare},
                    {QStringLiteral("peak_memory_mb"), peakMemory_mb()},
                    {QStringLiteral("stopped"), stopped},
                    {QStringLiteral("epochs"), m_trained.epochs},
                    {QStringLiteral("planned_epochs"), m_run.job.recipe.epochs},
                    {QStringLiteral("cycles"), cycles},
                    {QStringLiteral("notes"), QJsonArray::fromStringList(results.notes(m_run.job.recipe))},
                    {QStringLiteral("seconds"), m_run.seconds()}};
  if (const QString beyond = beyondThePaper(m_run.job.recipe.method); !beyond.isEmpty())
    event[QStringLiteral("beyond_the_paper")] = beyond;
  if (!m_run.start.isEmpty()) event[QStringLiteral("started_from")] = m_run.start;
  for (const RunResult &row : teacher) event[QStringLiteral("teacher")] = resultJson(row);
  m_run.control.emit(event);
}

bool Ending::go() {
  QStringList names = variantNames(m_run.variants);
  if (!m_trained.penalties.empty()) {
    cutLearned();
    names = variantNames(m_learned);
  }
  std::optional<std::vector<RunResult>> teacher{std::in_place};
  const auto rows = test(*m_trained.module, names);
  if (rows && m_trained.teacher) teacher = test(*m_trained.teacher, {teacherVariant(m_run.job)->name});
  if (!rows || !teacher) return false;
  tellResult(*rows, *teacher);
  return true;
}

}  // namespace

bool endRun(RunContext &run, Trained trained) { return Ending(run, std::move(trained)).go(); }

}  // namespace pimento::learn
