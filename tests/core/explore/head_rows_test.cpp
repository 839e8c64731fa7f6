// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/head_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace pimento;

namespace {

// What the index is to find, by looking at every row.
std::optional<std::uint32_t> byLooking(const DesignTable &table, std::uint32_t row) {
  DesignKey wanted = table.key(row);
  wanted.scope = Scope::Head;
  const auto found = std::find(table.keys().begin(), table.keys().end(), wanted);
  return found == table.keys().end() ? std::nullopt : std::optional(std::uint32_t(found - table.keys().begin()));
}

// Keys of few names, so that many are near misses of each other, some twice and some heads missing.
DesignTable randomKeys(std::uint32_t rows) {
  DesignTable table;
  std::vector<NameId> names{0};
  for (int i = 0; i < 3; ++i) names.push_back(table.intern(QString::number(i)));
  std::mt19937 random(7);
  const auto any = [&] { return names[random() % names.size()]; };
  for (std::uint32_t row = 0; row < rows; ++row)
    table.append({.network = any(),
                  .variant = any(),
                  .dataset = any(),
                  .training = any(),
                  .run = any(),
                  .platform = any(),
                  .profileHash = any(),
                  .bitsWeights = std::uint8_t(random() % 2),
                  .bitsActivations = std::uint8_t(random() % 2),
                  .scope = random() % 2 == 0 ? Scope::Whole : Scope::Head,
                  .reference = random() % 4 == 0});
  return table;
}

}  // namespace

TEST(HeadRows, findsTheHeadThatLookingAtEveryRowFinds) {
  DesignTable table = randomKeys(4000);
  table.append(table);  // every key stands twice: the first counts
  const HeadRows heads(table);
  std::size_t found = 0;
  for (std::uint32_t row = 0; row < table.size(); row += 3) {
    const auto expected = byLooking(table, row);
    EXPECT_EQ(heads.of(table.key(row)), expected) << row;
    found += expected ? 1 : 0;
  }
  EXPECT_GT(found, 100U);
  EXPECT_LT(found, table.size() / 3);
}

TEST(HeadRows, isNoneWhereThereAreNoHeads) {
  DesignTable table;
  table.append({.network = table.intern(QStringLiteral("lenet5"))});
  EXPECT_FALSE(HeadRows(table).of(table.key(0)));
}
