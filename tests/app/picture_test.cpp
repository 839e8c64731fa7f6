// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures as they are in the wild (core/data/picture.h, image_folder.h); here, where there are encoders.
#include "core/data/picture.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <QBuffer>
#include <QDir>
#include <QImage>
#include <QImageReader>
#include <QImageWriter>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/data/image_folder.h"
#include "tests/cli/open_watch.h"
#include "tests/cli/program.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QImage gradient(int width, int height) {
  QImage image(width, height, QImage::Format_RGB32);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) image.setPixel(x, y, qRgb(255 * x / width, 255 * y / height, 90));
  return image;
}

QByteArray encoded(const QImage &image, const char *format) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (!image.save(&buffer, format)) qFatal("no encoder of %s", format);
  return bytes;
}

QByteArray svgNaming(const QString &file) {
  return "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='64' height='64'>"
         "<image width='64' height='64' xlink:href='file://" +
         file.toUtf8() + "'/><rect width='30' height='30' fill='red'/></svg>";
}

const QByteArray Xpm = "/* XPM */\nstatic char *a[] = {\"2 2 1 1\", \"a c #ff0000\", \"aa\", \"aa\"};\n";

class Pictures : public testing::Test {
 protected:
  QString put(const QString &name, const QByteArray &bytes) const {
    const QString path = m_root.filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    writeFile(path, bytes);
    return path;
  }
  void expectRefused(const QString &path, const std::string &part) const {
    try {
      static_cast<void>(decodePicture(path, 32));
      ADD_FAILURE() << path.toStdString() << " is decoded";
    } catch (const Error &error) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
      EXPECT_EQ(std::string(error.what()).find(path.toStdString()), 0U) << error.what();
    }
  }
  [[nodiscard]] std::string folderError(const FolderOptions &options = {}) const {
    try {
      static_cast<void>(readImageFolder(m_root.path(), options));
    } catch (const Error &error) {
      return error.what();
    }
    return "no error";
  }
  QTemporaryDir m_root;
};

}  // namespace

TEST_F(Pictures, areToldByTheirContent) {
  const QImage image = gradient(64, 48);
  for (const char *format : {"png", "jpeg", "bmp", "ppm", "webp", "tiff"}) {
    if (!QImageWriter::supportedImageFormats().contains(format)) continue;  // a plugin that is not installed
    const QByteArray bytes = encoded(image, format);
    EXPECT_EQ(pictureFormat(bytes.left(16)), QString::fromLatin1(format));
    const QString path = put(QStringLiteral("%1.of-no-known-name").arg(QLatin1String(format)), bytes);
    EXPECT_TRUE(isPicture(path));
    EXPECT_EQ(pictureSize(path), QSize(64, 48)) << format;
    const QImage decoded = decodePicture(path, 0);
    ASSERT_EQ(decoded.size(), QSize(64, 48)) << format;
    EXPECT_NEAR(qRed(decoded.pixel(32, 24)), 127, 8) << format;
    EXPECT_NEAR(qGreen(decoded.pixel(32, 24)), 127, 8) << format;
  }
}

TEST_F(Pictures, drawingsAreNoneAndOpenNothing) {
  const QString secret = put(QStringLiteral("elsewhere/secret.png"), encoded(gradient(8, 8), "png"));
  OpenWatch watch({QFileInfo(secret).path()});
  ASSERT_FALSE(decodePicture(secret, 0).isNull());
  ASSERT_EQ(watch.opened(), QStringList(secret)) << "the watch sees what is opened";
  const QByteArray svg = svgNaming(secret);
  for (const auto &[name, bytes] : {std::pair{"a.png", svg}, std::pair{"b.svg", svg}, std::pair{"c.jpg", "\n" + svg},
                                    std::pair{"d.png", Xpm}, std::pair{"e.png", QByteArray("hello")}}) {
    const QString path = put(QString::fromLatin1(name), bytes);
    EXPECT_FALSE(isPicture(path)) << name;
    expectRefused(path, "it is no picture of a format that is read; give png, jpg");
    EXPECT_THROW(static_cast<void>(readPicture(path, {3, 32, 32})), Error) << name;
  }
  // Of a whole set, by the program.
  for (const char *part : {"set/train/a", "set/test/a"}) put(QString::fromLatin1(part) + QStringLiteral("/1.png"), svg);
  const Output run = runPimento({QStringLiteral("data"), m_root.filePath(QStringLiteral("set"))});
  EXPECT_EQ(run.exitCode, 2) << run.out.toStdString();
  EXPECT_TRUE(watch.opened().isEmpty());
}

TEST_F(Pictures, damageIsAnErrorWithTheFilesName) {
  const QByteArray jpeg = encoded(gradient(200, 150), "jpeg");
  for (const double part : {0.3, 0.6, 0.9})
    expectRefused(
        put(QStringLiteral("cut.jpg"), jpeg.left(static_cast<qsizetype>(part * static_cast<double>(jpeg.size())))),
        "damaged or truncated");
  const QByteArray png = encoded(gradient(200, 150), "png");
  testing::internal::CaptureStderr();
  for (const qsizetype size : {png.size() / 2, png.size() - 12, png.size() - 1})
    expectRefused(put(QStringLiteral("cut.png"), png.left(size)), "damaged or truncated: it ends before");
  QByteArray changed = png;
  changed[png.size() / 2] = static_cast<char>(changed[png.size() / 2] ^ 1);
  expectRefused(put(QStringLiteral("changed.png"), changed), "damaged or truncated: the checksum of its part IDAT");
  for (const char *format : {"bmp", "ppm", "webp", "tiff"}) {
    if (!QImageWriter::supportedImageFormats().contains(format)) continue;
    const QByteArray bytes = encoded(gradient(200, 150), format);
    const QString path = put(QStringLiteral("cut.") + QLatin1String(format), bytes.left(bytes.size() / 2));
    EXPECT_THROW(static_cast<void>(decodePicture(path, 32)), Error) << format;
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  // What decoders say does not reach standard error without the name of the file.
  put(QStringLiteral("set/train/a/1.jpg"), jpeg.left(jpeg.size() / 2));
  put(QStringLiteral("set/test/a/1.jpg"), jpeg);
  const Output run = runPimento(
      {QStringLiteral("data"), m_root.filePath(QStringLiteral("set")), QStringLiteral("--crop"), QStringLiteral("32")});
  EXPECT_EQ(run.exitCode, 2);
  EXPECT_EQ(run.err.count('\n'), 1) << run.err.toStdString();
  EXPECT_TRUE(run.err.contains("train/a/1.jpg: is damaged or truncated")) << run.err.toStdString();
}

TEST_F(Pictures, largePhotographsAreDecodedAtTheSizeThatIsNeeded) {
  QImage photo(9000, 5000, QImage::Format_RGB32);  // 180 MB
  photo.fill(QColor(200, 100, 50));
  const QString path = put(QStringLiteral("photo.jpg"), encoded(photo, "jpeg"));
  photo = {};
  const QImage decoded = decodePicture(path, 224);
  EXPECT_LT(decoded.height(), 1000);
  EXPECT_NEAR(static_cast<double>(decoded.width()) / decoded.height(), 1.8, 0.01);
  const Images image = readPicture(path, {3, 224, 224});
  EXPECT_NEAR(image.pixels[0], 200, 4);
  EXPECT_FALSE(decodePicture(path, 0).isNull());
}

TEST_F(Pictures, narrowOnesAreScaledWithinBounds) {
  const QString path = put(QStringLiteral("narrow.png"), encoded(gradient(1, 32768), "png"));
  const Images image = readPicture(path, {3, 224, 224});
  EXPECT_EQ(image.shape, (Shape{3, 224, 224}));
  EXPECT_NEAR(image.pixels[224 * 224 + 224 * 112], 127, 3) << "green of the middle";
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  EXPECT_LT(usage.ru_maxrss, 700 * 1024);
}

TEST_F(Pictures, foldersAreReadAsPeopleHaveThem) {
  const QByteArray png = encoded(gradient(32, 32), "png");
  put(QStringLiteral("Train/a/1.png"), png);
  put(QStringLiteral("Train/a/deeper/still/2.PNG"), png);
  put(QStringLiteral("Train/b/1.ppm"), encoded(gradient(32, 32), "ppm"));
  put(QStringLiteral("Train/b/notes.txt"), "x");
  put(QStringLiteral("Train/b/movie.mp4"), "x");
  QDir(m_root.path()).mkpath(QStringLiteral("Train/c"));
  put(QStringLiteral("valid/a/1.png"), png);
  const Dataset set = readImageFolder(m_root.path());
  EXPECT_EQ(set.train.labels, (std::vector<std::uint16_t>{0, 0, 1}));
  EXPECT_EQ(set.classes.size(), 3);
  for (const char *part : {"2 files are not read, such as ", "b/movie.mp4", "no training pictures of c",
                           "no test pictures of b, c", "valid is the test set"})
    EXPECT_TRUE(set.note.contains(QLatin1String(part))) << set.note.toStdString();
  const DatasetFacts facts = imageFolderFacts(m_root.path());
  EXPECT_EQ(facts.note, set.note);
  EXPECT_EQ(facts.trainingImages, 3);
  EXPECT_EQ(facts.shape, (Shape{3, 32, 32}));
}

TEST_F(Pictures, mixedSizesNeedACrop) {
  put(QStringLiteral("train/a/1.png"), encoded(gradient(32, 32), "png"));
  put(QStringLiteral("train/a/2.png"), encoded(gradient(40, 32), "png"));
  put(QStringLiteral("test/a/1.png"), encoded(gradient(32, 32), "png"));
  EXPECT_NE(
      folderError().find("2.png: is 40 x 32 pixels, others 32 x 32; say to which size pictures are cropped (--crop"),
      std::string::npos)
      << folderError();
  EXPECT_EQ(imageFolderFacts(m_root.path()).shape.width, 0);
  FolderOptions options;
  options.crop = 24;
  EXPECT_EQ(imageFolderFacts(m_root.path(), options).shape.width, 24);
  EXPECT_EQ(readImageFolder(m_root.path(), options).train.shape, (Shape{3, 24, 24}));
  FolderOptions only;
  only.resize = 24;
  EXPECT_NE(folderError(only).find("are resized to 24 pixels, but not cropped"), std::string::npos)
      << folderError(only);
}
