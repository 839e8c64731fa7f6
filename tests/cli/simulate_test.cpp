// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {
QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }
}  // namespace

TEST(SimulateVerb, agreesWithExactEvaluationAndTheMapping) {
  for (const char *dataflow : {"patch", "tap", "latched"}) {
    const CsvTable rows = csvOf(words("simulate resnet20-slimmable:0.25 --images 2 --bits 4:6 --set") +
                                QStringList{QStringLiteral("dataflow=%1").arg(QString::fromLatin1(dataflow))});
    ASSERT_EQ(rows.rows.size(), 1U);
    EXPECT_EQ(field(rows, 0, "chip_seed"), QStringLiteral("none"));
    EXPECT_EQ(number(rows, 0, "equal_pct"), 100);
    EXPECT_EQ(number(rows, 0, "wrong_elements_pct"), 0);
    EXPECT_EQ(field(rows, 0, "trace_equals_mapping"), QStringLiteral("yes")) << dataflow;
    EXPECT_EQ(number(rows, 0, "row_operations"), number(rows, 0, "mapping_row_operations"));
    EXPECT_GT(number(rows, 0, "images_per_s"), 0);
  }
}

TEST(SimulateVerb, countsTheRowOperationsOfTheMapping) {
  const CsvTable rows =
      csvOf(words("simulate resnet20-slimmable:1.0 --images 1 --layers --set packing=none --bits 1:1"));
  double operations = 0;
  for (std::size_t row = 0; row < rows.rows.size(); ++row)
    if (field(rows, row, "op") == QStringLiteral("conv")) operations += number(rows, row, "row_operations");
  EXPECT_EQ(operations, 208'896);  // counted by hand
}

TEST(SimulateVerb, countsWhatChipsGetWrong) {
  const QStringList arguments =
      words("simulate resnet20-slimmable:0.25 --images 2 --errors all --chip-seeds 2 --set offset_mv=8 --csv");
  const CsvTable rows = csvOf(arguments);
  ASSERT_EQ(rows.rows.size(), 3U);
  EXPECT_EQ(number(rows, 0, "wrong_senses"), 0);
  for (const std::size_t chip : {1, 2}) {
    EXPECT_EQ(number(rows, chip, "chip_seed"), static_cast<double>(chip));
    EXPECT_GT(number(rows, chip, "wrong_senses"), 0);
    EXPECT_LT(number(rows, chip, "wrong_senses"), number(rows, chip, "senses"));
    EXPECT_EQ(field(rows, chip, "senses"), field(rows, 0, "senses")) << "errors change no work";
    EXPECT_GT(number(rows, chip, "wrong_writes"), 0);
    EXPECT_GT(number(rows, chip, "wrong_elements_pct"), 0);
    EXPECT_EQ(field(rows, chip, "trace_equals_mapping"), QStringLiteral("yes"));
  }
  const CsvTable again = csvOf(arguments);
  for (const char *column : {"wrong_senses", "wrong_writes", "wrong_counts", "changed_classes", "wrong_weight_bits"})
    for (const std::size_t chip : {1, 2}) EXPECT_EQ(field(rows, chip, column), field(again, chip, column)) << column;
  const CsvTable nvsim =
      csvOf(words("simulate resnet20-slimmable:0.25 --images 1 --errors sense --accelerator sot-mram-nvsim"));
  EXPECT_EQ(number(nvsim, 1, "wrong_senses"), 0) << "NVSim's amplifier is a constant";
}

TEST(SimulateVerb, tellsOfHowManySensesSomeAreWrong) {
  const QString command = QStringLiteral("simulate resnet20-slimmable:0.25 --images 1 --bits 2:3 --set dataflow=%1");
  const CsvTable ands = csvOf(command.arg(QStringLiteral("patch")).split(QLatin1Char(' ')));
  // Rows are sensed whole where their segments hold operands: what holds data, and what is left of each segment.
  EXPECT_GE(number(ands, 0, "senses"), number(ands, 0, "data_columns"));
  EXPECT_LE(number(ands, 0, "senses"), number(ands, 0, "row_operations") * 512);
  const CsvTable reads = csvOf(command.arg(QStringLiteral("latched")).split(QLatin1Char(' ')));
  EXPECT_LE(number(reads, 0, "senses"), number(reads, 0, "weight_reads") * 512);
  const Output text = runPimento(words("simulate resnet20-slimmable:0.25 --images 1 --errors sense"));
  EXPECT_TRUE(text.out.contains("senses  ")) << text.out.toStdString();
  EXPECT_TRUE(text.out.contains("wrong_senses (of senses) and wrong_writes are estimated")) << text.out.toStdString();
}

TEST(SimulateVerb, saysThatNothingWasTrained) {
  const Output text = runPimento(words("simulate deco-mobilenetv1:fe+cm4 --images 1"));
  EXPECT_EQ(text.exitCode, 0);
  EXPECT_TRUE(text.out.contains("nothing was trained"));
  EXPECT_TRUE(runPimento(words("simulate --help")).out.contains("no accuracy is shown"));
}

TEST(SimulateVerb, refusesWhatItCanNotRun) {
  expectRefused(words("simulate"), "names no network");
  expectRefused(words("simulate resnet20-slimmable:0.25 --bits 17:8"), "1 to 16 bits");
  expectRefused(words("simulate resnet20-slimmable:0.25 --images 0"), "1 to 1000000");
  expectRefused(words("simulate resnet20-slimmable:0.25 --errors some"), "known: off");
  expectRefused(words("simulate resnet20-slimmable:0.25 --chip-seeds many"), "--chip-seeds");
  expectRefused(words("simulate resnet20-slimmable:0.25 --set write_back=on"), "not simulated");
}
