// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_folder.h"

#include <gtest/gtest.h>

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/data/crop_problem.h"
#include "core/data/dataset.h"
#include "core/data/picture.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;
using namespace pimento::test;

namespace {

// A PNG needs compression and checksums; a BMP is a header and its rows, bottom up, blue green red.
QByteArray bmp(int width, int height, int red, int green, int blue) {
  const int stride = (3 * width + 3) / 4 * 4;
  const auto little = [](std::uint64_t v, int bytes) {
    QByteArray out;
    for (int i = 0; i < bytes; ++i) out.append(static_cast<char>(v >> (8 * i)));
    return out;
  };
  const auto u = [](int v) { return static_cast<std::uint32_t>(v); };
  QByteArray file = "BM" + little(u(54 + stride * height), 4) + little(0, 4) + little(54, 4) + little(40, 4) +
                    little(u(width), 4) + little(u(height), 4) + little(1, 2) + little(24, 2) + little(0, 4) +
                    little(u(stride * height), 4) + little(2835, 4) + little(2835, 4) + little(0, 8);
  for (int y = 0; y < height; ++y) {
    QByteArray row;
    for (int x = 0; x < width; ++x)
      row.append(static_cast<char>(blue)).append(static_cast<char>(green)).append(static_cast<char>(red + x));
    file += row.leftJustified(stride, '\0');
  }
  return file;
}

struct Folder {
  QTemporaryDir root;
  Folder() {
    for (const char *part : {"train/cat", "train/dog", "test/cat", "test/dog"})
      QDir(root.path()).mkpath(QString::fromLatin1(part));
    for (int i = 0; i < 3; ++i) {
      put(QStringLiteral("train/cat/%1.bmp").arg(i), bmp(8, 8, 10 * i, 100, 200));
      put(QStringLiteral("train/dog/%1.bmp").arg(i), bmp(8, 8, 10 * i, 50, 60));
    }
    put(QStringLiteral("test/cat/a.bmp"), bmp(8, 8, 5, 100, 200));
    put(QStringLiteral("test/dog/b.bmp"), bmp(8, 8, 7, 50, 60));
  }
  void put(const QString &path, const QByteArray &bytes) const { writeFile(QDir(root.path()).filePath(path), bytes); }
  void expectError(const FolderOptions &options, const std::string &part) const {
    try {
      static_cast<void>(readImageFolder(root.path(), options));
      ADD_FAILURE() << "no error";
    } catch (const Error &error) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
  }
};

}  // namespace

TEST(ImageFolder, readsClassesInOrderOfTheirNames) {
  const Folder folder;
  const Dataset set = openDataset(folder.root.path());
  EXPECT_EQ(set.classes, (QStringList{QStringLiteral("cat"), QStringLiteral("dog")}));
  EXPECT_EQ(set.train.labels, (std::vector<std::uint16_t>{0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(set.train.shape, (Shape{3, 8, 8}));
  EXPECT_EQ(set.train.image(2)[3], 23);    // red: 20 + x
  EXPECT_EQ(set.train.image(2)[64], 100);  // green
  EXPECT_EQ(set.train.image(2)[128], 200);
}

TEST(ImageFolder, cropsTheMiddleOfOtherSizes) {
  const Folder folder;
  folder.put(QStringLiteral("train/cat/wide.bmp"), bmp(16, 8, 0, 1, 2));
  folder.expectError({}, "wide.bmp: is 16 x 8 pixels, others 8 x 8; say to which size pictures are cropped");
  FolderOptions options;
  options.crop = 8;
  const Dataset set = readImageFolder(folder.root.path(), options);
  EXPECT_EQ(set.train.size(), 7U);
  EXPECT_EQ(set.train.image(3)[0], 4);  // the middle 8 of 16 columns
}

TEST(ImageFolder, refusesACropThatIsLargerThanTheResizedPicture) {
  const Folder folder;
  FolderOptions options;
  options.crop = 8;
  options.resize = 6;
  folder.expectError(options, "a crop of 8 pixels is larger than the 6 to which pictures are resized; give --resize 8");
  EXPECT_THROW(static_cast<void>(imageFolderFacts(folder.root.path(), options)), Error);
  EXPECT_EQ(cropProblem(8, 8), QString());
  EXPECT_EQ(cropProblem(8, 0), QString()) << "it is scaled to the crop";
  EXPECT_EQ(cropProblem(0, 0), QString());
  EXPECT_FALSE(cropProblem(0, 8).isEmpty());
}

TEST(ImageFolder, decodesOnceAndAgainWhenAFileChanges) {
  const Folder folder;
  QTemporaryDir cache;
  FolderOptions options;
  options.cache = cache.path();
  const auto cached = [&] { return QDir(cache.path()).entryList(QDir::Files).size(); };
  const Dataset first = readImageFolder(folder.root.path(), options);
  EXPECT_EQ(cached(), 2);
  std::size_t decoded = 0;
  options.progress = [&](std::size_t, std::size_t) { ++decoded; };
  const Dataset second = readImageFolder(folder.root.path(), options);
  EXPECT_EQ(decoded, 0U);
  EXPECT_TRUE(std::equal(first.train.pixels.begin(), first.train.pixels.end(), second.train.pixels.begin()));
  folder.put(QStringLiteral("train/cat/0.bmp"), bmp(8, 8, 99, 1, 2) + "more");
  const Dataset third = readImageFolder(folder.root.path(), options);
  EXPECT_EQ(third.train.image(0)[0], 99);
  EXPECT_EQ(cached(), 3);  // the test set is as it was
}

TEST(ImageFolder, namesWhatIsWrong) {
  const Folder folder;
  folder.put(QStringLiteral("train/cat/broken.bmp"), bmp(8, 8, 1, 2, 3).left(60));
  folder.put(QStringLiteral("train/cat/zero.png"), {});
  folder.expectError({}, "is damaged or truncated: it ends before its picture does");
  QDir(folder.root.path()).mkpath(QStringLiteral("test/bird"));
  folder.expectError({}, "class folder \"bird\" is not in train");
  FolderOptions options;
  options.crop = 100000;
  folder.expectError(options, "a size of 100000 pixels; give 1 to 1024");
  options.crop = 8;
  options.resize = 4;
  folder.expectError(options, "a crop of 8 pixels is larger than the 4 to which pictures are resized; give --resize 8");
  EXPECT_THROW(static_cast<void>(datasetFacts(folder.root.path(), options)), Error) << "before anything is decoded";
}

TEST(ImageFolder, stopsWhenAsked) {
  const Folder folder;
  std::stop_source source;
  FolderOptions options;
  options.stop = source.get_token();
  options.progress = [&](std::size_t done, std::size_t) {
    if (done == 3) source.request_stop();
  };
  folder.expectError(options, "stopped before all pictures were read");
}

TEST(Picture, isCroppedToTheMiddleAndTakesTheColoursOfTheSet) {
  const QTemporaryDir root;
  const QString path = root.filePath(QStringLiteral("a.bmp"));
  writeFile(path, bmp(12, 8, 30, 100, 200));
  const Images colours = readPicture(path, {3, 8, 8});
  ASSERT_EQ(colours.size(), 1U);
  EXPECT_EQ(colours.pixels[0], 32);  // red rises by one a pixel; two are cut off
  EXPECT_EQ(colours.pixels[64], 100);
  EXPECT_EQ(colours.pixels[128], 200);
  const Images grey = readPicture(path, {1, 8, 8});
  EXPECT_EQ(grey.shape, (Shape{1, 8, 8}));
  EXPECT_GT(grey.pixels[0], 32);
  EXPECT_LT(grey.pixels[0], 200);
}

TEST(Picture, namesWhatIsWrong) {
  const QTemporaryDir root;
  const QString path = root.filePath(QStringLiteral("a.png"));
  writeFile(path, "no picture");
  EXPECT_THROW(static_cast<void>(readPicture(path, {1, 28, 28})), Error);
  EXPECT_THROW(static_cast<void>(readPicture(root.filePath(QStringLiteral("b.png")), {1, 28, 28})), Error);
  writeFile(path, bmp(8, 8, 1, 2, 3));
  EXPECT_THROW(static_cast<void>(readPicture(path, {1, 28, 20})), Error);
  EXPECT_THROW(static_cast<void>(readPicture(path, {2, 28, 28})), Error);
}
