// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "core/explore/front.h"
#include "tests/core/explore/random_points.h"

using namespace pimento;
using namespace pimento::test;

namespace {

// Points on the integer grid [0, side): the hypervolume up to `side` is the number of unit cells that some point
// covers.
double cells(const std::vector<Costs> &points, std::size_t columns, int side) {
  std::vector<int> cell(columns, 0);
  double count = 0;
  for (;;) {
    count += std::any_of(points.begin(), points.end(), [&](const Costs &p) {
      for (std::size_t c = 0; c < columns; ++c)
        if (p[c] > cell[c]) return false;
      return true;
    });
    std::size_t c = 0;
    while (c < columns && ++cell[c] == side) cell[c++] = 0;
    if (c == columns) return count;
  }
}

}  // namespace

TEST(Hypervolume, agreesWithCountingCells) {
  for (const std::size_t columns : {2U, 3U, 4U})
    for (std::uint32_t seed = 0; seed < 12; ++seed) {
      constexpr int side = 8;
      std::mt19937 random(seed);
      std::uniform_int_distribution<int> level(0, side);  // `side` itself covers nothing
      std::vector<Costs> points(1 + seed * 3, Costs(columns));
      for (Costs &p : points)
        for (double &v : p) v = level(random);
      EXPECT_EQ(hypervolume(points, Costs(columns, side)), cells(points, columns, side)) << columns << " " << seed;
    }
}

TEST(Hypervolume, takesDuplicatesOnceAndIgnoresWhatIsBeyondTheReference) {
  EXPECT_EQ(hypervolume(std::vector<Costs>{{1, 1}, {1, 1}}, {3, 3}), 4);
  EXPECT_EQ(hypervolume(std::vector<Costs>{{1, 4}, {3, 0}}, {3, 3}), 0);
  EXPECT_EQ(hypervolume(std::vector<Costs>{}, {3, 3, 3}), 0);
  EXPECT_THROW(static_cast<void>(hypervolume(std::vector<Costs>{}, {3})), Error);
}

TEST(Hypervolume, ofATableIsInItsUnitsAndSenses) {
  DesignTable table;
  const auto from = table.intern(Provenance{});
  for (const auto &[energy, accuracy] : std::vector<std::pair<double, double>>{{10, 50}, {20, 60}, {30, 40}}) {
    const auto row = table.append(DesignKey{});
    table.set(row, Metric::Energy, energy, from);
    table.set(row, Metric::Accuracy, accuracy, from);
  }
  const std::vector<std::uint32_t> rows{0, 1, 2};
  const std::vector<Objective> objectives{objective(Metric::Energy), objective(Metric::Accuracy)};
  const auto reference = defaultReference(table, rows, objectives);
  EXPECT_EQ(reference, (std::vector<double>{32, 38}));
  const Hypervolume volume = hypervolume(table, rows, objectives, reference);
  EXPECT_DOUBLE_EQ(volume.value, 12 * 10 + 22 * 12);
  EXPECT_DOUBLE_EQ(volume.share, volume.value / (22 * 22));
  EXPECT_EQ(volume.ideal, (std::vector<double>{10, 60}));
}

TEST(DefaultReference, standsOffWhereNothingVaries) {
  DesignTable table;
  const auto from = table.intern(Provenance{});
  const auto row = table.append(DesignKey{});
  table.set(row, Metric::Energy, 10, from);
  table.set(row, Metric::Power, 0, from);
  const std::vector<Objective> objectives{objective(Metric::Energy), objective(Metric::Power)};
  EXPECT_EQ(defaultReference(table, std::vector<std::uint32_t>{row}, objectives), (std::vector<double>{11, 1}));
}
