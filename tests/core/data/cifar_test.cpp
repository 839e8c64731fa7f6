// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cifar.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <QDir>
#include <QTemporaryDir>
#include <fstream>
#include <string>

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QByteArray names(int count) {
  QByteArray text;
  for (int i = 0; i < count; ++i) text += "class" + QByteArray::number(i) + '\n';
  return text;
}

void writeTen(const QDir &dir, int batches) {
  for (int i = 1; i <= batches; ++i)
    writeFile(dir.filePath(QStringLiteral("data_batch_%1.bin").arg(i)), cifarRecords(4, 1, 10));
  writeFile(dir.filePath(QStringLiteral("test_batch.bin")), cifarRecords(3, 1, 10));
  writeFile(dir.filePath(QStringLiteral("batches.meta.txt")), names(10) + "\n");
}

// Bytes that the process has ("VmRSS") or had at most ("VmHWM").
qint64 memoryOf(const std::string &what) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind(what + ':', 0) == 0) return std::stoll(line.substr(what.size() + 1)) * 1024;
  return 0;
}

std::string errorOf(const QString &folder) {
  try {
    static_cast<void>(openDataset(folder));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

void expectError(const QString &folder, const std::string &part) {
  const std::string error = errorOf(folder);
  EXPECT_NE(error.find(part), std::string::npos) << error;
}

}  // namespace

TEST(Cifar, readsTheAuthorsBatches) {
  QTemporaryDir folder;
  writeTen(QDir(folder.path()), 5);
  const Dataset set = openDataset(folder.path());
  EXPECT_EQ(set.name, QStringLiteral("cifar-10"));
  EXPECT_EQ(set.train.size(), 20U);
  EXPECT_EQ(set.test.size(), 3U);
  EXPECT_EQ(set.train.shape, (Shape{3, 32, 32}));
  EXPECT_EQ(set.train.labels[5], 1);
  EXPECT_EQ(set.train.image(2)[0], 2);
  EXPECT_EQ(set.train.image(2)[2048], 162);  // blue
  EXPECT_TRUE(set.note.startsWith(QStringLiteral("a part of CIFAR-10: 20 and 3 images"))) << set.note.toStdString();
}

TEST(Cifar, readsHundredClassesWithTheirFineLabels) {
  QTemporaryDir folder;
  QDir dir(folder.path());
  ASSERT_TRUE(dir.mkdir(QStringLiteral("cifar-100-binary")));
  dir.cd(QStringLiteral("cifar-100-binary"));
  writeFile(dir.filePath(QStringLiteral("train.bin")), cifarRecords(120, 2, 100));
  writeFile(dir.filePath(QStringLiteral("test.bin")), cifarRecords(3, 2, 100));
  writeFile(dir.filePath(QStringLiteral("fine_label_names.txt")), names(100));
  const Dataset set = openDataset(folder.path());  // the folder that holds the authors' one
  EXPECT_EQ(set.name, QStringLiteral("cifar-100"));
  EXPECT_EQ(set.train.labels[119], 19);
  EXPECT_EQ(set.classes.size(), 100);
}

TEST(Cifar, namesWhatIsMissing) {
  QTemporaryDir folder;
  writeTen(QDir(folder.path()), 3);
  expectError(folder.path(), "data_batch_4.bin is missing; CIFAR-10 needs data_batch_1.bin, data_batch_2.bin");
}

TEST(Cifar, refusesTruncatedFilesAndForeignLabels) {
  QTemporaryDir folder;
  const QDir dir(folder.path());
  writeTen(dir, 5);
  writeFile(dir.filePath(QStringLiteral("data_batch_2.bin")), cifarRecords(4, 1, 10).chopped(100));
  expectError(folder.path(), "data_batch_2.bin: has 12192 bytes, which is no whole number of records of 3073");
  QByteArray foreign = cifarRecords(4, 1, 10);
  foreign[3073] = 77;
  writeFile(dir.filePath(QStringLiteral("data_batch_2.bin")), foreign);
  expectError(folder.path(), "record 1 has label 77 of 10 classes");
  writeFile(dir.filePath(QStringLiteral("data_batch_2.bin")), {});
  expectError(folder.path(), "has 0 bytes");
  writeTen(dir, 5);
  writeFile(dir.filePath(QStringLiteral("batches.meta.txt")), names(7));
  expectError(folder.path(), "names 7 classes instead of 10");
}

TEST(Cifar, countsRecordsThroughAWholeFile) {
  QTemporaryDir folder;
  const QDir dir(folder.path());
  writeTen(dir, 5);
  QByteArray many = cifarRecords(2500, 1, 10);
  many[3073 * 2345] = 77;
  writeFile(dir.filePath(QStringLiteral("data_batch_2.bin")), many);
  expectError(folder.path(), "data_batch_2.bin: record 2345 has label 77 of 10 classes");
}

TEST(Cifar, takesLittleMoreMemoryThanItsPixels) {
  constexpr qint64 Records = 20'000;
  constexpr qint64 Bytes = Records * 3072;
  QTemporaryDir folder;
  const QDir dir(folder.path());
  QFile holes(dir.filePath(QStringLiteral("train.bin")));
  ASSERT_TRUE(holes.open(QIODevice::WriteOnly) && holes.resize(Records * 3074));
  writeFile(dir.filePath(QStringLiteral("test.bin")), cifarRecords(3, 2, 100));
  writeFile(dir.filePath(QStringLiteral("fine_label_names.txt")), names(100));
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << 5;  // the most memory is counted anew
  const qint64 before = memoryOf("VmRSS");
  if (memoryOf("VmHWM") > before + Bytes / 8) GTEST_SKIP() << "the system does not count anew";
  EXPECT_EQ(openDataset(folder.path()).train.size(), static_cast<std::size_t>(Records));
#ifdef __SANITIZE_ADDRESS__  // keeps what was freed
  EXPECT_LT(memoryOf("VmHWM") - before, 3 * Bytes);
#else
  EXPECT_LT(memoryOf("VmHWM") - before, Bytes + Bytes / 2);
#endif
}

TEST(Cifar, factsComeFromSizesAndNames) {
  QTemporaryDir folder;
  writeTen(QDir(folder.path()), 5);
  const DatasetFacts facts = datasetFacts(folder.path());
  EXPECT_EQ(facts.title, QStringLiteral("CIFAR-10"));
  EXPECT_EQ(facts.trainingImages, 20);
  EXPECT_EQ(facts.testImages, 3);
  EXPECT_EQ(facts.classes, 10);
  EXPECT_EQ(facts.shape, (Shape{3, 32, 32}));
  EXPECT_EQ(facts.note, openDataset(folder.path()).note);
}

TEST(Cifar, theVersionForPythonIsNamed) {
  QTemporaryDir folder;
  const QDir dir(folder.path());
  dir.mkpath(QStringLiteral("cifar-10-batches-py"));
  writeFile(dir.filePath(QStringLiteral("cifar-10-batches-py/data_batch_1")), "\x80\x02}");
  expectError(folder.path(), "holds CIFAR's version for Python (data_batch_1); fetch the binary version");
  expectError(dir.filePath(QStringLiteral("cifar-10-batches-py")), "holds CIFAR's version for Python (data_batch_1)");
}

TEST(Dataset, foldersThatNearlyAreOneAreToldWhatIsMissing) {
  QTemporaryDir folder;
  QDir dir(folder.path());
  dir.mkpath(QStringLiteral("Train/a"));
  expectError(folder.path(), "has a folder Train, but none with the test pictures; expected test/CLASS/");
  dir.rename(QStringLiteral("Train"), QStringLiteral("valid"));
  expectError(folder.path(), "has a folder valid, but none with the training pictures");
  dir.rename(QStringLiteral("valid"), QStringLiteral("images"));
  expectError(folder.path(), "holds no data set that is known, but \"images\"; expected MNIST's four files");
}

TEST(Dataset, unknownNamesAndFoldersAreNamedWithTheRemedy) {
  expectError(QStringLiteral("fashion-mnits"), "neither a known name nor a folder; did you mean \"fashion-mnist\"?");
  QTemporaryDir empty;
  expectError(empty.path(), "holds no data set that is known, but nothing; expected MNIST's four files");
}
