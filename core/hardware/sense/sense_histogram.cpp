// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense_histogram.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/sense/sense_draws.h"

namespace pimento {

MarginHistogram marginHistogram(const Sensing &s, SenseOp op, int trials, std::uint64_t seed,
                                const std::stop_token &stop) {
  constexpr int Bins = 120;
  constexpr int TrialsBetweenLooks = 1 << 10;  // at the token: less than a millisecond
  constexpr double Reach = 4.5;
  constexpr double LeastSpan_mv = 1e-3;  // bins keep a width where nothing is spread
  const SenseCell cell(s);
  const int cells = senseStates(op).cells;
  const auto edge = [&](int ones, double side) {
    const double ohm = cell.parallel_ohm(cells, ones) + side * Reach * cell.spread_ohm(cells, ones);
    return cell.clamped_mv(ohm) + side * (Reach * s.offset_mv + LeastSpan_mv);
  };
  MarginHistogram h;
  h.op = op;
  h.reference_mv = cell.reference_mv(op);
  h.first_mv = edge(0, -1);
  h.bin_mv = (edge(cells, 1) - h.first_mv) / Bins;
  h.trials = trials;
  h.counts.assign(static_cast<std::size_t>(cells) + 1, std::vector<int>(static_cast<std::size_t>(Bins)));
  for (int ones = 0; ones <= cells; ++ones) {
    Random random(seed, static_cast<std::uint64_t>(op), static_cast<std::uint64_t>(ones));
    auto &counts = h.counts[static_cast<std::size_t>(ones)];
    for (int t = 0; t < trials; ++t) {
      if (t % TrialsBetweenLooks == 0 && stop.stop_requested()) return h;
      const double voltage_mv = drawnVoltage_mv(cell, cells, ones, random);
      const double seen_mv = voltage_mv + s.offset_mv * random.normal();
      const double bin = std::floor((seen_mv - h.first_mv) / h.bin_mv);
      ++counts[static_cast<std::size_t>(std::clamp(bin, 0.0, Bins - 1.0))];
    }
  }
  return h;
}

}  // namespace pimento
