// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense_sum.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/hardware/sense/sense_cells.h"
#include "core/hardware/sense/sense_errors.h"
#include "core/hardware/sense/sense_strobe.h"

namespace pimento {

namespace {

constexpr std::array<SenseOp, 3> Parts{SenseOp::And3, SenseOp::Majority, SenseOp::Or3};
using Chances = std::array<double, 3>;  // in the order of Parts
using Seen = std::array<Sensing, 3>;    // what each part sees: the same cells, an offset of its own

// Chance that XOR3 is wrong when the parts are wrong independently: all eight combinations.
double wrongOf(const Chances &wrong, int ones) {
  const bool truth = ones % 2 == 1;
  double sum = 0;
  for (unsigned errors = 0; errors < 8; ++errors) {
    double chance = 1;
    std::array<bool, 3> read{};
    for (std::size_t i = 0; i < 3; ++i) {
      const bool errs = (errors >> i & 1) != 0;
      chance *= errs ? wrong[i] : 1 - wrong[i];
      read[i] = (ones > senseStates(Parts[i]).below) != errs;
    }
    if (xor3(read[0], read[1], read[2]) != truth) sum += chance;
  }
  return sum;
}

// The parts that alone make XOR3 wrong, to first order: those whose reference stands beside the state.
double sumOfParts(const Chances &wrong, int ones) {
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const int below = senseStates(Parts[i]).below;
    if (ones == below || ones == below + 1) sum += wrong[i];
  }
  return sum;
}

// Mean of (exact - sum of parts) over the voltage that the three amplifiers share.
double overlap(const Seen &seen, int ones) {
  constexpr int Nodes = 96;
  constexpr double Reach = 6;
  const SenseCell cell(seen[0]);
  const double middle_ohm = cell.parallel_ohm(3, ones);
  const double spread_ohm = cell.spread_ohm(3, ones);
  double sum = 0;
  double weights = 0;
  for (int n = 0; n <= Nodes; ++n) {
    const double z = Reach * (2.0 * n / Nodes - 1);
    const double weight = std::exp(-z * z / 2);
    Chances wrong{};
    for (std::size_t i = 0; i < 3; ++i) {
      const double excess = cell.clamped_mv(middle_ohm + z * spread_ohm) - cell.reference_mv(Parts[i]);
      const double by = ones > senseStates(Parts[i]).below ? excess : -excess;
      const double offset_mv = seen[i].offset_mv;
      wrong[i] = offset_mv > 0 ? 0.5 * std::erfc(by / offset_mv / std::numbers::sqrt2) : (by < 0 ? 1 : 0);
    }
    sum += weight * (wrongOf(wrong, ones) - sumOfParts(wrong, ones));
    weights += weight;
  }
  return sum / weights;
}

std::array<double, 4> xorErrors(const Seen &seen) {
  std::array<SenseErrors, 3> parts;
  for (std::size_t i = 0; i < 3; ++i) parts[i] = senseErrors(seen[i], Parts[i]);
  std::array<double, 4> wrong{};
  for (int ones = 0; ones <= 3; ++ones) {
    const auto k = static_cast<std::size_t>(ones);
    const Chances chances{parts[0].wrong[k], parts[1].wrong[k], parts[2].wrong[k]};
    wrong[k] = std::clamp(sumOfParts(chances, ones) + overlap(seen, ones), 0.0, 1.0);
  }
  return wrong;
}

double mean(const std::array<double, 4> &wrong) { return std::accumulate(wrong.begin(), wrong.end(), 0.0) / 4; }

SumCost carryCost(const Sensing &s, double line_ff, double vdd_v, double temperature_k) {
  const SenseCost majority = sense(s, SenseOp::Majority, line_ff, vdd_v, temperature_k);
  SumCost cost{.margin_mv = majority.margin_mv,
               .error_rate = majority.error_rate,
               .strobed_error_rate = majority.strobed_error_rate,
               .developed = majority.developed,
               .settle_ns = majority.settle_ns,
               .energy_fj = majority.energy_fj,
               .below_offset = majority.below_offset};
  if (s.sense_model == SenseModel::Nvsim) return cost;
  const Sensing seen = asStrobed(s, majority.developed, readNoise_mv(line_ff, temperature_k));
  cost.wrong = senseErrors(s, SenseOp::Majority).wrong;
  cost.strobed_wrong = senseErrors(seen, SenseOp::Majority).wrong;
  return cost;
}

}  // namespace

SumCost sumCost(const Sensing &s, SumOp op, double line_ff, double vdd_v, double temperature_k) {
  if (op == SumOp::Carry) return carryCost(s, line_ff, vdd_v, temperature_k);
  SumCost cost;
  cost.margin_mv = HUGE_VAL;
  for (const SenseOp part : Parts) {
    const SenseCost one = sense(s, part, line_ff, vdd_v, temperature_k);
    cost.margin_mv = std::min(cost.margin_mv, one.margin_mv);
    if (one.settle_ns > cost.settle_ns) {
      cost.settle_ns = one.settle_ns;
      cost.developed = one.developed;
    }
    cost.below_offset = cost.below_offset || one.below_offset;
    if (s.sense_model == SenseModel::Nvsim) cost.energy_fj += one.energy_fj;
  }
  if (s.sense_model == SenseModel::Nvsim) return cost;
  Seen strobed;
  for (std::size_t i = 0; i < 3; ++i)
    strobed[i] = asStrobed(s, developedAfter(s, Parts[i], line_ff, cost.settle_ns - s.latch_ns),
                           readNoise_mv(line_ff, temperature_k));
  cost.wrong = xorErrors({s, s, s});
  cost.error_rate = mean(cost.wrong);
  cost.strobed_wrong = xorErrors(strobed);
  cost.strobed_error_rate = mean(cost.strobed_wrong);
  cost.energy_fj = (1 + 3) * s.sense_current_ua * vdd_v * cost.settle_ns + 3 * s.latch_fj;  // µA V ns = fJ
  return cost;
}

}  // namespace pimento
