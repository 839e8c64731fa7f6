// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <stop_token>

#include "core/simulate/bitwise/bitwise.h"

namespace pimento {

// What goes wrong in a simulation.
struct ErrorModel {
  bool sense = false;         // amplifiers of the chip as it was made, and the noise of each read
  double writeErrorRate = 0;  // chance that a cell which has to switch does not
  [[nodiscard]] bool any() const { return sense || writeErrorRate > 0; }
};

// One chip: everything static that is wrong with its sub-arrays for one mapped network, drawn from a chip seed.
//   sense   SenseMap of each sub-array: offset a column, resistances a cell, columns repaired; AND2 of every pair of an
//           operand and a weight row (latched: READ of every weight row)
//   write   weights, written once over cleared cells without a second try; operands fail while images run. Column
//           registers (latched) are written without errors.
class FaultyChip {
 public:
  // A stop leaves a chip that must not be used.
  FaultyChip(const BitwiseNetwork &network, const ErrorModel &model, std::uint64_t seed,
             const std::stop_token &stop = {});

  [[nodiscard]] std::uint64_t seed() const { return m_seed; }
  [[nodiscard]] double writeErrorRate() const { return m_model.writeErrorRate; }
  [[nodiscard]] const std::vector<CellFault> &faults(std::size_t layer, std::size_t subarray) const {
    return m_parts[layer][subarray].faults;
  }
  [[nodiscard]] const Subarray &subarray(std::size_t layer, std::size_t index, const Subarray &ideal) const {
    const Part &part = m_parts[layer][index];
    return part.written.units.empty() ? ideal : part.written;
  }

  [[nodiscard]] std::int64_t wrongWeightBits() const;  // cells
  [[nodiscard]] std::int64_t faultCount() const;       // pairs of rows (latched: rows) and columns that may be wrong
  [[nodiscard]] std::int64_t repairedColumns() const;

 private:
  struct Part {
    Subarray written;  // with wrong weight bits; empty if there can be none
    std::vector<CellFault> faults;
    std::int64_t wrongWeightBits = 0;
    std::int64_t repairedColumns = 0;
  };
  void makePart(const BitwiseNetwork &network, const MappedLayer &layer, std::size_t subarray, Part &part) const;

  ErrorModel m_model;
  std::uint64_t m_seed;
  std::vector<std::vector<Part>> m_parts;  // layer, sub-array
};

}  // namespace pimento
