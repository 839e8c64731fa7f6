// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cifar.h"

#include <QDir>
#include <optional>

#include "core/base/error.h"
#include "core/data/files.h"

namespace pimento {

namespace {

constexpr Shape CifarShape{3, 32, 32};
constexpr qsizetype Pixels = 3072;
constexpr qsizetype MaxBytes = qsizetype{1} << 30;

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

QByteArray readPart(const QString &folder, const Version &v, const QString &file) {
  const QString path = QDir(folder).filePath(file);
  if (!QFile::exists(path))
    throw Error(folder, QStringLiteral("%1 is missing").arg(file),
                QStringLiteral("%1 needs %2, %3 and %4 of the authors' binary version")
                    .arg(QString::fromLatin1(v.title), v.train.join(QStringLiteral(", ")), QString::fromLatin1(v.test),
                         QString::fromLatin1(v.names)));
  return readWhole(path, MaxBytes);
}

Images readImages(const QString &folder, const Version &v, const QStringList &files) {
  std::vector<std::uint16_t> labels;
  std::vector<std::uint8_t> pixels;
  for (const QString &file : files)
    readCifarRecords(readPart(folder, v, file), v.kind, labels, pixels, QDir(folder).filePath(file));
  return makeImages(CifarShape, std::move(labels), std::move(pixels), folder);
}

QStringList classNames(const QString &folder, const Version &v) {
  const QString file = QString::fromLatin1(v.names);
  const QString text = QString::fromUtf8(readPart(folder, v, file));
  QStringList names;
  for (const QString &line : text.split(QLatin1Char('\n')))
    if (const QString name = line.trimmed(); !name.isEmpty()) names << name;
  if (names.size() != v.classes)
    throw Error(QDir(folder).filePath(file),
                QStringLiteral("names %1 classes instead of %2").arg(names.size()).arg(v.classes));
  return names;
}

}  // namespace

void readCifarRecords(const QByteArray &bytes, Cifar kind, std::vector<std::uint16_t> &labels,
                      std::vector<std::uint8_t> &pixels, const QString &place) {
  const Version &v = versionOf(kind);
  const qsizetype record = v.labels + Pixels;
  if (bytes.isEmpty() || bytes.size() % record != 0)
    throw Error(place,
                QStringLiteral("has %1 bytes, which is no whole number of records of %2").arg(bytes.size()).arg(record),
                QStringLiteral("fetch it again; it must be the binary version"));
  const auto *data = reinterpret_cast<const std::uint8_t *>(bytes.constData());
  for (qsizetype at = 0; at < bytes.size(); at += record) {
    const std::uint8_t label = data[at + v.labels - 1];
    if (label >= v.classes)
      throw Error(place,
                  QStringLiteral("record %1 has label %2 of %3 classes").arg(at / record).arg(label).arg(v.classes),
                  QStringLiteral("it must be the binary version of %1").arg(QString::fromLatin1(v.title)));
    labels.push_back(label);
    pixels.insert(pixels.end(), data + at + v.labels, data + at + record);
  }
}

bool isCifarFolder(const QString &folder) { return find(folder).has_value(); }

Dataset readCifarFolder(const QString &folder) {
  const auto found = find(folder);
  if (!found)
    throw Error(folder, QStringLiteral("holds no CIFAR files"),
                QStringLiteral("unpack the authors' binary version of CIFAR-10 or CIFAR-100 there"));
  const Version &v = versionOf(found->kind);
  Dataset set;
  set.name = QString::fromLatin1(v.name);
  set.title = QString::fromLatin1(v.title);
  set.source = QStringLiteral("%1 (A. Krizhevsky, 2009), binary version, read from %2").arg(set.title, found->folder);
  set.classes = classNames(found->folder, v);
  set.train = readImages(found->folder, v, v.train);
  set.test = readImages(found->folder, v, {QString::fromLatin1(v.test)});
  if (set.train.size() != 50000 || set.test.size() != 10000)
    set.note = QStringLiteral("a part of %1: %2 and %3 images instead of 50000 and 10000")
                   .arg(set.title)
                   .arg(set.train.size())
                   .arg(set.test.size());
  validate(set, found->folder);
  return set;
}

}  // namespace pimento
