// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/variants_file.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include "core/base/error.h"
#include "core/files/json_reader.h"
#include "core/files/whole_file.h"
#include "core/network/network_json.h"

namespace pimento {

namespace {

constexpr qsizetype MaxBytes = 16 << 20;
constexpr qsizetype MaxVariants = 256;
const QString Format = QStringLiteral("pimento-variants");

QString fileIn(const QString &directory) { return QDir(directory).filePath(QStringLiteral("variants.json")); }

// A fused run holds its sub-nets in its job.
std::optional<std::vector<Variant>> fusedVariants(const NetworkSpec &network, const QString &directory) {
  if (!QFileInfo::exists(QDir(directory).filePath(QStringLiteral("job.json")))) return std::nullopt;
  const Job job = loadJob(directory);
  if (!traits(job.recipe.method).takesSubNets || job.network.name != network.name) return std::nullopt;
  return job.variants;
}

}  // namespace

std::vector<Variant> readVariants(const NetworkSpec &network, const QByteArray &data, const QString &place) {
  const JsonReader reader(
      parseJsonObject(data, place, MaxBytes), place,
      {QStringLiteral("format"), QStringLiteral("version"), QStringLiteral("network"), QStringLiteral("variants")});
  if (reader.text("format") != Format)
    throw Error(place, QStringLiteral("is no list of variants"),
                QStringLiteral("it must say \"format\": \"%1\"").arg(Format));
  if (reader.whole("version", 0, 0, 1'000'000) != 1)
    reader.fail("version", QStringLiteral("is not known"), QStringLiteral("this program reads version 1"));
  if (reader.text("network") != network.name)
    reader.fail("network", QStringLiteral("%1 is not %2").arg(quoted(reader.text("network")), quoted(network.name)),
                QStringLiteral("the variants are of another network"));
  if (reader.array("variants").size() > MaxVariants)
    reader.fail("variants", QStringLiteral("holds more than %1").arg(MaxVariants));
  std::vector<Variant> variants;
  for (const QJsonObject &variant : reader.objects("variants"))
    variants.push_back(variantFromJson(network, variant, place));
  checkVariantNames(variants, place);
  return variants;
}

QByteArray writeVariants(const NetworkSpec &network, const std::vector<Variant> &variants) {
  QJsonArray list;
  for (const Variant &variant : variants) list.append(toJson(network, variant));
  return QJsonDocument(QJsonObject{{QStringLiteral("format"), Format},
                                   {QStringLiteral("version"), 1},
                                   {QStringLiteral("network"), network.name},
                                   {QStringLiteral("variants"), list}})
      .toJson();
}

std::vector<Variant> loadVariants(const NetworkSpec &network, const QString &fileOrDirectory) {
  const bool directory = QFileInfo(fileOrDirectory).isDir();
  const QString file = directory ? fileIn(fileOrDirectory) : fileOrDirectory;
  if (directory && !QFileInfo::exists(file)) {
    if (auto fused = fusedVariants(network, fileOrDirectory)) return *fused;
    throw Error(fileOrDirectory, QStringLiteral("holds no variants.json"),
                QStringLiteral("name the directory of a finished run of the clipped group Lasso"));
  }
  return readVariants(network, readWhole(file, MaxBytes), file);
}

Job loadRun(const QString &directory) {
  Job job = loadJob(directory);
  if (QFileInfo::exists(fileIn(directory))) job.variants = loadVariants(job.network, directory);
  return job;
}

}  // namespace pimento
