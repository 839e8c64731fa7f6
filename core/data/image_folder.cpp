// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_folder.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <algorithm>

#include "core/base/error.h"
#include "core/data/crop_problem.h"
#include "core/data/folder_layout.h"
#include "core/data/picture.h"
#include "core/files/save_file.h"

namespace pimento {

namespace {

constexpr int MaxCropSide = 1024;
constexpr qsizetype MaxFolders = 65535;
constexpr int FolderChannels = 3;
const QString SayCrop = QStringLiteral("say to which size pictures are cropped (--crop PIXELS)");

using Pictures = std::vector<PictureFile>;

// Both parts, listed.
struct Listed {
  FolderLayout layout;
  QStringList classes;
  PictureList train;
  PictureList test;
};

Listed listFolder(const QString &folder, const FolderOptions &options) {
  Listed listed{folderLayout(folder), {}, {}, {}};
  if (!isImageFolder(folder))
    throw Error(folder, QStringLiteral("is no image folder: it holds %1").arg(contentOf(folder)),
                QStringLiteral("expected train/CLASS/*.png|jpg and test/CLASS/… (or val/CLASS/…)"));
  if (options.crop < 0 || options.crop > MaxCropSide || options.resize < 0 || options.resize > MaxCropSide)
    throw Error(folder, QStringLiteral("a size of %1 pixels").arg(std::max(options.crop, options.resize)),
                QStringLiteral("give 1 to %1").arg(MaxCropSide));
  requireCrop(folder, options.crop, options.resize);
  listed.classes = classFolders(listed.layout.train);
  if (listed.classes.size() > MaxFolders)
    throw Error(listed.layout.train, QStringLiteral("has more than %1 classes").arg(MaxFolders));
  listed.train = listPictures(listed.layout.train, listed.classes, options.stop);
  listed.test = listPictures(listed.layout.test, listed.classes, options.stop);
  return listed;
}

int commonSide(const Pictures &pictures) {
  const QSize size = pictureSize(pictures.front().path);
  if (size.width() != size.height())
    throw Error(pictures.front().path, QStringLiteral("is %1 x %2 pixels").arg(size.width()).arg(size.height()),
                SayCrop);
  return size.width();
}

// The side that a thousand pictures of both parts, evenly spread, have in common; 0: they differ, or one is damaged.
int likelySide(const Listed &listed, const std::stop_token &stop) {
  constexpr std::size_t Most = 500;
  int side = 0;
  for (const Pictures *pictures : {&listed.train.pictures, &listed.test.pictures})
    for (std::size_t i = 0; i < pictures->size() && !stop.stop_requested(); i += 1 + pictures->size() / Most) {
      try {
        const QSize size = pictureSize((*pictures)[i].path);
        if (size.width() != size.height() || (side != 0 && size.width() != side)) return 0;
        side = size.width();
      } catch (const Error &) {
        return 0;
      }
    }
  return side <= MaxCropSide ? side : 0;
}

// Names the decoded pixels by all that decides them.
QString cacheName(const Pictures &pictures, int crop, int resize) {
  QCryptographicHash hash(QCryptographicHash::Sha256);
  hash.addData(QByteArray::number(crop) + ' ' + QByteArray::number(resize) + " 2\n");  // 2: how they are decoded
  for (const PictureFile &picture : pictures) {
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
void decodeAll(const Pictures &pictures, int crop, const FolderOptions &options, Progress &progress, Take take) {
  QByteArray planes;
  for (const PictureFile &picture : pictures) {
    progress.step(picture.path);
    const QImage image = decodePicture(picture.path, std::max(crop, options.resize));
    if (options.crop == 0 && (image.width() != crop || image.height() != crop))
      throw Error(picture.path,
                  QStringLiteral("is %1 x %2 pixels, others %3 x %3").arg(image.width()).arg(image.height()).arg(crop),
                  SayCrop);
    planes.clear();
    appendPlanes(planes, fitted(image, crop, options.resize));
    take(planes);
  }
}

std::vector<std::uint16_t> labelsOf(const Pictures &pictures) {
  std::vector<std::uint16_t> labels;
  labels.reserve(pictures.size());
  for (const PictureFile &picture : pictures) labels.push_back(picture.label);
  return labels;
}

Images mapped(const QString &path, const Shape &shape, const Pictures &pictures) {
  auto file = std::make_shared<QFile>(path);
  const qint64 bytes = shape.elements() * static_cast<qint64>(pictures.size());
  if (!file->open(QIODevice::ReadOnly) || file->size() != bytes) return {};
  const uchar *data = file->map(0, bytes);
  if (data == nullptr) return {};
  return {shape, labelsOf(pictures), {data, static_cast<std::size_t>(bytes)}, file};
}

Images decodeIntoMemory(const Pictures &pictures, const Shape &shape, const FolderOptions &options,
                        Progress &progress) {
  std::vector<std::uint8_t> pixels;
  pixels.reserve(static_cast<std::size_t>(shape.elements()) * pictures.size());
  decodeAll(pictures, shape.width, options, progress,
            [&](const QByteArray &planes) { pixels.insert(pixels.end(), planes.begin(), planes.end()); });
  return makeImages(shape, labelsOf(pictures), std::move(pixels), pictures.front().path);
}

Images readSet(const Pictures &pictures, int crop, const FolderOptions &options, Progress &progress) {
  const Shape shape{FolderChannels, crop, crop};
  if (options.cache.isEmpty()) return decodeIntoMemory(pictures, shape, options, progress);
  const QString path = QDir(options.cache).filePath(cacheName(pictures, crop, options.resize));
  if (Images images = mapped(path, shape, pictures); images.size() > 0) {
    progress.done += pictures.size();
    return images;
  }
  makeFolder(options.cache);
  SaveFile file(path);
  decodeAll(pictures, crop, options, progress, [&](const QByteArray &planes) { file.write(planes); });
  file.commit();
  Images images = mapped(path, shape, pictures);
  if (images.size() == 0) throw Error(path, QStringLiteral("can not be mapped into memory"));
  return images;
}

}  // namespace

bool isImageFolder(const QString &folder) {
  const FolderLayout layout = folderLayout(folder);
  return !layout.train.isEmpty() && !layout.test.isEmpty();
}

int imageFolderClasses(const QString &folder) {
  return static_cast<int>(classFolders(folderLayout(folder).train).size());
}

DatasetFacts imageFolderFacts(const QString &folder, const FolderOptions &options) {
  const Listed listed = listFolder(folder, options);
  const int side = options.crop > 0 ? options.crop : likelySide(listed, options.stop);
  return {folderName(folder),
          static_cast<std::int64_t>(listed.train.pictures.size()),
          static_cast<std::int64_t>(listed.test.pictures.size()),
          static_cast<int>(listed.classes.size()),
          Shape{FolderChannels, side, side},
          unreadNote(listed.layout, listed.train, listed.test)};
}

Dataset readImageFolder(const QString &folder, const FolderOptions &options) {
  const Listed listed = listFolder(folder, options);
  const Pictures &train = listed.train.pictures;
  const Pictures &test = listed.test.pictures;
  const int crop = options.crop > 0 ? options.crop : commonSide(train);
  if (crop > MaxCropSide)
    throw Error(folder, QStringLiteral("pictures of %1 pixels").arg(crop),
                SayCrop + QStringLiteral(", up to %1").arg(MaxCropSide));
  Dataset set;
  set.classes = listed.classes;
  Progress progress{options, train.size() + test.size()};
  set.train = readSet(train, crop, options, progress);
  set.test = readSet(test, crop, options, progress);
  set.name = folderName(folder);
  set.title = set.name;
  set.source = QStringLiteral("image folder %1").arg(folder);
  QStringList notes{unreadNote(listed.layout, listed.train, listed.test)};
  const QString suffix = QFileInfo(train.front().path).suffix().toLower();
  if (suffix == QStringLiteral("jpg") || suffix == QStringLiteral("jpeg"))
    notes << QStringLiteral("decoded from JPEG files: not comparable with results on the original pixels");
  notes.removeAll(QString());
  set.note = notes.join(QStringLiteral("; "));
  validate(set, folder);
  return set;
}

}  // namespace pimento
