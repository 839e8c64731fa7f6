// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_array.h"

#include <gtest/gtest.h>

#include <QFile>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/files/csv.h"
#include "core/hardware/array/array.h"
#include "core/hardware/nvsim/nvsim_profile.h"
#include "core/hardware/profile/profiles.h"

using namespace pimento;

namespace {

QByteArray fileOf(const QString &name) {
  QFile file(QStringLiteral(PIMENTO_TEST_DATA "/nvsim/") + name);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
  return file.readAll();
}

NvsimCell cellOf(const QString &name) { return readNvsimCell(fileOf(name), name); }
NvsimCell sampleCell() { return cellOf(QStringLiteral("SOT_45.cell")); }

NvsimConfig configOf(const char *name) {
  return readNvsimConfig(fileOf(QString::fromLatin1(name) + QStringLiteral(".cfg")), QStringLiteral("a.cfg"));
}

NvsimArray sampleArray(const char *name) {
  const NvsimConfig config = configOf(name);
  return nvsimArray(cellOf(config.cell_file), config);
}

struct Golden {
  CsvTable table = readCsv(fileOf(QStringLiteral("golden.csv")), QStringLiteral("golden.csv"));
  double operator()(const char *run, const char *column) const {
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      if (table.rows[row].front() == QLatin1String(run))
        return csvNumber(table, row, table.header.indexOf(QLatin1String(column)), QStringLiteral("golden.csv"))
            .value_or(std::nan(""));
    return std::nan("");
  }
};

void expectWithin(double ours, double theirs, double share, const char *what) {
  EXPECT_NEAR(ours / theirs, 1, share) << what << ": " << ours << " against " << theirs;
}

}  // namespace

constexpr const char *Runs[] = {"sub_mux1", "mat_mux1",     "n65",           "n32",    "n22",
                                "bank4",    "grp_mux1_rep", "full_mux1_rep", "b8norep"};

// NVSim 6334d00 on the same files prints its figures with three decimals or four digits.
TEST(NvsimArray, isNvsimsOnItsRuns) {
  const Golden golden;
  for (const char *run : Runs) {
    const NvsimCost total = sampleArray(run).total();
    expectWithin(total.read_ns, golden(run, "read_ns"), 0.001, run);
    expectWithin(total.write_ns, golden(run, "write_ns"), 0.001, run);
    expectWithin(total.read_pj, golden(run, "read_pj"), 0.001, run);
    expectWithin(total.write_pj, golden(run, "write_pj"), 0.001, run);
    expectWithin(total.leakage_w, golden(run, "leakage_w"), 0.001, run);
    expectWithin(total.area_um2, golden(run, "area_um2"), 0.001, run);
  }
}

TEST(NvsimArray, isNvsimsInItsParts) {
  const Golden golden;
  for (const char *run : Runs) {
    const NvsimArray a = sampleArray(run);
    const auto same = [&](double ours, const char *column, double step) {
      EXPECT_NEAR(ours, golden(run, column), step) << run << " " << column;
    };
    same(a.at(NvsimPart::Predecoder).read_ns, "predecoder_ns", 1e-5);
    same(a.at(NvsimPart::RowDecoder).read_ns, "row_decoder_ns", 1e-5);
    same(a.at(NvsimPart::BitLine).read_ns, "bit_line_ns", 1e-5);
    same(a.at(NvsimPart::SenseAmplifier).read_ns, "sense_ns", 1e-3);
    same(a.at(NvsimPart::Predecoder).read_pj, "predecoder_pj", 1e-3);
    same(a.at(NvsimPart::RowDecoder).read_pj, "row_decoder_pj", 1e-3);
    same(a.at(NvsimPart::MuxDecoder).read_pj, "mux_decoder_pj", 1e-3);
    same(a.at(NvsimPart::BitLine).read_pj, "bit_read_pj", 2e-3);
    same(a.at(NvsimPart::BitLine).write_pj, "bit_write_pj", 2e-3);
    same(a.at(NvsimPart::SenseAmplifier).read_pj, "sense_pj", 2e-3);
    same(a.at(NvsimPart::Precharge).read_pj, "precharge_pj", 1e-3);
    same(a.subarray_um2, "subarray_um2", 0.1);
    same(a.mat_um2, "mat_um2", 0.5);
    const NvsimCost routing = a.at(NvsimPart::Routing);
    same(routing.read_ns, "routing_ns", 1e-3);
    EXPECT_NEAR(routing.read_pj, golden(run, "routing_pj"), 1e-3 * golden(run, "routing_pj") + 1e-3) << run;
    EXPECT_NEAR(routing.leakage_w, golden(run, "routing_leakage_w"), 1e-3 * golden(run, "routing_leakage_w")) << run;
  }
}

TEST(NvsimArray, linesFollowTheGeometry) {
  const NvsimCell cell = sampleCell();
  const NvsimConfig config = configOf("sub_mux1");
  const NvsimArray base = nvsimArray(cell, config);
  const NvsimArray tall = nvsimArray(cell, withSubarray(config, 512, 512));
  EXPECT_DOUBLE_EQ(tall.bitLine_ohm, 2 * base.bitLine_ohm);
  EXPECT_DOUBLE_EQ(tall.bitLine_ff, 2 * base.bitLine_ff);
  EXPECT_DOUBLE_EQ(tall.wordLine_ff, base.wordLine_ff);
  EXPECT_DOUBLE_EQ(tall.at(NvsimPart::BitLine).area_um2, 2 * base.at(NvsimPart::BitLine).area_um2);
  // Elmore's delay grows with the square, less what the larger line resistance takes of the current.
  EXPECT_NEAR(tall.at(NvsimPart::BitLine).read_ns, 4 * base.at(NvsimPart::BitLine).read_ns,
              0.04 * tall.at(NvsimPart::BitLine).read_ns);
  EXPECT_GT(tall.at(NvsimPart::Predecoder).read_ns, base.at(NvsimPart::Predecoder).read_ns);
  const NvsimArray wide = nvsimArray(cell, withSubarray(config, 256, 1024));
  EXPECT_DOUBLE_EQ(wide.wordLine_ff, 2 * base.wordLine_ff);
  EXPECT_DOUBLE_EQ(wide.bitLine_ff, base.bitLine_ff);
  EXPECT_GT(wide.at(NvsimPart::RowDecoder).read_ns, base.at(NvsimPart::RowDecoder).read_ns);
  EXPECT_NEAR(wide.at(NvsimPart::SenseAmplifier).read_pj, 2 * base.at(NvsimPart::SenseAmplifier).read_pj, 1e-9);
}

TEST(NvsimArray, growsWithEveryDimension) {
  const NvsimCell cell = sampleCell();
  const NvsimConfig config = configOf("sub_mux1");
  NvsimCost last;
  for (int size = 64; size <= 8192; size *= 2) {
    const NvsimCost total = nvsimArray(cell, withSubarray(config, size, size)).total();
    EXPECT_GT(total.read_ns, last.read_ns) << size;
    EXPECT_GT(total.write_ns, last.write_ns) << size;
    EXPECT_GT(total.read_pj, last.read_pj) << size;
    EXPECT_GT(total.area_um2, 1.5 * last.area_um2) << size;
    EXPECT_GT(total.leakage_w, last.leakage_w) << size;
    last = total;
  }
}

// Every node and roadmap of the table and between them: smaller nodes are smaller, high performance is fast and leaks.
TEST(NvsimArray, followsNodesAndRoadmaps) {
  NvsimConfig config = configOf("sub_mux1");
  const NvsimCell cell = sampleCell();
  double lastArea = 0;
  for (int node = 22; node <= 200; node += 2) {
    config.process_nm = node;
    std::array<NvsimCost, 3> costs;
    for (const NvsimRoadmap roadmap : {NvsimRoadmap::Lstp, NvsimRoadmap::Lop, NvsimRoadmap::Hp}) {
      config.roadmap = roadmap;
      NvsimCell there = cell;
      there.process_nm = node;
      costs[static_cast<std::size_t>(roadmap)] = nvsimArray(there, config).total();
    }
    const auto &[lstp, lop, hp] = costs;
    EXPECT_LT(hp.read_ns, lstp.read_ns) << node;
    EXPECT_GT(hp.leakage_w, lop.leakage_w) << node;
    EXPECT_GT(lop.leakage_w, lstp.leakage_w) << node;
    EXPECT_GT(lstp.area_um2, lastArea) << node;
    lastArea = lstp.area_um2;
  }
}

TEST(NvsimArray, leaksMoreWhereItIsHot) {
  NvsimConfig config = configOf("n22");
  const NvsimCell cell = cellOf(QStringLiteral("SOT_22.cell"));
  const NvsimCost cold = nvsimArray(cell, config).total();
  config.temperature_k = 380;
  const NvsimCost hot = nvsimArray(cell, config).total();
  EXPECT_GT(hot.leakage_w, cold.leakage_w);
  EXPECT_GT(hot.read_ns, cold.read_ns);
}

TEST(NvsimArray, currentSensingIgnoresTheResistancesAndVoltageSensingDoesNot) {
  NvsimCell cell = sampleCell();
  const NvsimConfig config = configOf("sub_mux1");
  const double before = nvsimArray(cell, config).at(NvsimPart::SenseAmplifier).read_ns;
  cell.off_ohm *= 2;
  EXPECT_EQ(nvsimArray(cell, config).at(NvsimPart::SenseAmplifier).read_ns, before);
  cell.read_mode = NvsimVoltage;
  cell.read_v = 1;
  cell.access_width_f = 40;
  const double wide = nvsimArray(cell, config).at(NvsimPart::BitLine).read_ns;
  cell.off_ohm /= 1.5;
  EXPECT_GT(nvsimArray(cell, config).at(NvsimPart::BitLine).read_ns, wide);
  cell.min_sense_mv = 400;
  EXPECT_THROW(static_cast<void>(nvsimArray(cell, config)), Error);
}

// Without a read voltage, a current is driven in and the voltage sensed.
TEST(NvsimArray, sensesTheVoltageOfACurrent) {
  NvsimCell cell = cellOf(QStringLiteral("public/nvsim_pcram.cell"));
  NvsimConfig config = configOf("sub_mux1");
  config.process_nm = 90;
  config.roadmap = NvsimRoadmap::Lop;  // as in its own configuration: 0.9 V
  config.mux_sense = 4;
  config.word_bits = 128;
  const NvsimArray array = nvsimArray(cell, config);
  EXPECT_GT(array.at(NvsimPart::BitLine).read_ns, 0);
  cell.read_pj = 0;
  const NvsimArray driven = nvsimArray(cell, config);
  // The cells of the word and their references draw the current from the supply while the latch senses.
  const double sense_ns = driven.at(NvsimPart::SenseAmplifier).read_ns;
  EXPECT_NEAR(array.at(NvsimPart::BitLine).read_pj - driven.at(NvsimPart::BitLine).read_pj,
              128 * (2 - 2 * 0.9 * 40 * sense_ns * 1e-3), 1e-6);
  cell.read_ua = 0.01;  // 0.4 µV between the cells' voltages and the latch's
  EXPECT_THROW(static_cast<void>(nvsimArray(cell, config)), Error);
}

// ReadPower is drawn by a cell and by its reference while the amplifier senses.
TEST(NvsimArray, billsReadPowerTwiceOverTheSense) {
  NvsimCell cell = sampleCell();
  const NvsimConfig config = configOf("sub_mux1");
  cell.read_uw = 10;
  const NvsimArray ten = nvsimArray(cell, config);
  cell.read_uw = 30;
  const NvsimArray thirty = nvsimArray(cell, config);
  const double sense_ns = ten.at(NvsimPart::SenseAmplifier).read_ns;
  EXPECT_NEAR(thirty.at(NvsimPart::BitLine).read_pj - ten.at(NvsimPart::BitLine).read_pj,
              512 * 2 * 20 * sense_ns * 1e-3, 1e-9);
  cell.read_pj = 0.05;  // an energy comes before it
  EXPECT_NEAR(ten.at(NvsimPart::BitLine).read_pj - nvsimArray(cell, config).at(NvsimPart::BitLine).read_pj,
              512 * (2 * 10 * sense_ns * 1e-3 - 0.05), 1e-9);
}

// A cell without a transistor: the word line carries the row, set follows reset, and a wide one can not be driven.
TEST(NvsimArray, cellsWithoutATransistorLoadTheWordLine) {
  const NvsimCell cell = cellOf(QStringLiteral("public/nvsim_rram.cell"));
  NvsimConfig config = configOf("sub_mux1");
  EXPECT_THROW(static_cast<void>(nvsimArray(cell, config)), Error) << "2 F: no amplifier fits";
  config.mux_sense = 2;
  config.word_bits = 256;
  EXPECT_THROW(static_cast<void>(nvsimArray(cell, config)), Error) << "256 cells of 20 µA";
  config.mux_sense = 8;
  config.word_bits = 64;
  const NvsimArray array = nvsimArray(cell, config);
  EXPECT_DOUBLE_EQ(array.at(NvsimPart::Pulse).write_ns, 20);
  NvsimCell diode = cell;
  diode.access = NvsimAccess::Diode;
  EXPECT_LT(nvsimArray(diode, config).at(NvsimPart::RowDecoder).leakage_w, array.at(NvsimPart::RowDecoder).leakage_w)
      << "a diode closes the unselected cells";
}

TEST(NvsimArray, staticAndDynamicCellsAreSensedByTheirCharge) {
  const NvsimConfig config = configOf("sub_mux1");
  const NvsimArray sram = nvsimArray(cellOf(QStringLiteral("public/nvsim_sram.cell")), config);
  EXPECT_GT(sram.at(NvsimPart::BitLine).leakage_w, 5 * sampleArray("sub_mux1").at(NvsimPart::RowDecoder).leakage_w);
  EXPECT_NEAR(sram.total().write_ns, sram.total().read_ns, 1e-9);
  NvsimCell dram = cellOf(QStringLiteral("public/destiny_edram.cell"));
  const double refresh_w = nvsimArray(dram, config).at(NvsimPart::BitLine).leakage_w;
  EXPECT_NEAR(nvsimArray(dram, withSubarray(config, 512, 512)).at(NvsimPart::BitLine).leakage_w / refresh_w, 2, 0.8);
  dram.dram_f = 1e-16;
  EXPECT_THROW(static_cast<void>(nvsimArray(dram, config)), Error) << "a tenth of a femtofarad moves no line";
  dram.dram_f = 13e-15;
  NvsimConfig shared = config;
  shared.mux_sense = 2;
  shared.word_bits = 256;
  EXPECT_THROW(static_cast<void>(nvsimArray(dram, shared)), Error);
}

TEST(NvsimArray, multiplexersCostTimeAndSaveAmplifiers) {
  const NvsimConfig config = configOf("sub_mux1");
  NvsimConfig shared = config;
  shared.mux_sense = 4;
  shared.word_bits = 128;
  const NvsimArray all = nvsimArray(sampleCell(), config);
  const NvsimArray quarter = nvsimArray(sampleCell(), shared);
  EXPECT_EQ(quarter.columns, 512);
  EXPECT_NEAR(quarter.at(NvsimPart::SenseAmplifier).read_pj, all.at(NvsimPart::SenseAmplifier).read_pj / 4,
              0.01 * all.at(NvsimPart::SenseAmplifier).read_pj);
  EXPECT_GT(quarter.at(NvsimPart::MuxDecoder).read_ns, all.at(NvsimPart::MuxDecoder).read_ns);
  EXPECT_LT(quarter.subarray_um2, all.subarray_um2);
}

TEST(NvsimArray, bufferStylesTradeTimeForArea) {
  NvsimConfig config = configOf("sub_mux1");
  std::array<NvsimArray, 3> styles;
  for (const NvsimBuffers style : {NvsimBuffers::Latency, NvsimBuffers::Balanced, NvsimBuffers::Area}) {
    config.buffers = style;
    styles[static_cast<std::size_t>(style)] = nvsimArray(sampleCell(), config);
  }
  EXPECT_LT(styles[0].at(NvsimPart::RowDecoder).read_ns, styles[1].at(NvsimPart::RowDecoder).read_ns);
  EXPECT_GT(styles[0].subarray_um2, styles[2].subarray_um2);
  config.buffers = NvsimBuffers::Latency;
  config.widest_f = 10;
  EXPECT_GT(nvsimArray(sampleCell(), config).at(NvsimPart::RowDecoder).read_ns,
            styles[0].at(NvsimPart::RowDecoder).read_ns);
}

TEST(NvsimArray, relaxedRepeatersSaveEnergyWithinTheDelayAskedFor) {
  NvsimConfig config = configOf("full_mux1_rep");
  const NvsimCost fast = nvsimArray(sampleCell(), config).at(NvsimPart::Routing);
  config.repeater_penalty = 0.2;
  const NvsimCost relaxed = nvsimArray(sampleCell(), config).at(NvsimPart::Routing);
  EXPECT_LE(relaxed.read_ns / fast.read_ns, 1.2);
  EXPECT_GT(relaxed.read_ns / fast.read_ns, 1.1) << "the room of the repeaters shrinks too";
  EXPECT_LT(relaxed.read_pj, 0.9 * fast.read_pj);
  EXPECT_LT(relaxed.leakage_w, fast.leakage_w);
  config.repeaters = false;
  EXPECT_GT(nvsimArray(sampleCell(), config).at(NvsimPart::Routing).read_ns, 3 * fast.read_ns);
  EXPECT_EQ(nvsimArray(sampleCell(), config).at(NvsimPart::Routing).leakage_w, 0);
}

// A word from all mats of a row costs less wire a bit than one from a single mat.
TEST(NvsimArray, activeMatsShareTheWord) {
  NvsimConfig one = configOf("bank4");
  NvsimConfig four = one;
  four.bank.activeColumns = 4;
  four.word_bits = one.word_bits * 4;
  four.capacity_bytes = one.capacity_bytes;
  const NvsimArray single = nvsimArray(sampleCell(), one);
  const NvsimArray spread = nvsimArray(sampleCell(), four);
  EXPECT_EQ(spread.columns, single.columns);
  EXPECT_LT(spread.at(NvsimPart::Routing).read_pj, 4 * single.at(NvsimPart::Routing).read_pj);
  EXPECT_NEAR(spread.at(NvsimPart::SenseAmplifier).read_pj, 4 * single.at(NvsimPart::SenseAmplifier).read_pj, 1e-6);
}

TEST(NvsimArray, profileAndFilesGiveTheSameSubarray) {
  const Accelerator a = builtInProfile(QStringLiteral("sot-mram-nvsim"));
  const NvsimCost profile = nvsimArray(nvsimCell(a, deviceState(a.device)), nvsimConfig(a)).total();
  const NvsimCost files = sampleArray("sub_mux1").total();
  EXPECT_NEAR(profile.read_ns, files.read_ns, 1e-9);
  EXPECT_NEAR(profile.read_pj, files.read_pj, 1e-6);
  EXPECT_NEAR(profile.write_pj, files.write_pj, 1e-6);
  EXPECT_NEAR(profile.area_um2, files.area_um2, 1e-3);
  Accelerator applied;
  EXPECT_EQ(applyNvsim(applied, sampleCell(), configOf("sub_mux1"), QStringLiteral("files")), QStringList());
  EXPECT_NEAR(applied.device.fixed_write_current_ua, 80, 1e-9);
  EXPECT_NEAR(applied.sensing.tmr_pct, 171, 1e-9);
  EXPECT_EQ(applied.array.rows, 256);
  EXPECT_EQ(applied.sources[QStringLiteral("rows")], QStringLiteral("files"));
}

// What a profile carries of the files is what its own circuit is built of: voltage, access transistor, roadmap, node.
TEST(NvsimArray, aProfileKeepsWhatTheFilesSay) {
  for (const char *run : {"n65", "n32", "n22"}) {
    NvsimConfig config = configOf(run);
    config.roadmap = NvsimRoadmap::Hp;
    config.temperature_k = 340;
    NvsimCell cell = cellOf(config.cell_file);
    cell.read_v = 0.4;
    cell.access_width_f = 6;
    cell.min_sense_mv = 40;
    Accelerator a;
    EXPECT_EQ(applyNvsim(a, cell, config, QStringLiteral("files")), QStringList());
    EXPECT_EQ(a.device.temperature_k, 340);
    const NvsimCost kept = nvsimArray(nvsimCell(a, deviceState(a.device)), nvsimConfig(a)).total();
    const NvsimCost files = nvsimArray(cell, config).total();
    EXPECT_NEAR(kept.read_ns, files.read_ns, 1e-9 * files.read_ns) << run;
    EXPECT_NEAR(kept.read_pj, files.read_pj, 1e-9 * files.read_pj) << run;
    EXPECT_NEAR(kept.write_pj, files.write_pj, 1e-9 * files.write_pj) << run;
    EXPECT_NEAR(kept.area_um2, files.area_um2, 1e-9 * files.area_um2) << run;
    EXPECT_NEAR(kept.leakage_w, files.leakage_w, 1e-9 * files.leakage_w) << run;
  }
}

TEST(NvsimArray, tellsWhatAProfileCanNotHold) {
  Accelerator a;
  const NvsimCell cell = cellOf(QStringLiteral("public/nvmexplorer_fefet_default.cell"));
  const QStringList notes = applyNvsim(a, cell, nvsimConfigAround(cell, a), QStringLiteral("files"));
  EXPECT_EQ(notes, (QStringList{QStringLiteral("tmr_pct is 2.857e+07, a profile holds 100000"),
                                QStringLiteral("sense_current_ua is 0.0014, a profile holds 0.01")}));
  EXPECT_EQ(a.sensing.tmr_pct, 1e5);
}
