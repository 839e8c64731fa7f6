// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/report/array_report.h"

#include "core/base/format.h"
#include "core/base/kind.h"

namespace pimento {

namespace {

QString text(const char *latin) { return QString::fromLatin1(latin); }

ReportTable tableWith(std::initializer_list<const char *> columns) {
  ReportTable table;
  for (const char *column : columns) table.columns << text(column);
  return table;
}

QString levelOf(const NvsimMemory &memory) {
  if (memory && memory->mats > 1) return QStringLiteral("bank");
  return memory && memory->subarrays > 1 ? QStringLiteral("mat") : QStringLiteral("sub-array");
}

QString modelOf(const Accelerator &a) {
  return a.sensing.sense_model == SenseModel::Nvsim ? QStringLiteral("sense model nvsim")
                                                    : QStringLiteral("sense model physical");
}

const QString PeripheryBasis = QStringLiteral("low standby power, by transistor width");

// The level that the files describe is another than the sub-array that the table prices.
bool replaces(const NvsimMemory &memory, RowOp op) { return memory && (op == RowOp::Read || op == RowOp::Write); }

double latency_ns(const NvsimCost &cost, RowOp op) { return op == RowOp::Read ? cost.read_ns : cost.write_ns; }
double energy_pj(const NvsimCost &cost, RowOp op) { return op == RowOp::Read ? cost.read_pj : cost.write_pj; }

void addPart(ReportTable &table, const char *op, const char *part, const OperationCost &cost, int columns) {
  if (cost.latency_ns == 0 && cost.fixed_pj == 0 && cost.column_pj == 0) return;
  table.rows.push_back(
      {text(op), text(part), cost.latency_ns, cost.energy_pj(columns), cost.fixed_pj, cost.column_pj * 1e3});
}

void addArea(ReportTable &table, const char *component, double um2, double watt, double total_um2,
             const QString &leakageBasis) {
  if (um2 == 0 && watt == 0) return;
  table.rows.push_back({text(component), um2, watt, um2 / total_um2 * 100, leakageBasis});
}

// NVSim's bit lines hold the cells; its write pulse has no area.
const char *areaName(NvsimPart part) {
  return part == NvsimPart::BitLine ? "cells and bit lines" : NvsimPartNames[static_cast<std::size_t>(part)];
}

}  // namespace

QString leakageBasis(const Accelerator &accelerator, ArrayPart part) {
  if (part == ArrayPart::Cells)
    return accelerator.array.cell_leakage_pw > 0 ? QStringLiteral("cell_leakage_pw") : QStringLiteral("none");
  if (part < ArrayPart::SenseAddOn) return PeripheryBasis;
  return QStringLiteral("general purpose, %1 nW/µm² of logic")
      .arg(fourDigits(accelerator.array.logic_leakage_nw_per_um2));
}

ReportTable arrayReport(const Accelerator &accelerator, const NvsimMemory &memory) {
  const ArrayTable array = buildArray(accelerator);
  ReportTable table =
      tableWith({"operation", "latency_ns", "energy_pj", "fixed_pj", "column_fj", "level", "kind", "source"});
  for (std::size_t i = 0; i < RowOpCount; ++i) {
    const auto op = static_cast<RowOp>(i);
    const OperationCost &cost = array.at(op);
    std::vector<Cell> row{text(RowOpNames[i]), cost.latency_ns,      cost.energy_pj(array.columns),
                          cost.fixed_pj,       cost.column_pj * 1e3, QStringLiteral("sub-array")};
    if (replaces(memory, op)) {
      const NvsimCost total = memory->total();
      row = {row[0], latency_ns(total, op), energy_pj(total, op), Cell(), Cell(), levelOf(memory)};
    }
    row.emplace_back(kindName(Kind::Estimated));
    row.emplace_back(modelOf(accelerator));
    table.rows.push_back(row);
  }
  return table;
}

ReportTable arrayPartsReport(const Accelerator &accelerator, const NvsimMemory &memory) {
  const ArrayTable array = buildArray(accelerator);
  ReportTable table = tableWith({"operation", "part", "latency_ns", "energy_pj", "fixed_pj", "column_fj"});
  for (std::size_t i = 0; i < RowOpCount; ++i) {
    const auto op = static_cast<RowOp>(i);
    if (replaces(memory, op)) {
      for (std::size_t p = 0; p < NvsimPartCount; ++p)
        addPart(table, RowOpNames[i], NvsimPartNames[p],
                {latency_ns(memory->parts[p], op), energy_pj(memory->parts[p], op), 0}, array.columns);
      continue;
    }
    for (std::size_t p = 0; p < RowPartCount; ++p)
      addPart(table, RowOpNames[i], RowPartNames[p], array.parts[i][p], array.columns);
  }
  return table;
}

ReportTable arrayAreaReport(const Accelerator &accelerator, const NvsimMemory &memory) {
  ReportTable table = tableWith({"component", "area_um2", "leakage_w", "area_pct", "leakage_basis"});
  if (memory) {
    const NvsimCost total = memory->total();
    for (std::size_t p = 0; p < NvsimPartCount; ++p)
      addArea(table, areaName(static_cast<NvsimPart>(p)), memory->parts[p].area_um2, memory->parts[p].leakage_w,
              total.area_um2, PeripheryBasis);
    addArea(table, "total", total.area_um2, total.leakage_w, total.area_um2, PeripheryBasis);
    return table;
  }
  const ArrayTable array = buildArray(accelerator);
  const double total_um2 = array.totalArea_um2();
  for (std::size_t part = 0; part < ArrayPartCount; ++part)
    addArea(table, ArrayPartNames[part], array.area_um2[part], array.leakage_w[part], total_um2,
            leakageBasis(accelerator, static_cast<ArrayPart>(part)));
  addArea(table, "total", total_um2, array.totalLeakage_w(), total_um2, QStringLiteral("both"));
  return table;
}

}  // namespace pimento
