// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/scaling/operating_point.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/hardware/chip/machine.h"
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/sense/sense_map.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

template <class Change>
Accelerator with(Change change) {
  Accelerator a;
  change(a);
  return a;
}

Totals estimated(const Accelerator &a) {
  static const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Machine machine = buildMachine(a);
  return estimateTotals(workOf(network, widthVariant(network, 1), machine.schedule.layout), machine, {8, 8},
                        Part::Whole);
}

}  // namespace

TEST(OperatingPoint, isWhatIsGivenAt45nmAnd1VAnd300K) {
  const Accelerator a;
  const OperatingPoint at = operatingPoint(a);
  EXPECT_EQ(at.array, a.array);
  EXPECT_EQ(at.chip, a.chip);
  EXPECT_EQ(at.device, a.device);
  EXPECT_NEAR(at.sensing.parallel_resistance_ohm, 5000, 1e-9);
  EXPECT_EQ(at.sensing.tmr_pct, a.sensing.tmr_pct);
  EXPECT_EQ(at.sensing.access_ohm, a.sensing.access_ohm);
}

// One node from the cell to the sense: `pimento sense`, the array and the maps of a simulation see the same line.
TEST(OperatingPoint, isTheSameForSenseArrayAndMaps) {
  for (const double node : {22.0, 32.0, 45.0, 65.0, 90.0}) {
    const Accelerator a = with([&](Accelerator &c) { c.array.feature_nm = node; });
    const OperatingPoint at = operatingPoint(a);
    const ArrayTable array = buildArray(a);
    const SenseMap map(a, 1, 0);
    for (std::size_t op = 0; op < SenseOpCount; ++op) {
      const auto sensed = static_cast<SenseOp>(op);
      const SenseCost cost = sense(at.sensing, sensed, at.senseLine_ff(), at.array.vdd_v, at.device.temperature_k);
      EXPECT_EQ(cost.settle_ns, array.at(sensed).settle_ns) << node;
      EXPECT_EQ(cost.energy_fj, array.at(sensed).energy_fj) << node;
      EXPECT_EQ(map.developed(sensed), cost.developed) << node;
    }
    // kT/C of a line that is shorter by the node
    const double line_ff = 256 * 0.30 * node / 45;
    EXPECT_NEAR(map.noise_mv(), std::sqrt(1.380649e-23 * 300 / (line_ff * 1e-15)) * 1e3, 1e-9);
  }
}

// A DPU of 64 lanes of 5,000 µm² and 27 nW/µm²: with F², V²; its leakage by exp(0.0126) a kelvin.
TEST(OperatingPoint, scalesTheDigitalUnit) {
  const auto chip = [](const Accelerator &a) { return buildMachine(a).chip; };
  EXPECT_NEAR(chip(with([](Accelerator &a) { a.array.feature_nm = 22; })).dpu_mm2, 0.0765, 0.0001);
  EXPECT_NEAR(chip(with([](Accelerator &a) { a.device.temperature_k = 400; })).dpu_leakage_w, 30.5e-3, 0.1e-3);
  const Machine low = buildMachine(with([](Accelerator &a) { a.array.vdd_v = 0.8; }));
  EXPECT_NEAR(low.parameters.dpu_multiply_pj, 3.1 * 0.64, 1e-12);
  EXPECT_NEAR(low.parameters.dpu_add_pj, 0.1 * 0.64, 1e-12);
  EXPECT_LT(low.chip.dpu_per_ns, buildMachine({}).chip.dpu_per_ns) << "slower gates, a slower clock";
}

TEST(OperatingPoint, energyOfTheDigitalUnitGoesWithTheSupplySquared) {
  const auto dpu = [](const Totals &t) { return t.energy_pj[static_cast<std::size_t>(Component::Dpu)] * 1e-6; };
  EXPECT_NEAR(dpu(estimated(with([](Accelerator &a) { a.array.vdd_v = 0.8; }))), 0.733, 0.001);
  EXPECT_NEAR(dpu(estimated({})), 0.733 / 0.64, 0.002);
}

// Repeated wires: root of what the repeaters take (F) and of the wire's resistance (1 / F²); slower when hot or
// starved.
TEST(OperatingPoint, scalesTheWires) {
  const auto delay = [](auto change) { return buildMachine(with(change)).chip.wire_ns_per_mm; };
  const double now = delay([](Accelerator &) {});
  EXPECT_NEAR(delay([](Accelerator &a) { a.array.feature_nm = 22; }) / now, std::sqrt(45.0 / 22), 1e-9);
  EXPECT_GT(delay([](Accelerator &a) { a.array.vdd_v = 0.8; }), now);
  EXPECT_GT(delay([](Accelerator &a) { a.device.temperature_k = 380; }), now);
}

// Hot transistors carry less: the periphery by 1.22 from 300 to 400 K, the logic by 1.12.
TEST(OperatingPoint, heatSlowsTransistors) {
  const OperatingPoint hot = operatingPoint(with([](Accelerator &a) { a.device.temperature_k = 400; }));
  EXPECT_NEAR(hot.array.fo4_ps / Accelerator{}.array.fo4_ps, 1.22, 0.01);
  EXPECT_NEAR(hot.array.add_ns / Accelerator{}.array.add_ns, 1.12, 0.01);
  EXPECT_NEAR(hot.sensing.access_ohm / Accelerator{}.sensing.access_ohm, 1.22, 0.01);
  EXPECT_LT(hot.sensing.tmr_pct, Accelerator{}.sensing.tmr_pct);
}

TEST(OperatingPoint, resistanceFollowsTheJunctionsArea) {
  const OperatingPoint at = operatingPoint(with([](Accelerator &a) { a.device.free_layer_length_nm = 180; }));
  EXPECT_NEAR(at.sensing.parallel_resistance_ohm, 2500, 1e-9);
  EXPECT_GT(buildArray(Accelerator{}).at(SenseOp::Read).margin_mv,
            buildArray(with([](Accelerator &a) { a.device.free_layer_length_nm = 180; })).at(SenseOp::Read).margin_mv);
}
