// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/picture.h"

#include <QImageReader>
#include <algorithm>
#include <array>
#include <memory>

#include "core/base/error.h"
#include "core/data/decoder_warnings.h"
#include "core/data/tiff_errors.h"
#include "core/data/whole_picture.h"
#include "core/files/whole_file.h"

namespace pimento {

namespace {

constexpr qint64 MaxPictureFile = qint64{1} << 30;
constexpr int MaxSide = 1 << 15;
constexpr qint64 LargePixels = 16 << 20;  // of 4 bytes: above that a picture is decoded at the size that is needed
constexpr int MaxDecoded_mb = 512;
constexpr int Channels = 3;

struct Format {
  const char *name;  // of Qt's plugin
  QByteArray magic;
  qsizetype at;
  QStringList suffixes;
};

const std::array<Format, 12> &formats() {
  const auto list = [](std::initializer_list<const char *> words) {
    QStringList texts;
    for (const char *word : words) texts << QString::fromLatin1(word);
    return texts;
  };
  static const std::array<Format, 12> known{{{"png", "\x89PNG\r\n\x1a\n", 0, list({"png"})},
                                             {"jpeg", "\xff\xd8\xff", 0, list({"jpg", "jpeg"})},
                                             {"bmp", "BM", 0, list({"bmp"})},
                                             {"gif", "GIF8", 0, list({"gif"})},
                                             {"ppm", "P6", 0, list({"ppm"})},
                                             {"ppm", "P3", 0, {}},
                                             {"pgm", "P5", 0, list({"pgm"})},
                                             {"pgm", "P2", 0, {}},
                                             {"webp", "WEBP", 8, list({"webp"})},
                                             {"tiff", QByteArray("II*\0", 4), 0, list({"tif", "tiff"})},
                                             {"tiff", QByteArray("MM\0*", 4), 0, {}},
                                             {"tiff", QByteArray("II+\0", 4), 0, {}}}};
  return known;
}

bool canRead(const Format &format) {
  static const QList<QByteArray> here = QImageReader::supportedImageFormats();
  return here.contains(QByteArray(format.name));
}

// A reader of the one format that the file's bytes show.
struct Opened {
  std::unique_ptr<OutsideFile> file;
  std::unique_ptr<QImageReader> reader;
};

Opened openPicture(const QString &path) {
  Opened opened{std::make_unique<OutsideFile>(path, MaxPictureFile), nullptr};
  const QString format = pictureFormat(opened.file->head(16));
  if (format.isEmpty())
    throw Error(path, QStringLiteral("can not be decoded: it is no picture of a format that is read"),
                QStringLiteral("give %1").arg(pictureSuffixes().join(QStringLiteral(", "))));
  opened.file->device().seek(0);
  opened.reader = std::make_unique<QImageReader>(&opened.file->device(), format.toLatin1());
  opened.reader->setAutoDetectImageFormat(false);
  opened.reader->setDecideFormatFromContent(false);
  opened.reader->setAutoTransform(true);
  if (opened.reader->format() == "tiff" && opened.reader->canRead()) silenceTiff();  // its plugin is loaded now
  return opened;
}

Error damagedPicture(const QString &path, const QString &why) {
  return {path, QStringLiteral("is damaged or truncated: %1").arg(why), QStringLiteral("fetch it again, or remove it")};
}

bool isTurned(const QImageReader &reader) {
  return (reader.transformation() & QImageIOHandler::TransformationRotate90) != 0;
}

// The size of a scaled picture whose shorter side has `side` pixels.
QSize scaledSize(const QSize &size, int side, int least) {
  const double scale = static_cast<double>(side) / std::min(size.width(), size.height());
  return {std::max(least, qRound(size.width() * scale)), std::max(least, qRound(size.height() * scale))};
}

// The middle of a picture that is longer than `most` times its shorter side.
QImage withoutEnds(const QImage &image, int most) {
  const int shorter = std::min(image.width(), image.height());
  const QSize size(std::min(image.width(), most * shorter), std::min(image.height(), most * shorter));
  if (size == image.size()) return image;
  return image.copy((image.width() - size.width()) / 2, (image.height() - size.height()) / 2, size.width(),
                    size.height());
}

}  // namespace

const QStringList &pictureSuffixes() {
  static const QStringList suffixes = [] {
    QStringList all;
    for (const Format &format : formats())
      if (canRead(format)) all << format.suffixes;
    return all;
  }();
  return suffixes;
}

QString pictureFormat(const QByteArray &head) {
  for (const Format &format : formats())
    if (canRead(format) && head.mid(format.at).startsWith(format.magic) && (format.at == 0 || head.startsWith("RIFF")))
      return QString::fromLatin1(format.name);
  return {};
}

bool isPicture(const QString &path) {
  try {
    return !pictureFormat(OutsideFile(path, MaxPictureFile).head(16)).isEmpty();
  } catch (const Error &) {
    return false;
  }
}

QSize pictureSize(const QString &path) {
  const Opened opened = openPicture(path);
  const DecoderWarnings warnings;
  const QSize size = opened.reader->size();
  if (size.isEmpty()) throw Error(path, QStringLiteral("can not be decoded"), QStringLiteral("is it a whole picture?"));
  return isTurned(*opened.reader) ? size.transposed() : size;
}

QImage decodePicture(const QString &path, int side) {
  const Opened opened = openPicture(path);
  QImageReader &reader = *opened.reader;
  const DecoderWarnings warnings;
  if (const QString problem = wholePictureProblem(*opened.file, reader.format()); !problem.isEmpty())
    throw damagedPicture(path, problem);
  opened.file->device().seek(0);
  const QSize size = reader.size();
  if (size.width() > MaxSide || size.height() > MaxSide)
    throw Error(path, QStringLiteral("is %1 x %2 pixels").arg(size.width()).arg(size.height()),
                QStringLiteral("pictures of up to 32,768 pixels a side are read"));
  if (side > 0 && !size.isEmpty() && qint64{size.width()} * size.height() > LargePixels &&
      std::min(size.width(), size.height()) > 2 * side)
    reader.setScaledSize(scaledSize(size, 2 * side, 1));
  if (QImageReader::allocationLimit() < MaxDecoded_mb) QImageReader::setAllocationLimit(MaxDecoded_mb);
  const QImage image = reader.read();
  if (image.isNull()) {
    const QString why = warnings.texts().isEmpty() ? reader.errorString() : warnings.texts().front();
    throw Error(path, QStringLiteral("can not be decoded"), why);
  }
  // Other decoders also warn of harmless things, such as a colour profile; JPEG's of missing or foreign data.
  if (reader.format() == "jpeg" && !warnings.texts().isEmpty()) throw damagedPicture(path, warnings.texts().front());
  return image.convertToFormat(QImage::Format_RGB888);
}

QImage fitted(const QImage &whole, int crop, int resize) {
  if (whole.width() == crop && whole.height() == crop) return whole;
  constexpr int MostRatio = 16;
  const QImage image = withoutEnds(whole, MostRatio);
  const QSize size = scaledSize(image.size(), std::max(resize, crop), crop);
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

Images readPicture(const QString &path, const Shape &shape) {
  if (shape.height != shape.width || (shape.channels != 1 && shape.channels != Channels))
    throw Error(path,
                QStringLiteral("can not become %1 x %2 pixels of %3 channels")
                    .arg(shape.width)
                    .arg(shape.height)
                    .arg(shape.channels),
                QStringLiteral("pictures become square ones, grey or in colours"));
  const QImage image = fitted(decodePicture(path, shape.width), shape.width, 0);
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
