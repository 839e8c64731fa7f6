// SPDX-License-Identifier: GPL-3.0-or-later
// Runs between a directory of a job and a project.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/half.h"
#include "core/files/save_file.h"
#include "core/files/watched_safetensors.h"
#include "core/files/whole_file.h"
#include "core/jobs/variants_file.h"
#include "core/project/training_run.h"

namespace pimento {

namespace {

constexpr qint64 MaxWeights = qint64{2} << 30;  // in a directory; half of it in a project
constexpr qint64 MaxLine = 1 << 20;
constexpr qint64 MaxHistory = 16 << 20;

// Others do not have the folders of the machine that a run was made on.
QString withoutFolders(const QString &path) {
  return path.contains(QLatin1Char('/')) ? QFileInfo(QDir::cleanPath(path)).fileName() : path;
}

// The variants that were measured: those of the weights, and the teacher of a distillation, whose weights stay behind.
std::vector<Variant> measuredVariants(const QString &directory, const RunResults &results) {
  const Job job = loadRun(directory);
  std::vector<Variant> variants = job.variants;
  const auto teacher = teacherVariant(job);
  if (teacher && std::ranges::any_of(results.results, [&](const RunResult &r) { return r.variant == teacher->name; }))
    variants.push_back(*teacher);
  return variants;
}

// Which reports of progress a history keeps: about a hundred a stage, for curves of the loss.
class ProgressThinner {
 public:
  bool keeps(const QJsonObject &event) {
    constexpr double PointsAStage = 100;
    const QString stage = event[QStringLiteral("stage")].toString();
    const double epoch = event[QStringLiteral("epoch")].toDouble(-1);
    const double apart = event[QStringLiteral("epochs")].toDouble() / PointsAStage;
    const bool goesOn = stage == m_stage && epoch >= m_epoch;  // else another stage, or again from a checkpoint
    if (!(epoch >= 0) || !(apart > 0) || (goesOn && epoch < m_epoch + apart)) return false;
    m_stage = stage;
    m_epoch = epoch;
    return true;
  }

 private:
  QString m_stage;
  double m_epoch = -1;
};

// What curves are drawn from. A line that is no event, such as the last one of a killed run, is passed over.
QByteArray condensedHistory(const QString &path, const Watch &watch) {
  QFile file(path);
  if (!file.exists()) return {};
  if (const QString problem = openOrdinary(file); !problem.isEmpty())
    throw Error(path, QStringLiteral("can not be read"), problem);
  static const QStringList kept{QStringLiteral("start"), QStringLiteral("epoch"), QStringLiteral("result")};
  QByteArray history;
  ProgressThinner progress;
  while (!file.atEnd()) {
    watch.report(static_cast<double>(file.pos()) / static_cast<double>(std::max<qint64>(1, file.size())), path);
    const QByteArray line = file.readLine(MaxLine);
    if (line.isEmpty()) break;  // it can not be read, or was cut off while it is read
    const QJsonObject event = QJsonDocument::fromJson(line).object();
    const QString kind = event[QStringLiteral("event")].toString();
    if (!kept.contains(kind) && !(kind == QStringLiteral("progress") && progress.keeps(event))) continue;
    history += QJsonDocument(event).toJson(QJsonDocument::Compact) + '\n';
    if (history.size() > MaxHistory)
      throw Error(path, QStringLiteral("holds more than %1 MB of epochs").arg(MaxHistory >> 20),
                  QStringLiteral("remove some of its lines"));
  }
  if (file.error() != QFileDevice::NoError) throw Error(path, QStringLiteral("can not be read"), file.errorString());
  return history;
}

bool holdsInHalf(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(),
                     [](float value) { return !std::isfinite(value) || std::isfinite(floatOf(halfOf(value))); });
}

void halve(Tensor &tensor, const Watch &watch) {
  constexpr std::size_t Piece = 1 << 18;  // values between two looks at the watch: a few milliseconds
  if (tensor.type != TensorType::F32 || tensor.shape.size() < 2) return;
  const std::vector<float> values = tensorValues<float>(tensor);
  std::vector<std::uint16_t> halves(values.size());
  for (std::size_t at = 0; at < values.size(); at += Piece) {
    watch.report(static_cast<double>(at) / static_cast<double>(values.size()), tensor.name);
    const auto piece = std::span(values).subspan(at, std::min(Piece, values.size() - at));
    if (!holdsInHalf(piece)) return;
    std::transform(piece.begin(), piece.end(), halves.begin() + static_cast<std::ptrdiff_t>(at), halfOf);
  }
  tensor.type = TensorType::F16;
  tensor.bytes = QByteArray(reinterpret_cast<const char *>(halves.data()),
                            static_cast<qsizetype>(halves.size() * sizeof(std::uint16_t)));
}

// Runs keep their weights in half precision.
QByteArray weightsOf(const QString &file, const Watch &watch) {
  constexpr double Read = 0.5;  // the share of reading; halving takes as long
  SafeTensors weights = openSafeTensors(file, MaxWeights, watch.part(0, Read));
  return writeSafeTensors(halvedWeights(std::move(weights), watch.part(Read, 1)));
}

}  // namespace

SafeTensors halvedWeights(SafeTensors weights, const Watch &watch) {
  const auto count = static_cast<double>(weights.tensors.size());
  for (std::size_t i = 0; i < weights.tensors.size(); ++i)
    halve(weights.tensors[i], watch.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count));
  return weights;
}

TrainingRun importRun(const QString &directory, const Watch &watch) {
  constexpr double History = 0.1;  // shares of the work up to the end of this step
  constexpr double Weights = 0.9;
  watch.report(0, directory);
  const QDir folder(QFileInfo(directory).absoluteFilePath());
  const auto path = [&](const char *name) { return folder.filePath(QString::fromLatin1(name)); };
  TrainingRun run{.name = QDir(QDir::cleanPath(folder.path())).dirName(), .job = loadJob(directory)};
  run.results = loadRunResults(directory);
  run.variants = measuredVariants(directory, run.results);
  if (run.results.results.empty())
    throw Error(directory, QStringLiteral("nothing was measured in this run yet"),
                QStringLiteral("give the command that trains it again: it goes on, and tests its weights at the end"));
  requireOfItsEnd(run.results, run.job.cycles, directory);
  run.job.data = withoutFolders(run.job.data);
  run.job.weights = withoutFolders(run.job.weights);
  run.history = condensedHistory(path("events.jsonl"), watch.part(0, History));
  watch.report(History, directory);
  if (const QString file = path("weights.safetensors"); QFile::exists(file))
    run.weights = weightsOf(file, watch.part(History, Weights));
  watch.report(Weights, directory);
  TrainingRun read = runFromEntries(run.name, runEntries(run), directory);  // as it will be read, or an Error now
  watch.report(1, directory);
  return read;
}

void exportRun(const TrainingRun &run, const QString &directory) {
  createJob(directory, run.job);
  const QDir folder(directory);
  replaceRunResults(directory, run.results);
  std::vector<Variant> learned = run.variants;
  if (const auto teacher = teacherVariant(run.job)) std::erase(learned, *teacher);
  if (learned != run.job.variants)
    writeWhole(folder.filePath(QStringLiteral("variants.json")), writeVariants(run.job.network, learned),
               Links::Replaced);
  if (!run.history.isEmpty()) writeWhole(folder.filePath(QStringLiteral("events.jsonl")), run.history, Links::Replaced);
  if (!run.weights.isEmpty())
    writeWhole(folder.filePath(QStringLiteral("weights.safetensors")), run.weights, Links::Replaced);
}

}  // namespace pimento
