// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include <QCryptographicHash>
#include <QDir>
#include <QStandardPaths>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/data/cifar.h"
#include "core/data/idx.h"
#include "core/data/statistics.h"

namespace pimento {

namespace {

// Folders below the user's and the system's data folders.
QStringList places(const QString &name) {
  QStringList folders;
  const QString own = qEnvironmentVariable("PIMENTO_DATA");
  if (!own.isEmpty()) folders << QDir(own).filePath(name);
  folders << QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/pimento/data/") +
                 name;
  folders << QStringLiteral("/usr/share/datasets/") + name;
  return folders;
}

QString folderOf(const KnownSet &set) {
  for (const QString &folder : set.folders)
    if (isIdxFolder(folder) || isCifarFolder(folder)) return folder;
  return {};
}

Dataset openFolder(const QString &folder, const FolderOptions &options) {
  if (isIdxFolder(folder)) return readIdxFolder(folder);
  if (isCifarFolder(folder)) return readCifarFolder(folder);
  if (isImageFolder(folder)) return readImageFolder(folder, options);
  throw Error(
      folder, QStringLiteral("holds no data set that is known"),
      QStringLiteral("expected MNIST's four files, CIFAR's binary batches, or train/CLASS/*.png|jpg and test/CLASS/…"));
}

QString checksum(const Images &images) {
  QCryptographicHash hash(QCryptographicHash::Md5);
  hash.addData(QByteArrayView(images.pixels.data(), static_cast<qsizetype>(images.pixels.size())));
  return QString::fromLatin1(hash.result().toHex());
}

QString joined(const std::vector<double> &values) {
  QStringList texts;
  for (const double value : values) texts << fourDigits(value);
  return texts.join(QLatin1Char(' '));
}

void appendPart(ReportTable &table, const Dataset &set, const QString &part, const Images &images,
                const PixelStatistics &pixels) {
  std::vector<std::int64_t> each(static_cast<std::size_t>(set.classes.size()));
  for (const std::uint16_t label : images.labels) ++each[label];
  const auto [least, most] = std::minmax_element(each.begin(), each.end());
  table.rows.push_back({set.name, part, qint64(images.size()), qint64(images.shape.channels),
                        qint64(images.shape.height), qint64(images.shape.width), qint64(set.classes.size()),
                        qint64(*least), qint64(*most), joined(pixels.mean), joined(pixels.deviation), checksum(images),
                        set.source, set.note});
}

}  // namespace

const std::vector<KnownSet> &knownSets() {
  static const std::vector<KnownSet> sets{
      {"fashion-mnist", "Fashion-MNIST", 10, "60,000 + 10,000 grey pictures of clothes, 28x28, 10 classes",
       "Debian package dataset-fashion-mnist", places(QStringLiteral("fashion-mnist"))},
      {"cifar-10", "CIFAR-10", 10, "50,000 + 10,000 colour pictures, 32x32, 10 classes",
       "the authors' binary version (cifar-10-binary.tar.gz), unpacked in one of the folders",
       places(QStringLiteral("cifar-10"))},
      {"cifar-100", "CIFAR-100", 100, "50,000 + 10,000 colour pictures, 32x32, 100 classes",
       "the authors' binary version (cifar-100-binary.tar.gz), unpacked in one of the folders",
       places(QStringLiteral("cifar-100"))},
  };
  return sets;
}

Dataset openDataset(const QString &nameOrFolder, const FolderOptions &options) {
  QStringList names;
  for (const KnownSet &set : knownSets()) {
    names << QString::fromLatin1(set.name);
    if (nameOrFolder != names.back()) continue;
    if (const QString folder = folderOf(set); !folder.isEmpty()) return openFolder(folder, options);
    throw Error(QStringLiteral("data set %1").arg(names.back()),
                QStringLiteral("its files are in none of %1").arg(set.folders.join(QStringLiteral(", "))),
                QStringLiteral("get %1, or give the folder").arg(QString::fromUtf8(set.howToGet)));
  }
  if (!QDir(nameOrFolder).exists() || nameOrFolder.isEmpty())
    throw Error(QStringLiteral("data set"),
                QStringLiteral("%1 is neither a known name nor a folder").arg(quoted(nameOrFolder)),
                knownWords(nameOrFolder, names));
  return openFolder(nameOrFolder, options);
}

int classesOf(const QString &nameOrFolder, const FolderOptions &options) {
  for (const KnownSet &set : knownSets())
    if (nameOrFolder == QLatin1String(set.name)) return set.classes;
  if (isImageFolder(nameOrFolder) && !isIdxFolder(nameOrFolder) && !isCifarFolder(nameOrFolder))
    return imageFolderClasses(nameOrFolder);
  return static_cast<int>(openDataset(nameOrFolder, options).classes.size());
}

QString decodedCache() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/pimento/decoded");
}

ReportTable knownSetsReport() {
  ReportTable table{{QStringLiteral("set"), QStringLiteral("title"), QStringLiteral("what"), QStringLiteral("folder"),
                     QStringLiteral("how_to_get")},
                    {}};
  for (const KnownSet &set : knownSets()) {
    const QString folder = folderOf(set);
    table.rows.push_back({QString::fromLatin1(set.name), QString::fromLatin1(set.title), QString::fromUtf8(set.what),
                          folder.isEmpty() ? QStringLiteral("not found") : folder, QString::fromUtf8(set.howToGet)});
  }
  return table;
}

ReportTable describe(const Dataset &set) {
  ReportTable table;
  for (const char *name : {"set", "part", "images", "channels", "height", "width", "classes", "class_least",
                           "class_most", "mean", "deviation", "pixels_md5", "source", "note"})
    table.columns << QString::fromLatin1(name);
  appendPart(table, set, QStringLiteral("train"), set.train, pixelStatistics(set.train));
  appendPart(table, set, QStringLiteral("test"), set.test, pixelStatistics(set.test));
  return table;
}

}  // namespace pimento
