// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

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

TEST(DesignTable, aCopySharesItsDataUntilOneOfTheTwoIsChanged) {
  DesignTable table;
  const auto from = table.intern(Provenance{Kind::Measured, QStringLiteral("s"), {}, {}});
  table.set(table.append({.network = table.intern(QStringLiteral("x"))}), Metric::Power, 1, from);
  const auto powers = [](const DesignTable &t) { return t.column(Metric::Power).data(); };
  DesignTable copy = table;
  DesignTable gathered;
  gathered.append(table);
  EXPECT_EQ(powers(copy), powers(table));
  EXPECT_EQ(powers(gathered), powers(table)) << "what is put into an empty one is not copied either";
  EXPECT_EQ(copy.intern(QStringLiteral("x")), table.find(QStringLiteral("x")));
  EXPECT_EQ(powers(copy), powers(table)) << "a name that is there changes nothing";
  copy.set(0, Metric::Power, 2, from);
  EXPECT_EQ(copy.at(0, Metric::Power)->value, 2);
  EXPECT_EQ(table.at(0, Metric::Power)->value, 1);
  gathered.append(gathered);
  EXPECT_EQ(gathered.size(), 2U);
  EXPECT_EQ(table.size(), 1U);
  table.setValidity(0, Validity::Doubtful, QStringLiteral("why"));
  EXPECT_EQ(gathered.validity(0), Validity::Valid);
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

TEST(DesignTable, aRowIsValidUntilItIsSaidToBeAnythingElse) {
  DesignTable table;
  const auto first = table.append({.network = table.intern(QStringLiteral("a"))});
  table.setValidity(first, Validity::Valid, {});
  EXPECT_TRUE(table.allValid()) << "nothing is stored for a table of valid rows";
  const auto second = table.append({.network = table.intern(QStringLiteral("b"))});
  const auto third = table.append({.network = table.intern(QStringLiteral("c"))});
  table.setValidity(second, Validity::Invalid, QStringLiteral("errs"));
  table.setValidity(third, Validity::Doubtful, QStringLiteral("fades"));
  const auto last = table.append({.network = table.intern(QStringLiteral("d"))});
  EXPECT_EQ(table.validity(first), Validity::Valid);
  EXPECT_EQ(table.validity(second), Validity::Invalid);
  EXPECT_EQ(table.validity(third), Validity::Doubtful);
  EXPECT_EQ(table.validity(last), Validity::Valid);
  EXPECT_EQ(validityText(table, second), QStringLiteral("invalid: errs"));
  EXPECT_TRUE(validityText(table, last).isEmpty());
  DesignTable other;
  static_cast<void>(other.append({.network = other.intern(QStringLiteral("x"))}));
  other.append(table);
  EXPECT_EQ(other.validity(0), Validity::Valid);
  EXPECT_EQ(other.validity(2), Validity::Invalid);
  EXPECT_EQ(other.validityReason(2), QStringLiteral("errs"));
  DesignTable same;
  same.append(table);
  EXPECT_TRUE(same.sameAs(table));
  same.setValidity(third, Validity::Doubtful, QStringLiteral("something else"));
  EXPECT_FALSE(same.sameAs(table));
  table.setValidity(second, Validity::Valid, QStringLiteral("no matter"));
  EXPECT_TRUE(table.validityReason(second).isEmpty());
}

TEST(DesignTable, appendsAWholeTableAsItsRowsOneByOne) {
  const auto tableOf = [](int seed, bool alike) {
    DesignTable table;
    std::mt19937 random(static_cast<unsigned>(seed));
    for (int row = 0; row < 50; ++row) {
      const auto at = table.append({.network = table.intern(QString::number(random() % 5)),
                                    .variant = table.intern(QString::number(seed)),
                                    .run = table.intern(QString::number(random() % 3))});
      if (!alike && random() % 3 == 0) table.setValidity(at, Validity::Doubtful, QString::number(random() % 4));
      for (const MetricInfo &m : allMetrics()) {
        if (m.metric == Metric::Power || random() % 4 == 0) continue;
        const QString source = alike ? QStringLiteral("all") : QString::number(random() % 3);
        table.set(at, m.metric, 1, table.intern({static_cast<Kind>(alike ? 0 : random() % 4), source, {}, {}}));
      }
    }
    return table;
  };
  // Provenances that are one, that differ between the tables, and that vary within them; none; and a table by itself.
  const std::vector<DesignTable> tables{{}, tableOf(1, true), tableOf(2, true), tableOf(3, false), tableOf(4, true),
                                        {}};
  DesignTable whole;
  DesignTable rowByRow;
  for (const DesignTable &table : tables) {
    whole.append(table);
    std::vector<std::uint32_t> rows(table.size());
    std::iota(rows.begin(), rows.end(), 0U);
    rowByRow.append(table, rows);
    ASSERT_TRUE(whole.sameAs(rowByRow)) << whole.size();
    for (std::uint32_t row = 0; row < whole.size(); ++row) EXPECT_EQ(whole.weakestKind(row), rowByRow.weakestKind(row));
  }
  whole.append(whole);
  EXPECT_EQ(whole.size(), 2 * rowByRow.size());
  EXPECT_EQ(whole.id(whole.size() - 1), rowByRow.id(rowByRow.size() - 1));
}
