// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/estimate_table.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/explore/design_report.h"
#include "core/hardware/report/estimate_report.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

double at(const DesignTable &t, std::uint32_t row, Metric m) { return t.at(row, m)->value; }

}  // namespace

TEST(EstimateTable, hasARowAVariantAndItsReferences) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Accelerator a;
  const DesignTable t = estimateTable(network, network.variants, a, {});
  ASSERT_EQ(t.size(), 3 * network.variants.size());
  EXPECT_EQ(t.name(t.key(0).platform), a.name);
  EXPECT_EQ(t.name(t.key(0).profileHash), hash(a));
  EXPECT_FALSE(t.key(0).reference);
  EXPECT_EQ(t.name(t.key(1).platform), QStringLiteral("gpu-roofline"));
  EXPECT_EQ(t.name(t.key(2).platform), QStringLiteral("digital-45nm"));
  EXPECT_TRUE(t.key(1).reference && t.key(2).reference);
  for (const Metric m : {Metric::Energy, Metric::Latency, Metric::Power, Metric::Area, Metric::GpuLatency,
                         Metric::GpuEnergy, Metric::GpuSpeedup, Metric::GpuEnergyRatio})
    EXPECT_EQ(t.kind(0, m), Kind::Estimated);
  for (const Metric m : {Metric::Macs, Metric::Params, Metric::BitAnds, Metric::Memory})
    EXPECT_EQ(t.kind(0, m), Kind::Derived);
  EXPECT_FALSE(t.at(0, Metric::Accuracy).has_value());
  EXPECT_NEAR(at(t, 0, Metric::Energy) / at(t, 0, Metric::Latency), at(t, 0, Metric::Power), 1e-9);
  EXPECT_NEAR(at(t, 1, Metric::Energy) * 1e-6, at(t, 0, Metric::GpuEnergy), 1e-12);
  EXPECT_NEAR(at(t, 1, Metric::Memory), 4 * 269'722e-6, 1e-12);
  EXPECT_EQ(at(t, 0, Metric::BitAnds), 64 * at(t, 0, Metric::Macs));
  EXPECT_TRUE(t.at(0, Metric::Energy)->from->formula.contains(QStringLiteral("AND-compute")));
  EXPECT_TRUE(t.at(0, Metric::Energy)->from->source.contains(QStringLiteral("profile sot-mram")));
}

TEST(EstimateTable, gpuTimeAndEnergyHaveFormulasOfTheirOwn) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const DesignTable t = estimateTable(network, {network.variants.front()}, Accelerator{}, {});
  const auto formula = [&](std::uint32_t row, Metric m) { return t.at(row, m)->from->formula; };
  for (const QString &time : {formula(0, Metric::GpuLatency), formula(1, Metric::Latency)}) {
    EXPECT_TRUE(time.contains(QStringLiteral(" µs roofline + "))) << time.toStdString();
    EXPECT_FALSE(time.contains(QStringLiteral("W"))) << time.toStdString();
  }
  for (const QString &energy : {formula(0, Metric::GpuEnergy), formula(1, Metric::Energy)})
    EXPECT_TRUE(energy.endsWith(QStringLiteral(" µs x 700 W"))) << energy.toStdString();
}

TEST(EstimateTable, headIsForNetworksWithAnExtractor) {
  const auto vgg = makeNetwork(QStringLiteral("deco-vgg16"));
  EstimateOptions options;
  options.scopes = Scopes::All;
  options.references = false;
  const DesignTable t = estimateTable(vgg, vgg.variants, Accelerator{}, {}, options);
  ASSERT_EQ(t.size(), 8U);
  EXPECT_EQ(t.key(1).scope, Scope::Head);
  EXPECT_LT(at(t, 1, Metric::Macs), at(t, 0, Metric::Macs));
  EXPECT_LT(at(t, 1, Metric::Energy), at(t, 0, Metric::Energy));
  options.scopes = Scopes::Head;
  const auto resnet = makeNetwork(QStringLiteral("resnet20-slimmable"));
  EXPECT_THROW(static_cast<void>(estimateTable(resnet, resnet.variants, Accelerator{}, {}, options)), Error);
}

TEST(EstimateTable, digitalBaselineIsArithmeticAndMemory) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const auto works = workOf(network, network.variants.front());
  const ReferenceCost digital = digitalBaseline(works, {8, 8});
  // 40.6 M MACs of 0.23 pJ and 0.274 MB of DRAM at 160 pJ a byte are 9.3 and 43.8 µJ; maps add under one.
  EXPECT_NEAR(digital.energy_uj, 9.33 + 43.8, 1);
  const double two = gpuRoofline(works, GpuPower::TwoBoards).energy_uj;
  const double one = gpuRoofline(works, GpuPower::OneBoard).energy_uj;
  EXPECT_DOUBLE_EQ(two, 2 * one);
  EXPECT_LT(gpuRoofline(works, GpuPower::IdleSubtracted).energy_uj, one);
}

TEST(EstimateTable, warningsSayWhatBindsAndWhatFails) {
  const auto network = makeNetwork(QStringLiteral("resnet50-slimmable"));
  Accelerator a;
  const auto warnings = [&] {
    const DesignTable t = estimateTable(network, {network.variants.front()}, a, {});
    return warningsOf(t, 0).join(QLatin1Char('\n'));
  };
  a.schedule.power_cap_w = 0.7;
  EXPECT_TRUE(warnings().contains(QStringLiteral("power cap")));
  a.chip.capacity_mbit = 64;
  EXPECT_TRUE(warnings().contains(QStringLiteral("does not fit")));
  EXPECT_FALSE(warnings().contains(QStringLiteral("AND2 margin")));
  a.sensing.tmr_pct = 60;
  EXPECT_TRUE(warnings().contains(QStringLiteral("AND2 margin")));
  a.sensing.tmr_pct = 120;
  a.sensing.sense_sigmas = 0;
  EXPECT_TRUE(warnings().contains(QStringLiteral("READ margin"))) << "fired at once, half of the results are wrong";
  a.sensing.sense_sigmas = 6;
  EXPECT_FALSE(warnings().contains(QStringLiteral("flip a day")));
  a.device.temperature_k = 440;
  a.device.free_layer_thickness_nm = 2;
  EXPECT_TRUE(warnings().contains(QStringLiteral("flip a day")));
  EXPECT_FALSE(warnings().contains(QStringLiteral("of the write supply")));
  a.device.heavy_metal_length_nm = 1000;
  a.device.write_supply_v = 0.1;
  EXPECT_TRUE(warnings().contains(QStringLiteral("of the write supply")));
}

TEST(EstimateReport, showsWhatPruningGainsAndWhatABatchGives) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  Accelerator a;
  a.schedule.batch = 8;
  a.schedule.power_cap_w = 20;
  const ReportTable report = componentReport(network, network.variants.front(), a, {});
  const auto value = [&](const char *group, const char *component, const char *column) {
    const auto at = static_cast<std::size_t>(report.columns.indexOf(QString::fromLatin1(column)));
    for (const auto &row : report.rows)
      if (std::get<QString>(row[3]) == QLatin1String(group) && std::get<QString>(row[2]) == QLatin1String(component))
        return std::get<double>(row[at]);
    ADD_FAILURE() << group << " " << component;
    return 0.0;
  };
  EXPECT_LT(value("sub-array pruning", "with", "energy_uj"), value("sub-array pruning", "without", "energy_uj"));
  EXPECT_GT(value("throughput", "from image to image", "images_per_s"),
            value("throughput", "first image", "images_per_s"));
  EXPECT_GT(value("area", "image and kernel banks", "area_mm2"), 0);
}

TEST(EstimateReport, layersAndComponentsAddUpToTheTable) {
  const auto network = makeNetwork(QStringLiteral("deco-mobilenetv1"));
  const Accelerator a;
  const DesignTable t = estimateTable(network, {network.variants.front()}, a, {});
  const double total = at(t, 0, Metric::Energy);
  const ReportTable layers = layerReport(network, network.variants.front(), a, {});
  const auto energy = static_cast<std::size_t>(layers.columns.indexOf(QStringLiteral("energy_uj")));
  const auto first = static_cast<std::size_t>(layers.columns.indexOf(QStringLiteral("and_uj")));
  double sumOfLayers = 0;
  double sumOfComponents = 0;
  for (const auto &row : layers.rows) {
    ASSERT_EQ(row.size(), static_cast<std::size_t>(layers.columns.size()));
    sumOfLayers += std::get<double>(row[energy]);
    for (std::size_t c = 0; c < ComponentCount; ++c) sumOfComponents += std::get<double>(row[first + c]);
  }
  EXPECT_NEAR(sumOfLayers, total, 1e-9 * total);
  EXPECT_NEAR(sumOfComponents, total, 1e-9 * total);
  const ReportTable components = componentReport(network, network.variants.front(), a, {});
  double share = 0;
  for (const auto &row : components.rows)
    if (std::get<QString>(row[3]) == QStringLiteral("energy") && std::get<QString>(row[2]) != QStringLiteral("total"))
      share += std::get<double>(row[4]);
  EXPECT_NEAR(share, total, 1e-9 * total);
  const auto kind = static_cast<std::size_t>(components.columns.indexOf(QStringLiteral("kind")));
  const auto shareOf = static_cast<std::size_t>(components.columns.indexOf(QStringLiteral("share_of")));
  for (const auto &row : components.rows) {
    const QString group = std::get<QString>(row[3]);
    const bool memory = group == QStringLiteral("memory");
    const bool published = std::get<QString>(row[2]).startsWith(QStringLiteral("published"));
    EXPECT_EQ(std::get<QString>(row[kind]), kindName(memory      ? Kind::Derived
                                                     : published ? Kind::Published
                                                                 : Kind::Estimated));
    if (group == QStringLiteral("area overhead")) {
      EXPECT_EQ(std::get<QString>(row[shareOf]), QStringLiteral("plain sub-arrays"));
    }
  }
}
