// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense_trials.h"

#include <vector>

#include "core/base/parallel.h"
#include "core/base/wilson.h"
#include "core/hardware/sense/sense_draws.h"

namespace pimento {

namespace {

constexpr std::int64_t Chunk = 1 << 14;
constexpr std::uint64_t SumStream = SenseOpCount;

// Trials of one number of ones. wrong(random, voltage_mv) decides one of them.
template <class Wrong>
std::int64_t failuresOf(const SenseCell &cell, int cells, int ones, std::int64_t trials, Random random,
                        const Wrong &wrong) {
  std::int64_t failures = 0;
  for (std::int64_t t = 0; t < trials; ++t) {
    failures += wrong(random, drawnVoltage_mv(cell, cells, ones, random)) ? 1 : 0;
  }
  return failures;
}

// stream: tells operations apart. wrongFor(ones) makes the decision of one number of ones.
template <class WrongFor>
SenseTrials run(const Sensing &s, int cells, std::int64_t trials, std::uint64_t seed, std::uint64_t stream,
                const std::stop_token &stop, const WrongFor &wrongFor) {
  const SenseCell cell(s);
  const auto chunks = static_cast<std::size_t>((trials + Chunk - 1) / Chunk);
  struct Part {
    std::int64_t trials = 0;
    std::array<std::int64_t, 4> failures{};
  };
  std::vector<Part> parts(chunks);
  parallelFor(chunks, stop, [&](std::size_t chunk) {
    Part part;
    part.trials = std::min(Chunk, trials - static_cast<std::int64_t>(chunk) * Chunk);
    for (int ones = 0; ones <= cells; ++ones) {
      const auto k = static_cast<std::size_t>(ones);
      part.failures[k] =
          failuresOf(cell, cells, ones, part.trials, Random(seed, stream * 4 + k, chunk), wrongFor(ones));
    }
    parts[chunk] = part;
  });
  SenseTrials result;
  result.cells = cells;
  for (const Part &part : parts) {
    result.trials += part.trials;
    for (std::size_t k = 0; k < result.failures.size(); ++k) result.failures[k] += part.failures[k];
  }
  return result;
}

void setHeadline(SenseTrials &t, int first, int last) {
  std::int64_t failures = 0;
  for (int ones = first; ones <= last; ++ones) failures += t.failures[static_cast<std::size_t>(ones)];
  const std::int64_t all = t.trials * (last - first + 1);
  t.headline = all > 0 ? static_cast<double>(failures) / static_cast<double>(all) : 0;
  t.headlineRange = wilson(failures, all);
}

}  // namespace

Interval SenseTrials::range(int ones) const { return wilson(failures[static_cast<std::size_t>(ones)], trials); }

SenseTrials senseTrials(const Sensing &s, SenseOp op, std::int64_t trials, std::uint64_t seed,
                        const std::stop_token &stop) {
  const SenseStates states = senseStates(op);
  const double reference_mv = SenseCell(s).reference_mv(op);
  SenseTrials result = run(s, states.cells, trials, seed, static_cast<std::uint64_t>(op), stop, [&](int ones) {
    return [truth = ones > states.below, reference_mv, offset_mv = s.offset_mv](Random &random, double voltage_mv) {
      return (voltage_mv + offset_mv * random.normal() > reference_mv) != truth;
    };
  });
  setHeadline(result, states.below, states.below + 1);
  return result;
}

SenseTrials sumTrials(const Sensing &s, SumOp op, std::int64_t trials, std::uint64_t seed,
                      const std::stop_token &stop) {
  if (op == SumOp::Carry) return senseTrials(s, SenseOp::Majority, trials, seed, stop);
  const SenseCell cell(s);
  const double and3_mv = cell.reference_mv(SenseOp::And3);
  const double majority_mv = cell.reference_mv(SenseOp::Majority);
  const double or3_mv = cell.reference_mv(SenseOp::Or3);
  SenseTrials result = run(s, 3, trials, seed, SumStream, stop, [&](int ones) {
    return [=, truth = ones % 2 == 1, offset_mv = s.offset_mv](Random &random, double voltage_mv) {
      const bool and3 = voltage_mv + offset_mv * random.normal() > and3_mv;
      const bool majority = voltage_mv + offset_mv * random.normal() > majority_mv;
      const bool or3 = voltage_mv + offset_mv * random.normal() > or3_mv;
      return xor3(and3, majority, or3) != truth;
    };
  });
  setHeadline(result, 0, 3);
  return result;
}

}  // namespace pimento
