// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>
#include <array>

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/files/gunzip.h"
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

QByteArray unpacked(const QByteArray &bytes) {
  UnpackedFile file(bytes, LabelsPlace);
  QByteArray content;
  std::array<std::uint8_t, 5> piece{};
  for (std::size_t count = file.read(piece); count > 0; count = file.read(piece))
    content.append(reinterpret_cast<const char *>(piece.data()), static_cast<qsizetype>(count));
  return content;
}

// The four files of a set in a folder, by their names.
void writeIdxSet(const QString &folder, const QStringList &names, std::uint32_t classes = 4) {
  QDir().mkpath(folder);
  const QDir dir(folder);
  for (qsizetype i = 0; i < 4; ++i) {
    const std::uint32_t count = i < 2 ? 8 : 3;
    writeFile(dir.filePath(names[i]), i % 2 == 0 ? idxImages(count, 3) : idxLabels(count, classes));
  }
}

QStringList usualNames(const QString &dot = QStringLiteral("-")) {
  QStringList names;
  for (const char *part : {"train", "t10k"})
    for (const char *what : {"-images%1idx3-ubyte", "-labels%1idx1-ubyte"})
      names << QString::fromLatin1(part) + QString::fromLatin1(what).arg(dot);
  return names;
}

std::string folderError(const QString &folder) {
  try {
    static_cast<void>(openDataset(folder));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

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
  expectRefused(idxImages(60, 4).chopped(1), idxLabels(60, 3), "should hold 960 elements but has 959");
  expectRefused(idxImages(6, 4) + 'x', idxLabels(6, 3), "should hold 96 elements but has 97");
  expectRefused(idxImages(6, 4), idxLabels(5, 3), "5 labels for 6 images");
  expectRefused(idxHeader({0xffffffff, 0xffffffff, 0xffffffff}), idxLabels(6, 3), "has a dimension of 4294967295");
  expectRefused(idxHeader({0, 4, 4}), idxLabels(6, 3), "has a dimension of 0");
}

TEST(Idx, reservesNothingForAHeaderThatLies) {
  // A gigabyte is promised, and not there.
  expectRefused(idxHeader({1 << 20, 32, 32}), idxHeader({1 << 20}), "too small for them");
  expectRefused(idxHeader({1, 4, 4}) + QByteArray(16, 'x'), idxHeader({1 << 29}) + "x", "too small for them");
}

TEST(Unpacked, opensGzipAndPassesOtherBytes) {
  EXPECT_EQ(unpacked(Gzipped), "pimento\n");
  EXPECT_EQ(unpacked("plain"), "plain");
  EXPECT_EQ(unpacked({}), "");
}

TEST(Unpacked, readsMembersOneAfterAnother) { EXPECT_EQ(unpacked(Gzipped + Gzipped), "pimento\npimento\n"); }

TEST(Unpacked, refusesDamageAndWhatFollows) {
  const auto refused = [](const QByteArray &bytes) {
    try {
      static_cast<void>(unpacked(bytes));
    } catch (const Error &error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  for (qsizetype cut = 2; cut < Gzipped.size(); ++cut)
    EXPECT_NE(refused(Gzipped.left(cut)).find("damaged or truncated"), std::string::npos) << cut;
  QByteArray damaged = Gzipped;
  damaged[20] = static_cast<char>(damaged[20] ^ 1);  // the checksum
  EXPECT_NE(refused(damaged).find("damaged or truncated"), std::string::npos);
  EXPECT_NE(refused(Gzipped + "garbage").find("damaged or truncated"), std::string::npos);
  EXPECT_NE(refused(Gzipped + QByteArray(3, '\0')).find("damaged or truncated"), std::string::npos);
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

TEST(IdxFolder, acceptsTheNamesOfOtherPrograms) {
  const QTemporaryDir root;
  const auto path = [&](const char *name) { return root.filePath(QString::fromLatin1(name)); };
  writeIdxSet(path("dots"), usualNames(QStringLiteral(".")));
  writeIdxSet(path("down/MNIST/raw"), usualNames());
  QStringList prefixed;
  for (const QString &name : usualNames())
    prefixed << QStringLiteral("emnist-letters-") +
                    QString(name).replace(QStringLiteral("t10k"), QStringLiteral("test"));
  writeIdxSet(path("emnist"), prefixed);
  for (const auto &[folder, name] :
       {std::pair{"dots", "dots"}, std::pair{"down", "MNIST"}, std::pair{"down/MNIST", "MNIST"},
        std::pair{"down/MNIST/raw", "MNIST"}, std::pair{"emnist", "emnist-letters"}}) {
    const Dataset set = openDataset(path(folder));
    EXPECT_EQ(set.name, QString::fromLatin1(name)) << folder;
    EXPECT_EQ(set.train.size(), 8U);
    EXPECT_EQ(set.test.size(), 3U);
  }
  EXPECT_TRUE(openDataset(path("down")).source.endsWith(QStringLiteral("/down/MNIST/raw"))) << "says where it was read";
}

TEST(IdxFolder, doesNotChooseAmongSets) {
  const QTemporaryDir root;
  writeIdxSet(root.filePath(QStringLiteral("a")), usualNames());
  writeIdxSet(root.filePath(QStringLiteral("b")), usualNames());
  EXPECT_NE(folderError(root.path()).find("holds several sets: "), std::string::npos) << folderError(root.path());
  QStringList digits;
  for (const QString &name : usualNames()) digits << QStringLiteral("digits-") + name;
  writeIdxSet(root.filePath(QStringLiteral("a")), digits);
  EXPECT_NE(folderError(root.filePath(QStringLiteral("a"))).find("holds the files of several sets: a, digits"),
            std::string::npos)
      << folderError(root.filePath(QStringLiteral("a")));
}

TEST(IdxFolder, classesThatNoImageHasAreNamed) {
  const QTemporaryDir root;
  writeIdxSet(root.path(), usualNames(), 4);
  QByteArray shifted = idxLabels(8, 4);  // labels 1 to 4: none is 0
  for (qsizetype i = 8; i < shifted.size(); ++i) shifted[i] = static_cast<char>(shifted[i] + 1);
  writeFile(root.filePath(QStringLiteral("train-labels-idx1-ubyte")), shifted);
  const Dataset set = openDataset(root.path());
  EXPECT_EQ(set.classes.size(), 5);
  EXPECT_EQ(set.note, QStringLiteral("no training image has label 0"));
  writeFile(root.filePath(QStringLiteral("classes.txt")), "none\na\nb\nc\nd\ne\n\n");
  const Dataset named = openDataset(root.path());
  EXPECT_EQ(named.classes.size(), 6);
  EXPECT_EQ(named.classes[1], QStringLiteral("a"));
  EXPECT_EQ(named.note, QStringLiteral("no training image has label 0, 5"));
  EXPECT_EQ(datasetFacts(root.path()).classes, 6);
  writeFile(root.filePath(QStringLiteral("classes.txt")), "one\n");
  EXPECT_NE(folderError(root.path()).find("there are 1 classes"), std::string::npos) << folderError(root.path());
  try {
    static_cast<void>(datasetFacts(root.path()));
    ADD_FAILURE() << "facts of a set that can not be opened";
  } catch (const Error &error) {
    EXPECT_EQ(std::string(error.what()), folderError(root.path()));
  }
}

TEST(IdxFolder, factsAreThoseOfTheSet) {
  const QTemporaryDir root;
  writeIdxSet(root.path(), usualNames());
  const Dataset set = openDataset(root.path());
  const DatasetFacts facts = datasetFacts(root.path());
  EXPECT_EQ(facts.title, set.title);
  EXPECT_EQ(facts.trainingImages, 8);
  EXPECT_EQ(facts.testImages, 3);
  EXPECT_EQ(facts.classes, set.classes.size());
  EXPECT_EQ(facts.shape, set.train.shape);
}

TEST(FashionMnist, factsComeFromHeadersAndLabels) {
  const DatasetFacts facts = datasetFacts(QStringLiteral("fashion-mnist"));
  EXPECT_EQ(facts.title, QStringLiteral("Fashion-MNIST"));
  EXPECT_EQ(facts.trainingImages, 60000);
  EXPECT_EQ(facts.testImages, 10000);
  EXPECT_EQ(facts.classes, 10);
  EXPECT_EQ(facts.shape, (Shape{1, 28, 28}));
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
