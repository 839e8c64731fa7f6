// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>

#include "core/hardware/accelerator.h"
#include "core/hardware/device.h"
#include "core/hardware/sense.h"

namespace pimento {

// Cost of one operation: energy = fixed + a part for every column that takes part.
struct OperationCost {
  double latency_ns = 0;
  double fixed_pj = 0;
  double column_pj = 0;
  [[nodiscard]] double energy_pj(double columns) const { return fixed_pj + column_pj * columns; }
};

enum class RowOp : std::uint8_t { Read, Write, And2, Count, Shift, Add };
inline constexpr std::size_t RowOpCount = 6;
inline constexpr std::array<const char *, RowOpCount> RowOpNames{"read", "write", "and2", "count", "shift", "add"};

// Parts of a sub-array's area and leakage. The three add-ons are what computing adds to a plain memory.
enum class ArrayPart : std::uint8_t {
  Cells,
  SenseAmplifiers,
  WriteDrivers,
  ColumnMux,
  RowDecoder,
  SenseAddOn,
  DecoderAddOn,
  ControlAddOn,
  ColumnRegisters
};
inline constexpr std::size_t ArrayPartCount = 9;
inline constexpr std::array<const char *, ArrayPartCount> ArrayPartNames{
    "cells",        "sense amplifiers", "write drivers",  "column multiplexer", "row decoder",
    "sense add-on", "decoder add-on",   "control add-on", "column registers"};

// Everything that a sub-array does, priced; computed once an accelerator.
// Count is a whole row of the bit counter; Shift and Add are one result (Add with its accumulator register).
struct ArrayTable {
  std::array<OperationCost, RowOpCount> operations;
  std::array<double, ArrayPartCount> area_um2{};
  std::array<double, ArrayPartCount> leakage_w{};
  DeviceState device;
  std::array<SenseCost, SenseOpCount> senses;
  int write_steps = 1;  // steps of write_columns that a row takes
  double register_bit_pj = 0;
  double logic_and_pj = 0;

  [[nodiscard]] const OperationCost &at(RowOp op) const { return operations[static_cast<std::size_t>(op)]; }
  [[nodiscard]] double totalArea_um2() const;
  [[nodiscard]] double baseArea_um2() const;  // plain memory: cells, amplifiers, drivers, multiplexer, decoder
  [[nodiscard]] double totalLeakage_w() const;
};

// The bit counter of `columns` inputs: carry-save tree of full adders, columns - ceil(log2(columns + 1)) of them,
// log1.5(columns) levels deep.
[[nodiscard]] int counterAdders(int columns);
[[nodiscard]] int counterLevels(int columns);

inline constexpr int LatchedPlanes = 8;  // operand planes that the column registers hold (latched dataflow)

[[nodiscard]] ArrayTable buildArray(const Accelerator &accelerator);

}  // namespace pimento
