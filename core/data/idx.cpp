// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/data/folder_layout.h"
#include "core/data/idx_files.h"
#include "core/files/gunzip.h"
#include "core/files/whole_file.h"

namespace pimento {

namespace {

constexpr std::int64_t MaxPixels = std::int64_t{1} << 30;
constexpr int MaxClasses = 256;  // a label is a byte
constexpr int UnsignedByte = 8;

// One file whose header is read, and whose elements come next.
struct Idx {
  UnpackedFile file;
  std::vector<std::int64_t> dimensions;
  std::int64_t total = 0;
};

Idx open(UnpackedFile &&file, std::size_t dimensions) {
  const QString place = file.place();
  std::array<std::uint8_t, 16> data{};
  const std::size_t header = 4 + 4 * dimensions;
  const std::size_t size = file.read({data.data(), header});
  if (size < 4 || data[0] != 0 || data[1] != 0)
    throw Error(place, QStringLiteral("is not an IDX file"), QStringLiteral("give the files of MNIST's format"));
  if (data[2] != UnsignedByte)
    throw Error(place, QStringLiteral("holds elements of type %1").arg(data[2]),
                QStringLiteral("bytes (type 8) are read"));
  if (data[3] != dimensions)
    throw Error(place, QStringLiteral("has %1 dimensions, not %2").arg(data[3]).arg(dimensions),
                QStringLiteral("are images and labels in the right order?"));
  if (size < header) throw Error(place, QStringLiteral("is not an IDX file"), QStringLiteral("it ends in its header"));
  Idx idx{std::move(file), {}, 1};
  for (std::size_t d = 0; d < dimensions; ++d) {
    const std::uint8_t *at = data.data() + 4 + 4 * d;
    const std::int64_t length = (std::int64_t{at[0]} << 24) | (at[1] << 16) | (at[2] << 8) | at[3];
    idx.dimensions.push_back(length);
    if (length == 0 || length > MaxPixels / idx.total)
      throw Error(place, QStringLiteral("has a dimension of %1").arg(length),
                  QStringLiteral("sets of up to 1 GB of pixels are read"));
    idx.total *= length;
  }
  if (idx.total > idx.file.mostBytes())
    throw Error(place, QStringLiteral("should hold %1 elements but is too small for them").arg(idx.total),
                QStringLiteral("fetch it again"));
  return idx;
}

std::vector<std::uint8_t> elements(Idx &idx) {
  std::vector<std::uint8_t> values(static_cast<std::size_t>(idx.total));
  std::size_t found = idx.file.read(values);
  std::array<std::uint8_t, 4096> more{};
  if (found == values.size()) found += idx.file.read(more);
  if (found != values.size())
    throw Error(idx.file.place(),
                QStringLiteral("should hold %1 elements but has %2")
                    .arg(idx.total)
                    .arg(found < values.size() + more.size() ? QString::number(found) : QStringLiteral("more")),
                QStringLiteral("fetch it again"));
  return values;
}

struct Pair {
  Idx images;
  Idx labels;
};

Pair open(UnpackedFile &&images, UnpackedFile &&labels) {
  Pair pair{open(std::move(images), 3), open(std::move(labels), 1)};
  if (pair.images.dimensions[0] != pair.labels.dimensions[0])
    throw Error(
        pair.labels.file.place(),
        QStringLiteral("has %1 labels for %2 images").arg(pair.labels.dimensions[0]).arg(pair.images.dimensions[0]),
        QStringLiteral("both files must be of one set"));
  return pair;
}

Shape shapeOf(const Pair &pair) {
  return {1, static_cast<int>(pair.images.dimensions[1]), static_cast<int>(pair.images.dimensions[2])};
}

Images read(Pair &pair) {
  const std::vector<std::uint8_t> labels = elements(pair.labels);
  return makeImages(shapeOf(pair), {labels.begin(), labels.end()}, elements(pair.images), pair.images.file.place());
}

// Both parts with their headers read.
struct Parts {
  Pair train;
  Pair test;
};

Parts open(const IdxFiles &files) {
  Parts parts{open(UnpackedFile(files.trainImages), UnpackedFile(files.trainLabels)),
              open(UnpackedFile(files.testImages), UnpackedFile(files.testLabels))};
  if (parts.train.images.total + parts.test.images.total > MaxPixels)
    throw Error(files.folder, QStringLiteral("holds more than 1 GB of pixels"), QStringLiteral("split the set"));
  return parts;
}

// Sets that are known by the MD5 of their test pixels.
struct Known {
  const char *testPixels;
  const char *testLabels;
  const char *name;
  const char *title;
  const char *source;
  QStringList classes;
};

const Known &fashionMnist() {
  static const Known known{
      "b7656a891b218fc13e45205c48a92cae",
      "8dea97a4e78c1bd1b5a6e8efbb870b6e",
      "fashion-mnist",
      "Fashion-MNIST",
      "Fashion-MNIST (H. Xiao, K. Rasul, R. Vollgraf, 2017)",
      {QStringLiteral("T-shirt/top"), QStringLiteral("Trouser"), QStringLiteral("Pullover"), QStringLiteral("Dress"),
       QStringLiteral("Coat"), QStringLiteral("Sandal"), QStringLiteral("Shirt"), QStringLiteral("Sneaker"),
       QStringLiteral("Bag"), QStringLiteral("Ankle boot")}};
  return known;
}

QByteArray checksum(std::span<const std::uint8_t> bytes) {
  return QCryptographicHash::hash(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())),
                                  QCryptographicHash::Md5)
      .toHex();
}

// The classes that the user's file names; none: there is no such file.
QStringList namedClasses(const QString &folder) {
  const QString path = QDir(folder).filePath(QStringLiteral("classes.txt"));
  if (!QFile::exists(path)) return {};
  QStringList names = linesOf(readWhole(path, 1 << 16));
  if (names.isEmpty() || names.size() > MaxClasses)
    throw Error(path, QStringLiteral("names %1 classes").arg(names.size()),
                QStringLiteral("name 1 to %1").arg(MaxClasses));
  return names;
}

QStringList numbered(int count) {
  QStringList names;
  for (int i = 0; i < count; ++i) names << QString::number(i);
  return names;
}

// Labels that no training image has: the network learns nothing of them.
QString unusedNote(const std::vector<bool> &used) {
  QStringList unused;
  for (std::size_t i = 0; i < used.size(); ++i)
    if (!used[i]) unused << QString::number(i);
  if (unused.isEmpty()) return {};
  return QStringLiteral("no training image has label %1").arg(unused.join(QStringLiteral(", ")));
}

template <class Labels>
int countClasses(const Labels &train, const Labels &test) {
  return 1 + std::max<int>(*std::max_element(train.begin(), train.end()), *std::max_element(test.begin(), test.end()));
}

template <class Labels>
std::vector<bool> usedOf(const Labels &labels, int classes) {
  std::vector<bool> used(static_cast<std::size_t>(classes));
  for (const auto label : labels)
    if (label < classes) used[label] = true;
  return used;
}

}  // namespace

Images readIdx(const QByteArray &images, const QByteArray &labels, const QString &imagesPlace,
               const QString &labelsPlace) {
  Pair pair = open(UnpackedFile(images, imagesPlace), UnpackedFile(labels, labelsPlace));
  return read(pair);
}

bool isIdxFolder(const QString &folder) { return hasIdxFiles(folder); }

Dataset readIdxFolder(const QString &folder) {
  const IdxFiles files = findIdxFiles(folder);
  Parts parts = open(files);
  Dataset set;
  set.train = read(parts.train);
  set.test = read(parts.test);
  const Known &fashion = fashionMnist();
  if (checksum(set.test.pixels) == fashion.testPixels) {
    set.name = QString::fromLatin1(fashion.name);
    set.title = QString::fromLatin1(fashion.title);
    set.source = QString::fromLatin1(fashion.source);
    set.classes = fashion.classes;
  } else {
    set.name = files.name;
    set.title = set.name;
    set.source = QStringLiteral("IDX files");
    set.classes = namedClasses(files.folder);
    if (set.classes.isEmpty()) set.classes = numbered(countClasses(set.train.labels, set.test.labels));
    set.note = unusedNote(usedOf(set.train.labels, static_cast<int>(set.classes.size())));
  }
  set.source += QStringLiteral(", read from %1").arg(files.folder);
  validate(set, files.folder);
  return set;
}

DatasetFacts idxFacts(const QString &folder) {
  const IdxFiles files = findIdxFiles(folder);
  Parts parts = open(files);
  const std::vector<std::uint8_t> train = elements(parts.train.labels);
  const std::vector<std::uint8_t> test = elements(parts.test.labels);
  const Known &fashion = fashionMnist();
  const bool known = checksum(test) == fashion.testLabels;
  const auto named = static_cast<int>(known ? fashion.classes.size() : namedClasses(files.folder).size());
  if (named > 0) {
    validateLabels({train.begin(), train.end()}, named, files.folder + QStringLiteral(", train"));
    validateLabels({test.begin(), test.end()}, named, files.folder + QStringLiteral(", test"));
  }
  DatasetFacts facts{known ? QString::fromLatin1(fashion.title) : files.name,
                     static_cast<std::int64_t>(train.size()),
                     static_cast<std::int64_t>(test.size()),
                     named > 0 ? named : countClasses(train, test),
                     shapeOf(parts.train),
                     {}};
  facts.note = unusedNote(usedOf(train, facts.classes));
  return facts;
}

}  // namespace pimento
