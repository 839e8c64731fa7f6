// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/variants_file.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

#include "core/base/error.h"
#include "core/files/json_form.h"
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

// Sub-nets of a network that is known already; the file names it.
struct VariantsFile {
  std::vector<Variant> variants;
};

}  // namespace

// Found by its type, so it stands in the namespace of the file.
static void describe(JsonForm &form, VariantsFile &file, const NetworkSpec &network) {
  form.only("format", Format, QStringLiteral("is no list of variants"));
  form.only("version", 1);
  QString name = network.name;
  form.text("network", name, JsonForm::Required);
  form.check(name == network.name, "network", QStringLiteral("%1 is not %2").arg(quoted(name), quoted(network.name)),
             QStringLiteral("the variants are of another network"));
  describeVariants(form, file.variants, network, MaxVariants);
}

std::vector<Variant> readVariants(const NetworkSpec &network, const QByteArray &data, const QString &place) {
  VariantsFile file = readForm<VariantsFile>(parseJsonObject(data, place, MaxBytes), place, network);
  checkVariantNames(file.variants, place);
  return std::move(file.variants);
}

QByteArray writeVariants(const NetworkSpec &network, const std::vector<Variant> &variants) {
  return QJsonDocument(writtenForm(VariantsFile{variants}, network)).toJson();
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
