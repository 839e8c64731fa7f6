// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/hardware/scaling/operating_point.h"
#include "core/hardware/sense/sense_cells.h"

namespace pimento {

// One sub-array of one chip as it was made: the offset of every column's amplifier and the resistances of every cell,
// drawn from a chip seed and the sub-array's index. The same seed gives the same chip, in any order and any thread.
//
// Offsets are drawn at once (10 µs for 512 columns). Cells are a function of (row, physical column), computed when
// asked for, so that a map of a whole chip needs no memory for them.
//
// Repair: spare_columns further columns are drawn. A column's test is AND2 on nominal cells: what its offset leaves of
// the half margin. The column that passes by least (or fails by most) is replaced first, by the best spare that is
// left, as long as the spare passes by more.
//
// Voltages are those of a settled line; offset and noise, which do not grow with it, are divided by what an operation's
// strobe has let develop of it (sense_strobe.h), so that a map errs as the estimates' strobed error rate says.
//
// With sense_model = nvsim there are no errors: its amplifier is a constant.
class SenseMap {
 public:
  SenseMap(const Accelerator &accelerator, std::uint64_t chipSeed, std::int64_t subarray);
  SenseMap(const OperatingPoint &at, std::uint64_t chipSeed, std::int64_t subarray);

  [[nodiscard]] int rows() const { return m_rows; }
  [[nodiscard]] int columns() const { return static_cast<int>(m_physical.size()); }
  [[nodiscard]] int physicalColumn(int column) const { return m_physical[column]; }  // columns() and above: a spare
  [[nodiscard]] int repairedColumns() const;
  [[nodiscard]] double offset_mv(int column) const { return m_offsets_mv[m_physical[column]]; }  // as repaired
  [[nodiscard]] double noise_mv() const { return m_noise_mv; }                                   // of one read
  [[nodiscard]] double reference_mv(SenseOp op) const;

  // Branch of a cell that holds `one`, in mS (1 / kΩ).
  [[nodiscard]] double conductance_ms(int row, int column, bool one) const;

  [[nodiscard]] double developed(SenseOp op) const { return m_developed[static_cast<std::size_t>(op)]; }

  // By how much the amplifier of `column` sees a 1 (above 0) when `rows` are open and hold `state` (bit i: rows[i]),
  // without noise, in mV of the settled line.
  [[nodiscard]] double excess_mv(SenseOp op, std::span<const int> rows, int column, unsigned state) const;

  // Bit c of word c / 64: column c may err in some row and state. All other columns are right for every choice of rows
  // (but for chances below 2e-8 a sense), so that a simulation need not look at them. With the default cell and AND2
  // about a third of the columns are marginal.
  [[nodiscard]] std::vector<std::uint64_t> marginalColumns(SenseOp op) const;

 private:
  friend class SenseFaults;
  SenseCell m_cell;
  double m_noise_mv;
  std::array<double, SenseOpCount> m_developed{};
  bool m_perfect;
  int m_rows;
  std::uint64_t m_cellKey;
  std::vector<int> m_physical;       // by logical column
  std::vector<double> m_offsets_mv;  // by physical column, spares last
};

// A column that is, or may be, wrong for the rows that are open.
struct SenseFault {
  int column = 0;
  // Chance that one read is wrong, by what the open cells hold (bit i of the index: the i-th row). Without noise, or
  // far from the reference, 0 or 1: static. In between the noise of the read decides, anew every time.
  std::array<float, 8> wrong{};
};

enum class ReadNoise : std::uint8_t { Off, On };

// Lists the faults of one operation in one sub-array. Meant to be asked once for every set of rows that will be opened;
// the list (0.1 to 0.5 entries a pair of rows for AND2 of the default cell) is kept, and a row operation on 64-bit
// words is done as if all were right and then corrected:
//     state = bits of fault.column in the open rows;  p = fault.wrong[state];
//     if (p == 1 || (p > 0 && random.uniform() < p)) flip the bit of fault.column
// Keeps the conductances of the rows it was asked for; not for use by two threads at once. The map must outlive it.
class SenseFaults {
 public:
  SenseFaults(const SenseMap &map, SenseOp op, ReadNoise noise);

  // Appends the faults when `rows` are open, by rising column. rows.size() is the operation's number of cells.
  void append(std::span<const int> rows, std::vector<SenseFault> &faults);

 private:
  struct Branches {
    float low_ms = 0;
    float high_ms = 0;
  };
  const std::vector<Branches> &row(int index);

  const SenseMap &m_map;
  SenseStates m_states;
  double m_reference_mv;
  double m_developed;
  double m_noise_mv;                    // of the settled line
  std::vector<int> m_columns;           // marginal ones
  std::vector<float> m_readsOneBelow;   // sums of conductances below this may be read as 1
  std::vector<float> m_readsZeroAbove;  // and above this as 0
  std::vector<std::vector<Branches>> m_cells;
};

}  // namespace pimento
