// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/simulate/bitwise/bitwise.h"
#include "core/simulate/bitwise/faulty_chip.h"

namespace pimento {

// Labelled pictures for a trained network.
struct Pictures {
  Images images;  // prepared by `input` (core/data/batch.h)
  InputRecipe input;
};

struct SimulationOptions {
  std::int64_t images = 10;
  std::uint64_t imageSeed = 1;       // the images are random integers
  std::optional<Pictures> pictures;  // or the first of these, at most as many as there are
  ErrorModel errors;
  int chips = 0;  // to run with errors
  std::uint64_t firstChipSeed = 1;
};

// All images on one chip (or without errors), each held against its exact evaluation.
struct ChipRun {
  std::optional<std::uint64_t> chipSeed;  // absent: without errors
  std::vector<RowTrace> traces;           // by BitwiseNetwork::layers()
  std::vector<std::int64_t> wrong;        // by IntegerProgram::layers: elements that differ; the last: logits
  std::int64_t changedImages = 0;         // of which a logit differs
  std::int64_t changedClasses = 0;        // of which the largest logit is another
  std::int64_t correct = 0;               // pictures whose largest logit is at their label
  std::int64_t wrongWeightBits = 0;       // cells
  std::int64_t marginalSenses = 0;        // pairs of rows (latched: rows) and columns that can be wrong
  std::int64_t repairedColumns = 0;
  double seconds = 0;  // measured: bit-wise runs alone, on workerThreads()
};

struct Simulation {
  std::int64_t exactCorrect = 0;  // pictures that exact evaluation classifies right
  std::int64_t images = 0;        // done: fewer than asked for after a stop
  std::vector<ChipRun> runs;      // without errors first, then chip by chip
};

// Called from the threads that work, with images done and to do over all runs.
using SimulationProgress = std::function<void(std::int64_t done, std::int64_t all)>;

// Results depend on the arguments alone, but for the measured seconds. Throws Error if pictures have not the size of
// the network's input.
[[nodiscard]] Simulation simulate(const BitwiseNetwork &network, const SimulationOptions &options,
                                  const std::stop_token &stop = {}, const SimulationProgress &progress = {});

}  // namespace pimento
