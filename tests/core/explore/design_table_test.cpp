// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_table.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/explore/design_report.h"

using namespace pimento;

TEST(DesignTable, aCellReturnsValueKindAndSource) {
  DesignTable table;
  const auto row = table.append({.network = table.intern(QStringLiteral("n")), .bitsWeights = 8, .bitsActivations = 4});
  const auto published = table.intern(Provenance{Kind::Published, QStringLiteral("Table I"), {}, {}});
  table.set(row, Metric::Energy, 35,
            table.intern(Provenance{
                Kind::Derived, QStringLiteral("Table III"), QStringLiteral("P x t"), {QStringLiteral("w")}}));
  const auto second = table.append({.network = table.intern(QStringLiteral("m"))});
  table.set(second, Metric::Energy, 36, published);
  ASSERT_TRUE(table.at(row, Metric::Energy));
  EXPECT_EQ(table.at(row, Metric::Energy)->from->formula, QStringLiteral("P x t"));
  EXPECT_EQ(table.kind(second, Metric::Energy), Kind::Published);
  EXPECT_FALSE(table.at(row, Metric::Area));
  EXPECT_EQ(table.weakestKind(row), Kind::Derived);
  EXPECT_EQ(table.id(row), QStringLiteral("n/8:4/whole"));
  EXPECT_THROW(table.set(row, Metric::Area, std::nan(""), published), Error);
  EXPECT_EQ(warningsOf(table, row), QStringList(QStringLiteral("w")));
}

TEST(DesignTable, appendingCarriesNamesAndProvenances) {
  DesignTable a;
  a.set(a.append({.network = a.intern(QStringLiteral("x"))}), Metric::Power, 1,
        a.intern(Provenance{Kind::Measured, QStringLiteral("s"), {}, {}}));
  DesignTable b;
  static_cast<void>(b.intern(QStringLiteral("other")));
  b.append(a);
  EXPECT_TRUE(a.sameAs(b));
  b.append(a);
  EXPECT_FALSE(a.sameAs(b));
  EXPECT_EQ(b.provenanceCount(), 1U);
}

TEST(DesignTable, theWeakestKindFollowsValuesThatAreSetAgain) {
  DesignTable table;
  const auto row = table.append(DesignKey{});
  EXPECT_EQ(table.weakestKind(row), Kind::Published);
  const auto measured = table.intern(Provenance{Kind::Measured, {}, {}, {}});
  table.set(row, Metric::Energy, 1, table.intern(Provenance{Kind::Estimated, {}, {}, {}}));
  table.set(row, Metric::Area, 1, measured);
  EXPECT_EQ(table.weakestKind(row), Kind::Estimated);
  table.set(row, Metric::Energy, 1, measured);
  EXPECT_EQ(table.weakestKind(row), Kind::Measured);
}
