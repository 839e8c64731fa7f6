// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include "core/base/error.h"
#include "core/files/json_reader.h"
#include "core/files/save_file.h"
#include "core/files/whole_file.h"
#include "core/jobs/run_lock.h"
#include "core/network/binding.h"
#include "core/network/network_json.h"
#include "core/network/widest.h"

namespace pimento {

namespace {

constexpr qsizetype MaxJobBytes = 64 << 20;
const QString JobFormat = QStringLiteral("pimento-job");

const QStringList &jobKeys() {
  static const QStringList known{QStringLiteral("format"),      QStringLiteral("version"),
                                 QStringLiteral("network"),     QStringLiteral("variants"),
                                 QStringLiteral("binding"),     QStringLiteral("recipe"),
                                 QStringLiteral("data"),        QStringLiteral("data_crop"),
                                 QStringLiteral("data_resize"), QStringLiteral("images"),
                                 QStringLiteral("test_images"), QStringLiteral("seed"),
                                 QStringLiteral("threads"),     QStringLiteral("weights"),
                                 QStringLiteral("teacher"),     QStringLiteral("teacher_weights"),
                                 QStringLiteral("name"),        QStringLiteral("cycles"),
                                 QStringLiteral("data_hash"),   QStringLiteral("weights_ignore")};
  return known;
}

QString jobFile(const QString &directory) { return QDir(directory).filePath(QStringLiteral("job.json")); }

// Seeds are whole numbers that JSON keeps exactly.
constexpr int MaxSeed = 2'000'000'000;
constexpr qsizetype MaxName = 200;
constexpr double MaxEpochs = 1e9;

std::vector<double> cyclesOf(const JsonReader &reader) {
  std::vector<double> cycles;
  for (const QJsonValue &value : reader.array("cycles")) {
    const double epochs = value.toDouble(-1);
    const double before = cycles.empty() ? 0 : cycles.back();
    if (!(epochs > before && epochs <= MaxEpochs)) reader.fail("cycles", QStringLiteral("are not rising epochs"));
    cycles.push_back(epochs);
  }
  return cycles;
}

}  // namespace

bool sameWork(Job a, Job b) {
  for (Job *job : {&a, &b}) {
    job->name.clear();
    job->dataHash.clear();
    job->cycles.clear();
  }
  return writeJob(a) == writeJob(b);
}

std::optional<Variant> teachingVariant(const Job &job) {
  if (!traits(job.recipe.method).distils || job.variants.empty()) return std::nullopt;
  if (job.teacher) return job.teacher;
  return job.version < 2 ? job.variants.front() : widestVariant(job.network, job.variants);
}

std::optional<Variant> teacherVariant(const Job &job) {
  std::optional<Variant> variant = teachingVariant(job);
  if (!variant) return std::nullopt;
  variant->name += job.teacherWeights.isEmpty() ? QStringLiteral(" alone") : QStringLiteral(" given");
  variant->normSet = variant->name;
  return variant;
}

int teacherEpochs(const Job &job) {
  return traits(job.recipe.method).distils && job.teacherWeights.isEmpty() ? job.recipe.teacher_epochs : 0;
}

void requireTrainable(const Job &job, const QString &place) {
  if (job.version < JobVersion)
    throw Error(place,
                QStringLiteral("was begun by an earlier version of this program (job version %1, now %2), which drew "
                               "other random numbers: it would not end with the same weights")
                    .arg(job.version)
                    .arg(JobVersion),
                QStringLiteral("begin it anew in another directory"));
}

void checkVariantNames(const std::vector<Variant> &variants, const QString &place) {
  if (variants.empty()) throw Error(place, QStringLiteral("names no variants"));
  QSet<QString> names;
  for (const Variant &variant : variants) {
    if (variant.name.isEmpty() || variant.name.contains(QLatin1Char('/')))
      throw Error(place, QStringLiteral("variant %1: a name without slashes is needed").arg(quoted(variant.name)));
    if (names.contains(variant.name))
      throw Error(place, QStringLiteral("variant %1 is named twice").arg(quoted(variant.name)));
    names.insert(variant.name);
  }
}

Job readJob(const QByteArray &data, const QString &place, std::span<const Method> methods) {
  const JsonReader reader(parseJsonObject(data, place, MaxJobBytes), place, jobKeys());
  if (reader.text("format") != JobFormat)
    throw Error(place, QStringLiteral("is not a job"), QStringLiteral("it must say \"format\": \"%1\"").arg(JobFormat));
  Job job;
  job.version = reader.whole("version", 0, 0, 1'000'000);
  if (job.version < 1 || job.version > JobVersion)
    reader.fail("version", QStringLiteral("is not known"),
                QStringLiteral("this program reads versions 1 to %1").arg(JobVersion));
  job.network = networkFromJson(reader.object("network"), place + QStringLiteral(", network"));
  for (const QJsonObject &variant : reader.objects("variants"))
    job.variants.push_back(variantFromJson(job.network, variant, place + QStringLiteral(", variants")));
  checkVariantNames(job.variants, place);
  job.recipe = recipeFromJson(reader.object("recipe"), place + QStringLiteral(", recipe"), methods);
  job.binding = findBinding(job.network, reader.text("binding", methodBinding(job.recipe.method))).name;
  job.data = reader.text("data", job.data);
  job.dataCrop = reader.whole("data_crop", 0, 0, 1024);
  job.dataResize = reader.whole("data_resize", 0, 0, 1024);
  job.images = reader.whole("images", 0, 0, 1 << 30);
  job.testImages = reader.whole("test_images", 0, 0, 1 << 30);
  job.seed = static_cast<std::uint64_t>(reader.whole("seed", 1, 0, MaxSeed));
  job.threads = reader.whole("threads", 0, 0, MaxThreads);
  job.weights = reader.text("weights");
  job.teacherWeights = reader.text("teacher_weights");
  if (reader.has("teacher"))
    job.teacher = variantFromJson(job.network, reader.object("teacher"), place + QStringLiteral(", teacher"));
  if (job.teacher) checkVariantNames({*job.teacher}, place + QStringLiteral(", teacher"));
  for (const char *key : {"teacher", "teacher_weights"})
    if (reader.has(key) && !traits(job.recipe.method).distils)
      reader.fail(key, QStringLiteral("is given, but the recipe is not a distillation"));
  job.name = reader.text("name").left(MaxName);
  job.dataHash = reader.text("data_hash").left(MaxName);
  job.cycles = cyclesOf(reader);
  job.weightsIgnore = reader.texts("weights_ignore");
  return job;
}

QByteArray writeJob(const Job &job) {
  QJsonArray variants;
  for (const Variant &variant : job.variants) variants.append(toJson(job.network, variant));
  QJsonObject json{{QStringLiteral("format"), JobFormat},
                   {QStringLiteral("version"), job.version},
                   {QStringLiteral("network"), toJson(job.network)},
                   {QStringLiteral("variants"), variants},
                   {QStringLiteral("binding"), job.binding},
                   {QStringLiteral("recipe"), toJson(job.recipe)},
                   {QStringLiteral("data"), job.data},
                   {QStringLiteral("data_crop"), job.dataCrop},
                   {QStringLiteral("data_resize"), job.dataResize},
                   {QStringLiteral("images"), job.images},
                   {QStringLiteral("test_images"), job.testImages},
                   {QStringLiteral("seed"), static_cast<qint64>(job.seed)},
                   {QStringLiteral("threads"), job.threads},
                   {QStringLiteral("weights"), job.weights}};
  if (job.teacher) json[QStringLiteral("teacher")] = toJson(job.network, *job.teacher);
  if (!job.teacherWeights.isEmpty()) json[QStringLiteral("teacher_weights")] = job.teacherWeights;
  if (!job.name.isEmpty()) json[QStringLiteral("name")] = job.name;
  if (!job.dataHash.isEmpty()) json[QStringLiteral("data_hash")] = job.dataHash;
  QJsonArray cycles;
  for (const double epochs : job.cycles) cycles.append(epochs);
  if (!cycles.isEmpty()) json[QStringLiteral("cycles")] = cycles;
  if (!job.weightsIgnore.isEmpty())
    json[QStringLiteral("weights_ignore")] = QJsonArray::fromStringList(job.weightsIgnore);
  return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

void createJob(const QString &directory, const Job &job) {
  makeFolder(directory);
  const FileLock lock = lockRunFile(jobFile(directory));
  if (QFile::exists(jobFile(directory)))
    throw Error(directory, QStringLiteral("holds a job already"),
                QStringLiteral("resume it, or name another directory"));
  changeJob(directory, job);
}

Job findOrCreateJob(const QString &directory, const Job &job) {
  if (!QFile::exists(jobFile(directory))) {
    makeFolder(directory);
    const FileLock lock = lockRunFile(jobFile(directory));
    if (!QFile::exists(jobFile(directory))) changeJob(directory, job);
  }
  return loadJob(directory);
}

void changeJob(const QString &directory, const Job &job) {
  writeWhole(jobFile(directory), writeJob(job), Links::Replaced);
}

Job loadJob(const QString &directory, std::span<const Method> methods) {
  const QString file = jobFile(directory);
  if (!QFile::exists(file))
    throw Error(directory, QStringLiteral("is no directory of a run: it holds no job.json"),
                QStringLiteral("name one that pimento train has made"));
  return readJob(readWhole(file, MaxJobBytes), file, methods);
}

}  // namespace pimento
