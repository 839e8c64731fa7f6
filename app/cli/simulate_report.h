// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/report_table.h"
#include "core/simulate/bitwise/simulation.h"

namespace pimento {

// What was simulated, kept until all is printed.
struct SimulatedVariant {
  QString network;
  QString variant;
  const BitwiseNetwork &bitwise;
  const NetworkSpec &spec;
  Simulation simulation;
};

// A row a run: without errors, then each chip.
[[nodiscard]] ReportTable runTable();
void appendRuns(ReportTable &table, const SimulatedVariant &done);

// A row a layer with weights and run.
[[nodiscard]] ReportTable layerTable();
void appendLayers(ReportTable &table, const SimulatedVariant &done);

// Whether the trace of a run equals the mapping's counts; both summed over the layers.
struct TraceSums {
  RowTrace trace;
  RowTrace mapping;
  [[nodiscard]] bool equal() const;
};

// What the numbers of wrong bits are, for people.
inline const QString WrongBitsNote =
    QStringLiteral("wrong_senses (of senses) and wrong_writes are estimated: of chips drawn from the profile.\n");

[[nodiscard]] TraceSums traceSums(const SimulatedVariant &done, const ChipRun &run);

// What people see of a table that scripts get whole: not the counts that stand for themselves in
// "trace_equals_mapping".
[[nodiscard]] ReportTable forPeople(const ReportTable &table);

}  // namespace pimento
