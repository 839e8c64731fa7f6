// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/data/gunzip.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;
using namespace pimento::test;

namespace {

const QString ImagesPlace = QStringLiteral("images.idx");
const QString LabelsPlace = QStringLiteral("labels.idx");

std::string errorOf(const QByteArray &images, const QByteArray &labels) {
  try {
    static_cast<void>(readIdx(images, labels, ImagesPlace, LabelsPlace));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

void expectRefused(const QByteArray &images, const QByteArray &labels, const std::string &text) {
  const std::string error = errorOf(images, labels);
  EXPECT_NE(error.find(text), std::string::npos) << error;
  EXPECT_NE(error.find(".idx"), std::string::npos) << error;
}

// A gzip file of one stored block would need a checksum; this is what gzip made of "pimento\n".
const QByteArray Gzipped = QByteArray::fromHex("1f8b08000000000002032bc8cc4dcd2bc9e70200bc7d55b808000000");

}  // namespace

TEST(Idx, readsImagesAndLabels) {
  const Images images = readIdx(idxImages(6, 4), idxLabels(6, 3), ImagesPlace, LabelsPlace);
  EXPECT_EQ(images.size(), 6U);
  EXPECT_EQ(images.shape, (Shape{1, 4, 4}));
  EXPECT_EQ(images.labels, (std::vector<std::uint16_t>{0, 1, 2, 0, 1, 2}));
  EXPECT_EQ(images.image(1)[0], 16);
  EXPECT_EQ(images.image(5)[15], 95);
}

TEST(Idx, refusesWhatIsNoIdxFile) {
  expectRefused("hello, this is text", idxLabels(1, 1), "not an IDX file");
  expectRefused({}, idxLabels(1, 1), "not an IDX file");
  QByteArray floats = idxImages(1, 2);
  floats[2] = 0x0d;
  expectRefused(floats, idxLabels(1, 1), "elements of type 13");
  expectRefused(idxLabels(60, 3), idxImages(6, 4), "1 dimensions, not 3");
}

TEST(Idx, refusesLengthsThatDoNotFit) {
  expectRefused(idxImages(6, 4).chopped(1), idxLabels(6, 3), "should hold 96 elements but has 95");
  expectRefused(idxImages(6, 4) + 'x', idxLabels(6, 3), "should hold 96 elements but has 97");
  expectRefused(idxImages(6, 4), idxLabels(5, 3), "5 labels for 6 images");
  expectRefused(idxHeader({0xffffffff, 0xffffffff, 0xffffffff}), idxLabels(6, 3), "has a dimension of 4294967295");
  expectRefused(idxHeader({0, 4, 4}), idxLabels(6, 3), "has a dimension of 0");
}

TEST(Gunzip, opensGzipAndPassesOtherBytes) {
  EXPECT_EQ(gunzip(Gzipped, 100, LabelsPlace), "pimento\n");
  EXPECT_EQ(gunzip("plain", 100, LabelsPlace), "plain");
}

TEST(Gunzip, refusesDamageAndTooMuch) {
  const auto refused = [](const QByteArray &bytes, qsizetype most) {
    try {
      static_cast<void>(gunzip(bytes, most, LabelsPlace));
    } catch (const Error &error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_NE(refused(Gzipped.chopped(4), 100).find("damaged or truncated"), std::string::npos);
  QByteArray damaged = Gzipped;
  damaged[20] = static_cast<char>(damaged[20] ^ 1);  // the checksum
  EXPECT_NE(refused(damaged, 100).find("damaged or truncated"), std::string::npos);
  EXPECT_NE(refused(Gzipped, 4).find("holds more than"), std::string::npos);
  EXPECT_NE(refused("plain", 4).find("holds more than"), std::string::npos);
}

TEST(IdxFolder, namesTheFileThatIsMissing) {
  QTemporaryDir folder;
  const QDir dir(folder.path());
  writeFile(dir.filePath(QStringLiteral("train-images-idx3-ubyte")), idxImages(4, 3));
  writeFile(dir.filePath(QStringLiteral("train-labels-idx1-ubyte")), idxLabels(4, 2));
  ASSERT_TRUE(isIdxFolder(folder.path()));
  try {
    static_cast<void>(openDataset(folder.path()));
    FAIL();
  } catch (const Error &error) {
    EXPECT_NE(std::string(error.what()).find("t10k-images-idx3-ubyte (or t10k-images-idx3-ubyte.gz) is missing"),
              std::string::npos)
        << error.what();
  }
}

TEST(IdxFolder, readsBothSetsAndNumbersUnknownClasses) {
  QTemporaryDir folder;
  const QDir dir(folder.path());
  writeFile(dir.filePath(QStringLiteral("train-images-idx3-ubyte")), idxImages(8, 3));
  writeFile(dir.filePath(QStringLiteral("train-labels-idx1-ubyte")), idxLabels(8, 4));
  writeFile(dir.filePath(QStringLiteral("t10k-images-idx3-ubyte")), idxImages(3, 3));
  writeFile(dir.filePath(QStringLiteral("t10k-labels-idx1-ubyte")), idxLabels(3, 2));
  const Dataset set = openDataset(folder.path());
  EXPECT_EQ(set.train.size(), 8U);
  EXPECT_EQ(set.test.size(), 3U);
  EXPECT_EQ(set.classes,
            (QStringList{QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3")}));
}

TEST(FashionMnist, isWholeAsTheDebianPackageBringsIt) {
  const Dataset set = openDataset(QStringLiteral("fashion-mnist"));
  EXPECT_EQ(set.name, QStringLiteral("fashion-mnist"));
  EXPECT_EQ(set.train.size(), 60000U);
  EXPECT_EQ(set.test.size(), 10000U);
  EXPECT_EQ(set.train.shape, (Shape{1, 28, 28}));
  EXPECT_EQ(set.classes.size(), 10);
  EXPECT_EQ(set.classes[9], QStringLiteral("Ankle boot"));
  const ReportTable table = describe(set);
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(std::get<qint64>(table.rows[0][7]), 6000);  // of each class
  EXPECT_EQ(std::get<qint64>(table.rows[1][8]), 1000);
}
