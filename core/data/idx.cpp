// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

#include "core/base/error.h"
#include "core/data/files.h"
#include "core/data/gunzip.h"

namespace pimento {

namespace {

constexpr qsizetype MaxBytes = qsizetype{1} << 30;
constexpr int UnsignedByte = 8;

struct Idx {
  std::vector<std::int64_t> dimensions;
  std::span<const std::uint8_t> elements;
};

Idx parse(const QByteArray &bytes, std::size_t dimensions, const QString &place) {
  const auto *data = reinterpret_cast<const std::uint8_t *>(bytes.constData());
  const auto size = static_cast<std::size_t>(bytes.size());
  const std::size_t header = 4 + 4 * dimensions;
  if (size < header || data[0] != 0 || data[1] != 0)
    throw Error(place, QStringLiteral("is not an IDX file"), QStringLiteral("give the files of MNIST's format"));
  if (data[2] != UnsignedByte)
    throw Error(place, QStringLiteral("holds elements of type %1").arg(data[2]),
                QStringLiteral("bytes (type 8) are read"));
  if (data[3] != dimensions)
    throw Error(place, QStringLiteral("has %1 dimensions, not %2").arg(data[3]).arg(dimensions),
                QStringLiteral("are images and labels in the right order?"));
  Idx idx;
  std::int64_t total = 1;
  for (std::size_t d = 0; d < dimensions; ++d) {
    const std::uint8_t *at = data + 4 + 4 * d;
    const std::int64_t length = (std::int64_t{at[0]} << 24) | (at[1] << 16) | (at[2] << 8) | at[3];
    idx.dimensions.push_back(length);
    if (length == 0 || length > MaxBytes / total)
      throw Error(place, QStringLiteral("has a dimension of %1").arg(length),
                  QStringLiteral("sets of up to 1 GB of pixels are read"));
    total *= length;
  }
  if (size - header != static_cast<std::size_t>(total))
    throw Error(place, QStringLiteral("should hold %1 elements but has %2").arg(total).arg(size - header),
                QStringLiteral("fetch it again"));
  idx.elements = {data + header, static_cast<std::size_t>(total)};
  return idx;
}

// The file itself, or the one with .gz.
QString existing(const QString &folder, const QString &name) {
  const QDir dir(folder);
  for (const QString &candidate : {name, name + QStringLiteral(".gz")})
    if (dir.exists(candidate)) return dir.filePath(candidate);
  return {};
}

Images readPair(const QString &folder, const QString &set) {
  const auto path = [&](const QString &what) {
    const QString name = set + what;
    const QString found = existing(folder, name);
    if (found.isEmpty())
      throw Error(folder, QStringLiteral("%1 (or %1.gz) is missing").arg(name),
                  QStringLiteral("the folder must hold the four files of MNIST's format"));
    return found;
  };
  const QString images = path(QStringLiteral("-images-idx3-ubyte"));
  const QString labels = path(QStringLiteral("-labels-idx1-ubyte"));
  return readIdx(readWhole(images, MaxBytes), readWhole(labels, MaxBytes), images, labels);
}

QByteArray checksum(const Images &images) {
  return QCryptographicHash::hash(QByteArrayView(images.pixels.data(), static_cast<qsizetype>(images.pixels.size())),
                                  QCryptographicHash::Md5)
      .toHex();
}

// Sets that are known by the MD5 of their test pixels.
struct Known {
  const char *testPixels;
  const char *name;
  const char *title;
  const char *source;
  QStringList classes;
};

const Known &fashionMnist() {
  static const Known known{
      "b7656a891b218fc13e45205c48a92cae",
      "fashion-mnist",
      "Fashion-MNIST",
      "Fashion-MNIST (H. Xiao, K. Rasul, R. Vollgraf, 2017)",
      {QStringLiteral("T-shirt/top"), QStringLiteral("Trouser"), QStringLiteral("Pullover"), QStringLiteral("Dress"),
       QStringLiteral("Coat"), QStringLiteral("Sandal"), QStringLiteral("Shirt"), QStringLiteral("Sneaker"),
       QStringLiteral("Bag"), QStringLiteral("Ankle boot")}};
  return known;
}

QStringList numbered(const Images &a, const Images &b) {
  std::uint16_t most = 0;
  for (const Images *images : {&a, &b})
    most = std::max(most, *std::max_element(images->labels.begin(), images->labels.end()));
  QStringList names;
  for (int i = 0; i <= most; ++i) names << QString::number(i);
  return names;
}

}  // namespace

Images readIdx(const QByteArray &imageBytes, const QByteArray &labelBytes, const QString &imagesPlace,
               const QString &labelsPlace) {
  const QByteArray imageFile = gunzip(imageBytes, MaxBytes + 64, imagesPlace);
  const QByteArray labelFile = gunzip(labelBytes, MaxBytes + 64, labelsPlace);
  const Idx images = parse(imageFile, 3, imagesPlace);
  const Idx labels = parse(labelFile, 1, labelsPlace);
  if (images.dimensions[0] != labels.dimensions[0])
    throw Error(labelsPlace,
                QStringLiteral("has %1 labels for %2 images").arg(labels.dimensions[0]).arg(images.dimensions[0]),
                QStringLiteral("both files must be of one set"));
  const Shape shape{1, static_cast<int>(images.dimensions[1]), static_cast<int>(images.dimensions[2])};
  return makeImages(shape, {labels.elements.begin(), labels.elements.end()},
                    {images.elements.begin(), images.elements.end()}, imagesPlace);
}

bool isIdxFolder(const QString &folder) {
  return !existing(folder, QStringLiteral("train-images-idx3-ubyte")).isEmpty() ||
         !existing(folder, QStringLiteral("t10k-images-idx3-ubyte")).isEmpty();
}

Dataset readIdxFolder(const QString &folder) {
  Dataset set;
  set.train = readPair(folder, QStringLiteral("train"));
  set.test = readPair(folder, QStringLiteral("t10k"));
  const Known &fashion = fashionMnist();
  if (checksum(set.test) == fashion.testPixels) {
    set.name = QString::fromLatin1(fashion.name);
    set.title = QString::fromLatin1(fashion.title);
    set.source = QString::fromLatin1(fashion.source);
    set.classes = fashion.classes;
  } else {
    set.name = QDir(folder).dirName();
    set.title = set.name;
    set.source = QStringLiteral("IDX files");
    set.classes = numbered(set.train, set.test);
  }
  set.source += QStringLiteral(", read from %1").arg(folder);
  validate(set, folder);
  return set;
}

}  // namespace pimento
