// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/published/published.h"

#include <gtest/gtest.h>

#include <QFile>

#include "core/base/error.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

std::uint32_t rowNamed(const DesignTable &points, const char *id) {
  for (std::uint32_t row = 0; row < points.size(); ++row)
    if (points.id(row) == QLatin1String(id)) return row;
  ADD_FAILURE() << "no row " << id;
  return 0;
}

Quantity at(const DesignTable &points, const char *id, Metric metric) {
  const auto quantity = points.at(rowNamed(points, id), metric);
  EXPECT_TRUE(quantity) << id;
  static const Provenance none;
  return quantity.value_or(Quantity{metric, 0, &none, {}});
}

bool warns(const Quantity &quantity, const char *part) {
  return quantity.from->warnings.join(QLatin1Char('\n')).contains(QString::fromUtf8(part));
}

}  // namespace

TEST(Published, wholeInferenceIsExtractorAndModule) {
  const DesignTable points = published();
  const char *id = "deco-vgg16/fe+cm2/cifar-100/joint/deco-pim/whole";
  EXPECT_EQ(at(points, id, Metric::Accuracy).value, 53.82);
  EXPECT_EQ(at(points, id, Metric::Accuracy).from->kind, Kind::Published);
  EXPECT_EQ(at(points, id, Metric::Accuracy).from->source,
            QStringLiteral("DECO, Table II, VGG16 CIFAR-100 joint, CM2"));
  const Quantity energy = at(points, id, Metric::Energy);
  EXPECT_EQ(energy.value, 34.9914);
  EXPECT_EQ(energy.from->kind, Kind::Derived);
  EXPECT_EQ(energy.from->formula, QStringLiteral("E = 1.433 W x 24.2 µs + 0.068 W x 4.6 µs"));
  EXPECT_EQ(energy.from->source, QStringLiteral("DECO, Table III, VGG16 FE and VGG16 CM2"));
  EXPECT_EQ(at(points, id, Metric::Latency).value, 28.8);
  EXPECT_NEAR(at(points, id, Metric::Power).value, 34.9914 / 28.8, 1e-12);  // never 1.433 + 0.068
  EXPECT_EQ(at(points, id, Metric::GpuLatency).value, 8449);
  EXPECT_NEAR(at(points, id, Metric::GpuEnergy).value, 5.9143, 1e-12);
  EXPECT_NEAR(at(points, id, Metric::GpuSpeedup).value, 8449 / 28.8, 1e-9);
  EXPECT_NEAR(at(points, id, Metric::GpuEnergyRatio).value, 5.9143e6 / 34.9914, 1e-6);
  EXPECT_EQ(at(points, id, Metric::Macs).value, 158'072'832.0 + 94'438'016.0);
  EXPECT_TRUE(warns(at(points, id, Metric::Memory), "[deco-3]"));
  EXPECT_FALSE(points.at(rowNamed(points, id), Metric::Area));
}

TEST(Published, headAloneIsAsPrinted) {
  const DesignTable points = published();
  const char *id = "deco-vgg16/fe+cm2/cifar-100/joint/deco-pim/head";
  for (const Metric metric : {Metric::Latency, Metric::Power, Metric::Macs, Metric::Params, Metric::Memory})
    EXPECT_EQ(at(points, id, metric).from->kind, Kind::Published) << info(metric).key;
  EXPECT_EQ(at(points, id, Metric::Power).value, 0.068);
  EXPECT_NEAR(at(points, id, Metric::Energy).value, 0.3128, 1e-12);
  EXPECT_EQ(at(points, id, Metric::Energy).from->kind, Kind::Derived);
}

TEST(Published, cifar10CostsAreDerivedWithAWarning) {
  const DesignTable points = published();
  for (const char *id :
       {"deco-vgg16/fe+cm2/cifar-10/joint/deco-pim/head", "deco-vgg16/fe+cm2/cifar-10/joint/deco-gpu/32:32/head"})
    for (const Metric metric : {Metric::Latency, Metric::Power, Metric::Energy}) {
      EXPECT_EQ(at(points, id, metric).from->kind, Kind::Derived);
      EXPECT_TRUE(warns(at(points, id, metric), "[deco-13]"));
    }
  EXPECT_EQ(at(points, "deco-vgg16/fe+cm2/cifar-10/joint/deco-pim/head", Metric::Latency).value, 4.6);
}

TEST(Published, everyValueHasASourceAndNoneIsNegative) {
  const DesignTable points = published();
  ASSERT_EQ(points.size(), 64U + 16U + 9U + 16U + 64U);
  bool heads = false;
  for (std::uint32_t row = 0; row < points.size(); ++row) {
    heads = heads || points.key(row).scope == Scope::Head;
    EXPECT_EQ(points.key(row).scope == Scope::Head, heads) << "whole rows come first";
    EXPECT_TRUE(points.at(row, Metric::Accuracy));
    for (const MetricInfo &metric : allMetrics()) {
      const auto quantity = points.at(row, metric.metric);
      if (!quantity) continue;
      const std::string place = points.id(row).toStdString() + " " + metric.key;
      EXPECT_FALSE(quantity->from->source.isEmpty()) << place;
      EXPECT_GT(quantity->value, 0) << place;
      EXPECT_TRUE(quantity->from->kind == Kind::Published || !quantity->from->formula.isEmpty()) << place;
    }
  }
  std::set<QString> ids;
  for (std::uint32_t row = 0; row < points.size(); ++row) ids.insert(points.id(row));
  EXPECT_EQ(ids.size(), points.size()) << "ids name one row each";
}

TEST(Published, dynamicNetworksCarryWhatIsPrintedAndWhatFollows) {
  const DesignTable points = published();
  const char *quarter = "resnet20-slimmable/0.25/cifar-10/slimmable+distillation/8:8/whole";
  EXPECT_EQ(at(points, quarter, Metric::Accuracy).value, 80.6);
  const Quantity memory = at(points, quarter, Metric::Memory);
  EXPECT_EQ(memory.from->kind, Kind::Derived);
  EXPECT_EQ(memory.value, at(points, quarter, Metric::Params).value / 1e6);
  EXPECT_EQ(at(points, quarter, Metric::BitAnds).value, at(points, quarter, Metric::Macs).value * 64);
  EXPECT_FALSE(points.at(rowNamed(points, quarter), Metric::Energy));
  const char *full = "resnet20-slimmable/1.0/cifar-10/slimmable/32:32/whole";
  EXPECT_EQ(at(points, full, Metric::Memory).value, at(points, full, Metric::Params).value * 4 / 1e6);
  EXPECT_FALSE(points.at(rowNamed(points, full), Metric::BitAnds));

  const Quantity params = at(points, "resnet18-nonuniform/subnet4/imagenet/fused-non-uniform/whole", Metric::Params);
  EXPECT_EQ(params.value, 12'200'000);
  EXPECT_EQ(params.from->kind, Kind::Published);
  EXPECT_TRUE(warns(params, "[dynamic-8]"));
  EXPECT_EQ(at(points, "resnet18-slimmable/0.25/imagenet/individual/whole", Metric::Macs).value, 135'000'000);
  EXPECT_EQ(at(points, "resnet50-slimmable/0.25/imagenet/individual/whole", Metric::Params).value, 2'000'000);
}

TEST(Published, aCorrectionChangesItsValuesAndSaysSo) {
  const DesignTable points = published({QStringLiteral("mobilenetv1-cm1-gpu-time")});
  const char *id = "deco-mobilenetv1/fe+cm1/cifar-100/joint/deco-pim/whole";
  EXPECT_EQ(at(published(), id, Metric::GpuLatency).value, 7840 + 13360);
  const Quantity latency = at(points, id, Metric::GpuLatency);
  EXPECT_EQ(latency.value, 7840 + 2241);
  EXPECT_TRUE(warns(latency, "[deco-1] corrected: 2241 µs"));
  EXPECT_FALSE(warns(latency, "[deco-1] 13,360"));
  EXPECT_EQ(latency.from->formula, QStringLiteral("t = 7840 µs + 2241 µs"));
  EXPECT_TRUE(warns(at(points, id, Metric::GpuSpeedup), "corrected"));
  const Quantity head = at(points, "deco-mobilenetv1/fe+cm1/cifar-100/joint/deco-gpu/32:32/head", Metric::Latency);
  EXPECT_EQ(head.from->kind, Kind::Derived);
  EXPECT_TRUE(head.from->formula.contains(QStringLiteral("in place of the printed 13360 µs")));
  const char *other = "deco-vgg16/fe+cm1/cifar-100/joint/deco-pim/whole";
  EXPECT_EQ(at(points, other, Metric::GpuLatency).value, at(published(), other, Metric::GpuLatency).value);
}

TEST(Published, correctedValuesAndWhatFollowsFromThemKeepAMark) {
  const char *id = "deco-mobilenetv1/fe+cm1/cifar-100/joint/deco-pim/whole";
  const DesignTable points = published({QStringLiteral("mobilenetv1-cm1-gpu-time")});
  EXPECT_TRUE(at(points, id, Metric::GpuLatency).from->corrected);
  EXPECT_TRUE(at(points, id, Metric::GpuSpeedup).from->corrected) << "computed from it";
  EXPECT_FALSE(at(points, id, Metric::Energy).from->corrected);
  const DesignTable printed = published();
  for (std::uint32_t row = 0; row < printed.size(); ++row)
    for (const MetricInfo &m : allMetrics()) {
      const auto value = printed.at(row, m.metric);
      EXPECT_FALSE(value && value->from->corrected);
    }
}

TEST(Published, everyCorrectionCanBeAppliedAndUnknownOnesAreRefused) {
  CorrectionSet all;
  for (const Correction &correction : corrections()) {
    all.insert(correction.id);
    ASSERT_FALSE(correction.cells.empty());
    EXPECT_FALSE(published({correction.id}).sameAs(published())) << correction.id.toStdString();
    const PaperTables tables = correctedTables({correction.id});
    for (const auto &change : correction.cells) {
      const PrintedCell now = cell(tables, change.table, change.row, change.column);
      EXPECT_EQ(now.value, change.corrected);
      EXPECT_EQ(now.from.kind, Kind::Derived);
      EXPECT_NE(change.corrected, change.printed);
    }
  }
  const PaperTables tables = correctedTables(all);
  const auto value = [&](const char *table, const char *row, const char *column) {
    return cell(tables, QString::fromLatin1(table), QString::fromLatin1(row), QString::fromLatin1(column)).value;
  };
  EXPECT_EQ(value("deco-table3", "MobileNetV1 CM4", "gpu_time_us"), 539);
  EXPECT_EQ(value("deco-table1", "MobileNetV1 CM4", "module_size_mb"), 0.107);
  EXPECT_EQ(value("deco-table1", "VGG16 CM2", "module_size_mb"), 1.764496);
  EXPECT_EQ(value("deco-table1", "MobileNetV1 CM1", "conv_macs"), 45'459'456);
  EXPECT_THROW(static_cast<void>(published({QStringLiteral("mobilenetv1-cm1")})), Error);
}

TEST(PaperTables, keepThePrintedDigits) {
  const PaperTables tables = paperTables();
  EXPECT_EQ(
      cellText(tables, QStringLiteral("dynamic-table1"), QStringLiteral("ResNet20 1.0"), QStringLiteral("ours_16bit")),
      QStringLiteral("91.0"));
  EXPECT_EQ(printedNumber(QStringLiteral("350x2"), QStringLiteral("test")), 700);
  EXPECT_EQ(printedNumber(QStringLiteral("0.83"), QStringLiteral("test"), 6), 830'000);
  EXPECT_THROW(static_cast<void>(printedNumber(QStringLiteral("n/a"), QStringLiteral("test"))), Error);
  EXPECT_THROW(static_cast<void>(tableNamed(tables, QStringLiteral("deco-table4"))), Error);
  EXPECT_THROW(static_cast<void>(cellText(tables, QStringLiteral("deco-table1"), QStringLiteral("VGG16 CM5"),
                                          QStringLiteral("total_macs"))),
               Error);
}

// Row names and headers may differ there, values may not.
TEST(PaperTables, holdTheValuesOfTheReferences) {
  const std::vector<std::pair<const char *, const char *>> files{
      {"deco-table1", "deco_table1"},
      {"deco-table2", "deco_table2"},
      {"deco-table3", "deco_table3"},
      {"dynamic-table1", "dynamic_table1_resnet20_cifar10"},
      {"dynamic-table2", "dynamic_table2_resnet50_imagenet"},
      {"dynamic-table3", "dynamic_table3_resnet18_imagenet"}};
  const PaperTables tables = paperTables();
  for (const auto &[name, reference] : files) {
    QFile file(QStringLiteral(PIMENTO_TEST_DATA "/reference/%1.csv").arg(QLatin1String(reference)));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << reference;
    const CsvTable theirs = readCsv(file.readAll(), file.fileName());
    const PaperTable &ours = tableNamed(tables, QString::fromLatin1(name));
    ASSERT_EQ(ours.cells.rows.size(), theirs.rows.size()) << name;
    const qsizetype values = ours.cells.header.size() - ours.keyColumns;
    for (std::size_t row = 0; row < theirs.rows.size(); ++row)
      for (qsizetype i = 1; i <= values; ++i) {
        const QString &text = ours.cells.rows[row][ours.cells.header.size() - i];
        EXPECT_EQ(printedNumber(text, ours.place), theirs.rows[row][theirs.header.size() - i].toDouble())
            << name << " row " << row;
      }
  }
}

TEST(PaperTables, everyRemarkFitsACell) {
  const PaperTables tables = paperTables();
  for (const CellNote &note : tables.notes) {
    int cells = 0;
    const PaperTable &table = tableNamed(tables, note.table);
    for (const QString &row : rowNames(table))
      for (qsizetype column = table.keyColumns; column < table.cells.header.size(); ++column)
        for (const QString &warning : cell(tables, note.table, row, table.cells.header[column]).from.warnings)
          cells += warning.endsWith(note.text) ? 1 : 0;
    EXPECT_GT(cells, 0) << note.badge.toStdString() << " " << note.row.toStdString();
  }
}
