// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cifar.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/data/folder_layout.h"
#include "core/files/whole_file.h"

namespace pimento {

namespace {

constexpr Shape CifarShape{3, 32, 32};
constexpr qsizetype Pixels = 3072;
constexpr std::int64_t MaxCifarBytes = std::int64_t{1} << 30;  // of a set

// The two versions as the authors pack them.
struct Version {
  Cifar kind;
  int labels;   // bytes before the pixels
  int classes;  // of the label that is kept, the last one
  const char *name;
  const char *title;
  const char *subfolder;
  const char *names;  // file with a class a line
  QStringList train;
  const char *test;
};

const Version &versionOf(Cifar kind) {
  static const Version ten{
      Cifar::Ten,
      1,
      10,
      "cifar-10",
      "CIFAR-10",
      "cifar-10-batches-bin",
      "batches.meta.txt",
      {QStringLiteral("data_batch_1.bin"), QStringLiteral("data_batch_2.bin"), QStringLiteral("data_batch_3.bin"),
       QStringLiteral("data_batch_4.bin"), QStringLiteral("data_batch_5.bin")},
      "test_batch.bin"};
  static const Version hundred{Cifar::Hundred,
                               2,
                               100,
                               "cifar-100",
                               "CIFAR-100",
                               "cifar-100-binary",
                               "fine_label_names.txt",
                               {QStringLiteral("train.bin")},
                               "test.bin"};
  return kind == Cifar::Ten ? ten : hundred;
}

struct Found {
  QString folder;
  Cifar kind;
};

std::optional<Found> find(const QString &folder) {
  const QDir dir(folder);
  for (const Cifar kind : {Cifar::Ten, Cifar::Hundred}) {
    const Version &v = versionOf(kind);
    for (const QString &candidate : {folder, dir.filePath(QString::fromLatin1(v.subfolder))}) {
      const QDir inside(candidate);
      if (inside.exists(v.train.front()) || inside.exists(QString::fromLatin1(v.test))) return Found{candidate, kind};
    }
  }
  return std::nullopt;
}

// The file, open: its size is known.
OutsideFile openPart(const QString &folder, const Version &v, const QString &file) {
  const QString path = QDir(folder).filePath(file);
  if (!QFile::exists(path))
    throw Error(folder, QStringLiteral("%1 is missing").arg(file),
                QStringLiteral("%1 needs %2, %3 and %4 of the authors' binary version")
                    .arg(QString::fromLatin1(v.title), v.train.join(QStringLiteral(", ")), QString::fromLatin1(v.test),
                         QString::fromLatin1(v.names)));
  return {path, MaxCifarBytes};
}

// Number of records by the file's size; Error if that is not whole.
std::int64_t recordsOf(std::int64_t bytes, const Version &v, const QString &place) {
  const std::int64_t record = v.labels + Pixels;
  if (bytes == 0 || bytes % record != 0)
    throw Error(place, QStringLiteral("has %1 bytes, which is no whole number of records of %2").arg(bytes).arg(record),
                QStringLiteral("fetch it again; it must be the binary version"));
  return bytes / record;
}

struct FileCounts {
  std::int64_t train = 0;
  std::int64_t test = 0;
};

// Of the images by the sizes of all files: judged before any is read.
FileCounts countImages(const Found &found) {
  const Version &v = versionOf(found.kind);
  FileCounts counts;
  std::int64_t bytes = 0;
  const auto count = [&](const QString &file) {
    const std::int64_t size = openPart(found.folder, v, file).size();
    bytes += size;
    return recordsOf(size, v, QDir(found.folder).filePath(file));
  };
  for (const QString &file : v.train) counts.train += count(file);
  counts.test = count(QString::fromLatin1(v.test));
  if (bytes > MaxCifarBytes)
    throw Error(found.folder, QStringLiteral("holds %1 MB of pictures").arg(bytes >> 20),
                QStringLiteral("sets of up to 1 GB are read"));
  return counts;
}

// What is read is appended to.
struct Set {
  std::vector<std::uint16_t> &labels;
  std::vector<std::uint8_t> &pixels;
};

QString partNote(const Version &v, const FileCounts &counts) {
  if (counts.train == 50000 && counts.test == 10000) return {};
  return QStringLiteral("a part of %1: %2 and %3 images instead of 50000 and 10000")
      .arg(QString::fromLatin1(v.title))
      .arg(counts.train)
      .arg(counts.test);
}

// Whole records, of which the first has that number in its file.
void appendRecords(const QByteArray &bytes, const Version &v, std::int64_t number, Set &set, const QString &place) {
  const qsizetype record = v.labels + Pixels;
  const auto *data = reinterpret_cast<const std::uint8_t *>(bytes.constData());
  for (qsizetype at = 0; at < bytes.size(); at += record, ++number) {
    const std::uint8_t label = data[at + v.labels - 1];
    if (label >= v.classes)
      throw Error(place, QStringLiteral("record %1 has label %2 of %3 classes").arg(number).arg(label).arg(v.classes),
                  QStringLiteral("it must be the binary version of %1").arg(QString::fromLatin1(v.title)));
    set.labels.push_back(label);
    set.pixels.insert(set.pixels.end(), data + at + v.labels, data + at + record);
  }
}

// Room for all of them at once, and little of a file beside them: a set may have 1 GB.
Images readImages(const QString &folder, const Version &v, const QStringList &files, std::int64_t count) {
  constexpr std::int64_t Block = 1000;
  std::vector<std::uint16_t> labels;
  std::vector<std::uint8_t> pixels;
  labels.reserve(static_cast<std::size_t>(count));
  pixels.reserve(static_cast<std::size_t>(count * Pixels));
  Set set{labels, pixels};
  for (const QString &name : files) {
    OutsideFile file = openPart(folder, v, name);
    const QString place = QDir(folder).filePath(name);
    const std::int64_t record = v.labels + Pixels;
    const std::int64_t records = recordsOf(file.size(), v, place);
    for (std::int64_t at = 0; at < records; at += Block)
      appendRecords(file.part(at * record, std::min(Block, records - at) * record), v, at, set, place);
  }
  return makeImages(CifarShape, std::move(labels), std::move(pixels), folder);
}

QStringList classNames(const QString &folder, const Version &v) {
  const QString file = QString::fromLatin1(v.names);
  QStringList names = linesOf(openPart(folder, v, file).head(1 << 16));
  if (names.size() != v.classes)
    throw Error(QDir(folder).filePath(file),
                QStringLiteral("names %1 classes instead of %2").arg(names.size()).arg(v.classes));
  return names;
}

}  // namespace

void readCifarRecords(const QByteArray &bytes, Cifar kind, std::vector<std::uint16_t> &labels,
                      std::vector<std::uint8_t> &pixels, const QString &place) {
  const Version &v = versionOf(kind);
  (void)recordsOf(bytes.size(), v, place);
  Set set{labels, pixels};
  appendRecords(bytes, v, 0, set, place);
}

bool isCifarFolder(const QString &folder) { return find(folder).has_value(); }

Dataset readCifarFolder(const QString &folder) {
  const auto found = find(folder);
  if (!found)
    throw Error(folder, QStringLiteral("holds no CIFAR files"),
                QStringLiteral("unpack the authors' binary version of CIFAR-10 or CIFAR-100 there"));
  const Version &v = versionOf(found->kind);
  const FileCounts counts = countImages(*found);
  Dataset set;
  set.name = QString::fromLatin1(v.name);
  set.title = QString::fromLatin1(v.title);
  set.source = QStringLiteral("%1 (A. Krizhevsky, 2009), binary version, read from %2").arg(set.title, found->folder);
  set.classes = classNames(found->folder, v);
  set.train = readImages(found->folder, v, v.train, counts.train);
  set.test = readImages(found->folder, v, {QString::fromLatin1(v.test)}, counts.test);
  set.note = partNote(v, counts);
  validate(set, found->folder);
  return set;
}

DatasetFacts cifarFacts(const QString &folder) {
  const auto found = find(folder);
  if (!found) throw Error(folder, QStringLiteral("holds no CIFAR files"));
  const Version &v = versionOf(found->kind);
  const FileCounts counts = countImages(*found);
  return {QString::fromLatin1(v.title),
          counts.train,
          counts.test,
          static_cast<int>(classNames(found->folder, v).size()),
          CifarShape,
          partNote(v, counts)};
}

QString cifarForPython(const QString &folder) {
  const QDir dir(folder);
  for (const char *file : {"data_batch_1", "cifar-10-batches-py/data_batch_1", "cifar-100-python/train"})
    if (QFileInfo(dir.filePath(QString::fromLatin1(file))).isFile()) return dir.filePath(QString::fromLatin1(file));
  if (QFileInfo(dir.filePath(QStringLiteral("train"))).isFile() && dir.exists(QStringLiteral("meta")))
    return dir.filePath(QStringLiteral("train"));
  return {};
}

}  // namespace pimento
