// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/front.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "core/base/error.h"
#include "tests/core/explore/random_points.h"

using namespace pimento;
using namespace pimento::test;

namespace {

bool dominates(const Columns &data, std::size_t a, std::size_t b) {
  bool better = false;
  for (const auto &column : data) {
    if (!(column[a] <= column[b])) return false;
    better = better || column[a] < column[b];
  }
  return better;
}

bool present(const Columns &data, std::size_t i) {
  return std::none_of(data.begin(), data.end(), [i](const auto &column) { return std::isnan(column[i]); });
}

// By definition, in the order that the header promises.
std::vector<std::uint32_t> bruteForce(const Columns &data) {
  std::vector<std::uint32_t> front;
  for (std::uint32_t i = 0; i < data[0].size(); ++i) {
    bool stands = present(data, i);
    for (std::size_t j = 0; stands && j < data[0].size(); ++j) stands = !(present(data, j) && dominates(data, j, i));
    if (stands) front.push_back(i);
  }
  std::stable_sort(front.begin(), front.end(), [&](std::uint32_t a, std::uint32_t b) {
    for (const auto &column : data)
      if (column[a] != column[b]) return column[a] < column[b];
    return false;
  });
  return front;
}

const std::vector<Objective> EnergyAccuracy{objective(Metric::Energy), objective(Metric::Accuracy)};

// Rows of (energy, accuracy).
DesignTable tableOf(const std::vector<std::pair<double, double>> &points) {
  DesignTable table;
  const auto from = table.intern(Provenance{Kind::Published, QStringLiteral("test"), {}, {}});
  for (const auto &[energy, accuracy] : points) {
    const auto row = table.append({.network = table.intern(QStringLiteral("n%1").arg(table.size()))});
    if (!std::isnan(energy)) table.set(row, Metric::Energy, energy, from);
    if (!std::isnan(accuracy)) table.set(row, Metric::Accuracy, accuracy, from);
  }
  return table;
}

std::vector<std::uint32_t> all(const DesignTable &table) {
  std::vector<std::uint32_t> rows(table.size());
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

const double Nan = std::nan("");

}  // namespace

TEST(Front, agreesWithTheDefinition) {
  for (const std::size_t columns : {2U, 3U, 4U})
    for (const int levels : {2, 6, 30, 1'000'000})
      for (std::uint32_t seed = 0; seed < 6; ++seed) {
        const std::size_t points = seed < 3 ? 60 : 900;
        const Columns data = gridPoints(columns, points, levels, seed % 2 == 0 ? 0 : 0.1, seed);
        ASSERT_EQ(nonDominated(spans(data)), bruteForce(data)) << columns << " columns, " << levels << " levels";
      }
}

TEST(Front, agreesWithTheDefinitionWhereMostPointsStand) {
  for (const std::size_t columns : {2U, 3U, 4U}) {
    const Columns data = frontPoints(columns, 1500, 7);
    const auto front = nonDominated(spans(data));
    EXPECT_GT(front.size(), 1000U);
    EXPECT_EQ(front, bruteForce(data));
  }
}

TEST(Front, keepsAllEqualPoints) {
  const Columns data{{1, 2, 1, 3, 1}, {5, 4, 5, 4, 6}};
  EXPECT_EQ(nonDominated(spans(data)), (std::vector<std::uint32_t>{0, 2, 1}));
  const Columns deep{{1, 1, 2}, {1, 1, 2}, {1, 1, 2}, {1, 1, 0}};
  EXPECT_EQ(nonDominated(spans(deep)), (std::vector<std::uint32_t>{0, 1, 2}));
}

TEST(Front, refusesInfinityAndTheWrongNumberOfObjectives) {
  const Columns infinite{{1, HUGE_VAL}, {1, 2}};
  EXPECT_THROW(static_cast<void>(nonDominated(spans(infinite))), Error);
  const Columns one{{1, 2}};
  EXPECT_THROW(static_cast<void>(nonDominated(spans(one))), Error);
  const Columns five(5, std::vector<double>{1});
  EXPECT_THROW(static_cast<void>(nonDominated(spans(five))), Error);
}

TEST(Front, ofNothingIsEmpty) {
  const Columns none(3);
  EXPECT_TRUE(nonDominated(spans(none)).empty());
  const Columns absent{{Nan, 1}, {1, Nan}};
  EXPECT_TRUE(nonDominated(spans(absent)).empty());
}

TEST(Front, followsTheSenseOfEachObjective) {
  const DesignTable table = tableOf({{10, 50}, {20, 60}, {30, 55}, {5, 40}});
  EXPECT_EQ(nonDominated(table, all(table), EnergyAccuracy), (std::vector<std::uint32_t>{3, 0, 1}));
  const auto reversed = parseObjectives(QStringLiteral("max:energy,accuracy"), {});
  EXPECT_EQ(nonDominated(table, all(table), reversed), (std::vector<std::uint32_t>{2, 1}));
  const std::vector<Objective> accuracyFirst{objective(Metric::Accuracy), objective(Metric::Energy)};
  EXPECT_EQ(nonDominated(table, all(table), accuracyFirst), (std::vector<std::uint32_t>{1, 0, 3}));
}

TEST(Front, leavesOutReferencesAbsentValuesAndRowsNotAsked) {
  DesignTable table = tableOf({{10, 50}, {Nan, 99}, {1, Nan}, {20, 60}});
  const auto gpu = table.append({.reference = true});
  const auto from = table.intern(Provenance{});
  table.set(gpu, Metric::Energy, 0.1, from);
  table.set(gpu, Metric::Accuracy, 100, from);
  EXPECT_EQ(nonDominated(table, all(table), EnergyAccuracy), (std::vector<std::uint32_t>{0, 3}));
  const std::vector<std::uint32_t> some{4, 3, 1};
  EXPECT_EQ(nonDominated(table, some, EnergyAccuracy), std::vector<std::uint32_t>{3});
  EXPECT_EQ(contenders(table, some, EnergyAccuracy), std::vector<std::uint32_t>{3});
}

TEST(Front, isTheSameWhateverTheOrderOfTheRows) {
  const DesignTable table = tableOf({{1, 5}, {1, 5}, {2, 6}, {0, 4}, {1, 5}});
  const std::vector<std::uint32_t> shuffled{4, 2, 1, 0, 3};
  EXPECT_EQ(nonDominated(table, shuffled, EnergyAccuracy), nonDominated(table, all(table), EnergyAccuracy));
}

TEST(Objectives, areReadAndWritten) {
  const auto objectives = parseObjectives(QStringLiteral("energy, accuracy,max:power"), {});
  ASSERT_EQ(objectives.size(), 3U);
  EXPECT_EQ(objectives[1].sense, Sense::Maximise);
  EXPECT_EQ(objectives[2], (Objective{Metric::Power, Sense::Maximise}));
  EXPECT_EQ(objectivesText(objectives), QStringLiteral("energy,accuracy,max:power"));
}

TEST(Objectives, badOnesAreNamed) {
  const auto errorOf = [](const char *text) -> std::string {
    try {
      static_cast<void>(parseObjectives(QString::fromLatin1(text), QStringLiteral("--objectives")));
    } catch (const Error &error) {
      return error.what();
    }
    return {};
  };
  EXPECT_NE(errorOf("energy,acuracy").find("did you mean \"accuracy\""), std::string::npos);
  EXPECT_NE(errorOf("energy").find("two to four"), std::string::npos);
  EXPECT_NE(errorOf("energy,energy").find("energy stands twice"), std::string::npos);
  EXPECT_NE(errorOf("energy,accuracy,power,area,macs").find("5 given"), std::string::npos);
}

TEST(Knee, isFarthestFromTheChord) {
  const DesignTable table = tableOf({{0, 0}, {2, 7}, {5, 9}, {10, 10}});
  EXPECT_EQ(knee(table, all(table), EnergyAccuracy, KneeSpace::Linear), 1U);
}

TEST(Knee, dependsOnTheSpace) {
  // Energy doubles with every step of accuracy: straight when energy is on a log scale only; here both are.
  const DesignTable table = tableOf({{1, 50}, {10, 60}, {100, 66}, {1000, 70}});
  EXPECT_EQ(knee(table, all(table), EnergyAccuracy, KneeSpace::Linear), 2U);
  EXPECT_EQ(knee(table, all(table), EnergyAccuracy, KneeSpace::Log), 1U);
}

TEST(Knee, isAbsentWhereThereIsNone) {
  const DesignTable straight = tableOf({{0, 0}, {1, 1}, {2, 2}});
  EXPECT_FALSE(knee(straight, all(straight), EnergyAccuracy, KneeSpace::Linear));
  EXPECT_FALSE(knee(straight, all(straight), EnergyAccuracy, KneeSpace::Log));  // 0 has no logarithm
  const DesignTable bulge = tableOf({{0, 0}, {9, 1}, {10, 10}});
  EXPECT_FALSE(knee(bulge, all(bulge), EnergyAccuracy, KneeSpace::Linear));
  EXPECT_FALSE(knee(bulge, {}, EnergyAccuracy, KneeSpace::Linear));
  const DesignTable flat = tableOf({{1, 1}, {1, 1}});
  EXPECT_FALSE(knee(flat, all(flat), EnergyAccuracy, KneeSpace::Linear));
}

TEST(IdealPoint, isTheBestOfEach) {
  const DesignTable table = tableOf({{10, 50}, {20, 60}});
  EXPECT_EQ(idealPoint(table, all(table), EnergyAccuracy), (std::vector<double>{10, 60}));
}

TEST(Front, invalidDesignsCompeteOnlyIfAskedFor) {
  DesignTable table = tableOf({{1, 50}, {2, 60}, {3, 70}, {0.5, 40}});
  table.setValidity(0, Validity::Doubtful, QStringLiteral("fades"));
  table.setValidity(3, Validity::Invalid, QStringLiteral("errs"));
  using Rows = std::vector<std::uint32_t>;
  EXPECT_EQ(nonDominated(table, all(table), EnergyAccuracy), (Rows{0, 1, 2})) << "a doubtful one stays";
  EXPECT_EQ(nonDominated(table, all(table), EnergyAccuracy, InvalidDesigns::TakePart), (Rows{3, 0, 1, 2}));
  EXPECT_EQ(contenders(table, all(table), EnergyAccuracy), (Rows{0, 1, 2}));
  EXPECT_EQ(invalidContenders(table, all(table), EnergyAccuracy), Rows{3});
  const std::vector<double> reference{10, 0};
  const auto volume = [&](InvalidDesigns invalid) {
    return hypervolume(table, all(table), EnergyAccuracy, reference, invalid).value;
  };
  EXPECT_EQ(volume(InvalidDesigns::TakePart) - volume(InvalidDesigns::LeftOut), 0.5 * 40);
}
