// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QFile>
#include <QProcess>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {
QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }
}  // namespace

TEST(Program, loadsNoLibTorch) {
  QProcess ldd;
  ldd.start(QStringLiteral("ldd"), {QStringLiteral(PIMENTO_BINARY)});
  ASSERT_TRUE(ldd.waitForFinished(60'000));
  const QByteArray libraries = ldd.readAllStandardOutput();
  EXPECT_TRUE(libraries.contains("libQt6Core"));
  EXPECT_FALSE(libraries.contains("torch"));
}

TEST(Program, helpListsVerbsAndEachVerbHasHelp) {
  const Output run = runPimento({QStringLiteral("--help")});
  EXPECT_EQ(run.exitCode, 0);
  int verbs = 0;
  for (const QString &line : QString::fromUtf8(run.out).split(QLatin1Char('\n'))) {
    const QString name = line.mid(2).section(QLatin1Char(' '), 0, 0);
    const bool option = name.startsWith(QLatin1Char('-'));  // of the window
    if (!line.startsWith(QStringLiteral("  ")) || name.isEmpty() || option) continue;
    ++verbs;
    const Output help = runPimento({name, QStringLiteral("--help")});
    EXPECT_EQ(help.exitCode, 0) << name.toStdString();
    EXPECT_TRUE(help.out.startsWith("Usage: pimento " + name.toUtf8())) << help.out.toStdString();
  }
  EXPECT_GE(verbs, 2);
}

TEST(Program, refusesBadUseInOneLine) {
  expectRefused(words("cuont resnet20-slimmable"), "did you mean \"count\"");
  expectRefused(words("count resnet21-slimmable"), "did you mean \"resnet20-slimmable\"");
  expectRefused(words("count resnet20-slimmable:1.5"), "above 0 and up to 1");
  expectRefused(words("count deco-vgg16:fe+cm5"), "known: fe+cm1");
  expectRefused(words("count resnet20-slimmable --bits 8"), "8:8");
  expectRefused(words("count resnet20-slimmable --bits 8:99"), "1 to 32");
  expectRefused(words("count resnet20-slimmable --convention published"), "as-run");
  expectRefused(words("count resnet20-slimmable --wrong"), "wrong");
  expectRefused(words("count"), "names no network");
  expectRefused(words("count a b"), "unexpected argument");
  expectRefused(words("networks --csv --json"), "choose one");
  expectRefused(words("networks --classes 1"), "2 to 100000");
}

TEST(NetworksVerb, printsTableOneInThePublishedConvention) {
  const CsvTable ours = csvOf(words("networks --modules --convention published"));
  QFile file(QStringLiteral(PIMENTO_TEST_DATA "/reference/deco_table1.csv"));
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const CsvTable theirs = readCsv(file.readAll(), file.fileName());
  ASSERT_EQ(ours.rows.size(), theirs.rows.size());
  EXPECT_EQ(ours.header, theirs.header.mid(0, ours.header.size()));
  for (std::size_t row = 0; row < ours.rows.size(); ++row)
    for (qsizetype column = 0; column < ours.header.size(); ++column) {
      const bool misprint = ours.rows[row][0] == QStringLiteral("MobileNetV1") &&
                            ours.rows[row][1] == QStringLiteral("CM3") &&
                            ours.header[column] == QStringLiteral("conv_layers");
      EXPECT_EQ(ours.rows[row][column], misprint ? QStringLiteral("6") : theirs.rows[row][column]);
    }
}

TEST(CountVerb, layersSumToTheTotal) {
  for (const char *network : {"deco-mobilenetv1:fe+cm2", "resnet20-slimmable:0.5", "resnet50-slimmable"}) {
    const CsvTable layers =
        csvOf({QStringLiteral("count"), QString::fromLatin1(network), QStringLiteral("--bits"), QStringLiteral("4:2")});
    const CsvTable total = csvOf({QStringLiteral("count"), QString::fromLatin1(network), QStringLiteral("--bits"),
                                  QStringLiteral("4:2"), QStringLiteral("--total")});
    EXPECT_EQ(layers.header, words("layer type module output macs params bit_ands"));
    ASSERT_EQ(total.rows.size(), 1U);
    for (const char *column : {"macs", "params", "bit_ands"}) {
      double sum = 0;
      for (std::size_t row = 0; row < layers.rows.size(); ++row) sum += number(layers, row, column);
      EXPECT_EQ(sum, number(total, 0, column)) << network << " " << column;
    }
    EXPECT_EQ(number(total, 0, "bit_ands"), number(total, 0, "macs") * 8);
  }
}

TEST(NetworksVerb, listsTheLibraryApartWithItsSources) {
  const CsvTable table = csvOf({QStringLiteral("networks"), QStringLiteral("--library")});
  const auto lenet = rowsWhere(table, {QStringLiteral("network=lenet5"), QStringLiteral("variant=convolutions")});
  ASSERT_EQ(lenet.size(), 1U);
  EXPECT_EQ(number(table, lenet[0], "macs"), 405'600);
  EXPECT_TRUE(field(table, lenet[0], "source").contains(QStringLiteral("LeCun")));
  EXPECT_EQ(rowsWhere(csvOf({QStringLiteral("networks")}), {QStringLiteral("network=lenet5")}).size(), 0U);
  expectRefused({QStringLiteral("networks"), QStringLiteral("--library"), QStringLiteral("--modules")}, "stands alone");
}

TEST(CountVerb, countsNetworksOfTheLibraryAndOfFiles) {
  const QString file = QStringLiteral("resources/networks/lenet5.json");
  const CsvTable byName = csvOf({QStringLiteral("count"), QStringLiteral("lenet5:convolutions"),
                                 QStringLiteral("--bits"), QStringLiteral("1:8"), QStringLiteral("--total")});
  const CsvTable byFile = csvOf({QStringLiteral("count"), file + QStringLiteral(":convolutions"),
                                 QStringLiteral("--bits"), QStringLiteral("1:8"), QStringLiteral("--total")});
  EXPECT_EQ(number(byName, 0, "bit_ands"), 8 * 405'600);
  EXPECT_EQ(byName.rows, byFile.rows);
  expectRefused({QStringLiteral("count"), QStringLiteral("lenet5"), QStringLiteral("--classes"), QStringLiteral("5")},
                "fixed");
  expectRefused({QStringLiteral("count"), QStringLiteral("/nowhere/net.json")}, "can not be read");
  expectRefused({QStringLiteral("count"), QStringLiteral("resources/profiles/sot-mram.json")}, "sot-mram.json");
}
