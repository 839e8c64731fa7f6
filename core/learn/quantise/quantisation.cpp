// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/quantise/quantisation.h"

#include <ATen/Parallel.h>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <chrono>
#include <mutex>
#include <stop_token>
#include <thread>

#include "core/base/error.h"
#include "core/files/file_stamp.h"
#include "core/files/whole_file.h"
#include "core/jobs/run_lock.h"
#include "core/learn/quantise/fine_tuning.h"
#include "core/learn/quantise/quantised_module.h"
#include "core/learn/train/batch_loader.h"
#include "core/learn/train/checkpoint.h"
#include "core/learn/train/run_events.h"
#include "core/learn/train/trained_network.h"
#include "core/network/network_json.h"
#include "core/simulate/integers/accuracy.h"
#include "core/simulate/integers/quantised_file.h"

namespace pimento::learn {

namespace {

constexpr int CalibrationBatch = 128;
constexpr std::uint64_t CalibrationSeed = 1;  // the same images for every run, so that runs compare
constexpr qsizetype MaxWeights = qsizetype{8} << 30;

class Quantisation {
 public:
  Quantisation(const QuantisationTask &task, const std::function<Request()> &request,
               const std::function<void(const QJsonObject &)> &emit)
      : m_task(task),
        m_request(request),
        m_emit(emit),
        m_stamp(stampOf(weightsFile())),  // before they are read
        m_trained(task.run.isEmpty() ? openTrainedFile(task.files) : openTrainedRun(task.run, task.files.images)),
        m_variants(chosen()),
        m_module(m_trained.network, m_variants, m_trained.binding, m_trained.module.store(), task.bits,
                 m_trained.input) {}

  RunEnd run() {
    m_before = weightsHash();
    if (stampOf(weightsFile()) != m_stamp) failChanged();
    if (tunes()) m_checkpoint = checkpointFile();
    if (!calibrate()) return RunEnd::Cancelled;
    if (m_task.how == ResultHow::QuantisationAware) {
      const RunEnd end = tune();
      if (end == RunEnd::Paused || end == RunEnd::Cancelled) return end;
      m_stopped = end == RunEnd::Stopped;
    }
    QuantisedNetwork network = m_module.integers();
    network.origin = QuantisedOrigin{m_task.how, m_trained.dataName, m_trained.input};
    network.origin->input.crop = 0;
    network.origin->input.flip = false;
    const auto rows = measure(network);
    if (!rows) return m_request() == Request::Pause && tunes() ? RunEnd::Paused : RunEnd::Cancelled;
    keep(network, *rows);
    return m_stopped ? RunEnd::Stopped : RunEnd::Finished;
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

  [[nodiscard]] bool tunes() const { return m_task.how == ResultHow::QuantisationAware; }

  // A stop keeps what there is, so it breaks nothing off.
  [[nodiscard]] bool brokenOff() const {
    const Request request = m_request();
    return request == Request::Pause || request == Request::Cancel;
  }

  [[nodiscard]] QString weightsFile() const {
    return m_task.run.isEmpty() ? m_task.files.weights
                                : QDir(m_task.run).filePath(QStringLiteral("weights.safetensors"));
  }

  // Of the weights as they are now.
  [[nodiscard]] QByteArray weightsHash() const {
    return QCryptographicHash::hash(readWhole(weightsFile(), MaxWeights), QCryptographicHash::Blake2b_160);
  }

  [[noreturn]] void failChanged() const {
    throw Error(m_task.run.isEmpty() ? m_task.files.weights : m_task.run,
                QStringLiteral("was trained on while it was quantised"), QStringLiteral("give the same command again"));
  }

  // Beside the file that is made, under a name that nothing else gives: other tensors, images or options.
  [[nodiscard]] QString checkpointFile() const {
    QStringList variants;
    for (const Variant &variant : m_variants) variants << variant.name;
    const QJsonObject task{{QStringLiteral("network"), toJson(m_trained.network)},
                           {QStringLiteral("variants"), QJsonArray::fromStringList(variants)},
                           {QStringLiteral("input"), inputJson(m_trained.input)},
                           {QStringLiteral("calibration"), m_task.calibration},
                           {QStringLiteral("epochs"), m_task.epochs},
                           {QStringLiteral("images"), m_task.trainImages},
                           {QStringLiteral("rate"), m_task.learningRate}};
    QCryptographicHash hash(QCryptographicHash::Blake2b_160);
    hash.addData(QJsonDocument(task).toJson(QJsonDocument::Compact));
    addBytes<float>(hash, {m_trained.module.store().values().data_ptr<float>(),
                           static_cast<std::size_t>(m_trained.module.store().values().numel())});
    addBytes<std::uint16_t>(hash, m_trained.train.labels);
    addBytes<std::uint8_t>(hash, m_trained.train.pixels);
    return QStringLiteral("%1.%2.checkpoint").arg(fileName(), QString::fromLatin1(hash.result().toHex().left(8)));
  }

  template <class T>
  static void addBytes(QCryptographicHash &hash, std::span<const T> values) {
    hash.addData({reinterpret_cast<const char *>(values.data()), static_cast<qsizetype>(values.size_bytes())});
  }

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
    BatchLoader loader(source, tuningOrder(m_trained.train, m_task.calibration, {CalibrationSeed, 0}), CalibrationBatch,
                       BatchLoader::Last::Keep, std::nullopt);
    const auto all = static_cast<std::int64_t>(loader.batches());
    std::int64_t done = 0;
    while (const auto batch = loader.next()) {
      m_module.observe(batch->images);
      progress("calibration", ++done, all);
      if (brokenOff()) return false;
    }
    m_module.settleFormats();
    return true;
  }

  RunEnd tune() {
    m_lock = lockRunFile(m_checkpoint);
    FineTuningWatch watch;
    watch.request = m_request;
    watch.progress = [this](std::int64_t step, std::int64_t steps, double loss) {
      progress("fine-tuning", step, steps, {{QStringLiteral("loss"), loss}});
    };
    watch.resumed = [this](std::int64_t step, std::int64_t steps) {
      m_emit({{QStringLiteral("event"), QStringLiteral("resumed")},
              {QStringLiteral("stage"), QStringLiteral("fine-tuning")},
              {QStringLiteral("step"), static_cast<qint64>(step)},
              {QStringLiteral("steps"), static_cast<qint64>(steps)}});
    };
    return fineTune({m_trained, m_module, m_variants.size(), m_task.epochs, m_task.trainImages, m_task.learningRate,
                     m_trained.tuningSeed, m_checkpoint},
                    watch);
  }

  // Nothing if it was broken off.
  std::optional<std::vector<RunResult>> measure(const QuantisedNetwork &network) {
    std::vector<RunResult> rows;
    for (std::size_t v = 0; v < network.variants.size(); ++v) {
      const QString name = network.variants[v].variant.name;
      std::stop_source stop;
      std::mutex mutex;
      const auto watch = [&](std::int64_t done, std::int64_t all) {
        const std::lock_guard lock(mutex);
        if (brokenOff()) stop.request_stop();
        progress("evaluation", done, all, {{QStringLiteral("variant"), name}});
      };
      const ExactScores scores =
          exactScores(integerProgram(network, v), m_trained.test, m_trained.input, stop.get_token(), watch);
      if (stop.stop_requested()) return std::nullopt;
      rows.push_back({name, network.bits, m_task.how, scores.correct, scores.images, m_stopped});
    }
    return rows;
  }

  // The file and what was measured with it, together.
  void keep(const QuantisedNetwork &network, const std::vector<RunResult> &rows) {
    const QString file = fileName();
    const QByteArray bytes = writeSafeTensors(writeQuantised(network));
    if (m_task.run.isEmpty()) {
      writeFile(file, bytes);
    } else {
      appendRunResults(m_task.run, {m_trained.dataName, 0, 0, rows}, [&] {
        if (weightsHash() != m_before) failChanged();
        writeFile(file, bytes);
      });
    }
    if (tunes()) QFile::remove(m_checkpoint);
    for (const RunResult &row : rows) m_emit(resultOf(row, file));
  }

  [[nodiscard]] QJsonObject resultOf(const RunResult &row, const QString &file) const {
    QJsonObject result = resultJson(row);
    result[QStringLiteral("event")] = QStringLiteral("result");
    result[QStringLiteral("network")] = m_trained.network.name;
    result[QStringLiteral("bits_w")] = row.bits.weights;
    result[QStringLiteral("bits_a")] = row.bits.activations;
    result[QStringLiteral("how")] = resultHowName(row.how);
    result[QStringLiteral("data")] = m_trained.dataName;
    result[QStringLiteral("stopped")] = row.stopped;
    result[QStringLiteral("kind")] = QStringLiteral("measured");
    result[QStringLiteral("file")] = file;
    if (m_task.files.recalibrate > 0) result[QStringLiteral("recalibrated_norms")] = m_task.files.recalibrate;
    return result;
  }

  const QuantisationTask &m_task;
  const std::function<Request()> &m_request;
  const std::function<void(const QJsonObject &)> &m_emit;
  const std::optional<FileStamp> m_stamp;  // of the weights that it began with
  QByteArray m_before;                     // and their hash
  TrainedNetwork m_trained;
  std::vector<Variant> m_variants;
  QuantisedModule m_module;
  QString m_checkpoint;            // file; of fine-tuning
  std::optional<FileLock> m_lock;  // on it
  bool m_stopped = false;          // fine-tuning, before its last step
  std::chrono::steady_clock::time_point m_told;
};

}  // namespace

RunEnd quantise(const QuantisationTask &task, const std::function<Request()> &request,
                const std::function<void(const QJsonObject &)> &emit) {
  at::set_num_threads(bearableThreads(task.files.threads, coresHere(), QStringLiteral("quantise")));
  return Quantisation(task, request, emit).run();
}

}  // namespace pimento::learn
