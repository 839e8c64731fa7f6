// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>

#include "core/hardware/device/device.h"
#include "core/hardware/device/read_disturb.h"
#include "core/hardware/profile/accelerator.h"
#include "core/hardware/sense/sense.h"

namespace pimento {

// Cost of one operation: energy = fixed + a part for every column that takes part.
struct OperationCost {
  double latency_ns = 0;
  double fixed_pj = 0;
  double column_pj = 0;
  [[nodiscard]] double energy_pj(double columns) const { return fixed_pj + column_pj * columns; }
};

// Where an operation's time and energy go. Precharge runs beside the decoder and takes time only where it is longer.
enum class RowPart : std::uint8_t { Decode, WordLine, Precharge, BitLine, Sense, Multiplexer, WritePulse, Logic };
inline constexpr std::size_t RowPartCount = 8;
inline constexpr std::array<const char *, RowPartCount> RowPartNames{
    "decode", "word line", "precharge", "bit line", "sense", "column multiplexer", "write pulse", "logic"};

enum class RowOp : std::uint8_t { Read, Write, And2, Count, Shift, Add };
inline constexpr std::size_t RowOpCount = 6;
inline constexpr std::array<const char *, RowOpCount> RowOpNames{"read", "write", "and2", "count", "shift", "add"};

// Parts of a sub-array's area and leakage. Those from SenseAddOn on are what computing adds to a plain memory; MatLogic
// is a sub-array's share of what stands once in its mat: the expander (expansion = mat) and requantisers (requantise =
// mat).
enum class ArrayPart : std::uint8_t {
  Cells,
  SenseAmplifiers,
  WriteDrivers,
  ColumnMux,
  Precharge,
  RowDecoder,
  SenseAddOn,
  DecoderAddOn,
  ControlAddOn,
  ColumnRegisters,
  MatLogic
};
inline constexpr std::size_t ArrayPartCount = 11;
inline constexpr std::array<const char *, ArrayPartCount> ArrayPartNames{
    "cells",        "sense amplifiers", "write drivers",  "column multiplexer", "precharge", "row decoder",
    "sense add-on", "decoder add-on",   "control add-on", "column registers",   "mat logic"};

// Everything that a sub-array does, priced; computed once an accelerator.
// Count is a whole row of the bit counter; Shift and Add are one result (Add with its accumulator register).
struct ArrayTable {
  int rows = 0;
  int columns = 0;
  std::array<OperationCost, RowOpCount> operations;  // each the sum of its parts
  std::array<std::array<OperationCost, RowPartCount>, RowOpCount> parts;
  std::array<double, ArrayPartCount> area_um2{};
  std::array<double, ArrayPartCount> leakage_w{};
  DeviceState device;
  std::array<SenseCost, SenseOpCount> senses;
  int write_steps = 1;          // steps of write_columns that a row takes
  int sense_steps = 1;          // columns that share an amplifier
  ReadDisturb disturb;          // of one READ
  double sense_headroom_v = 0;  // supply over the highest voltage of a sensed line; the current source needs some of it
  double write_headroom_v = 0;  // supply over the drop in metal and line
  double write_carried_ua = 0;  // what a cell's write transistors carry; 0: not modelled (nvsim)
  double register_bit_pj = 0;
  double logic_and_pj = 0;

  [[nodiscard]] const OperationCost &at(RowOp op) const { return operations[static_cast<std::size_t>(op)]; }
  [[nodiscard]] const SenseCost &at(SenseOp op) const { return senses[static_cast<std::size_t>(op)]; }
  [[nodiscard]] const OperationCost &at(RowOp op, RowPart part) const {
    return parts[static_cast<std::size_t>(op)][static_cast<std::size_t>(part)];
  }
  [[nodiscard]] double totalArea_um2() const;
  [[nodiscard]] double baseArea_um2() const;  // plain memory: all before SenseAddOn
  [[nodiscard]] double totalLeakage_w() const;
};

// The bit counter of `columns` inputs: carry-save tree of full adders, columns - ceil(log2(columns + 1)) of them,
// log1.5(columns) levels deep.
[[nodiscard]] int counterAdders(int columns);
[[nodiscard]] int counterLevels(int columns);

inline constexpr int LatchedPlanes = 8;  // operand planes that the column registers hold (latched dataflow)

inline constexpr double SenseHeadroom_v = 0.15;  // assumption: overdrive of the current source
inline constexpr double WriteHeadroom_v = 0.1;   // assumption: drop in the write driver

// The array at its node and supply (operating_point.h). Physical: lines by geometry, decoder and drivers sized by
// logical effort, time and energy of a sense from margin, offset and line, write current and pulse from the device.
// Nvsim: the circuit of nvsim_array.h. The profile's calibration factors act on read, AND2 and the plain memory's area;
// `senses` stay physical. Cheap: a slider calls it at every step.
[[nodiscard]] ArrayTable buildArray(const Accelerator &accelerator);

}  // namespace pimento
