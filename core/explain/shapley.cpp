// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/shapley.h"

#include <bit>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/random.h"

namespace pimento {

namespace {

void followExplaining(const Watch &watch, double share) {
  if (watch.stop.stop_requested())
    throw Error(QStringLiteral("explanation"), QStringLiteral("was stopped before it was done"));
  if (watch.progress) watch.progress(share);
}

std::vector<bool> membersOf(std::size_t players, std::size_t bits) {
  std::vector<bool> members(players);
  for (std::size_t i = 0; i < players; ++i) members[i] = (bits >> i & 1U) != 0;
  return members;
}

// |S|! (n - |S| - 1)! / n! for every size of S.
std::vector<double> weightsOf(std::size_t players) {
  std::vector<double> weights(players);
  for (std::size_t size = 0; size < players; ++size)
    weights[size] =
        std::exp(std::lgamma(static_cast<double>(size) + 1) + std::lgamma(static_cast<double>(players - size)) -
                 std::lgamma(static_cast<double>(players) + 1));
  return weights;
}

void addExactly(ShapleyShares &shares, std::size_t players, const CoalitionOutputs &outputs, const Watch &watch) {
  const std::size_t coalitions = std::size_t{1} << players;
  std::vector<std::vector<double>> values(coalitions);
  for (std::size_t set = 0; set < coalitions; ++set) {
    followExplaining(watch, static_cast<double>(set) / static_cast<double>(coalitions));
    values[set] = outputs(membersOf(players, set));
  }
  shares.none = values.front();
  shares.all = values.back();
  const std::vector<double> weights = weightsOf(players);
  shares.contributions.assign(players, std::vector<double>(shares.none.size(), 0));
  shares.errors = shares.contributions;
  for (std::size_t player = 0; player < players; ++player)
    for (std::size_t set = 0; set < coalitions; ++set) {
      if (set >> player & 1U) continue;
      const double weight = weights[static_cast<std::size_t>(std::popcount(set))];
      for (std::size_t o = 0; o < shares.none.size(); ++o)
        shares.contributions[player][o] += weight * (values[set | std::size_t{1} << player][o] - values[set][o]);
    }
}

// What each player adds as they join in this order.
std::vector<std::vector<double>> joining(const std::vector<std::size_t> &order, const CoalitionOutputs &outputs,
                                         const std::vector<double> &none) {
  std::vector<std::vector<double>> added(order.size());
  std::vector<bool> members(order.size(), false);
  std::vector<double> before = none;
  for (const std::size_t player : order) {
    members[player] = true;
    std::vector<double> after = outputs(members);
    added[player].resize(after.size());
    for (std::size_t o = 0; o < after.size(); ++o) added[player][o] = after[o] - before[o];
    before = std::move(after);
  }
  return added;
}

void addSampled(ShapleyShares &shares, std::size_t players, const CoalitionOutputs &outputs,
                const ShapleyOptions &options, const Watch &watch) {
  shares.exact = false;
  shares.none = outputs(std::vector<bool>(players, false));
  shares.all = outputs(std::vector<bool>(players, true));
  const std::size_t count = shares.none.size();
  shares.contributions.assign(players, std::vector<double>(count, 0));
  std::vector<std::vector<double>> squares = shares.contributions;
  const std::size_t pairs = std::max<std::size_t>(2, options.orders / 2);
  std::vector<std::size_t> order(players);
  Random random(options.seed);
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    followExplaining(watch, static_cast<double>(pair) / static_cast<double>(pairs));
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = players; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    const auto forwards = joining(order, outputs, shares.none);
    const auto backwards = joining({order.rbegin(), order.rend()}, outputs, shares.none);
    for (std::size_t p = 0; p < players; ++p)
      for (std::size_t o = 0; o < count; ++o) {
        const double mean = (forwards[p][o] + backwards[p][o]) / 2;
        shares.contributions[p][o] += mean;
        squares[p][o] += mean * mean;
      }
  }
  shares.orders = 2 * pairs;
  shares.errors = squares;
  const auto n = static_cast<double>(pairs);
  for (std::size_t p = 0; p < players; ++p)
    for (std::size_t o = 0; o < count; ++o) {
      const double mean = shares.contributions[p][o] / n;
      shares.contributions[p][o] = mean;
      shares.errors[p][o] = std::sqrt(std::max(0.0, squares[p][o] / n - mean * mean) / (n - 1));
    }
}

}  // namespace

ShapleyShares shapleyShares(std::size_t players, const CoalitionOutputs &outputs, const ShapleyOptions &options,
                            const Watch &watch) {
  ShapleyShares shares;
  if (players <= options.mostExact)
    addExactly(shares, players, outputs, watch);
  else
    addSampled(shares, players, outputs, options, watch);
  return shares;
}

}  // namespace pimento
