// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/hardware/dataflow/layer_work.h"
#include "core/simulate/bitwise/subarray.h"
#include "core/simulate/integers/exact.h"

namespace pimento {

class FaultyChip;

// A layer with weights as it lies in the arrays.
struct MappedLayer {
  std::size_t index = 0;  // into IntegerProgram::layers
  LayerWork work;
  RowPlan plan;
  std::vector<Subarray> subarrays;  // chunk by chunk, copies inside
  std::int64_t firstSubarray = 0;   // number of its first on the chip
  std::int64_t weightRows = 0;      // rows loaded with weights, all planes
  std::int64_t weightBits = 0;      // bits in them, repetitions over the segments included
};

// A variant of a quantised network in the sub-arrays of an accelerator, run bit by bit: rows of operand bits against
// rows of weight bits, AND, count of ones a segment, shift, addition. Holds no state of a run; several threads may run
// images at once.
class BitwiseNetwork {
 public:
  // Throws Error for what integerProgram() refuses, and for schedules with write_back, which is counted by the
  // estimate but not simulated.
  BitwiseNetwork(const QuantisedNetwork &network, std::size_t variant, const Accelerator &accelerator);

  [[nodiscard]] const IntegerProgram &program() const { return m_program; }
  [[nodiscard]] const std::vector<MappedLayer> &layers() const { return m_layers; }
  [[nodiscard]] const Accelerator &accelerator() const { return m_accelerator; }
  [[nodiscard]] std::int64_t subarrays() const;

  // One image. traces[i] of layers()[i] is added to; `chip` null: nothing goes wrong. `image` numbers the image: a
  // faulty chip's noise is a function of (chip seed, image, layer). Throws Error between two layers once a stop is
  // asked for.
  [[nodiscard]] Evaluation run(const Map &pixels, std::vector<RowTrace> &traces, const FaultyChip *chip = nullptr,
                               std::uint64_t image = 0, const std::stop_token &stop = {}) const;

 private:
  [[nodiscard]] std::vector<std::int64_t> accumulators(std::size_t mapped, const Map &input, RowTrace &trace,
                                                       const FaultyChip *chip, std::uint64_t image) const;
  IntegerProgram m_program;
  Accelerator m_accelerator;
  std::vector<MappedLayer> m_layers;
  std::vector<std::size_t> m_mapped;  // index into the program → into m_layers
};

}  // namespace pimento
