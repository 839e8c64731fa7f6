// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <vector>

namespace pimento::test {

using Columns = std::vector<std::vector<double>>;

// Points on a grid of `levels` values a column (few levels: many ties), some of them absent.
inline Columns gridPoints(std::size_t columns, std::size_t points, int levels, double absent, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> level(-levels / 2, levels / 2);
  std::bernoulli_distribution missing(absent);
  Columns data(columns, std::vector<double>(points));
  for (auto &column : data)
    for (double &value : column) value = missing(random) ? std::numeric_limits<double>::quiet_NaN() : level(random);
  return data;
}

// Points near a simplex: most of them are on the front.
inline Columns frontPoints(std::size_t columns, std::size_t points, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::exponential_distribution<double> part;
  Columns data(columns, std::vector<double>(points));
  for (std::size_t i = 0; i < points; ++i) {
    double sum = 0;
    for (auto &column : data) sum += column[i] = part(random);
    for (auto &column : data) column[i] /= sum;
  }
  return data;
}

inline Columns uniformPoints(std::size_t columns, std::size_t points, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0.01, 1);
  Columns data(columns, std::vector<double>(points));
  for (auto &column : data)
    for (double &value : column) value = uniform(random);
  return data;
}

inline std::vector<std::span<const double>> spans(const Columns &data) { return {data.begin(), data.end()}; }

}  // namespace pimento::test
