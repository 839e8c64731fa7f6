// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/dominance_odds.h"

#include <gtest/gtest.h>

using namespace pimento;

namespace {

constexpr double Nan = std::numeric_limits<double>::quiet_NaN();

// Three designs, four draws; the third has no hardware: its energy is the table's in every draw.
struct Case {
  DesignTable table;
  DesignSamples samples{2, 4};
  std::vector<Contestant> contestants;
  std::vector<Objective> objectives{objective(Metric::Energy), objective(Metric::Accuracy)};

  Case() {
    const double accuracies[] = {90, 91, 89};
    for (std::uint32_t i = 0; i < 3; ++i) {
      DesignKey key;
      key.variant = table.intern(QString::number(i));
      const std::uint32_t row = table.append(key);
      table.set(row, Metric::Energy, 10, table.intern(Provenance{}));
      table.set(row, Metric::Accuracy, accuracies[i], table.intern(Provenance{}));
      contestants.push_back({row, i < 2 ? std::optional<std::size_t>(i) : std::nullopt});
    }
    const double first[] = {8, 8, 12, 8};
    const double second[] = {7, 9, 11, 20};
    for (std::size_t draw = 0; draw < 4; ++draw) {
      samples.set(0, draw, {first[draw], 1, 1, 1}, DrawState::Valid);
      samples.set(1, draw, {second[draw], 1, 1, 1}, draw == 3 ? DrawState::Invalid : DrawState::Valid);
    }
  }
  [[nodiscard]] DrawnCosts costs(InvalidDesigns invalid = InvalidDesigns::LeftOut) const {
    return {table, contestants, objectives, samples, invalid};
  }
};

}  // namespace

TEST(DrawnCosts, countDrawsInWhichOneDominates) {
  const Case c;
  const DrawnCosts costs = c.costs();
  EXPECT_EQ(costs.dominates(1, 0), 0.5) << "cheaper and better in draws 0 and 2; dearer in 1, invalid in 3";
  EXPECT_EQ(costs.dominates(0, 1), 0.25) << "where the other does not work";
  EXPECT_EQ(costs.dominates(0, 2), 0.75) << "not where it costs 12 against 10";
  EXPECT_EQ(costs.dominates(2, 0), 0);
  EXPECT_EQ(c.costs(InvalidDesigns::TakePart).dominates(0, 1), 0);
}

TEST(DrawnCosts, countDrawsOnTheFront) {
  const Case c;
  const std::vector<double> shares = c.costs().onFront();
  EXPECT_EQ(shares[0], 0.5) << "dominated in draws 0 and 2";
  EXPECT_EQ(shares[1], 0.75);
  EXPECT_EQ(shares[2], 0.25) << "only where both others cost more than 10";
}

TEST(DrawnCosts, neverGiveBothWaysMoreThanOne) {
  const Case c;
  const DrawnCosts costs = c.costs();
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < a; ++b) EXPECT_LE(costs.dominates(a, b) + costs.dominates(b, a), 1);
}

TEST(DrawnCosts, leaveOutWhatHasNoValue) {
  Case c;
  c.samples.set(0, 1, {Nan, Nan, Nan, Nan}, DrawState::NoAccelerator);
  EXPECT_EQ(c.costs().onFront()[0], 0.25);
}
