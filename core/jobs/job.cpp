// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QSet>

#include "core/base/error.h"
#include "core/base/json_reader.h"
#include "core/network/binding.h"
#include "core/network/network_json.h"

namespace pimento {

namespace {

constexpr qsizetype MaxBytes = 64 << 20;
const QString Format = QStringLiteral("pimento-job");

const QStringList &keys() {
  static const QStringList known{
      QStringLiteral("format"),   QStringLiteral("version"),     QStringLiteral("network"),
      QStringLiteral("variants"), QStringLiteral("binding"),     QStringLiteral("recipe"),
      QStringLiteral("data"),     QStringLiteral("data_crop"),   QStringLiteral("data_resize"),
      QStringLiteral("images"),   QStringLiteral("test_images"), QStringLiteral("seed"),
      QStringLiteral("threads"),  QStringLiteral("weights")};
  return known;
}

QString jobFile(const QString &directory) { return QDir(directory).filePath(QStringLiteral("job.json")); }

// Seeds are whole numbers that JSON keeps exactly.
constexpr int MaxSeed = 2'000'000'000;

}  // namespace

std::optional<Variant> teacherVariant(const Job &job) {
  if (job.recipe.method != Method::SlimmableDistillation || job.variants.empty()) return std::nullopt;
  Variant variant = job.variants.front();
  variant.name += QStringLiteral(" alone");
  variant.normSet = variant.name;
  return variant;
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

Job readJob(const QByteArray &data, const QString &place) {
  const JsonReader reader(parseJsonObject(data, place, MaxBytes), place, keys());
  if (reader.text("format") != Format)
    throw Error(place, QStringLiteral("is not a job"), QStringLiteral("it must say \"format\": \"%1\"").arg(Format));
  if (reader.whole("version", 0, 0, 1'000'000) != 1)
    reader.fail("version", QStringLiteral("is not known"), QStringLiteral("this program reads version 1"));
  Job job;
  job.network = networkFromJson(reader.object("network"), place + QStringLiteral(", network"));
  for (const QJsonObject &variant : reader.objects("variants"))
    job.variants.push_back(variantFromJson(job.network, variant, place + QStringLiteral(", variants")));
  checkVariantNames(job.variants, place);
  job.recipe = recipeFromJson(reader.object("recipe"), place + QStringLiteral(", recipe"));
  job.binding = findBinding(job.network, reader.text("binding", methodBinding(job.recipe.method))).name;
  job.data = reader.text("data", job.data);
  job.dataCrop = reader.whole("data_crop", 0, 0, 1024);
  job.dataResize = reader.whole("data_resize", 0, 0, 1024);
  job.images = reader.whole("images", 0, 0, 1 << 30);
  job.testImages = reader.whole("test_images", 0, 0, 1 << 30);
  job.seed = static_cast<std::uint64_t>(reader.whole("seed", 1, 0, MaxSeed));
  job.threads = reader.whole("threads", 0, 0, 1024);
  job.weights = reader.text("weights");
  return job;
}

QByteArray writeJob(const Job &job) {
  QJsonArray variants;
  for (const Variant &variant : job.variants) variants.append(toJson(job.network, variant));
  const QJsonObject json{{QStringLiteral("format"), Format},
                         {QStringLiteral("version"), 1},
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
  return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

void createJob(const QString &directory, const Job &job) {
  const QString path = jobFile(directory);
  if (QFile::exists(path))
    throw Error(directory, QStringLiteral("holds a job already"),
                QStringLiteral("resume it, or name another directory"));
  QSaveFile file(path);
  const QByteArray bytes = writeJob(job);
  if (!QDir().mkpath(directory) || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() ||
      !file.flush() || !file.commit())
    throw Error(path, QStringLiteral("can not be written"), file.errorString());
}

Job loadJob(const QString &directory) {
  QFile file(jobFile(directory));
  if (!file.exists())
    throw Error(directory, QStringLiteral("is no directory of a run: it holds no job.json"),
                QStringLiteral("name one that pimento train has made"));
  if (!file.open(QIODevice::ReadOnly))
    throw Error(file.fileName(), QStringLiteral("can not be read"), file.errorString());
  return readJob(file.read(MaxBytes + 1), file.fileName());
}

}  // namespace pimento
