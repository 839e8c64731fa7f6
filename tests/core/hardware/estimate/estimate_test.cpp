// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/estimate/schedule.h"
#include "core/hardware/profile/parameters.h"

#include <gtest/gtest.h>

#include <cmath>

#include <algorithm>

#include "core/hardware/profile/profiles.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

Totals totalsOf(const QString &name, const Variant &variant, const Accelerator &a, Bits bits = {}) {
  return estimateTotals(workOf(makeNetwork(name), variant), buildMachine(a), bits);
}

Totals resnet20(const Accelerator &a, double width = 1, Bits bits = {}) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  return estimateTotals(workOf(network, widthVariant(network, width)), buildMachine(a), bits);
}

void expectSame(const Totals &a, const Totals &b) {
  for (std::size_t c = 0; c < ComponentCount; ++c) {
    EXPECT_EQ(a.energy_pj[c], b.energy_pj[c]);
    EXPECT_EQ(a.busy_ns[c], b.busy_ns[c]);
  }
  EXPECT_EQ(a.latency_ns, b.latency_ns);
  EXPECT_EQ(a.rowOperations, b.rowOperations);
  EXPECT_EQ(a.usedSubarrays, b.usedSubarrays);
  EXPECT_EQ(a.memory_bytes, b.memory_bytes);
}

std::vector<Accelerator> variedAccelerators() {
  std::vector<Accelerator> list;
  for (const QString &name : builtInProfiles()) list.push_back(builtInProfile(name));
  for (const Dataflow dataflow : {Dataflow::Tap, Dataflow::Latched}) {
    list.emplace_back();
    list.back().schedule.dataflow = dataflow;
  }
  list.emplace_back();
  list.back().schedule.write_back = Toggle::On;
  list.back().schedule.expansion = Expansion::Bank;
  list.emplace_back();
  list.back().schedule.column_gating = Toggle::On;
  list.back().schedule.overlap = Overlap::Phases;
  list.back().schedule.idle_gating = Toggle::Off;
  list.emplace_back();
  list.back().chip.capacity_mbit = 16;
  list.back().chip.banks = 1;
  return list;
}

}  // namespace

TEST(Estimate, totalsPathEqualsDetailedPathAndLayersAddUp) {
  for (const Accelerator &a : variedAccelerators()) {
    const Machine machine = buildMachine(a);
    for (const Family &family : families()) {
      const auto network = makeNetwork(QString::fromLatin1(family.name));
      for (const Variant &variant : network.variants) {
        const auto works = workOf(network, variant);
        const Estimate detailed = estimate(works, machine, {});
        expectSame(detailed.totals, estimateTotals(works, machine, {}));
        double energy = 0;
        double latency = 0;
        for (const LayerCost &layer : detailed.layers) {
          energy += sum(layer.energy_pj);
          latency += layer.latency_ns;
          for (const double pj : layer.energy_pj) EXPECT_GE(pj, 0);
        }
        EXPECT_NEAR(energy, sum(detailed.totals.energy_pj), 1e-9 * energy);
        EXPECT_NEAR(latency, detailed.totals.latency_ns, 1e-9 * latency);
        EXPECT_GT(energy, 0);
        EXPECT_GT(latency, 0);
      }
    }
  }
}

TEST(Estimate, headAndExtractorMakeTheWhole) {
  const auto network = makeNetwork(QStringLiteral("deco-vgg16"));
  const Machine machine = buildMachine(Accelerator{});
  const auto works = workOf(network, network.variants.front());
  const Totals whole = estimateTotals(works, machine, {});
  const Totals head = estimateTotals(works, machine, {}, Part::Head);
  double extractor = 0;
  for (const LayerCost &layer : estimate(works, machine, {}).layers)
    if (network.layers[layer.layer].module == QStringLiteral("FE")) extractor += sum(layer.energy_pj);
  EXPECT_NEAR(sum(head.energy_pj) + extractor, sum(whole.energy_pj), 1e-9 * sum(whole.energy_pj));
  EXPECT_LT(head.subarrays, whole.subarrays);
}

TEST(Estimate, widerNetworksAndMoreBitsCostMore) {
  // Latency may fall with width: longer patches leave fewer to a row, and so more groups that replicas can share.
  for (const Accelerator &a : variedAccelerators()) {
    double energy = 0;
    double latency = 0;
    for (const double width : {0.25, 0.5, 0.75, 1.0}) {
      const Totals t = resnet20(a, width);
      EXPECT_GT(t.energy_uj(), energy);
      if (hash(a) == hash(Accelerator{})) {
        EXPECT_GT(t.latency_us(), latency);
      }
      energy = t.energy_uj();
      latency = t.latency_us();
    }
    EXPECT_LT(resnet20(a, 1, {4, 4}).energy_uj(), energy);
    EXPECT_LT(resnet20(a, 1, {8, 1}).energy_uj(), energy);
    EXPECT_GT(resnet20(a, 1, {16, 16}).energy_uj(), energy);
  }
}

TEST(Estimate, largerPowerCapIsNeverSlowerAndPowerKeepsToIt) {
  for (Accelerator a : variedAccelerators()) {
    double last = 1e300;
    for (double cap = 0.7; cap < 60; cap *= 1.05) {
      a.schedule.power_cap_w = cap;
      const Totals t = resnet20(a);
      EXPECT_LE(t.latency_ns, last * (1 + 1e-12)) << cap;
      if (!t.capBelowLeakage) {
        EXPECT_LE(t.power_w(), cap * 1.001) << cap;
      }
      last = t.latency_ns;
    }
  }
}

TEST(Estimate, andEnergyFollowsTheRowOperationsAlone) {
  Accelerator a;
  const Totals full = resnet20(a);
  a.schedule.packing = Packing::None;
  const Totals unpacked = resnet20(a);
  EXPECT_GT(unpacked.energy_pj[index(Component::AndCompute)], full.energy_pj[index(Component::AndCompute)]);
  EXPECT_EQ(unpacked.energy_pj[index(Component::Dpu)], full.energy_pj[index(Component::Dpu)]);
  // A pair of row operations more costs one row operation's energy each: 208,896 and 140,288 convolutions' pairs and
  // the ten of the classifier.
  const double ratio = unpacked.energy_pj[index(Component::AndCompute)] / full.energy_pj[index(Component::AndCompute)];
  EXPECT_NEAR(ratio, 208'906.0 / 140'298.0, 1e-9);
}

TEST(Estimate, writeBackFillsItsRegionAndCostsMore) {
  Accelerator a;
  const Totals plain = resnet20(a);
  EXPECT_EQ(plain.energy_pj[index(Component::AndWriteBack)], 0);
  a.schedule.write_back = Toggle::On;
  const Totals written = resnet20(a);
  EXPECT_GT(written.energy_pj[index(Component::AndWriteBack)], 0);
  EXPECT_GT(written.energy_uj(), 3 * plain.energy_uj());
  EXPECT_GT(written.rowWrites, plain.rowWrites);
}

TEST(Estimate, latchedOperandsAreReadOnceForAllPlanes) {
  Accelerator a = builtInProfile(QStringLiteral("sot-mram-nvsim"));
  a.schedule.packing = Packing::Any;
  const Totals patch = resnet20(a);
  a.schedule.dataflow = Dataflow::Latched;
  const Totals latched = resnet20(a);
  EXPECT_NEAR(latched.rowOperations, patch.rowOperations / 8, 1e-6);
  EXPECT_LT(latched.energy_pj[index(Component::AndCompute)], patch.energy_pj[index(Component::AndCompute)] / 7);
  EXPECT_LT(latched.rowWrites, 1);  // of the image banks alone
  // The column registers hold eight planes: sixteen need every weight row twice.
  EXPECT_NEAR(resnet20(a, 1, {8, 16}).rowOperations, 2 * latched.rowOperations, 1e-6);
}

TEST(Estimate, whatDoesNotFitIsReloaded) {
  Accelerator a;
  const auto network = makeNetwork(QStringLiteral("resnet50-slimmable"));
  const Totals fits = totalsOf(network.name, network.variants.front(), a);
  EXPECT_EQ(fits.reloadShare, 0);
  EXPECT_EQ(fits.energy_pj[index(Component::Reload)], 0);
  a.chip.capacity_mbit = 64;
  const Totals large = totalsOf(network.name, network.variants.front(), a);
  EXPECT_GT(large.reloadShare, 0.5);
  EXPECT_GT(large.energy_pj[index(Component::Reload)], 0);
  EXPECT_GT(large.busy_ns[index(Component::Reload)], 0);
  EXPECT_LE(large.usedSubarrays, 512);
}

TEST(Estimate, memoryIsWeightsAtTheirBitsAndWordsAt32) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Totals full = totalsOf(network.name, network.variants.front(), Accelerator{}, {32, 32});
  EXPECT_DOUBLE_EQ(full.memory_bytes, 4.0 * 269'722);
  // 2 x 688 batch-norm words and 10 biases stay at 32 bits.
  const Totals eight = totalsOf(network.name, network.variants.front(), Accelerator{}, {8, 8});
  const double words = 2 * 688 + 10;
  EXPECT_DOUBLE_EQ(eight.memory_bytes, 269'722 - words + 4 * words);
}

TEST(Estimate, pipelinedIsNeverSlowerThanPhases) {
  Accelerator a;
  a.schedule.power_cap_w = 1000;
  const double pipelined = resnet20(a).latency_ns;
  a.schedule.overlap = Overlap::Phases;
  EXPECT_GT(resnet20(a).latency_ns, pipelined);
}

TEST(Estimate, imagesInFlightShareThePartsThatBindThem) {
  for (Accelerator a : variedAccelerators()) {
    const Totals one = resnet20(a);
    EXPECT_DOUBLE_EQ(one.interval_ns, one.latency_ns);
    for (const int batch : {2, 4, 16, 64}) {
      a.schedule.batch = batch;
      const Totals t = resnet20(a);
      // Where the cap binds alone, batches do not help: the banks of the maps in flight leak, which costs budget.
      EXPECT_LE(t.interval_ns, one.interval_ns * 1.15) << batch;
      EXPECT_GE(t.interval_ns * batch, t.latency_ns * (1 - 1e-12)) << batch;
      for (const Component c : {Component::Transport, Component::Returns, Component::Dpu})
        EXPECT_GE(t.interval_ns, t.busy_ns[index(c)]) << batch;
      if (!t.capBelowLeakage) {
        EXPECT_LE(t.power_w(), a.schedule.power_cap_w * 1.001) << batch;
      }
      EXPECT_LE(t.energy_uj(), one.energy_uj() * 1.1) << batch;
      EXPECT_NEAR(t.images_per_s() * t.interval_ns, 1e9, 1);
    }
    a.schedule.power_cap_w = 1000;
    a.schedule.batch = 1;
    const double alone = resnet20(a).interval_ns;
    a.schedule.batch = 16;
    EXPECT_LT(resnet20(a).interval_ns, alone / 2);
  }
}

TEST(Estimate, layersOfABatchAddUpToItsTotals) {
  Accelerator a;
  a.schedule.batch = 8;
  a.schedule.power_cap_w = 20;
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Estimate e = estimate(workOf(network, network.variants.front()), buildMachine(a), {});
  EXPECT_LT(e.totals.interval_ns, e.totals.latency_ns);
  double energy = 0;
  for (const LayerCost &layer : e.layers) energy += sum(layer.energy_pj);
  EXPECT_NEAR(energy, sum(e.totals.energy_pj), 1e-9 * energy);
}

TEST(Estimate, mapsInFlightTakeBanks) {
  const auto network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const auto works = workOf(network, network.variants.front());
  // conv1 of the first block of 16 channels: its input, which the shortcut needs too, and its output: 2 x 16 x 32 x 32.
  const auto live = std::max_element(works.begin(), works.end(), [](const LayerWork &x, const LayerWork &y) {
                      return x.liveElements < y.liveElements;
                    })->liveElements;
  EXPECT_EQ(live, 3 * 16 * 32 * 32);  // conv2: the shortcut's, its input and its output
  const ChipTable chip = buildMachine(Accelerator{}).chip;
  EXPECT_EQ(banksFor(chip, 0).image, 4 * 8);
  EXPECT_EQ(banksFor(chip, 100.0 * 256 * 512).image, 100);
  const Banks full = banksFor(chip, 1e12);
  EXPECT_FALSE(full.mapsFit);
  EXPECT_LE(full.subarrays(), chip.subarrays / 2);
  // Eight sub-arrays a port hide reads but not writes of 64 columns a step.
  EXPECT_DOUBLE_EQ(banksFor(chip, 0).imageRead_bits_per_ns, chip.imagePort_bits_per_ns);
  EXPECT_LT(banksFor(chip, 0).imageWrite_bits_per_ns, chip.imagePort_bits_per_ns);
}

TEST(Estimate, layersThatExceedTheRewrittenRegionTakePasses) {
  Accelerator a;
  a.chip.capacity_mbit = 64;
  const auto network = makeNetwork(QStringLiteral("resnet50-slimmable"));
  const Estimate e = estimate(workOf(network, network.variants.front()), buildMachine(a), {});
  double rows = 0;
  std::int64_t most = 0;
  for (const LayerCost &layer : e.layers) {
    rows += layer.reloadRows;
    most = std::max(most, layer.passes);
  }
  EXPECT_GT(most, 1);
  EXPECT_DOUBLE_EQ(rows, e.totals.reloadRows);
  EXPECT_GT(e.totals.reloadBits, 0);
  EXPECT_EQ(e.totals.interval_ns, e.totals.latency_ns);
}

TEST(Estimate, gatingIdleSubarraysSavesLeakage) {
  Accelerator a;
  const Totals gated = resnet20(a);
  a.schedule.idle_gating = Toggle::Off;
  const Totals on = resnet20(a);
  EXPECT_LT(gated.idle_w, on.idle_w / 5);
  EXPECT_LT(gated.energy_uj(), on.energy_uj());
}

// A hundredth more of the cap or of the TMR never moves latency by more than two hundredths: replicas have parts.
TEST(Estimate, latencyHasNoStepsOverCapAndTmr) {
  for (const char *dataflow : {"patch", "tap", "latched"})
    for (const char *overlap : {"phases", "pipelined"}) {
      Accelerator a;
      setParameter(a, QStringLiteral("dataflow=") + QLatin1String(dataflow), {});
      setParameter(a, QStringLiteral("overlap=") + QLatin1String(overlap), {});
      double last = 0;
      for (a.schedule.power_cap_w = 0.8; a.schedule.power_cap_w < 30; a.schedule.power_cap_w *= 1.01) {
        const double latency = resnet20(a).latency_ns;
        EXPECT_TRUE(last == 0 || latency > 0.98 * last) << dataflow << overlap << a.schedule.power_cap_w;
        last = latency;
      }
    }
}

// Waking gated sub-arrays takes power like all else; 1 µJ a sub-array would take 7.7 W if it did not wait.
TEST(Estimate, wakingKeepsToThePowerCap) {
  Accelerator a;
  const double before_ns = resnet20(a).latency_ns;
  a.chip.wake_pj = 1e6;
  const Totals t = resnet20(a);
  EXPECT_LE(t.power_w(), a.schedule.power_cap_w * 1.001);
  EXPECT_GT(t.latency_ns, 3 * before_ns);
  EXPECT_GT(t.cappedLayers, 0);
}

// The way leads through all sub-arrays in use. MobileNetV1's extractor and fourth head, latched: one copy takes one
// bank, its replicas nearly all 16, whose side is sqrt(sub-arrays x area).
TEST(Estimate, replicasPayTheWiresOfTheBanksThatTheyLieIn) {
  const NetworkSpec network = makeNetwork(QStringLiteral("deco-mobilenetv1"));
  Accelerator a;
  a.schedule.dataflow = Dataflow::Latched;
  const auto works = workOf(network, findVariant(network, QStringLiteral("fe+cm4")));
  const Machine machine = buildMachine(a);
  PriceRoom room;
  const PlannedNetwork planned = planNetwork(works, machine, {}, room);
  double used = static_cast<double>(planned.plan.banks.subarrays());
  for (const LayerPrice &price : planned.prices)
    used += static_cast<double>(price.map.subarrays) * replicas(price, planned.plan);
  EXPECT_GT(used, 2.0 * static_cast<double>(machine.chip.subarraysPerBank));
  EXPECT_NEAR(planned.plan.route.span_mm, std::sqrt(used * machine.chip.subarray_mm2), 1e-9);
  Accelerator near = a;
  near.chip.global_wire_ff_per_um = 0.01;
  EXPECT_LT(estimateTotals(works, buildMachine(near), {}).energy_uj(),
            0.9 * estimateTotals(works, machine, {}).energy_uj());
}

// What stands at every mat is silicon that leaks, and its buffers take energy.
TEST(Estimate, expandersAndRequantisersAtTheMatsCostSilicon) {
  const auto with = [](Expansion expansion, Requantise requantise) {
    Accelerator a;
    a.schedule.expansion = expansion;
    a.schedule.requantise = requantise;
    return buildMachine(a);
  };
  const Machine plain = with(Expansion::Bank, Requantise::Dpu);
  const Machine expands = with(Expansion::Mat, Requantise::Dpu);
  const Machine both = with(Expansion::Mat, Requantise::Mat);
  const Chip chip;
  const double wired = chip.wiring_area_factor * 1e-6 / chip.subarrays_per_mat;
  EXPECT_NEAR(expands.chip.subarray_mm2 - plain.chip.subarray_mm2, chip.expander_um2 * wired, 1e-12);
  EXPECT_NEAR(both.chip.subarray_mm2 - expands.chip.subarray_mm2, chip.mat_requantise_lanes * chip.dpu_lane_um2 * wired,
              1e-12);
  EXPECT_GT(expands.chip.subarray_leakage_w, plain.chip.subarray_leakage_w);
  EXPECT_GT(areaOverhead(both.array).total_pct(), areaOverhead(plain.array).total_pct());
  Accelerator free;
  free.chip.expander_fj_per_bit = 0;
  EXPECT_LT(resnet20(free).energy_pj[index(Component::Transport)],
            resnet20(Accelerator{}).energy_pj[index(Component::Transport)]);
}

// Volatile cells that hold weights stay on: idle leakage rises by what gating would save of them, and only of them.
TEST(Estimate, volatileCellsThatHoldWeightsAreNotGated) {
  Accelerator a;
  const Totals kept = resnet20(a);
  a.array.volatile_cells = Toggle::On;
  const Totals on = resnet20(a);
  const Machine machine = buildMachine(a);
  EXPECT_NEAR(on.idle_w - kept.idle_w,
              on.usedSubarrays * machine.chip.subarray_leakage_w * (1 - machine.chip.gated_share), 1e-9);
  a.schedule.idle_gating = Toggle::Off;
  EXPECT_GT(resnet20(a).idle_w, on.idle_w);
}
