// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }

QStringList nvsim(const char *configuration, const char *more = "") {
  QStringList list = words("array --cell tests/data/nvsim/SOT_45.cell --cfg");
  list << QStringLiteral("tests/data/nvsim/%1.cfg").arg(QString::fromLatin1(configuration));
  return *more == 0 ? list : list + words(more);
}

double latencyOf(const CsvTable &table, const char *operation) {
  const auto rows = rowsWhere(table, {QStringLiteral("operation=") + QString::fromLatin1(operation)});
  EXPECT_EQ(rows.size(), 1U) << operation;
  return rows.empty() ? 0 : number(table, rows[0], "latency_ns");
}

}  // namespace

TEST(ArrayVerb, pricesTheSixRowOperations) {
  const CsvTable table = csvOf(words("array"));
  EXPECT_EQ(table.header.mid(0, 3),
            (QStringList{QStringLiteral("operation"), QStringLiteral("latency_ns"), QStringLiteral("energy_pj")}));
  ASSERT_EQ(table.rows.size(), 6U);
  for (const char *operation : {"read", "write", "and2", "count", "shift", "add"})
    EXPECT_GT(latencyOf(table, operation), 0) << operation;
  for (std::size_t row = 0; row < 6; ++row)
    EXPECT_NEAR(number(table, row, "energy_pj"),
                number(table, row, "fixed_pj") + 512e-3 * number(table, row, "column_fj"), 1e-9);
}

TEST(ArrayVerb, readsNvsimFilesAtEveryLevel) {
  const CsvTable sub = csvOf(nvsim("sub_mux1"));
  const CsvTable mat = csvOf(nvsim("mat_mux1"));
  const CsvTable bank = csvOf(nvsim("full_mux1_rep"));
  EXPECT_NEAR(latencyOf(sub, "read"), 1.629, 0.15 * 1.629);
  EXPECT_NEAR(latencyOf(mat, "write"), 1.870, 0.15 * 1.870);
  EXPECT_NEAR(latencyOf(bank, "read"), 6.938, 0.30 * 6.938);
  EXPECT_EQ(latencyOf(sub, "and2"), latencyOf(bank, "and2"));
  // The configuration names its cell.
  EXPECT_EQ(latencyOf(csvOf(words("array --cfg tests/data/nvsim/sub_mux1.cfg")), "read"), latencyOf(sub, "read"));
  EXPECT_GT(latencyOf(csvOf(nvsim("sub_mux1", "--rows 512 --columns 1024")), "read"), latencyOf(sub, "read"));
  EXPECT_NE(latencyOf(csvOf(nvsim("sub_mux1", "--sense-model physical")), "read"), latencyOf(sub, "read"));
}

TEST(ArrayVerb, componentsAndPartsAddUp) {
  for (const QStringList &arguments : {words("array"), nvsim("grp_mux1_rep")}) {
    const CsvTable area = csvOf(arguments + words("--area"));
    EXPECT_EQ(area.header.mid(0, 3),
              (QStringList{QStringLiteral("component"), QStringLiteral("area_um2"), QStringLiteral("leakage_w")}));
    const auto total = rowsWhere(area, {QStringLiteral("component=total")});
    ASSERT_EQ(total.size(), 1U);
    for (const char *column : {"area_um2", "leakage_w"}) {
      double sum = 0;
      for (std::size_t row = 0; row + 1 < area.rows.size(); ++row) sum += number(area, row, column);
      EXPECT_NEAR(sum, number(area, total[0], column), 1e-9 * sum);
    }
    const CsvTable operations = csvOf(arguments);
    const CsvTable parts = csvOf(arguments + words("--parts"));
    for (const char *operation : {"read", "write", "and2"}) {
      double sum = 0;
      for (const std::size_t row : rowsWhere(parts, {QStringLiteral("operation=") + QString::fromLatin1(operation)}))
        sum += number(parts, row, "latency_ns");
      EXPECT_NEAR(sum, latencyOf(operations, operation), 1e-9) << operation;
    }
  }
}

TEST(ArrayVerb, refusesWhatItCanNotPrice) {
  expectRefused(words("array --cell nothing.cell"), "can not be read");
  // A file does not have the program open another outside its folder.
  QTemporaryDir folder;
  QFile plain(QStringLiteral("tests/data/nvsim/sub_mux1.cfg"));
  ASSERT_TRUE(plain.open(QIODevice::ReadOnly));
  const QByteArray text = plain.readAll();
  for (const QByteArray other : {"/etc/hostname", "../SOT_45.cell", "a/../../SOT_45.cell"}) {
    const QString path = folder.filePath(QStringLiteral("a.cfg"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(text).replace("SOT_45.cell", other));
    file.close();
    expectRefused({QStringLiteral("array"), QStringLiteral("--cfg"), path},
                  "is outside its folder; give it with --cell");
  }
  expectRefused(words("array --cell tests/data/nvsim/sub_mux1.cfg"), "line 1");
  expectRefused(words("array --cfg tests/data/nvsim/SOT_45.cell"), "line 1");
  expectRefused(words("array --rows 7"), "rows = 7");
  expectRefused(words("array --columns many"), "not a number");
  expectRefused(words("array --sense-model spice"), "physical");
  expectRefused(words("array --area --parts"), "choose one");
  expectRefused(words("array --set tmr_pct=-3"), "tmr_pct = -3");
}

TEST(ArrayVerb, warnsOfWeakArraysOnStandardErrorAlone) {
  const Output sound = runPimento(words("array --csv"));
  EXPECT_EQ(sound.err, QByteArray());
  const Output weak = runPimento(words("array --csv --set write_transistor_um=0.1"));
  EXPECT_EQ(weak.exitCode, 0);
  EXPECT_TRUE(weak.err.contains("write transistors carry"));
  EXPECT_TRUE(weak.out.startsWith("operation,latency_ns,energy_pj"));
}

TEST(ArrayVerb, takesPresetsOfMemoryElements) {
  const CsvTable sram = csvOf(words("array --device sram --area"));
  const auto cells = rowsWhere(sram, {QStringLiteral("component=cells")});
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_GT(number(sram, cells[0], "leakage_w"), 0);
  EXPECT_LT(latencyOf(csvOf(words("array --device sram")), "write"), latencyOf(csvOf(words("array")), "write"));
}

TEST(ArrayVerb, refusesAParameterGivenTwice) {
  expectRefused(words("array --rows 256 --set rows=512"), "both --rows and --set give rows");
  expectRefused(words("array --sense-model physical --set sense_model=nvsim"), "both --sense-model and --set");
}

TEST(ArrayVerb, saysWhatHasNoEffectOnNvsimsFiles) {
  const Output element = runPimento(nvsim("sub_mux1", "--device stt --set damping=0.02"));
  EXPECT_EQ(element.exitCode, 0);
  EXPECT_TRUE(element.err.contains("without effect here: --device stt, --set damping=0.02")) << element.err.data();
  EXPECT_EQ(runPimento(nvsim("sub_mux1", "--set full_adder_fj=9")).err.count("full_adder_fj"), 0);
  EXPECT_TRUE(runPimento(words("array --set batch=4")).err.contains("batch=4"));
  EXPECT_EQ(runPimento(words("array --set tmr_pct=200 --device stt")).err.count("without effect"), 0);
}

TEST(ArrayVerb, listsTheKeysOfNvsimsFiles) {
  const CsvTable keys = csvOf(words("array --nvsim-keys"));
  const auto area = rowsWhere(keys, {QStringLiteral("key=-CellArea")});
  ASSERT_EQ(area.size(), 1U);
  EXPECT_EQ(field(keys, area[0], "unit"), QStringLiteral("F^2"));
  EXPECT_EQ(field(keys, area[0], "effect"), QStringLiteral("read"));
  const auto flash = rowsWhere(keys, {QStringLiteral("key=-FlashPageSize")});
  ASSERT_EQ(flash.size(), 1U);
  EXPECT_TRUE(field(keys, flash[0], "effect").startsWith(QStringLiteral("none")));
}

TEST(ArrayVerb, tellsCellsAndTheProcessThatLeaks) {
  const CsvTable files = csvOf(nvsim("sub_mux1", "--area"));
  EXPECT_EQ(rowsWhere(files, {QStringLiteral("component=cells and bit lines")}).size(), 1U);
  const CsvTable own = csvOf(words("array --area"));
  const auto logic = rowsWhere(own, {QStringLiteral("component=sense add-on")});
  const auto amplifiers = rowsWhere(own, {QStringLiteral("component=sense amplifiers")});
  EXPECT_TRUE(field(own, logic.at(0), "leakage_basis").startsWith(QStringLiteral("general purpose, 27")));
  EXPECT_TRUE(field(own, amplifiers.at(0), "leakage_basis").startsWith(QStringLiteral("low standby power")));
}
