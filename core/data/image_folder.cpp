// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_folder.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QSaveFile>
#include <algorithm>

#include "core/base/error.h"

namespace pimento {

namespace {

constexpr int MaxSide = 1024;
constexpr qsizetype MaxPictures = 1 << 24;
constexpr qsizetype MaxClasses = 65535;
constexpr int Channels = 3;

const QStringList &patterns() {
  static const QStringList names{QStringLiteral("*.png"), QStringLiteral("*.jpg"), QStringLiteral("*.jpeg"),
                                 QStringLiteral("*.JPEG"), QStringLiteral("*.bmp")};
  return names;
}

struct Picture {
  QString path;
  std::uint16_t label = 0;
};

QStringList classFolders(const QString &folder) {
  return QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

std::vector<Picture> listPictures(const QString &folder, const QStringList &classes) {
  std::vector<Picture> pictures;
  for (const QString &name : classFolders(folder)) {
    const qsizetype label = classes.indexOf(name);
    if (label < 0)
      throw Error(folder, QStringLiteral("class folder %1 is not in train").arg(quoted(name)),
                  QStringLiteral("both sets must have the same classes"));
    const QDir dir(QDir(folder).filePath(name));
    for (const QString &file : dir.entryList(patterns(), QDir::Files, QDir::Name))
      pictures.push_back({dir.filePath(file), static_cast<std::uint16_t>(label)});
    if (static_cast<qsizetype>(pictures.size()) > MaxPictures)
      throw Error(folder, QStringLiteral("holds more than %1 pictures").arg(MaxPictures));
  }
  if (pictures.empty())
    throw Error(folder, QStringLiteral("holds no pictures"), QStringLiteral("expected CLASS/*.png or CLASS/*.jpg"));
  return pictures;
}

QImage decode(const QString &path) {
  QImageReader reader(path);
  reader.setAutoTransform(true);
  const QSize size = reader.size();
  if (size.isValid() && (size.width() > 1 << 15 || size.height() > 1 << 15))
    throw Error(path, QStringLiteral("is %1 x %2 pixels").arg(size.width()).arg(size.height()),
                QStringLiteral("pictures of up to 32,768 pixels a side are read"));
  const QImage image = reader.read();
  if (image.isNull()) throw Error(path, QStringLiteral("can not be decoded"), reader.errorString());
  return image.convertToFormat(QImage::Format_RGB888);
}

QImage fit(const QImage &image, int crop, int resize) {
  if (image.width() == crop && image.height() == crop) return image;
  const double scale = static_cast<double>(std::max(resize, crop)) / std::min(image.width(), image.height());
  const QSize size(std::max(crop, qRound(image.width() * scale)), std::max(crop, qRound(image.height() * scale)));
  const QImage scaled = image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
  return scaled.copy((size.width() - crop) / 2, (size.height() - crop) / 2, crop, crop)
      .convertToFormat(QImage::Format_RGB888);
}

void appendPlanes(QByteArray &pixels, const QImage &image) {
  const qsizetype start = pixels.size();
  const qsizetype plane = qsizetype{image.width()} * image.height();
  pixels.resize(start + Channels * plane);
  auto *out = reinterpret_cast<uchar *>(pixels.data() + start);
  for (int y = 0; y < image.height(); ++y) {
    const uchar *row = image.constScanLine(y);
    for (int x = 0; x < image.width(); ++x, ++out)
      for (int c = 0; c < Channels; ++c) out[c * plane] = row[Channels * x + c];
  }
}

int commonSide(const std::vector<Picture> &pictures) {
  const QSize size = QImageReader(pictures.front().path).size();
  if (!size.isValid())
    throw Error(pictures.front().path, QStringLiteral("can not be decoded"), QStringLiteral("is it a picture?"));
  if (size.width() != size.height())
    throw Error(pictures.front().path, QStringLiteral("is %1 x %2 pixels").arg(size.width()).arg(size.height()),
                QStringLiteral("say to which size pictures are cropped"));
  return size.width();
}

// Names the decoded pixels by all that decides them.
QString cacheName(const std::vector<Picture> &pictures, int crop, int resize) {
  QCryptographicHash hash(QCryptographicHash::Sha256);
  hash.addData(QByteArray::number(crop) + ' ' + QByteArray::number(resize) + '\n');
  for (const Picture &picture : pictures) {
    const QFileInfo info(picture.path);
    hash.addData(info.absoluteFilePath().toUtf8() + ' ' + QByteArray::number(info.size()) + ' ' +
                 QByteArray::number(info.lastModified().toMSecsSinceEpoch()) + '\n');
  }
  return QString::fromLatin1(hash.result().toHex().left(24)) + QStringLiteral(".pixels");
}

struct Progress {
  const FolderOptions &options;
  std::size_t all;
  std::size_t done = 0;
  void step(const QString &place) {
    if (options.stop.stop_requested()) throw Error(place, QStringLiteral("stopped before all pictures were read"));
    if (options.progress) options.progress(++done, all);
  }
};

// Decodes every picture and hands over its planes.
template <class Take>
void decodeAll(const std::vector<Picture> &pictures, int crop, const FolderOptions &options, Progress &progress,
               Take take) {
  QByteArray planes;
  for (const Picture &picture : pictures) {
    progress.step(picture.path);
    const QImage image = decode(picture.path);
    if (options.crop == 0 && (image.width() != crop || image.height() != crop))
      throw Error(picture.path,
                  QStringLiteral("is %1 x %2 pixels, others %3 x %3").arg(image.width()).arg(image.height()).arg(crop),
                  QStringLiteral("say to which size pictures are cropped"));
    planes.clear();
    appendPlanes(planes, fit(image, crop, options.resize));
    take(planes);
  }
}

std::vector<std::uint16_t> labelsOf(const std::vector<Picture> &pictures) {
  std::vector<std::uint16_t> labels;
  labels.reserve(pictures.size());
  for (const Picture &picture : pictures) labels.push_back(picture.label);
  return labels;
}

Images mapped(const QString &path, const Shape &shape, const std::vector<Picture> &pictures) {
  auto file = std::make_shared<QFile>(path);
  const qint64 bytes = shape.elements() * static_cast<qint64>(pictures.size());
  if (!file->open(QIODevice::ReadOnly) || file->size() != bytes) return {};
  const uchar *data = file->map(0, bytes);
  if (data == nullptr) return {};
  return {shape, labelsOf(pictures), {data, static_cast<std::size_t>(bytes)}, file};
}

Images decodeIntoMemory(const std::vector<Picture> &pictures, const Shape &shape, const FolderOptions &options,
                        Progress &progress) {
  std::vector<std::uint8_t> pixels;
  pixels.reserve(static_cast<std::size_t>(shape.elements()) * pictures.size());
  decodeAll(pictures, shape.width, options, progress,
            [&](const QByteArray &planes) { pixels.insert(pixels.end(), planes.begin(), planes.end()); });
  return makeImages(shape, labelsOf(pictures), std::move(pixels), pictures.front().path);
}

Images readSet(const std::vector<Picture> &pictures, int crop, const FolderOptions &options, Progress &progress) {
  const Shape shape{Channels, crop, crop};
  if (options.cache.isEmpty()) return decodeIntoMemory(pictures, shape, options, progress);
  const QString path = QDir(options.cache).filePath(cacheName(pictures, crop, options.resize));
  if (Images images = mapped(path, shape, pictures); images.size() > 0) {
    progress.done += pictures.size();
    return images;
  }
  QDir().mkpath(options.cache);
  QSaveFile file(path);
  const auto fail = [&] {
    return Error(path, QStringLiteral("the decoded pictures can not be written"), file.errorString());
  };
  if (!file.open(QIODevice::WriteOnly)) throw fail();
  decodeAll(pictures, crop, options, progress, [&](const QByteArray &planes) {
    if (file.write(planes) != planes.size()) throw fail();
  });
  if (!file.flush() || !file.commit()) throw fail();
  Images images = mapped(path, shape, pictures);
  if (images.size() == 0) throw Error(path, QStringLiteral("can not be mapped into memory"));
  return images;
}

QString testFolder(const QString &folder) {
  const QDir dir(folder);
  for (const QString &name : {QStringLiteral("test"), QStringLiteral("val")})
    if (dir.exists(name)) return dir.filePath(name);
  return {};
}

}  // namespace

int imageFolderClasses(const QString &folder) {
  return static_cast<int>(classFolders(QDir(folder).filePath(QStringLiteral("train"))).size());
}

bool isImageFolder(const QString &folder) {
  return QDir(folder).exists(QStringLiteral("train")) && !testFolder(folder).isEmpty();
}

Dataset readImageFolder(const QString &folder, const FolderOptions &options) {
  const QString trainFolder = QDir(folder).filePath(QStringLiteral("train"));
  const QString test = testFolder(folder);
  if (!isImageFolder(folder))
    throw Error(folder, QStringLiteral("is no image folder"),
                QStringLiteral("expected train/CLASS/*.png|jpg and test/CLASS/… (or val/CLASS/…)"));
  if (options.crop < 0 || options.crop > MaxSide || options.resize < 0 || options.resize > MaxSide)
    throw Error(folder, QStringLiteral("a size of %1 pixels").arg(std::max(options.crop, options.resize)),
                QStringLiteral("give 1 to %1").arg(MaxSide));
  Dataset set;
  set.classes = classFolders(trainFolder);
  if (set.classes.size() > MaxClasses)
    throw Error(trainFolder, QStringLiteral("has more than %1 classes").arg(MaxClasses));
  const auto train = listPictures(trainFolder, set.classes);
  const auto tests = listPictures(test, set.classes);
  const int crop = options.crop > 0 ? options.crop : commonSide(train);
  if (crop > MaxSide)
    throw Error(folder, QStringLiteral("pictures of %1 pixels").arg(crop),
                QStringLiteral("say to which size they are cropped, up to %1").arg(MaxSide));
  Progress progress{options, train.size() + tests.size()};
  set.train = readSet(train, crop, options, progress);
  set.test = readSet(tests, crop, options, progress);
  set.name = QDir(QFileInfo(folder).absoluteFilePath()).dirName();
  set.title = set.name;
  set.source = QStringLiteral("image folder %1").arg(folder);
  const QString suffix = QFileInfo(train.front().path).suffix().toLower();
  if (suffix != QStringLiteral("png") && suffix != QStringLiteral("bmp"))
    set.note = QStringLiteral("decoded from JPEG files: not comparable with results on the original pixels");
  validate(set, folder);
  return set;
}

Images readPicture(const QString &path, const Shape &shape) {
  if (shape.height != shape.width || (shape.channels != 1 && shape.channels != Channels))
    throw Error(path,
                QStringLiteral("can not become %1 x %2 pixels of %3 channels")
                    .arg(shape.width)
                    .arg(shape.height)
                    .arg(shape.channels),
                QStringLiteral("pictures become square ones, grey or in colours"));
  const QImage image = fit(decode(path), shape.width, 0);
  QByteArray planes;
  if (shape.channels == Channels) {
    appendPlanes(planes, image);
  } else {
    const QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
    for (int y = 0; y < shape.height; ++y)
      planes.append(reinterpret_cast<const char *>(grey.constScanLine(y)), shape.width);
  }
  return makeImages(shape, {0}, {planes.begin(), planes.end()}, path);
}

}  // namespace pimento
