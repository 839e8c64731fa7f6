// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSet>
#include <algorithm>

#include "core/base/error.h"
#include "core/files/json_form.h"
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

QString jobFile(const QString &directory) { return QDir(directory).filePath(QStringLiteral("job.json")); }

// Seeds are whole numbers that JSON keeps exactly.
constexpr int MaxSeed = 2'000'000'000;
constexpr qsizetype MaxName = 200;

}  // namespace

// Found by its type, so it stands in the namespace of the job.
static void describe(JsonForm &form, Job &job, std::span<const Method> methods = trainingMethods()) {
  constexpr auto Sparse = JsonForm::Sparse;
  constexpr int MostImages = 1 << 30;
  form.only("format", JobFormat, QStringLiteral("is not a job"));
  form.version("version", job.version, 1, JobVersion);
  form.object(
      "network", job.network, [](const NetworkSpec &network) { return toJson(network); }, networkFromJson);
  describeVariants(form, job.variants, job.network, JsonForm::MaxAny);
  if (form.reads()) checkVariantNames(job.variants, form.place());
  form.object(
      "recipe", job.recipe, [](const Recipe &recipe) { return toJson(recipe); },
      [&](const QJsonObject &json, const QString &place) { return recipeFromJson(json, place, methods); });
  if (form.reads()) job.binding = methodBinding(job.recipe.method);
  form.text("binding", job.binding);
  if (form.reads()) static_cast<void>(findBinding(job.network, job.binding));  // or refused
  form.text("data", job.data);
  form.whole("data_crop", job.dataCrop, 0, 1024);
  form.whole("data_resize", job.dataResize, 0, 1024);
  form.whole("images", job.images, 0, MostImages);
  form.whole("test_images", job.testImages, 0, MostImages);
  form.whole("seed", job.seed, 0, MaxSeed);
  form.whole("threads", job.threads, 0, MaxThreads);
  form.text("weights", job.weights);
  form.texts("weights_ignore", job.weightsIgnore, Sparse);
  form.object(
      "teacher", job.teacher, [&](const Variant &variant) { return toJson(job.network, variant); },
      [&](const QJsonObject &json, const QString &place) { return variantFromJson(job.network, json, place); });
  form.text("teacher_weights", job.teacherWeights, Sparse);
  form.text("name", job.name, Sparse);
  form.text("data_hash", job.dataHash, Sparse);
  form.numbers("cycles", job.cycles, 0, MaxEpochs, Sparse, JsonForm::MaxAny);
}

namespace {

bool isRising(const std::vector<double> &epochs) {
  const auto notBefore = [](double a, double b) { return a >= b; };
  return (epochs.empty() || epochs.front() > 0) && std::ranges::adjacent_find(epochs, notBefore) == epochs.end();
}

void checkTogether(const Job &job, const JsonReader &reader) {
  if (job.teacher) checkVariantNames({*job.teacher}, reader.place() + QStringLiteral(", teacher"));
  for (const char *key : {"teacher", "teacher_weights"})
    if (reader.has(key) && !traits(job.recipe.method).distils)
      reader.fail(key, QStringLiteral("is given, but the recipe is not a distillation"));
  if (!isRising(job.cycles)) reader.fail("cycles", QStringLiteral("are not rising epochs"));
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
  const JsonReader reader(parseJsonObject(data, place, MaxJobBytes), place, keysOf<Job>(methods));
  Job job = readForm<Job>(reader, methods);
  checkTogether(job, reader);
  job.name.truncate(MaxName);
  job.dataHash.truncate(MaxName);
  return job;
}

QByteArray writeJob(const Job &job) { return QJsonDocument(writtenForm(job)).toJson(QJsonDocument::Indented); }

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
