// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/data/cifar.h"
#include "core/data/folder_layout.h"
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

QString folderOf(const KnownSet &set, const DataTables &tables) {
  for (const QString &folder : set.folders)
    for (const DataFormat &format : tables.formats)
      if (format.ofKnownSets && format.isOf(folder)) return folder;
  return {};
}

// Says what the folder holds instead, and what is missing of what it resembles.
[[noreturn]] void refuse(const QString &folder) {
  if (const QString file = cifarForPython(folder); !file.isEmpty())
    throw Error(folder, QStringLiteral("holds CIFAR's version for Python (%1)").arg(QFileInfo(file).fileName()),
                QStringLiteral("fetch the binary version: cifar-10-binary.tar.gz or cifar-100-binary.tar.gz"));
  const FolderLayout layout = folderLayout(folder);
  if (layout.train.isEmpty() != layout.test.isEmpty())
    throw Error(folder,
                QStringLiteral("has a folder %1, but none with the %2 pictures")
                    .arg(QFileInfo(layout.train + layout.test).fileName(),
                         layout.test.isEmpty() ? QStringLiteral("test") : QStringLiteral("training")),
                layout.test.isEmpty() ? QStringLiteral("expected test/CLASS/… (or val, valid, validation)")
                                      : QStringLiteral("expected train/CLASS/…"));
  throw Error(folder, QStringLiteral("holds no data set that is known, but %1").arg(contentOf(folder)),
              QStringLiteral("expected MNIST's four files (train-images-idx3-ubyte, …), CIFAR's binary batches "
                             "(data_batch_1.bin, …), or train/CLASS/*.png|jpg and test/CLASS/…"));
}

const DataFormat &formatOf(const QString &folder, const DataTables &tables) {
  for (const DataFormat &format : tables.formats)
    if (format.isOf(folder)) return format;
  refuse(folder);
}

// The folder of a known set, or the one that is given.
QString resolved(const QString &nameOrFolder, const DataTables &tables) {
  QStringList names;
  for (const KnownSet &set : tables.sets) {
    names << QString::fromLatin1(set.name);
    if (nameOrFolder != names.back()) continue;
    if (const QString folder = folderOf(set, tables); !folder.isEmpty()) return folder;
    throw Error(QStringLiteral("data set %1").arg(names.back()),
                QStringLiteral("its files are in none of %1").arg(set.folders.join(QStringLiteral(", "))),
                QStringLiteral("get %1, or give the folder").arg(QString::fromUtf8(set.howToGet)));
  }
  if (!QDir(nameOrFolder).exists() || nameOrFolder.isEmpty())
    throw Error(QStringLiteral("data set"),
                QStringLiteral("%1 is neither a known name nor a folder").arg(quoted(nameOrFolder)),
                knownWords(nameOrFolder, names));
  return nameOrFolder;
}

QString checksum(const Images &images) {
  QCryptographicHash hash(QCryptographicHash::Md5);
  hash.addData(QByteArrayView(images.pixels.data(), static_cast<qsizetype>(images.pixels.size())));
  return QString::fromLatin1(hash.result().toHex());
}

QString joined(const std::vector<double> &values, Digits digits) {
  QStringList texts;
  for (const double value : values) texts << (digits == Digits::All ? exactNumber(value) : fourDigits(value));
  return texts.join(QLatin1Char(' '));
}

void appendPart(ReportTable &table, const Dataset &set, const QString &part, const Images &images, Digits digits) {
  const PixelStatistics pixels = pixelStatistics(images);
  std::vector<std::int64_t> each(static_cast<std::size_t>(set.classes.size()));
  for (const std::uint16_t label : images.labels) ++each[label];
  const auto [least, most] = std::minmax_element(each.begin(), each.end());
  table.rows.push_back({set.name, part, qint64(images.size()), qint64(images.shape.channels),
                        qint64(images.shape.height), qint64(images.shape.width), qint64(set.classes.size()),
                        qint64(*least), qint64(*most), joined(pixels.mean, digits), joined(pixels.deviation, digits),
                        checksum(images), set.source, set.note});
}

}  // namespace

namespace {

// Test images: Xiao 2017; Krizhevsky 2009; the validation split of ILSVRC 2012.
const std::vector<KnownSet> &allSets() {
  static const std::vector<KnownSet> sets{
      {"fashion-mnist", "Fashion-MNIST", 10, 10'000, "60,000 + 10,000 grey pictures of clothes, 28x28, 10 classes",
       "Debian package dataset-fashion-mnist", places(QStringLiteral("fashion-mnist"))},
      {"cifar-10", "CIFAR-10", 10, 10'000, "50,000 + 10,000 colour pictures, 32x32, 10 classes",
       "the authors' binary version (cifar-10-binary.tar.gz), unpacked in one of the folders",
       places(QStringLiteral("cifar-10"))},
      {"cifar-100", "CIFAR-100", 100, 10'000, "50,000 + 10,000 colour pictures, 32x32, 100 classes",
       "the authors' binary version (cifar-100-binary.tar.gz), unpacked in one of the folders",
       places(QStringLiteral("cifar-100"))},
      {"imagenet", "ImageNet", 1000, 50'000, "1.28 million + 50,000 photographs, 1000 classes", "", {}},
  };
  return sets;
}

}  // namespace

const std::vector<KnownSet> &knownSets() {
  static const std::vector<KnownSet> readable = [] {
    std::vector<KnownSet> sets = allSets();
    std::erase_if(sets, [](const KnownSet &set) { return set.folders.isEmpty(); });
    return sets;
  }();
  return readable;
}

const KnownSet *findSet(const QString &name) {
  for (const KnownSet &set : allSets())
    if (name == QLatin1String(set.name)) return &set;
  return nullptr;
}

std::span<const DataFormat> dataFormats() {
  static constexpr DataFormat Formats[] = {
      {isIdxFolder, [](const QString &folder, const FolderOptions &) { return readIdxFolder(folder); },
       [](const QString &folder, const FolderOptions &) { return idxFacts(folder); },
       [](const QString &folder) { return idxFacts(folder).classes; }, true},
      {isCifarFolder, [](const QString &folder, const FolderOptions &) { return readCifarFolder(folder); },
       [](const QString &folder, const FolderOptions &) { return cifarFacts(folder); },
       [](const QString &folder) { return cifarFacts(folder).classes; }, true},
      {isImageFolder, readImageFolder, imageFolderFacts, imageFolderClasses, false},
  };
  return Formats;
}

Dataset openDataset(const QString &nameOrFolder, const FolderOptions &options, const DataTables &tables) {
  const QString folder = resolved(nameOrFolder, tables);
  return formatOf(folder, tables).read(folder, options);
}

DatasetFacts datasetFacts(const QString &nameOrFolder, const FolderOptions &options, const DataTables &tables) {
  const QString folder = resolved(nameOrFolder, tables);
  return formatOf(folder, tables).facts(folder, options);
}

int datasetClasses(const QString &nameOrFolder, const DataTables &tables) {
  for (const KnownSet &set : tables.sets)
    if (nameOrFolder == QLatin1String(set.name)) return set.classes;
  const QString folder = resolved(nameOrFolder, tables);
  return formatOf(folder, tables).classes(folder);
}

QString decodedCache() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/pimento/decoded");
}

ReportTable knownSetsReport(const DataTables &tables) {
  ReportTable table{{QStringLiteral("set"), QStringLiteral("title"), QStringLiteral("what"), QStringLiteral("folder"),
                     QStringLiteral("how_to_get")},
                    {}};
  for (const KnownSet &set : tables.sets) {
    const QString folder = folderOf(set, tables);
    table.rows.push_back({QString::fromLatin1(set.name), QString::fromLatin1(set.title), QString::fromUtf8(set.what),
                          folder.isEmpty() ? QStringLiteral("not found") : folder, QString::fromUtf8(set.howToGet)});
  }
  return table;
}

ReportTable describe(const Dataset &set, Digits digits) {
  ReportTable table;
  for (const char *name : {"set", "part", "images", "channels", "height", "width", "classes", "class_least",
                           "class_most", "mean", "deviation", "pixels_md5", "source", "note"})
    table.columns << QString::fromLatin1(name);
  appendPart(table, set, QStringLiteral("train"), set.train, digits);
  appendPart(table, set, QStringLiteral("test"), set.test, digits);
  return table;
}

}  // namespace pimento
