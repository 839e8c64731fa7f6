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
  expectPart(cellProblem(replaced("SOT_45.cell", "MRAM", "SRAM")), "SRAM is not modelled");
  expectPart(cellProblem(replaced("SOT_45.cell", "MRAM", "MRAN")), "MRAM");
  expectPart(cellProblem(replaced("SOT_45.cell", "CMOS\n", "diode\n")), "diode is not modelled");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-ProcessNode: 45\n"), "line 19");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-ProcessNode: 45\n"), "given twice");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-ResistanceOnAtReadVoltage (ohm): 7\n"), "both given");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "hello\n"), "not a setting");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-: 3\n"), "no name");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-SetVoltage (V:\n"), "not closed");
  expectPart(cellProblem(fileOf("SOT_45.cell") + "-SetVoltage (V):\n"), "no value");
  expectPart(cellProblem(fileOf("SOT_45.cell") + QByteArray("\n").repeated(70'000)), "bytes");
  expectPart(cellProblem(fileOf("SOT_45.cell") + QByteArray("-").repeated(2'000)), "characters");
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
  expectPart(configProblem(replaced(file, "LSTP", "HP")), "HP is not modelled");
  expectPart(configProblem(replaced(file, "H-tree", "non-H-tree")), "non-H-tree is not modelled");
  expectPart(configProblem(replaced(file, "InternalSensing: true", "InternalSensing: false")), "not modelled");
  expectPart(configProblem(replaced(file, "GlobalWireUseLowSwing: No", "GlobalWireUseLowSwing: Yes")), "not modelled");
  expectPart(configProblem(replaced(file, "LocalWireRepeaterType: RepeatedNone", "LocalWireRepeaterType: RepeatedOpt")),
             "not modelled");
  expectPart(configProblem(replaced(file, "Capacity (KB)", "Capacity (GB)")), "(B), (KB) or (MB)");
  expectPart(configProblem(replaced(file, "8x8, 1x1", "8x8")), "not a grid");
  expectPart(configProblem(replaced(file, "8x8, 1x1", "8x8, 9x1")), "not a grid");
  expectPart(configProblem(replaced(file, "8x8, 1x1", "0x8, 1x1")), "not a grid");
  expectPart(configProblem(replaced(file, "8x8, 1x1", "99999x8, 1x1")), "not a grid");
  expectPart(configProblem(replaced(file, "4096", "4095")), "rows");
  expectPart(configProblem(replaced(file, "-Temperature (K): 300", "-Temperature (K): 3000")), "200 to 450");
  expectPart(configProblem(replaced(file, "-ForceBank (Total AxB, Active CxD): 8x8, 1x1\n", "")), "-ForceBank");
  expectPart(configProblem(fileOf(file) + "-Capacity (MB): 4\n"), "given twice");
}
