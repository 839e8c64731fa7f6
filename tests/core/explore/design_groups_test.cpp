// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_groups.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

using namespace pimento;

namespace {

// "n: a 0 3, b 1; m: …": the groups as text.
std::string textOf(const DesignTable &table, const DesignGroups &groups) {
  QStringList networks;
  for (const DesignGroups::Network &network : groups.networks) {
    QStringList variants;
    for (std::uint32_t i = network.first; i < network.first + network.variants; ++i) {
      QStringList words{table.name(groups.variants[i].name)};
      for (const std::uint32_t row : groups.rowsOf(groups.variants[i])) words << QString::number(row);
      variants << words.join(QLatin1Char(' '));
    }
    networks << QStringLiteral("%1 (%2): %3")
                    .arg(table.name(network.name))
                    .arg(network.designs)
                    .arg(variants.join(QStringLiteral(", ")));
  }
  return networks.join(QStringLiteral("; ")).toStdString();
}

void append(DesignTable &table, const char *network, const char *variant) {
  table.append(
      {.network = table.intern(QString::fromLatin1(network)), .variant = table.intern(QString::fromLatin1(variant))});
}

}  // namespace

TEST(DesignGroups, standInTheOrderOfTheirFirstRows) {
  DesignTable table;
  append(table, "n", "wide");
  append(table, "m", "narrow");
  append(table, "m", "wide");
  append(table, "n", "narrow");
  append(table, "n", "wide");
  const std::vector<std::uint32_t> rows{4, 0, 3, 1, 2};
  EXPECT_EQ(textOf(table, groupDesigns(table, rows)), "n (3): wide 0 4, narrow 3; m (2): narrow 1, wide 2");
  EXPECT_EQ(textOf(table, groupDesigns(table, std::vector<std::uint32_t>{2, 3})), "m (1): wide 2; n (1): narrow 3");
  EXPECT_EQ(textOf(table, groupDesigns(table, {})), "");
}

// Against maps, with more rows than are sorted by comparison.
TEST(DesignGroups, holdEveryRowOnce) {
  DesignTable table;
  std::mt19937 random(1);
  std::map<std::pair<NameId, NameId>, std::vector<std::uint32_t>> expected;
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < 5000; ++row) {
    const NameId network = table.intern(QString::number(random() % 40));
    const NameId variant = table.intern(QString::number(random() % 60));
    table.append({.network = network, .variant = variant});
    expected[{network, variant}].push_back(row);
    rows.push_back(row);
  }
  std::ranges::shuffle(rows, random);
  const DesignGroups groups = groupDesigns(table, rows);
  ASSERT_EQ(groups.variants.size(), expected.size());
  std::uint32_t last = 0;
  for (const DesignGroups::Variant &variant : groups.variants) {
    const auto of = groups.rowsOf(variant);
    const auto &same = expected.at({groups.networks[variant.network].name, variant.name});
    EXPECT_TRUE(std::ranges::equal(of, same));
    const bool begins = &variant == &groups.variants[groups.networks[variant.network].first];
    EXPECT_TRUE(begins || of.front() > last);
    last = of.front();
  }
}
