// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList words(const QString &line) { return line.split(QLatin1Char(' ')); }

const QString Files = QStringLiteral(" --cell tests/data/nvsim/%1.cell --cfg tests/data/nvsim/%2.cfg");
QString files(const char *cell, const char *config) {
  return Files.arg(QString::fromLatin1(cell), QString::fromLatin1(config));
}

double cellOf(const CsvTable &table, const QString &filter, const char *column) {
  const auto rows = rowsWhere(table, {filter});
  EXPECT_FALSE(rows.empty()) << filter.toStdString();
  return rows.empty() ? 0 : number(table, rows[0], column);
}

}  // namespace

TEST(NvsimOption, senseIsTheArraysAtEveryNode) {
  for (const auto &[cell, config] : {std::pair{"SOT_65", "n65"}, {"SOT_45", "sub_mux1"}, {"SOT_22", "n22"}}) {
    const QString given = files(cell, config);
    const CsvTable parts = csvOf(words(QStringLiteral("array --parts") + given));
    const auto rows = rowsWhere(parts, {QStringLiteral("operation=read"), QStringLiteral("part=sense amplifier")});
    ASSERT_EQ(rows.size(), 1U);
    const CsvTable sense = csvOf(words(QStringLiteral("sense") + given));
    EXPECT_NEAR(cellOf(sense, QStringLiteral("operation=READ"), "settle_ns"), number(parts, rows[0], "latency_ns"),
                1e-9)
        << cell;
  }
}

TEST(NvsimOption, aProfileWithFilesReadsAsTheFilesDo) {
  const QString given = files("SOT_32", "n32");
  const CsvTable files = csvOf(words(QStringLiteral("array") + given));
  EXPECT_NEAR(cellOf(files, QStringLiteral("operation=read"), "latency_ns"), 1.874, 2e-3);
  EXPECT_NEAR(cellOf(files, QStringLiteral("operation=read"), "energy_pj"), 99.083, 0.1);
  const CsvTable device = csvOf(words(QStringLiteral("device") + given));
  EXPECT_NEAR(cellOf(device, QStringLiteral("quantity=write current"), "value"), 80, 1e-9);
}

TEST(NvsimOption, estimatesFollowTheCell) {
  const QString line = QStringLiteral("estimate resnet20-slimmable:0.25");
  const CsvTable slow = csvOf(words(line + QStringLiteral(" --cell tests/data/nvsim/public/nvsim_sttram.cell")));
  const CsvTable fast = csvOf(words(line + QStringLiteral(" --cell tests/data/nvsim/SOT_45.cell")));
  const QString estimated = QStringLiteral("energy_kind=estimated");
  EXPECT_GT(cellOf(slow, estimated, "energy_uj"), cellOf(fast, estimated, "energy_uj")) << "1 pJ a bit against 0.08 pJ";
  const auto rows = rowsWhere(fast, {estimated});
  EXPECT_TRUE(field(fast, rows[0], "platform").endsWith(QStringLiteral("+SOT_45")));
  // What is set comes after the files.
  const CsvTable physical =
      csvOf(words(line + QStringLiteral(" --cell tests/data/nvsim/SOT_45.cell --set sense_model=physical")));
  EXPECT_NE(cellOf(physical, estimated, "energy_uj"), cellOf(fast, estimated, "energy_uj"));
}

TEST(NvsimOption, simulatesOnTheFilesArrays) {
  const CsvTable runs =
      csvOf(words(QStringLiteral("simulate resnet20-slimmable:0.25 --images 1") + files("SOT_45", "sub_mux1")));
  ASSERT_EQ(runs.rows.size(), 1U);
  EXPECT_EQ(number(runs, 0, "equal_pct"), 100);
}

TEST(NvsimOption, namesWhatIsNotUsedAndWhatShares) {
  const Output told = runPimento(words(QStringLiteral("device --csv --cell tests/data/nvsim/public/nvsim_rram.cell")));
  EXPECT_EQ(told.exitCode, 0) << told.err.toStdString();
  EXPECT_TRUE(told.err.contains("without effect here: "));
  EXPECT_TRUE(told.err.contains("8 columns share a sense amplifier"));
  EXPECT_TRUE(told.err.contains("no transistor"));
}

TEST(NvsimOption, isRefusedWhereTheFilesAre) {
  for (const char *verb : {"estimate resnet20-slimmable:0.25", "device", "sense", "simulate resnet20-slimmable:0.25"}) {
    const QString line = QString::fromLatin1(verb);
    expectRefused(words(line + QStringLiteral(" --cell nothing.cell")), "can not be read");
    expectRefused(words(line + QStringLiteral(" --cell tests/data/nvsim/public/nvsim_sram.cell")),
                  "pimento array prices");
    expectRefused(words(line + QStringLiteral(" --cell tests/data/nvsim/sub_mux1.cfg")), "line 1");
    expectRefused(words(line + QStringLiteral(" --cfg tests/data/nvsim/SOT_45.cell")), "line 1");
  }
}
