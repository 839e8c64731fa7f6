// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense_chips.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "core/base/parallel.h"
#include "core/base/random.h"

namespace pimento {

namespace {

constexpr int RowSets = 64;  // sampled a sub-array
constexpr std::uint64_t RowStream = 0x726f7773;

struct OneChip {
  bool done = false;
  double rate = 0;
  double faultless = 1;
  int repaired = 0;
};

// Different rows, at random.
std::vector<int> drawRows(int cells, int rows, Random &random) {
  std::vector<int> drawn;
  while (static_cast<int>(drawn.size()) < cells) {
    const int row = static_cast<int>(random.below(static_cast<std::uint64_t>(rows)));
    if (std::find(drawn.begin(), drawn.end(), row) == drawn.end()) drawn.push_back(row);
  }
  return drawn;
}

// Chance of a wrong sense in the two states beside the reference, all arrangements of the ones alike.
double besideReference(const SenseFault &fault, const SenseStates &states) {
  std::array<double, 4> sum{};
  std::array<int, 4> arrangements{};
  for (unsigned state = 0; state < 1U << states.cells; ++state) {
    const auto ones = static_cast<std::size_t>(std::popcount(state));
    sum[ones] += double{fault.wrong[state]};
    ++arrangements[ones];
  }
  const auto below = static_cast<std::size_t>(states.below);
  return (sum[below] / arrangements[below] + sum[below + 1] / arrangements[below + 1]) / 2;
}

OneChip senseChip(const Accelerator &accelerator, SenseOp op, std::uint64_t seed) {
  const SenseStates states = senseStates(op);
  const SenseMap map(accelerator, seed, 0);
  SenseFaults finder(map, op, ReadNoise::Off);
  Random random(seed, RowStream, static_cast<std::uint64_t>(op));
  std::vector<SenseFault> faults;
  for (int set = 0; set < RowSets; ++set) finder.append(drawRows(states.cells, map.rows(), random), faults);
  OneChip chip{.done = true, .repaired = map.repairedColumns()};
  std::vector<bool> faulty(static_cast<std::size_t>(map.columns()));
  for (const SenseFault &fault : faults) {
    chip.rate += besideReference(fault, states) / (double{RowSets} * map.columns());
    faulty[static_cast<std::size_t>(fault.column)] = true;
  }
  chip.faultless = 1 - static_cast<double>(std::count(faulty.begin(), faulty.end(), true)) / map.columns();
  return chip;
}

}  // namespace

ChipSenses chipSenses(const Accelerator &accelerator, SenseOp op, int chips, std::uint64_t firstSeed,
                      const std::stop_token &stop) {
  std::vector<OneChip> made(static_cast<std::size_t>(chips));
  parallelFor(made.size(), stop, [&](std::size_t i) { made[i] = senseChip(accelerator, op, firstSeed + i); });
  std::erase_if(made, [](const OneChip &chip) { return !chip.done; });
  ChipSenses all;
  all.chips = static_cast<int>(made.size());
  if (made.empty()) return all;
  all.leastRate = made.front().rate;
  all.faultlessColumns = 0;
  for (const OneChip &chip : made) {
    all.rate += chip.rate / all.chips;
    all.leastRate = std::min(all.leastRate, chip.rate);
    all.mostRate = std::max(all.mostRate, chip.rate);
    all.faultlessColumns += chip.faultless / all.chips;
    all.repairedColumns += static_cast<double>(chip.repaired) / all.chips;
  }
  return all;
}

}  // namespace pimento
