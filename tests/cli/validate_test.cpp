// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

TEST(ValidateVerb, givesEveryCheckWithItsRatio) {
  const CsvTable table = csvOf({QStringLiteral("validate")});
  EXPECT_GT(table.rows.size(), 90U);
  EXPECT_EQ(table.header.mid(0, 6).join(QLatin1Char(',')), QStringLiteral("check,ours,theirs,ratio,source,reason"));
  const auto first = rowsWhere(table, {QStringLiteral("check=first switching current, 2 ns")});
  ASSERT_EQ(first.size(), 1U);
  EXPECT_NEAR(number(table, first[0], "ratio"), 1, 0.05);
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    EXPECT_EQ(field(table, row, "reason").isEmpty(), field(table, row, "agrees") == QStringLiteral("yes")) << row;
  for (const char *evidence : {"silicon", "simulation", "verification"})
    EXPECT_FALSE(rowsWhere(table, {QStringLiteral("evidence=%1").arg(QLatin1String(evidence))}).empty()) << evidence;
}

TEST(ValidateVerb, keepsBothEndsOfARange) {
  const CsvTable table = csvOf({QStringLiteral("validate"), QStringLiteral("--evidence"), QStringLiteral("silicon")});
  const auto rows = rowsWhere(table, {QStringLiteral("id=silicon.deaville-2025.bit_efficiency")});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(number(table, rows[0], "theirs_low"), 19.5);
  EXPECT_EQ(number(table, rows[0], "theirs_high"), 41.6);
  const auto bare = rowsWhere(table, {QStringLiteral("id=silicon.cai-2023.efficiency")});
  ASSERT_EQ(bare.size(), 1U);
  EXPECT_EQ(field(table, bare[0], "agrees"), QStringLiteral("not scored"));
  EXPECT_TRUE(field(table, bare[0], "ours").isEmpty());
}

TEST(ValidateVerb, saysForPeopleHowManyAgreeSiliconFirst) {
  const Output output =
      runPimento({QStringLiteral("validate"), QStringLiteral("--evidence"), QStringLiteral("silicon")});
  EXPECT_EQ(output.exitCode, 0) << output.err.constData();
  EXPECT_TRUE(output.out.startsWith("Silicon\n")) << output.out.left(80).constData();
  EXPECT_TRUE(output.out.contains("figures of silicon agree within their tolerance")) << output.out.constData();
}

TEST(ValidateVerb, listsTheSearchBehindTheRatio) {
  const CsvTable table = csvOf({QStringLiteral("validate"), QStringLiteral("--mappings")});
  EXPECT_EQ(table.rows.size(), 120U);
  EXPECT_EQ(field(table, 0, "dataflow"), QStringLiteral("patch"));
}

TEST(ValidateVerb, printsTheCalibrationAndWritesItsProfile) {
  QTemporaryDir folder;
  const QString profile = folder.filePath(QStringLiteral("mine.json"));
  const CsvTable table =
      csvOf({QStringLiteral("validate"), QStringLiteral("--calibration"), QStringLiteral("--write-profile"), profile});
  ASSERT_EQ(table.rows.size(), 3U);
  for (std::size_t row = 0; row < 3; ++row) {
    const bool enough = number(table, row, "chips") >= 4;
    EXPECT_EQ(field(table, row, "status") == QStringLiteral("calibrated"), enough) << row;
    EXPECT_EQ(field(table, row, "left_out_median").isEmpty(), !enough) << row;
  }
  const CsvTable estimate = csvOf({QStringLiteral("estimate"), QStringLiteral("resnet20-slimmable:0.25"),
                                   QStringLiteral("--accelerator"), profile});
  const auto rows = rowsWhere(estimate, {QStringLiteral("platform=sot-mram-calibrated")});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_LT(number(estimate, rows[0], "latency_p5_us"), number(estimate, rows[0], "latency_us"));
  EXPECT_GT(number(estimate, rows[0], "latency_p95_us"), number(estimate, rows[0], "latency_us"));
  EXPECT_TRUE(field(estimate, rows[0], "source").contains(QStringLiteral("silicon: ")));
  EXPECT_EQ(field(estimate, rows[0], "latency_kind"), QStringLiteral("estimated"));
}

TEST(ValidateVerb, refusesACalibrationOnTooFewChips) {
  QTemporaryDir folder;
  ASSERT_TRUE(QFile::copy(QStringLiteral("resources/silicon/dong-2018.json"),
                          folder.filePath(QStringLiteral("dong-2018.json"))));
  expectRefused(
      {QStringLiteral("validate"), QStringLiteral("--calibration"), QStringLiteral("--silicon"), folder.path()},
      "1 measured macros of planar nodes for a calibration with 3 factors");
  expectRefused({QStringLiteral("validate"), QStringLiteral("--silicon"), folder.path()}, "without --calibration");
  expectRefused({QStringLiteral("validate"), QStringLiteral("--evidence"), QStringLiteral("hope")},
                "unknown --evidence");
}

TEST(ValidateVerb, takesNoArguments) {
  expectRefused({QStringLiteral("validate"), QStringLiteral("device")}, "unexpected argument");
}
