// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_cells.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <cmath>

#include "core/hardware/array/array.h"
#include "core/hardware/nvsim/nvsim_array.h"
#include "core/hardware/nvsim/nvsim_profile.h"

using namespace pimento;

namespace {

NvsimCell cellAt(int type) {
  NvsimCell c;
  c.type = type;
  c.process_nm = 90;
  c.on_ohm = 1000;
  c.off_ohm = 9000;
  c.set_mode = NvsimCurrent;
  c.set_ua = 100;
  c.reset_mode = NvsimVoltage;
  c.reset_v = 2;
  c.read_v = 0.3;
  return c;
}

}  // namespace

TEST(NvsimCells, scaleByTheirOwnLaw) {
  const NvsimCell mram = atNode(cellAt(NvsimMram), 45);
  EXPECT_DOUBLE_EQ(mram.on_ohm, 4000);
  EXPECT_DOUBLE_EQ(mram.off_ohm, 36000);
  EXPECT_DOUBLE_EQ(mram.set_ua, 50);
  EXPECT_DOUBLE_EQ(mram.reset_v, 4) << "NVSim scales a voltage with the ratio of the nodes";
  const NvsimCell pcram = atNode(cellAt(NvsimPcram), 45);
  EXPECT_DOUBLE_EQ(pcram.on_ohm, 2000);
  EXPECT_DOUBLE_EQ(pcram.set_ua, 50);
  EXPECT_DOUBLE_EQ(pcram.reset_v, 2);
  const NvsimCell memristor = atNode(cellAt(NvsimMemristor), 45);
  EXPECT_DOUBLE_EQ(memristor.on_ohm, 1000);
  EXPECT_DOUBLE_EQ(memristor.set_ua, 100);
  EXPECT_DOUBLE_EQ(memristor.reset_v, 2);
  for (const NvsimCell &scaled : {mram, pcram, memristor}) EXPECT_DOUBLE_EQ(scaled.read_v, 0.3);
  NvsimCell nowhere = cellAt(NvsimMram);
  nowhere.process_nm = 0;
  EXPECT_DOUBLE_EQ(atNode(nowhere, 45).on_ohm, 1000);
}

TEST(NvsimCells, writeEnergyIsGivenOrComputed) {
  NvsimCell c = cellAt(NvsimMram);
  c.set_ns = 10;
  c.reset_ns = 10;
  c.access_drop_v = 0.5;
  const NvsimWrite write = nvsimWrite(c, 1.1);
  EXPECT_DOUBLE_EQ(write.set_pj, 1.1 * 100 * 10e-3);
  EXPECT_DOUBLE_EQ(write.reset_pj, 2 * 1.5 / 1000 * 10e3);
  EXPECT_DOUBLE_EQ(write.dearer_pj(), write.reset_pj);
  c.set_pj = 50;
  EXPECT_DOUBLE_EQ(nvsimWrite(c, 1.1).dearer_pj(), 50);
  c.type = NvsimPcram;
  EXPECT_DOUBLE_EQ(nvsimWrite(c, 1.1).set_pj, 250) << "the pulse shaper of a PCRAM wastes four fifths";
  c.type = NvsimMemristor;
  c.access = NvsimAccess::None;
  c.reset_on_ohm = 4000;
  EXPECT_DOUBLE_EQ(nvsimWrite(c, 1.1).reset_pj, 2 * 1.5 / 4000 * 10e3) << "at the resistance of the reset voltage";
}

TEST(NvsimCells, readPowerIsGivenOrFromTheResistance) {
  NvsimCell c = cellAt(NvsimMram);
  c.access_drop_v = 0.1;
  EXPECT_DOUBLE_EQ(nvsimRead_uw(c, 1.1), 1.1 * 0.2 / 1000 * 1e6);
  c.read_mode = NvsimVoltage;
  EXPECT_DOUBLE_EQ(nvsimRead_uw(c, 1.1), 1.1 * 0.2 / (1000 + 3000) * 1e6) << "the divider's other half is sqrt(on off)";
  c.read_v = 0;
  c.read_ua = 40;
  EXPECT_DOUBLE_EQ(nvsimRead_uw(c, 1.1), 44);
  c.read_uw = 7;
  EXPECT_DOUBLE_EQ(nvsimRead_uw(c, 1.1), 7);
}

// The cells that NVSim, NVMExplorer and DESTINY publish are read, fit a sub-array and make an accelerator.
TEST(NvsimCells, thePublicOnesAreRead) {
  const QDir folder(QStringLiteral(PIMENTO_TEST_DATA "/nvsim/public"));
  const QStringList names = folder.entryList({QStringLiteral("*.cell")}, QDir::Files);
  EXPECT_GE(names.size(), 30);
  for (const QString &name : names) {
    SCOPED_TRACE(name.toStdString());
    QFile file(folder.filePath(name));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const NvsimCell cell = readNvsimCell(file.readAll(), name);
    Accelerator accelerator;
    const NvsimConfig config = nvsimConfigAround(cell, accelerator);
    const NvsimCost total = nvsimArray(cell, config).total();
    for (const double value :
         {total.read_ns, total.write_ns, total.read_pj, total.write_pj, total.area_um2, total.leakage_w})
      EXPECT_TRUE(std::isfinite(value) && value > 0) << value;
    static_cast<void>(applyNvsim(accelerator, cell, config, name));
    accelerator.sensing.sense_model = SenseModel::Nvsim;
    validate(accelerator, name);
    EXPECT_GT(buildArray(accelerator).at(RowOp::Read).energy_pj(512), 0);
  }
}
