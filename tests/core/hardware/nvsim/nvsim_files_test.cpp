// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_files.h"

#include <gtest/gtest.h>

#include <QFile>

#include "core/base/error.h"

using namespace pimento;

namespace {

QByteArray fileOf(const char *name) {
  QFile file(QStringLiteral(PIMENTO_TEST_DATA "/nvsim/") + QString::fromLatin1(name));
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name;
  return file.readAll();
}

QByteArray replaced(const char *file, const char *from, const char *to) {
  QByteArray bytes = fileOf(file);
  EXPECT_TRUE(bytes.contains(from)) << from;
  return bytes.replace(from, to);
}

std::string cellProblem(const QByteArray &bytes) {
  try {
    static_cast<void>(readNvsimCell(bytes, QStringLiteral("a.cell")));
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

std::string configProblem(const QByteArray &bytes) {
  try {
    static_cast<void>(readNvsimConfig(bytes, QStringLiteral("a.cfg")));
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

void expectPart(const std::string &message, const char *part) {
  EXPECT_NE(message.find(part), std::string::npos) << message << " lacks " << part;
}

}  // namespace

TEST(NvsimCell, readsTheSample) {
  const NvsimCell cell = readNvsimCell(fileOf("SOT_45.cell"), QStringLiteral("a.cell"));
  EXPECT_EQ(cell.process_nm, 45);
  EXPECT_EQ(cell.area_f2, 60);
  EXPECT_EQ(cell.aspect, 0.6);
  EXPECT_EQ(cell.on_ohm, 5000);
  EXPECT_EQ(cell.off_ohm, 13550);
  EXPECT_EQ(cell.read_mode, NvsimCurrent);
  EXPECT_EQ(cell.read_v, 0.25);
  EXPECT_EQ(cell.min_sense_mv, 25);
  EXPECT_EQ(cell.set_ua, 80);
  EXPECT_EQ(cell.reset_ns, 1);
  EXPECT_EQ(cell.access_width_f, 4);
  EXPECT_TRUE(cell.ignored.isEmpty());
}

TEST(NvsimCell, refusesWhatItDoesNotKnowAndNamesTheLine) {
  expectPart(cellProblem(replaced("SOT_45.cell", "-SetPulse (ns)", "-SetPulze (ns)")), "line 15");
  expectPart(cellProblem(replaced("SOT_45.cell", "-SetPulse (ns)", "-SetPulze (ns)")), "SetPulse");
  expectPart(cellProblem(replaced("SOT_45.cell", "-SetPulse (ns)", "-SetPulse (us)")), "its unit is (ns)");
  expectPart(cellProblem(replaced("SOT_45.cell", "-SetPulse (ns)", "-SetPulse")), "its unit is (ns)");
  expectPart(cellProblem(replaced("SOT_45.cell", "-ProcessNode:", "-ProcessNode (nm):")), "it has no unit");
  expectPart(cellProblem(replaced("SOT_45.cell", "-SetCurrent (uA): 80", "-SetCurrent (uA): 80 uA")), "not a number");
  expectPart(cellProblem(replaced("SOT_45.cell", "-ResistanceOn (ohm): 5000", "-ResistanceOn (ohm): -5")), "line 5");
  expectPart(cellProblem(replaced("SOT_45.cell", "-ResistanceOn (ohm): 5000", "-ResistanceOn (ohm): nan")), "line 5");
  expectPart(cellProblem(replaced("SOT_45.cell", "-ProcessNode: 45", "-ProcessNode: 45.5")), "whole number");
  expectPart(cellProblem(replaced("SOT_45.cell", "MRAM", "SLCNAND")), "SLCNAND is not modelled");
  expectPart(cellProblem(replaced("SOT_45.cell", "MRAM", "MRAN")), "MRAM");
  expectPart(cellProblem(replaced("SOT_45.cell", "CMOS\n", "BJT\n")), "BJT is not modelled");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-ProcessNode: 45\n"), "line 19");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-ProcessNode: 45\n"), "given twice");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-ResistanceOnAtReadVoltage (ohm): 7\n"), "both given");
  expectPart(cellProblem("-ResistanceOnAtReadVoltage (ohm): 7\n" + fileOf("SOT_45.cell")), "line 6: ResistanceOn and");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "hello\n"), "not a setting");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-: 3\n"), "no name");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-SetVoltage (V:\n"), "not closed");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-SetVoltage (V):\n"), "no value");
  expectPart(cellProblem(fileOf("SOT_45.cell") + QByteArray("\n").repeated(70'000)), "bytes");
  expectPart(cellProblem(fileOf("SOT_45.cell") + QByteArray("-").repeated(2'000)), "characters");
}

// Every number has a range, its own unit, and no other words.
TEST(NvsimCell, refusesHostileValuesOfEveryKey) {
  const ReportTable keys = nvsimKeys();
  int tried = 0;
  for (const std::vector<Cell> &row : keys.rows) {
    if (std::get<QString>(row[0]) != QStringLiteral(".cell")) continue;
    const QString takes = std::get<QString>(row[3]);
    if (takes == QStringLiteral("anything")) continue;
    const QString key = std::get<QString>(row[1]);
    const QString unit = std::get<QString>(row[2]);
    const auto problem = [&](const QString &line) { return cellProblem(line.toUtf8() + '\n'); };
    const QString start = unit.isEmpty() ? key : QStringLiteral("%1 (%2)").arg(key, unit);
    for (const char *value : {"nan", "inf", "-1e300", "1e300", "0x10", "1,5", "1 2", "vddx", "\xff\xfe", "1e-400000"})
      expectPart(problem(start + QStringLiteral(": ") + QString::fromLatin1(value)), "line 1");
    expectPart(problem(key + QStringLiteral(" (parsec): 1")), "line 1");
    expectPart(problem(start + QStringLiteral(": // 5")), "has no value");
    ++tried;
  }
  EXPECT_GT(tried, 30);
}

TEST(NvsimCell, readsEveryKeyOfItsNumbers) {
  const NvsimCell cell = readNvsimCell(
      "-MemCellType: MRAM // magnetic\n-CellArea (F^2): 54 // NVSim\n-CellAspectRatio: 0.54# high\n"
      "-ResistanceOn (ohm): 3000//on\n-ResistanceOff (ohm): 6000 \t // off\n-ReadMode: current\n"
      "-ReadVoltage (V): -0.25\n-ReadPower (uW): 30\n-ReadEnergy (pJ): 0.5\n-WordlineBoostRatio: 1.2\n"
      "-ResetMode: voltage\n-ResetVoltage (V): -2.0\n-ResetPulse (ns): 150\n-SetMode: voltage\n-SetVoltage (V): vdd\n"
      "-SetPulse (ns): 200\n-AccessType: CMOS\n-AccessCMOSWidth (F): 8\n-LeakageCurrentAccessDevice (uA): 0.1\n"
      "-Stitching: 16\n",
      QStringLiteral("a.cell"));
  EXPECT_EQ(cell.area_f2, 54);
  EXPECT_EQ(cell.aspect, 0.54);
  EXPECT_EQ(cell.on_ohm, 3000);
  EXPECT_EQ(cell.off_ohm, 6000);
  EXPECT_EQ(cell.read_v, 0.25);
  EXPECT_EQ(cell.read_uw, 30);
  EXPECT_EQ(cell.read_pj, 0.5);
  EXPECT_EQ(cell.reset_v, 2);
  EXPECT_EQ(cell.reset_ns, 150);
  EXPECT_EQ(cell.set_v, NvsimSupply);
  EXPECT_EQ(cell.set_ns, 200);
  EXPECT_EQ(cell.leakage_ua, 0.1);
  EXPECT_EQ(cell.stitching, 16);
  EXPECT_EQ(cell.ignored, QStringList{QStringLiteral("WordlineBoostRatio")});
}

TEST(NvsimCell, cellsWithoutATransistorNeedWhatLoadsTheirLines) {
  const QByteArray bare = fileOf("public/nvsim_rram.cell");
  const auto without = [&](const char *line) {
    QByteArray bytes = bare;
    EXPECT_TRUE(bytes.contains(line)) << line;
    return cellProblem(bytes.replace(line, ""));
  };
  EXPECT_EQ(cellProblem(bare), "");
  expectPart(without("-ResistanceOnAtHalfResetVoltage (ohm): 500000\n"), "no -ResistanceOnAtHalfResetVoltage");
  expectPart(without("-ResistanceOnAtResetVoltage (ohm): 100000\n"), "no -ResistanceOnAtResetVoltage");
  QByteArray weightless = bare;
  weightless.replace("-CapacitanceOn (F): 1e-16\n", "").replace("-CapacitanceOff (F): 1e-16\n", "");
  expectPart(cellProblem(weightless), "no -CapacitanceOff");
  QByteArray sram = fileOf("public/nvsim_sram.cell");
  expectPart(cellProblem(sram.replace("-AccessType: CMOS", "-AccessType: None")), "without a transistor");
  QByteArray dram = fileOf("public/destiny_edram.cell");
  expectPart(cellProblem(dram.replace("-DRAMCellCapacitance (F): 13e-15\n", "")), "no -DRAMCellCapacitance");
}

TEST(NvsimCell, refusesCellsThatCanNotWork) {
  expectPart(cellProblem(replaced("SOT_45.cell", "13550", "4000")), "not above ResistanceOn");
  expectPart(
      cellProblem(replaced("SOT_45.cell", "-VoltageDropAccessDevice (V): 0.1", "-VoltageDropAccessDevice (V): 0.3")),
      "not below ReadVoltage");
  expectPart(cellProblem(replaced("SOT_45.cell", "-SetPulse (ns): 1\n", "")), "no -SetPulse");
  expectPart(cellProblem(replaced("SOT_45.cell", "-SetCurrent (uA): 80\n", "")), "no -SetCurrent");
  expectPart(cellProblem(replaced("SOT_45.cell", "-CellArea (F^2): 60\n", "")), "no -CellArea");
  expectPart(cellProblem({}), "no -CellArea");
}

TEST(NvsimCell, namesWhatHasNoEffect) {
  const NvsimCell cell =
      readNvsimCell(fileOf("SOT_45.cell") + "// note\n\n-ReadFloating: false\r\n", QStringLiteral("a.cell"));
  EXPECT_EQ(cell.ignored, QStringList{QStringLiteral("ReadFloating")});
}

TEST(NvsimConfig, readsTheSamples) {
  const NvsimConfig sub = readNvsimConfig(fileOf("sub_mux1.cfg"), QStringLiteral("a.cfg"));
  EXPECT_EQ(sub.rows(), 256);
  EXPECT_EQ(sub.columns(), 512);
  EXPECT_EQ(sub.cell_file, QStringLiteral("SOT_45.cell"));
  EXPECT_FALSE(sub.repeaters);
  const NvsimConfig full = readNvsimConfig(fileOf("full_mux1_rep.cfg"), QStringLiteral("a.cfg"));
  EXPECT_EQ(full.rows(), 256);
  EXPECT_EQ(full.columns(), 512);
  EXPECT_EQ(full.bank.rows, 32);
  EXPECT_EQ(full.mat.columns, 2);
  EXPECT_TRUE(full.repeaters);
  EXPECT_EQ(full.capacity_bytes, 65536.0 * 1024);
}

TEST(NvsimConfig, refusesWhatItDoesNotKnowOrModel) {
  const char *file = "grp_mux1_rep.cfg";
  expectPart(configProblem(replaced(file, "-WordWidth", "-WordWith")), "line 5");
  expectPart(configProblem(replaced(file, "-WordWidth", "-WordWith")), "did you mean \"WordWidth\"");
  expectPart(configProblem(replaced(file, "LSTP", "LTSP")), "LSTP");
  expectPart(configProblem(replaced(file, "H-tree", "non-H-tree")), "non-H-tree is not modelled");
  expectPart(configProblem(replaced(file, "InternalSensing: true", "InternalSensing: false")), "not modelled");
  expectPart(configProblem(replaced(file, "GlobalWireUseLowSwing: No", "GlobalWireUseLowSwing: Yes")), "not modelled");
  expectPart(configProblem(replaced(file, "-ProcessNode: 45", "-ProcessNode: 14")), "22 to 200");
  expectPart(configProblem(replaced(file, "-Temperature (K): 300", "-Temperature (K): 299")), "300 to 400");
  expectPart(configProblem(fileOf(file) + "-MaxNmosSize (F): 1\n"), "1.5 to 10000");
  expectPart(configProblem(fileOf(file) + "-StackedDieCount: 2\n"), "StackedDieCount: unknown word");
  expectPart(configProblem(replaced(file, "Capacity (KB)", "Capacity (GB)")), "(B), (KB) or (MB)");
  expectPart(configProblem(replaced(file, "8x8, 1x1", "8x8")), "not a grid");
  expectPart(configProblem(replaced(file, "8x8, 1x1", "8x8, 9x1")), "not a grid");
  expectPart(configProblem(replaced(file, "8x8, 1x1", "0x8, 1x1")), "not a grid");
  expectPart(configProblem(replaced(file, "8x8, 1x1", "99999x8, 1x1")), "not a grid");
  expectPart(configProblem(replaced(file, "4096", "4095")), "rows");
  expectPart(configProblem(replaced(file, "-Temperature (K): 300", "-Temperature (K): 3000")), "300 to 400");
  expectPart(configProblem(replaced(file, "-ForceBank (Total AxB, Active CxD): 8x8, 1x1\n", "")), "-ForceBank");
  expectPart(configProblem(fileOf(file) + "-Capacity (MB): 4\n"), "given twice");
}

TEST(NvsimConfig, readsRoadmapBuffersAndComments) {
  QByteArray bytes = replaced("grp_mux1_rep.cfg", "LSTP", "LOP // low operating power");
  bytes.replace("SOT_45.cell", "a//b.cell  // beside this file");
  bytes.replace("BufferDesignOptimization: latency", "BufferDesignOptimization: balanced");
  bytes += "-MaxNmosSize (F): 50\n-StackedDieCount: 1\n-WriteScheme: EraseBeforeSet\n";
  const NvsimConfig config = readNvsimConfig(bytes, QStringLiteral("a.cfg"));
  EXPECT_EQ(config.roadmap, NvsimRoadmap::Lop);
  EXPECT_EQ(config.buffers, NvsimBuffers::Balanced);
  EXPECT_EQ(config.widest_f, 50);
  EXPECT_TRUE(config.erase_first);
  EXPECT_EQ(config.cell_file, QStringLiteral("a//b.cell"));
}
