// SPDX-License-Identifier: GPL-3.0-or-later
// Data sets and formats that only this file knows.
#include "core/data/dataset.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <array>

#include "core/base/error.h"
#include "core/files/whole_file.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;
using namespace pimento::test;

namespace {

// A format: two files with a digit a picture of one pixel, which is its class and its brightness.
Images digits(const QString &path) {
  std::vector<std::uint16_t> labels;
  std::vector<std::uint8_t> pixels;
  for (const char digit : readWhole(path, 1000).trimmed()) {
    labels.push_back(static_cast<std::uint16_t>(digit - '0'));
    pixels.push_back(static_cast<std::uint8_t>(10 * (digit - '0')));
  }
  return makeImages({1, 1, 1}, std::move(labels), std::move(pixels), path);
}

bool isDigits(const QString &folder) { return QFile::exists(folder + QStringLiteral("/train.digits")); }

Dataset readDigits(const QString &folder, const FolderOptions &) {
  Dataset set;
  set.name = QStringLiteral("digits");
  set.title = QStringLiteral("Digits");
  set.source = folder;
  for (int i = 0; i < 10; ++i) set.classes << QString::number(i);
  set.train = digits(folder + QStringLiteral("/train.digits"));
  set.test = digits(folder + QStringLiteral("/test.digits"));
  return set;
}

DatasetFacts digitFacts(const QString &folder, const FolderOptions &options) {
  const Dataset set = readDigits(folder, options);
  return {set.title,
          static_cast<std::int64_t>(set.train.size()),
          static_cast<std::int64_t>(set.test.size()),
          10,
          set.train.shape,
          {}};
}

constexpr DataFormat DigitFormat{isDigits, readDigits, digitFacts, [](const QString &) { return 10; }, true};

class ToyData : public testing::Test {
 protected:
  void SetUp() override {
    QDir().mkpath(path("toy"));
    for (const char *part : {"train", "t10k"}) {
      const QString prefix = path("toy/") + QString::fromLatin1(part);
      writeFile(prefix + QStringLiteral("-images-idx3-ubyte"), idxImages(6, 4));
      writeFile(prefix + QStringLiteral("-labels-idx1-ubyte"), idxLabels(6, 3));
    }
    QDir().mkpath(path("numbers"));
    writeFile(path("numbers/train.digits"), "0123456789\n");
    writeFile(path("numbers/test.digits"), "42\n");
    m_sets = knownSets();
    m_sets.push_back({"toy", "Toy", 3, 6, "6 + 6 grey pictures", "the test makes it", {path("nowhere"), path("toy")}});
    m_sets.push_back({"digits", "Digits", 10, 2, "10 + 2 pixels", "the test makes them", {path("numbers")}});
    m_formats.assign(dataFormats().begin(), dataFormats().end());
  }

  QString path(const char *name) const { return m_root.filePath(QString::fromLatin1(name)); }
  DataTables tables() const { return {m_sets, m_formats}; }

  QTemporaryDir m_root;
  std::vector<KnownSet> m_sets;
  std::vector<DataFormat> m_formats;
};

}  // namespace

TEST_F(ToyData, aSetThatOnlyTheTestNamesIsRead) {
  const Dataset set = openDataset(QStringLiteral("toy"), {}, tables());
  EXPECT_EQ(set.train.size(), 6U);
  EXPECT_EQ(set.test.shape.width, 4);
  EXPECT_EQ(datasetFacts(QStringLiteral("toy"), {}, tables()).testImages, 6);
  EXPECT_EQ(datasetClasses(QStringLiteral("toy"), tables()), 3);
  const ReportTable report = knownSetsReport(tables());
  ASSERT_EQ(report.rows.size(), knownSets().size() + 2);
  EXPECT_EQ(std::get<QString>(report.rows[knownSets().size()][3]), path("toy"));
  EXPECT_EQ(std::get<QString>(report.rows.back()[3]), QStringLiteral("not found")) << "its format is not in the table";
  EXPECT_THROW(static_cast<void>(openDataset(QStringLiteral("toy"))), Error) << "nobody else knows it";
}

TEST_F(ToyData, aFormatThatOnlyTheTestKnowsIsRead) {
  EXPECT_THROW(static_cast<void>(openDataset(QStringLiteral("digits"), {}, tables())), Error);
  m_formats.push_back(DigitFormat);
  for (const QString &name : {QStringLiteral("digits"), path("numbers")}) {
    const Dataset set = openDataset(name, {}, tables());
    EXPECT_EQ(set.title, QStringLiteral("Digits"));
    EXPECT_EQ(set.train.size(), 10U);
    EXPECT_EQ(set.test.pixels[0], 40);
    EXPECT_EQ(datasetFacts(name, {}, tables()).trainingImages, 10);
    EXPECT_EQ(datasetClasses(name, tables()), 10);
  }
  EXPECT_EQ(openDataset(path("toy"), {}, tables()).train.size(), 6U) << "others are read as before";
}
