// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array.h"

#include <gtest/gtest.h>

#include "core/hardware/chip.h"
#include "core/hardware/profiles.h"

using namespace pimento;

// NVSim 6334d00, 256x512: 1.629 ns and 79.806 pJ a read, 1.814 ns and 58.451 pJ a write, 2.312 µW, 0.0806 mm².
TEST(Array, nvsimProfileMeetsItsSubarray) {
  const ArrayTable t = buildArray(builtInProfile(QStringLiteral("sot-mram-nvsim")));
  EXPECT_NEAR(t.at(RowOp::Read).latency_ns / 1.629, 1, 0.15);
  EXPECT_NEAR(t.at(RowOp::Read).energy_pj(512) / 79.806, 1, 0.15);
  EXPECT_NEAR(t.at(RowOp::Write).latency_ns / 1.814, 1, 0.15);
  EXPECT_NEAR(t.at(RowOp::Write).energy_pj(512) / 58.451, 1, 0.15);
  EXPECT_NEAR(t.baseArea_um2() / 80'550, 1, 0.15);
  double periphery = 0;
  for (std::size_t part = 0; part < static_cast<std::size_t>(ArrayPart::SenseAddOn); ++part)
    periphery += t.leakage_w[part];
  EXPECT_NEAR(periphery / 2.312e-6, 1, 0.15);
}

TEST(Array, operationsAreTheSumOfTheirParts) {
  for (const QString &name : builtInProfiles()) {
    const ArrayTable t = buildArray(builtInProfile(name));
    for (std::size_t op = 0; op < RowOpCount; ++op) {
      OperationCost sum;
      for (const OperationCost &part : t.parts[op]) {
        EXPECT_GE(part.latency_ns, 0);
        EXPECT_GE(part.energy_pj(512), 0);
        sum.latency_ns += part.latency_ns;
        sum.fixed_pj += part.energy_pj(512);
      }
      EXPECT_NEAR(sum.latency_ns, t.operations[op].latency_ns, 1e-12);
      EXPECT_NEAR(sum.fixed_pj, t.operations[op].energy_pj(512), 1e-9);
      EXPECT_GT(sum.latency_ns, 0);
    }
  }
}

TEST(Array, bitCounterHasItsFullAdders) {
  EXPECT_EQ(counterAdders(512), 502);
  EXPECT_EQ(counterAdders(3), 1);
  EXPECT_EQ(counterAdders(7), 4);
  const ArrayTable t = buildArray(Accelerator{});
  EXPECT_NEAR(t.at(RowOp::Count).energy_pj(512), 1.9, 0.02);
}

TEST(Array, writesGoInSteps) {
  Accelerator a;
  a.array.write_columns = 512;
  const ArrayTable wide = buildArray(a);
  const ArrayTable narrow = buildArray(Accelerator{});
  EXPECT_EQ(wide.write_steps, 1);
  EXPECT_EQ(narrow.write_steps, 8);
  EXPECT_GT(narrow.at(RowOp::Write).latency_ns, 7 * 2.0 + wide.at(RowOp::Write).latency_ns);
  EXPECT_DOUBLE_EQ(narrow.at(RowOp::Write).column_pj, wide.at(RowOp::Write).column_pj);
}

TEST(Array, moreRowsCostMore) {
  Accelerator tall;
  tall.array.rows = 1024;
  const ArrayTable a = buildArray(Accelerator{});
  const ArrayTable b = buildArray(tall);
  for (const RowOp op : {RowOp::Read, RowOp::And2, RowOp::Write}) {
    EXPECT_GT(b.at(op).latency_ns, a.at(op).latency_ns);
    EXPECT_GT(b.at(op).energy_pj(512), a.at(op).energy_pj(512));
  }
  EXPECT_GT(b.totalArea_um2(), 3 * a.totalArea_um2());
}

TEST(Array, columnRegistersAreThereOnlyWhereTheyAreUsed) {
  Accelerator latched;
  latched.schedule.dataflow = Dataflow::Latched;
  const auto registers = static_cast<std::size_t>(ArrayPart::ColumnRegisters);
  EXPECT_EQ(buildArray(Accelerator{}).area_um2[registers], 0);
  EXPECT_GT(buildArray(latched).area_um2[registers], 512 * 8 * 5.9);
}

TEST(Chip, has4096SubarraysAndAreasAddUp) {
  const Accelerator a;
  const ArrayTable array = buildArray(a);
  const ChipTable chip = buildChip(a, array);
  EXPECT_EQ(chip.subarrays, 4096);
  EXPECT_NEAR(chip.area_mm2(), 4096 * array.totalArea_um2() * 1e-6 * 1.143 + chip.dpu_mm2, 1e-9);
  const AreaOverhead o = areaOverhead(array);
  EXPECT_NEAR(array.totalArea_um2(), array.baseArea_um2() * (1 + o.total_pct() / 100), 1e-6);
  EXPECT_GT(o.total_pct(), 2);
  EXPECT_LT(o.total_pct(), 20);
}

TEST(Chip, wiresReachOnlyTheBanksInUse) {
  const Accelerator a;
  const ChipTable chip = buildChip(a, buildArray(a));
  EXPECT_LT(chip.span_mm(1, Span::Used), chip.span_mm(1000, Span::Used));
  EXPECT_DOUBLE_EQ(chip.span_mm(4096, Span::Used), chip.span_mm(1, Span::Chip));
  EXPECT_NEAR(chip.wire_pj_per_bit_mm, 0.16, 1e-9);  // 0.2 fF/µm x 1.6 x 0.5 x 1 V²
}

TEST(Chip, nvsimWiresCarryABitAcrossTheChip) {
  const Accelerator a = builtInProfile(QStringLiteral("sot-mram-nvsim"));
  const ChipTable chip = buildChip(a, buildArray(a));
  const double bit_pj = chip.span_mm(1, Span::Chip) * chip.wire_pj_per_bit_mm;
  EXPECT_NEAR(bit_pj, 8168.0 / 512, 0.15 * 8168.0 / 512);
}
