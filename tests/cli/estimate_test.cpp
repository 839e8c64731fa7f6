// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QTemporaryDir>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {
QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }
}  // namespace

TEST(EstimateVerb, givesARowAVariantAndItsReferences) {
  const CsvTable rows = csvOf(words("estimate resnet20-slimmable"));
  EXPECT_EQ(rows.rows.size(), 12U);
  const auto own = rowsWhere(rows, {QStringLiteral("platform=sot-mram"), QStringLiteral("variant=1.0")});
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(field(rows, own[0], "energy_kind"), QStringLiteral("estimated"));
  EXPECT_EQ(field(rows, own[0], "macs_kind"), QStringLiteral("derived"));
  EXPECT_EQ(field(rows, own[0], "profile_hash").size(), 10);
  EXPECT_EQ(field(rows, own[0], "accuracy_pct"), QString());
  EXPECT_GT(number(rows, own[0], "gpu_energy_j"), 0);
  EXPECT_EQ(rowsWhere(rows, {QStringLiteral("reference=1")}).size(), 8U);
}

// Four variants, each with the roofline and the digital baseline; DECO's also with the published GPU.
TEST(EstimateVerb, showsPeopleWhatThereIsAndNoEmptyColumns) {
  const Output text = runPimento(words("estimate resnet20-slimmable"));
  const QByteArray header = text.out.left(text.out.indexOf('\n'));
  for (const char *there : {"energy", "latency", "power", "area", "memory"})
    EXPECT_TRUE(header.contains(there)) << there;
  for (const char *empty : {"accuracy", "dataset", "training", "source"}) EXPECT_FALSE(header.contains(empty)) << empty;
}

TEST(EstimateVerb, worksForEveryFamilyAndScope) {
  for (const char *network : {"deco-vgg16", "deco-mobilenetv1", "resnet18-slimmable", "resnet50-slimmable"}) {
    const CsvTable rows = csvOf({QStringLiteral("estimate"), QString::fromLatin1(network)});
    const bool deco = QString::fromLatin1(network).startsWith(QStringLiteral("deco-"));
    const bool edge = !deco;  // both ResNets for ImageNet ran on the Jetson Nano
    EXPECT_EQ(rowsWhere(rows, {QStringLiteral("platform=jetson-nano")}).size(), edge ? 1U : 0U) << network;
    EXPECT_EQ(rows.rows.size(), deco ? 16U : 13U) << network;
    EXPECT_EQ(rowsWhere(rows, {QStringLiteral("platform=deco-gpu")}).size(), deco ? 4U : 0U) << network;
  }
  const CsvTable both = csvOf(words("estimate deco-vgg16:fe+cm2 --scope all"));
  EXPECT_EQ(both.rows.size(), 8U);
  const auto gpu = rowsWhere(both, {QStringLiteral("platform=deco-gpu"), QStringLiteral("scope=head")});
  ASSERT_EQ(gpu.size(), 1U);
  EXPECT_EQ(number(both, gpu[0], "latency_us"), 319);
  EXPECT_EQ(field(both, gpu[0], "latency_kind"), QStringLiteral("published"));
}

TEST(EstimateVerb, parametersChangeTheResultAndItsHash) {
  const CsvTable one = csvOf(words("estimate resnet20-slimmable:1.0 --set power_cap_w=0.5"));
  const CsvTable two = csvOf(words("estimate resnet20-slimmable:1.0 --set power_cap_w=4 --set packing=any"));
  EXPECT_GT(number(one, 0, "latency_us"), number(two, 0, "latency_us"));
  EXPECT_GT(number(one, 0, "energy_uj"), number(two, 0, "energy_uj"));
  EXPECT_NE(field(one, 0, "profile_hash"), field(two, 0, "profile_hash"));
  EXPECT_TRUE(field(one, 0, "warnings").contains(QStringLiteral("power cap")));
}

TEST(EstimateVerb, layersAndComponentsAddUpToTheRow) {
  const double total = number(csvOf(words("estimate deco-vgg16:fe+cm2 --bits 4:8")), 0, "energy_uj");
  const CsvTable layers = csvOf(words("estimate deco-vgg16:fe+cm2 --bits 4:8 --layers"));
  double sum = 0;
  for (std::size_t row = 0; row < layers.rows.size(); ++row) sum += number(layers, row, "energy_uj");
  EXPECT_NEAR(sum, total, 1e-9 * total);
  const CsvTable parts = csvOf(words("estimate deco-vgg16:fe+cm2 --bits 4:8 --components"));
  sum = 0;
  for (const std::size_t row : rowsWhere(parts, {QStringLiteral("group=energy")}))
    if (field(parts, row, "component") != QStringLiteral("total")) sum += number(parts, row, "energy_uj");
  EXPECT_NEAR(sum, total, 1e-9 * total);
  EXPECT_EQ(rowsWhere(parts, {QStringLiteral("group=area overhead")}).size(), 6U);
}

TEST(EstimateVerb, takesNetworksOfTheLibraryAndOfFilesAtLowBits) {
  const CsvTable byName = csvOf(words("estimate lenet5:convolutions --bits 1:8"));
  const CsvTable byFile = csvOf(words("estimate resources/networks/lenet5.json:convolutions --bits 1:8"));
  ASSERT_GT(byName.rows.size(), 0U);
  EXPECT_EQ(byName.rows, byFile.rows);
  const double one = number(csvOf(words("estimate alexnet:convolutions --bits 1:1")), 0, "energy_uj");
  const double eight = number(csvOf(words("estimate alexnet:convolutions --bits 1:8")), 0, "energy_uj");
  EXPECT_GT(one, 0);
  EXPECT_GT(eight, 4 * one);
  expectRefused(words("estimate resources/networks/lenet5.json -o /tmp/never.pimento"), "by name");
}

TEST(EstimateVerb, showsEdgeDevicesOnlyBesideTheNetworkTheyRan) {
  const CsvTable mobile = csvOf(words("estimate mobilenetv1"));
  const auto tpu = rowsWhere(mobile, {QStringLiteral("platform=edge-tpu")});
  ASSERT_EQ(tpu.size(), 1U);
  EXPECT_EQ(number(mobile, tpu[0], "latency_us"), 2200);
  EXPECT_EQ(number(mobile, tpu[0], "energy_uj"), 4400);
  EXPECT_EQ(field(mobile, tpu[0], "latency_kind"), QStringLiteral("published"));
  EXPECT_EQ(field(mobile, tpu[0], "energy_kind"), QStringLiteral("derived"));
  const CsvTable small = csvOf(words("estimate resnet18-slimmable --classes 10"));
  EXPECT_EQ(rowsWhere(small, {QStringLiteral("platform=jetson-nano")}).size(), 0U);
  const CsvTable jetson = csvOf(words("estimate resnet50-slimmable:1.0"));
  const auto nano = rowsWhere(jetson, {QStringLiteral("platform=jetson-nano")});
  ASSERT_EQ(nano.size(), 1U);
  EXPECT_EQ(field(jetson, nano[0], "energy_uj"), QString());
}

TEST(EstimateVerb, listsParametersWithSources) {
  const CsvTable table = csvOf(words("estimate --parameters --accelerator stt-mram"));
  const auto tmr = rowsWhere(table, {QStringLiteral("parameter=tmr_pct")});
  ASSERT_EQ(tmr.size(), 1U);
  EXPECT_EQ(field(table, tmr[0], "value"), QStringLiteral("100"));
  EXPECT_TRUE(field(table, tmr[0], "source").contains(QStringLiteral("NVSim")));
}

TEST(EstimateVerb, refusesUnknownWords) {
  expectRefused(words("estimate"), "names no network");
  expectRefused(words("estimate resnet20"), "unknown network");
  expectRefused(words("estimate resnet20-slimmable --accelerator sot"), "known: sot-mram");
  expectRefused(words("estimate resnet20-slimmable --set tmr=100"), "tmr_pct");
  expectRefused(words("estimate resnet20-slimmable --set tmr_pct=1"), "5 to 100000");
  expectRefused(words("estimate resnet20-slimmable --set packing=some"), "power-of-two");
  expectRefused(words("estimate resnet20-slimmable --scope head"), "no feature extractor");
  expectRefused(words("estimate resnet20-slimmable --layers --components"), "choose one");
  expectRefused(words("estimate deco-vgg16 --layers --scope all"), "whole or head");
  expectRefused(words("estimate resnet20-slimmable --bits 8"), "8:8");
}

TEST(EstimateVerb, tellsWhatSwitchingCosts) {
  const CsvTable own = csvOf(words("estimate resnet20-slimmable --switching"));
  EXPECT_EQ(own.rows.size(), 12U);
  const auto down = [](const CsvTable &table) {
    return rowsWhere(table, {QStringLiteral("from=1.0"), QStringLiteral("to=0.25")}).at(0);
  };
  EXPECT_EQ(field(own, down(own), "binding"), QStringLiteral("slimmable"));
  EXPECT_EQ(field(own, down(own), "kind"), QStringLiteral("estimated"));
  EXPECT_GT(number(own, down(own), "weight_bits"), 0);
  EXPECT_GT(number(own, down(own), "energy_uj"), 0);
  const CsvTable kept = csvOf(words("estimate resnet20-slimmable --switching --set layout=widest"));
  EXPECT_EQ(number(kept, down(kept), "weight_bits"), 0);
  EXPECT_EQ(number(kept, down(kept), "norm_words"), 344);
  EXPECT_LT(number(kept, down(kept), "latency_us"), number(own, down(own), "latency_us"));
  const CsvTable alone = csvOf(words("estimate deco-vgg16 --switching --binding independent"));
  const CsvTable joint = csvOf(words("estimate deco-vgg16 --switching --binding joint"));
  EXPECT_GT(number(alone, 0, "energy_uj"), number(joint, 0, "energy_uj"));
}

TEST(EstimateVerb, refusesSwitchingThatCanNotBe) {
  for (const char *line :
       {"estimate resnet20-slimmable:0.5 --switching", "estimate resnet20-slimmable --binding joint",
        "estimate resnet20-slimmable --switching --binding joint", "estimate resnet20-slimmable --switching --layers"})
    EXPECT_EQ(runPimento(words(line)).exitCode, 2) << line;
}

TEST(EstimateVerb, printsEachWarningOnceBelowTheTable) {
  const Output text = runPimento(words("estimate resnet20-slimmable --set tmr_pct=30"));
  EXPECT_EQ(text.out.count("AND2 margin"), 1);
  const qsizetype notes = text.out.indexOf("\n1: ");
  ASSERT_GT(notes, 0);
  const QString below = QString::fromUtf8(text.out.mid(notes));
  EXPECT_TRUE(below.contains(QStringLiteral("invalid (energy, latency, power, area): AND2 margin")))
      << below.toStdString();
  for (const QString &line : below.split(QLatin1Char('\n'))) EXPECT_LE(line.size(), 100);
  EXPECT_FALSE(runPimento(words("estimate resnet20-slimmable --csv")).out.contains("\n1: "));
}

TEST(EstimateVerb, namesTheReplacedMemoryElement) {
  const CsvTable rows = csvOf(words("estimate resnet20-slimmable:1.0 --device stt"));
  EXPECT_EQ(field(rows, 0, "platform"), QStringLiteral("sot-mram+stt"));
  const CsvTable same = csvOf(words("estimate resnet20-slimmable:1.0 --set batch=2"));
  EXPECT_EQ(field(same, 0, "platform"), QStringLiteral("sot-mram"));
}

TEST(EstimateVerb, writesAProfileThatItReads) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("mine.json"));
  EXPECT_EQ(runPimento(words("estimate --device stt --set power_cap_w=1 --write-profile") + QStringList(path)).exitCode,
            0);
  const CsvTable written = csvOf(words("estimate resnet20-slimmable:1.0 --accelerator") + QStringList(path));
  const CsvTable given = csvOf(words("estimate resnet20-slimmable:1.0 --device stt --set power_cap_w=1"));
  EXPECT_EQ(field(written, 0, "platform"), QStringLiteral("mine"));
  EXPECT_EQ(field(written, 0, "profile_hash"), field(given, 0, "profile_hash"));
  EXPECT_EQ(field(written, 0, "energy_uj"), field(given, 0, "energy_uj"));
  expectRefused(words("estimate --write-profile mine.txt"), "ends in .json");
  const QByteArray help = runPimento(words("estimate --help")).out;
  for (const char *section : {"\"device\"", "\"sensing\"", "\"array\"", "\"chip\"", "\"schedule\"", "\"sources\""})
    EXPECT_TRUE(help.contains(section)) << section;
}

TEST(EstimateVerb, layersHaveATotalAndTheAreaOfOneCopy) {
  const CsvTable layers = csvOf(words("estimate resnet20-slimmable:0.5 --layers"));
  double energy = 0;
  for (std::size_t row = 0; row < layers.rows.size(); ++row) {
    energy += number(layers, row, "energy_uj");
    EXPECT_NEAR(number(layers, row, "area_single_mm2") * number(layers, row, "replicas"),
                number(layers, row, "area_mm2"), 1e-9);
  }
  EXPECT_NEAR(energy, number(csvOf(words("estimate resnet20-slimmable:0.5")), 0, "energy_uj"), 1e-9 * energy);
  EXPECT_EQ(runPimento(words("estimate resnet20-slimmable:0.5 --layers")).out.count(" total "), 1);
}

TEST(EstimateVerb, tellsWhichProcessLeaks) {
  const CsvTable parts = csvOf(words("estimate resnet20-slimmable:0.5 --components"));
  const auto leakage = rowsWhere(parts, {QStringLiteral("group=leakage")});
  ASSERT_EQ(leakage.size(), 2U);
  EXPECT_NEAR(number(parts, leakage[0], "share_pct") + number(parts, leakage[1], "share_pct"), 100, 1e-6);
  EXPECT_TRUE(field(parts, leakage[1], "note").contains(QStringLiteral("general purpose")));
}

TEST(EstimateVerb, refusesOptionsThatNothingUses) {
  expectRefused(words("estimate resnet20-slimmable --layers --gpu-power one-board"), "--gpu-power has no effect");
  expectRefused(words("estimate --parameters --layers"), "--layers has no effect with --parameters");
}
