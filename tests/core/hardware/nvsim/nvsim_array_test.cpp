// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_array.h"

#include <gtest/gtest.h>

#include <QFile>
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

NvsimCell sampleCell() { return readNvsimCell(fileOf(QStringLiteral("SOT_45.cell")), QStringLiteral("a.cell")); }

NvsimConfig configOf(const char *name) {
  return readNvsimConfig(fileOf(QString::fromLatin1(name) + QStringLiteral(".cfg")), QStringLiteral("a.cfg"));
}

NvsimArray sampleArray(const char *name) { return nvsimArray(sampleCell(), configOf(name)); }

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

// NVSim 6334d00 on the same files. Sub-array and mat within 15 %, banks within 30 %.
TEST(NvsimArray, meetsItsFourRuns) {
  const Golden golden;
  for (const char *run : {"sub_mux1", "mat_mux1", "grp_mux1_rep", "full_mux1_rep"}) {
    const bool bank = QByteArray(run).endsWith("rep");
    const double share = bank ? 0.30 : 0.15;
    const NvsimCost total = sampleArray(run).total();
    expectWithin(total.read_ns, golden(run, "read_ns"), share, run);
    expectWithin(total.write_ns, golden(run, "write_ns"), share, run);
    expectWithin(total.read_pj, golden(run, "read_pj"), share, run);
    expectWithin(total.write_pj, golden(run, "write_pj"), share, run);
    expectWithin(total.leakage_w, golden(run, "leakage_w"), share, run);
    expectWithin(total.area_um2, golden(run, "area_um2"), share, run);
  }
}

// The parts that matter meet theirs too; the small ones (all below 1.5 % of the whole) stay in the same range.
TEST(NvsimArray, meetsItsParts) {
  const Golden golden;
  const NvsimArray sub = sampleArray("sub_mux1");
  expectWithin(sub.at(NvsimPart::SenseAmplifier).read_ns, golden("sub_mux1", "sense_ns"), 0.01, "sense");
  expectWithin(sub.at(NvsimPart::SenseAmplifier).read_pj, golden("sub_mux1", "sense_pj"), 0.01, "sense");
  expectWithin(sub.at(NvsimPart::BitLine).read_pj, golden("sub_mux1", "bit_read_pj"), 0.01, "bit line");
  expectWithin(sub.at(NvsimPart::BitLine).write_pj, golden("sub_mux1", "bit_write_pj"), 0.01, "bit line");
  expectWithin(sub.at(NvsimPart::RowDecoder).read_ns, golden("sub_mux1", "row_decoder_ns"), 0.15, "row decoder");
  expectWithin(sub.at(NvsimPart::Predecoder).read_ns, golden("sub_mux1", "predecoder_ns"), 0.20, "predecoder");
  expectWithin(sub.subarray_um2, golden("sub_mux1", "subarray_um2"), 0.05, "area");
  expectWithin(sub.at(NvsimPart::RowDecoder).read_pj, golden("sub_mux1", "row_decoder_pj"), 0.5, "row decoder");
  expectWithin(sub.at(NvsimPart::MuxDecoder).read_pj, golden("sub_mux1", "mux_decoder_pj"), 0.5, "mux decoder");
  expectWithin(sub.at(NvsimPart::Precharge).read_pj, golden("sub_mux1", "precharge_pj"), 0.5, "precharge");
  for (const char *run : {"grp_mux1_rep", "full_mux1_rep"}) {
    const NvsimCost routing = sampleArray(run).at(NvsimPart::Routing);
    expectWithin(routing.read_ns, golden(run, "routing_ns"), 0.30, run);
    expectWithin(routing.read_pj, golden(run, "routing_pj"), 0.30, run);
    expectWithin(routing.leakage_w, golden(run, "routing_leakage_w"), 0.30, run);
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
  EXPECT_NEAR(tall.at(NvsimPart::BitLine).read_ns, 4 * base.at(NvsimPart::BitLine).read_ns, 1e-12);
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
    EXPECT_GT(total.area_um2, 2 * last.area_um2) << size;
    EXPECT_GT(total.leakage_w, last.leakage_w) << size;
    last = total;
  }
}

TEST(NvsimArray, smallerNodesAreSmallerAndFaster) {
  const NvsimCell cell = sampleCell();
  NvsimConfig config = configOf("sub_mux1");
  const NvsimCost at45 = nvsimArray(cell, config).total();
  config.process_nm = 22;
  const NvsimArray shrunk = nvsimArray(cell, config);
  const double f = 22.0 / 45;
  EXPECT_NEAR(shrunk.total().area_um2 / at45.area_um2, f * f, 0.02);
  EXPECT_LT(shrunk.at(NvsimPart::Predecoder).read_ns,
            nvsimArray(cell, configOf("sub_mux1")).at(NvsimPart::Predecoder).read_ns);
  // Wires get worse: resistance a length grows faster than 1 / F², scattering adds to the section.
  EXPECT_GT(wire(WireLayer::Local, 22).ohm_per_um, wire(WireLayer::Local, 45).ohm_per_um / (f * f));
  // Resistance-area product kept.
  EXPECT_NEAR(atNode(cell, 22).on_ohm, 5000 / (f * f), 1e-6);
}

TEST(NvsimArray, currentSensingIgnoresTheResistancesAndVoltageSensingDoesNot) {
  NvsimCell cell = sampleCell();
  const NvsimConfig config = configOf("sub_mux1");
  const double before = nvsimArray(cell, config).total().read_ns;
  cell.off_ohm *= 2;
  EXPECT_EQ(nvsimArray(cell, config).total().read_ns, before);
  cell.read_mode = NvsimVoltage;
  const double high = nvsimArray(cell, config).at(NvsimPart::SenseAmplifier).read_ns;
  cell.off_ohm /= 2;
  EXPECT_GT(nvsimArray(cell, config).at(NvsimPart::SenseAmplifier).read_ns, high);
  cell.min_sense_mv = 200;
  EXPECT_THROW(static_cast<void>(nvsimArray(cell, config)), Error);
}

TEST(NvsimArray, relaxedRepeatersSaveEnergyForTheDelayAskedFor) {
  NvsimConfig config = configOf("full_mux1_rep");
  const NvsimCost fast = nvsimArray(sampleCell(), config).at(NvsimPart::Routing);
  config.repeater_penalty = 0.2;
  const NvsimCost relaxed = nvsimArray(sampleCell(), config).at(NvsimPart::Routing);
  EXPECT_NEAR(relaxed.read_ns / fast.read_ns, 1.2, 1e-9);
  EXPECT_LT(relaxed.read_pj, 0.8 * fast.read_pj);
  EXPECT_LT(relaxed.leakage_w, fast.leakage_w);
  config.repeaters = false;
  EXPECT_GT(nvsimArray(sampleCell(), config).at(NvsimPart::Routing).read_ns, 5 * fast.read_ns);
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
  applyNvsim(applied, sampleCell(), configOf("sub_mux1"), QStringLiteral("files"));
  EXPECT_NEAR(applied.device.fixed_write_current_ua, 80, 1e-9);
  EXPECT_NEAR(applied.sensing.tmr_pct, 171, 1e-9);
  EXPECT_EQ(applied.array.rows, 256);
  EXPECT_EQ(applied.sources[QStringLiteral("rows")], QStringLiteral("files"));
}
