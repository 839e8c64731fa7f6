// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/silicon/prediction.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/hardware/array/array.h"
#include "core/hardware/chip/chip.h"
#include "core/hardware/profile/profiles.h"

using namespace pimento;

namespace {

PublishedChip memory(double kbit = 1024) {
  PublishedChip chip;
  chip.name = QStringLiteral("a-chip");
  chip.cell = QStringLiteral("stt");
  chip.node_nm = 45;
  chip.supply_v = 1;
  chip.temperature_k = 300;
  chip.capacity_kbit = kbit;
  return chip;
}

Measurement figureOf(ChipQuantity quantity, double value = 1, int bits = 0) {
  Measurement m;
  m.quantity = quantity;
  m.low = m.high = value;
  m.bits_in = m.bits_weight = bits;
  return m;
}

double predicted(const PublishedChip &chip, ChipQuantity quantity, int bits = 0) {
  return predict(chip, figureOf(quantity, 1, bits)).value();
}

}  // namespace

TEST(Prediction, takesTheChipsOwnConditions) {
  PublishedChip chip = memory();
  chip.node_nm = 28;
  chip.supply_v = 1.1;
  chip.stated.insert(QStringLiteral("tmr_pct"), 180);
  Measurement hot = figureOf(ChipQuantity::ReadAccess);
  hot.temperature_k = 393;
  const Accelerator a = acceleratorOf(chip, hot);
  EXPECT_EQ(a.array.feature_nm, 28);
  EXPECT_EQ(a.array.vdd_v, 1.1);
  EXPECT_EQ(a.device.temperature_k, 393) << "the figure's own comes first";
  EXPECT_EQ(a.sensing.tmr_pct, 180);
  EXPECT_EQ(a.chip.capacity_mbit, 1);
  EXPECT_EQ(a.calibration, CalibrationFactors{}) << "the physical model";
}

TEST(Prediction, saysWhatIsNotStated) {
  PublishedChip chip = memory();
  EXPECT_EQ(conditionsOf(chip, figureOf(ChipQuantity::ReadAccess)), QStringLiteral("45 nm, 1 V, 300 K, 256x512"));
  chip.supply_v.reset();
  chip.temperature_k.reset();
  EXPECT_EQ(conditionsOf(chip, figureOf(ChipQuantity::ReadAccess)),
            QStringLiteral("45 nm, 1 V (not stated), 300 K (not stated), 256x512"));
  EXPECT_EQ(conditionsOf(chip, figureOf(ChipQuantity::MetalEnergy)), QStringLiteral("300 K (not stated)"));
}

TEST(Prediction, hasNominalSupplies) {
  EXPECT_DOUBLE_EQ(nominalSupply_v(45), 1.0);
  EXPECT_DOUBLE_EQ(nominalSupply_v(22), 0.8);
  EXPECT_DOUBLE_EQ(nominalSupply_v(14), 0.8);
  EXPECT_DOUBLE_EQ(nominalSupply_v(55), 1.05);
  EXPECT_DOUBLE_EQ(nominalSupply_v(250), 1.8);
}

// A memory of one sub-array has no tree; one of many has the way on it, and bits share what a read costs at once.
TEST(Prediction, addsTheTreeToTheSubarray) {
  const ArrayTable array = buildArray(acceleratorOf(memory(128), figureOf(ChipQuantity::ReadAccess)));
  const double one = predicted(memory(128), ChipQuantity::ReadAccess);
  EXPECT_DOUBLE_EQ(one, array.at(RowOp::Read).latency_ns);
  EXPECT_DOUBLE_EQ(predicted(memory(128), ChipQuantity::ReadRate), 1e3 / one);
  EXPECT_DOUBLE_EQ(predicted(memory(128), ChipQuantity::ReadEnergy), array.at(RowOp::Read).energy_pj(512) / 512);
  const double area = predicted(memory(1024), ChipQuantity::MacroArea);
  const ChipTable chip = buildChip(acceleratorOf(memory(1024), figureOf(ChipQuantity::ReadAccess)), array);
  EXPECT_NEAR(predicted(memory(1024), ChipQuantity::ReadAccess), one + std::sqrt(area) * chip.wire_ns_per_mm, 1e-12);
  EXPECT_NEAR(area, 8 * predicted(memory(128), ChipQuantity::MacroArea), 1e-12);
  EXPECT_NEAR(predicted(memory(1024), ChipQuantity::Density), 1 / area, 1e-12);
}

TEST(Prediction, opensAsManySubarraysAsAWordTakes) {
  PublishedChip chip = memory(128);
  chip.read_bits = 1024;
  const ArrayTable array = buildArray(acceleratorOf(chip, figureOf(ChipQuantity::ReadEnergy)));
  EXPECT_NEAR(predicted(chip, ChipQuantity::ReadEnergy), array.at(RowOp::Read).energy_pj(512) * 2 / 1024, 1e-12);
  chip.read_bits = 64;
  EXPECT_NEAR(predicted(chip, ChipQuantity::ReadEnergy), array.at(RowOp::Read).energy_pj(64) / 64, 1e-12);
}

// 1 multiply-accumulate is 2 operations, and a bit pair one of bits in x bits of weight.
TEST(Prediction, countsOperationsByBitPairs) {
  const PublishedChip chip = memory(128);
  const ArrayTable array = buildArray(acceleratorOf(chip, figureOf(ChipQuantity::BitEfficiency)));
  double pj = 0;
  for (const RowOp op : {RowOp::And2, RowOp::Count, RowOp::Shift, RowOp::Add}) pj += array.at(op).energy_pj(512);
  EXPECT_NEAR(predicted(chip, ChipQuantity::BitEfficiency), 1024 / pj, 1e-9);
  EXPECT_NEAR(predicted(chip, ChipQuantity::Efficiency, 8) * 64, predicted(chip, ChipQuantity::BitEfficiency), 1e-9);
  EXPECT_NEAR(predicted(chip, ChipQuantity::ComputeDensity, 4) * 16, predicted(chip, ChipQuantity::BitComputeDensity),
              1e-9);
}

TEST(Prediction, saysNothingWithoutAPrecision) {
  const Measurement bare = figureOf(ChipQuantity::Efficiency, 30);
  EXPECT_FALSE(predict(memory(), bare));
  EXPECT_TRUE(whyUnscored(bare).contains(QStringLiteral("precision")));
  EXPECT_FALSE(predict(memory(), figureOf(ChipQuantity::Endurance, 1e12)));
  EXPECT_TRUE(whyUnscored(figureOf(ChipQuantity::BitEfficiency)).isEmpty());
}

TEST(Prediction, fitsSmallMemoriesIntoFewRows) {
  EXPECT_EQ(acceleratorOf(memory(64), figureOf(ChipQuantity::ReadAccess)).array.rows, 128);
  EXPECT_EQ(acceleratorOf(memory(4096), figureOf(ChipQuantity::ReadAccess)).array.rows, 256);
}
