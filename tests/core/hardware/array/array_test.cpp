// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/array/array.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/hardware/array/wire.h"
#include "core/hardware/chip/chip.h"
#include "core/hardware/estimate/findings.h"
#include "core/hardware/profile/profiles.h"
#include "core/hardware/report/array_report.h"

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

namespace {

ArrayTable arrayOf(void (*change)(Accelerator &)) {
  Accelerator a;
  change(a);
  validate(a, QStringLiteral("test"));
  return buildArray(a);
}

double areaOf(const ArrayTable &t, ArrayPart part) { return t.area_um2[static_cast<std::size_t>(part)]; }

}  // namespace

TEST(Array, doublingRowsDoublesTheLinesAndTheCells) {
  const ArrayTable base = buildArray(Accelerator{});
  const ArrayTable tall = arrayOf([](Accelerator &a) { a.array.rows = 512; });
  EXPECT_DOUBLE_EQ(areaOf(tall, ArrayPart::Cells), 2 * areaOf(base, ArrayPart::Cells));
  EXPECT_DOUBLE_EQ(areaOf(tall, ArrayPart::SenseAmplifiers), areaOf(base, ArrayPart::SenseAmplifiers));
  EXPECT_NEAR(tall.at(RowOp::Read, RowPart::BitLine).latency_ns, 4 * base.at(RowOp::Read, RowPart::BitLine).latency_ns,
              1e-12);
  // Twice the line takes the divider twice as long; the latch is the same.
  const double latch_ns = Sensing{}.latch_ns;
  EXPECT_NEAR(tall.at(RowOp::And2, RowPart::Sense).latency_ns - latch_ns,
              2 * (base.at(RowOp::And2, RowPart::Sense).latency_ns - latch_ns), 1e-6);
  const double line_pj = 256 * 1.38 * 1.1 * 1.1 * 1e-3;
  EXPECT_NEAR(tall.at(RowOp::Write, RowPart::BitLine).column_pj - base.at(RowOp::Write, RowPart::BitLine).column_pj,
              line_pj, 1e-9);
  EXPECT_GT(tall.at(RowOp::Read, RowPart::Decode).latency_ns, base.at(RowOp::Read, RowPart::Decode).latency_ns);
}

TEST(Array, longerWordLinesAreSlowerAndCostMore) {
  double time_ns = 0;
  double energy = 0;
  double area = 0;
  for (int columns = 64; columns <= 8192; columns *= 2) {
    Accelerator a;
    a.array.columns = columns;
    const ArrayTable t = buildArray(a);
    EXPECT_GT(t.at(RowOp::Read, RowPart::WordLine).latency_ns, time_ns) << columns;
    EXPECT_GT(t.at(RowOp::Read).fixed_pj, energy) << columns;
    EXPECT_GT(t.totalArea_um2(), area) << columns;
    EXPECT_EQ(t.at(RowOp::Read, RowPart::Sense).latency_ns,
              buildArray(Accelerator{}).at(RowOp::Read, RowPart::Sense).latency_ns);
    time_ns = t.at(RowOp::Read, RowPart::WordLine).latency_ns;
    energy = t.at(RowOp::Read).fixed_pj;
    area = t.totalArea_um2();
  }
}

// The wire's own delay grows with the square of its length and in the end rules the word line.
TEST(Array, longWordLinesAreRuledByTheirWire) {
  Accelerator a;
  a.array.columns = 4096;
  const double half = buildArray(a).at(RowOp::Read, RowPart::WordLine).latency_ns;
  a.array.columns = 8192;
  const double whole = buildArray(a).at(RowOp::Read, RowPart::WordLine).latency_ns;
  EXPECT_GT(whole / half, 3.5);
  EXPECT_LT(whole / half, 4);
}

TEST(Array, smallerNodesAreSmallerFasterAndUseLess) {
  const ArrayTable base = buildArray(Accelerator{});
  const ArrayTable small = arrayOf([](Accelerator &a) { a.array.feature_nm = 22.5; });
  EXPECT_NEAR(areaOf(small, ArrayPart::Cells), areaOf(base, ArrayPart::Cells) / 4, 1e-6);
  EXPECT_NEAR(areaOf(small, ArrayPart::ControlAddOn), areaOf(base, ArrayPart::ControlAddOn) / 4, 1e-6);
  for (const RowOp op : {RowOp::Count, RowOp::Shift, RowOp::Add}) {
    EXPECT_NEAR(small.at(op).latency_ns, base.at(op).latency_ns / 2, 1e-12);
    EXPECT_NEAR(small.at(op).energy_pj(512), base.at(op).energy_pj(512) / 2, 1e-12);
  }
  EXPECT_LT(small.at(RowOp::Read).latency_ns, base.at(RowOp::Read).latency_ns);
  EXPECT_LT(small.at(RowOp::Read).energy_pj(512), base.at(RowOp::Read).energy_pj(512));
  // A wire's resistance a cell rises by more than two: its section falls by four, its length by two, copper scatters
  // more.
  EXPECT_GT(lineOhm_per_um(35, 2) * 0.5, 2 * lineOhm_per_um(70, 2));
  // The junction does not shrink with the node: writes keep their pulse and cell energy.
  EXPECT_EQ(small.at(RowOp::Write, RowPart::WritePulse).column_pj,
            base.at(RowOp::Write, RowPart::WritePulse).column_pj);
}

TEST(Array, lowerSupplyIsSlowerAndUsesLess) {
  const ArrayTable base = buildArray(Accelerator{});
  const ArrayTable low = arrayOf([](Accelerator &a) { a.array.vdd_v = 0.8; });
  for (const RowOp op : {RowOp::Count, RowOp::Shift, RowOp::Add}) {
    EXPECT_GT(low.at(op).latency_ns, base.at(op).latency_ns);
    EXPECT_NEAR(low.at(op).energy_pj(512), 0.64 * base.at(op).energy_pj(512), 1e-9);
  }
  EXPECT_GT(low.at(RowOp::Read, RowPart::Decode).latency_ns, base.at(RowOp::Read, RowPart::Decode).latency_ns);
  EXPECT_LT(low.totalLeakage_w(), base.totalLeakage_w());
}

TEST(Array, sharedAmplifiersTakeTurns) {
  const ArrayTable base = buildArray(Accelerator{});
  const ArrayTable shared = arrayOf([](Accelerator &a) { a.array.column_mux = 4; });
  EXPECT_DOUBLE_EQ(areaOf(shared, ArrayPart::SenseAmplifiers), areaOf(base, ArrayPart::SenseAmplifiers) / 4);
  EXPECT_DOUBLE_EQ(shared.at(RowOp::And2, RowPart::Sense).latency_ns,
                   4 * base.at(RowOp::And2, RowPart::Sense).latency_ns);
  EXPECT_DOUBLE_EQ(shared.at(RowOp::And2, RowPart::Sense).column_pj, base.at(RowOp::And2, RowPart::Sense).column_pj);
  EXPECT_GT(shared.at(RowOp::And2, RowPart::Multiplexer).latency_ns, 0);
  EXPECT_EQ(base.at(RowOp::And2, RowPart::Multiplexer).latency_ns, 0);
  Accelerator odd;
  odd.array.column_mux = 7;
  EXPECT_THROW(validate(odd, QStringLiteral("test")), Error);
}

TEST(Array, marginDecidesTimeAndEnergyOfASense) {
  // READ: its margin is wide enough for the strobe to wait for the wanted difference.
  const ArrayTable base = buildArray(Accelerator{});
  const ArrayTable high = arrayOf([](Accelerator &a) { a.sensing.tmr_pct = 171; });
  const ArrayTable resistive = arrayOf([](Accelerator &a) { a.sensing.access_ohm = 6000; });
  const ArrayTable offset = arrayOf([](Accelerator &a) { a.sensing.offset_mv = 2; });
  const auto time = [](const ArrayTable &t) { return t.at(RowOp::Read).latency_ns; };
  const auto energy = [](const ArrayTable &t) { return t.at(RowOp::Read).energy_pj(512); };
  EXPECT_LT(time(high), time(base));
  EXPECT_GT(time(resistive), time(base));
  EXPECT_LT(time(offset), time(base));
  EXPECT_LT(energy(high), energy(base));
  EXPECT_GT(energy(resistive), energy(base));
  EXPECT_LT(energy(offset), energy(base));
}

TEST(Array, cmosCountersLeakMoreThanTheMemory) {
  const ArrayTable t = buildArray(Accelerator{});
  EXPECT_EQ(t.leakage_w[static_cast<std::size_t>(ArrayPart::Cells)], 0);
  double memory = 0;
  for (std::size_t part = 0; part < static_cast<std::size_t>(ArrayPart::SenseAddOn); ++part)
    memory += t.leakage_w[part];
  EXPECT_GT(t.leakage_w[static_cast<std::size_t>(ArrayPart::ControlAddOn)], 10 * memory);
  const ArrayTable hot = arrayOf([](Accelerator &a) { a.device.temperature_k = 360; });
  EXPECT_GT(hot.totalLeakage_w(), 1.5 * t.totalLeakage_w());
  const ArrayTable sram = arrayOf([](Accelerator &a) { a.array.cell_leakage_pw = 4.2; });
  EXPECT_NEAR(sram.totalLeakage_w() - t.totalLeakage_w(), 4.2e-12 * 256 * 512, 1e-12);
}

TEST(Array, weakOnesAreFlaggedAndImpossibleOnesRefused) {
  EXPECT_TRUE(arrayFindings(Accelerator{}, buildArray(Accelerator{})).empty());
  const auto warned = [](void (*change)(Accelerator &), const char *part) {
    Accelerator a;
    change(a);
    const QString text = warningTexts(arrayFindings(a, buildArray(a))).join(QLatin1Char('\n'));
    EXPECT_TRUE(text.contains(QLatin1String(part))) << text.toStdString() << " lacks " << part;
  };
  warned([](Accelerator &a) { a.sensing.sense_current_ua = 70; }, "current source");
  warned([](Accelerator &a) { a.sensing.sense_current_ua = 90; }, "flips a cell");
  warned([](Accelerator &a) { a.device.write_supply_v = 0.3; }, "write supply");
  warned([](Accelerator &a) { a.array.write_transistor_um = 0.1; }, "write transistors");
  warned([](Accelerator &a) { a.array.feature_nm = 14; }, "planar");
  Accelerator narrow;
  narrow.array.cell_width_um = 0.1;
  EXPECT_THROW(validate(narrow, QStringLiteral("test")), Error);
}

TEST(ReadDisturb, growsWithTheCurrentUpToCertainty) {
  const Device device;
  double last = 0;
  for (const double current : {5.0, 20.0, 60.0, 100.0}) {
    const ReadDisturb r = readDisturb(device, 120, current, 1);
    EXPECT_GT(r.probability, last);
    last = r.probability;
  }
  const ReadDisturb critical = readDisturb(device, 120, readDisturb(device, 120, 1, 1).critical_ua, 1000);
  EXPECT_NEAR(critical.share, 1, 1e-12);
  EXPECT_NEAR(critical.probability, 1, 1e-9);
  EXPECT_LT(readDisturb(device, 120, 20, 1).probability, 1e-20);
}

// Of the write current only the metal's share makes the drop across the metal.
TEST(Array, theMetalsShareOfTheCurrentMakesItsDrop) {
  Accelerator a;
  const ArrayTable whole = buildArray(a);
  a.device.heavy_metal_current_share = 0.7;
  const ArrayTable shared = buildArray(a);
  const double line_ohm = (a.device.write_supply_v - whole.write_headroom_v) / (whole.device.write_current_ua * 1e-6) -
                          whole.device.metal_ohm;
  const double drop_v = shared.device.write_current_ua * 1e-6 * (0.7 * shared.device.metal_ohm + line_ohm);
  EXPECT_NEAR(shared.write_headroom_v, a.device.write_supply_v - drop_v, 1e-9);
}
