// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_csv.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/explore/design_report.h"
#include "core/published/published.h"

using namespace pimento;

namespace {

const QString Place = QStringLiteral("designs.csv");

std::string errorOf(const QByteArray &data, const CsvLimits &limits = {}) {
  try {
    static_cast<void>(readDesignCsv(data, Place, limits));
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

::testing::AssertionResult says(const QByteArray &data, const std::string &part) {
  const std::string error = errorOf(data);
  if (error.find(part) != std::string::npos) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "\"" << error << "\" does not say \"" << part << "\"";
}

}  // namespace

TEST(DesignCsv, readsBackWhatTheReportWrites) {
  const QString written = toCsv(designReport(published()));
  const DesignTable back = readDesignCsv(written.toUtf8(), Place);
  EXPECT_EQ(back.size(), published().size());
  EXPECT_EQ(toCsv(designReport(back)), written);
}

TEST(DesignCsv, keepsTheWarningsOfEveryValue) {
  const DesignTable table = published();
  const DesignTable back = readDesignCsv(toCsv(designReport(table)).toUtf8(), Place);
  int warnings = 0;
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    EXPECT_EQ(warningsOf(back, row), warningsOf(table, row)) << table.id(row).toStdString();
    for (const MetricInfo &m : allMetrics()) {
      const auto value = table.at(row, m.metric);
      if (!value) continue;
      QStringList before = value->from->warnings;
      QStringList after = back.at(row, m.metric)->from->warnings;
      before.sort();
      after.sort();
      EXPECT_EQ(after, before) << table.id(row).toStdString() << " " << m.key;
      warnings += static_cast<int>(before.size());
    }
  }
  EXPECT_GT(warnings, 0);
}

TEST(DesignCsv, aWarningMayNameItsMetrics) {
  const auto read = [](const char *warnings) {
    return readDesignCsv(QByteArray("network,variant,energy_uj,power_w,warnings\nn,v,1,2,") + warnings + "\n", Place);
  };
  const auto of = [](const DesignTable &table, Metric metric) {
    return table.at(0, metric)->from->warnings.join(QLatin1Char('\n')).toStdString();
  };
  const DesignTable some = read("energy: a; b | c");
  EXPECT_EQ(of(some, Metric::Energy), "a; b\nc");
  EXPECT_EQ(of(some, Metric::Power), "c");
  EXPECT_EQ(of(read("area: not known"), Metric::Power), "area: not known") << "there is no area: about the whole row";
  for (const char *text : {"energy+power: energy: x", "energy: a|b", "latency: x | energy: x", "a | a", "a|b | a/b"}) {
    const QString once = toCsv(designReport(read(text)));
    EXPECT_EQ(toCsv(designReport(readDesignCsv(once.toUtf8(), Place))), once) << text;
  }
}

TEST(DesignCsv, keepsOnHowManyImagesAnAccuracyWasCounted) {
  const QByteArray csv = "network,variant,accuracy_pct,energy_uj,accuracy_images\nn,v,90,1,10000\n";
  const DesignTable table = readDesignCsv(csv, QStringLiteral("a.csv"));
  EXPECT_EQ(table.at(0, Metric::Accuracy)->from->images, 10'000);
  EXPECT_EQ(table.at(0, Metric::Energy)->from->images, 0);
  EXPECT_TRUE(table.at(0, Metric::Accuracy)->interval);
  const QByteArray again = toCsv(designReport(table)).toUtf8();
  EXPECT_EQ(readDesignCsv(again, QStringLiteral("b.csv")).at(0, Metric::Accuracy)->from->images, 10'000);
  for (const char *bad : {"0", "-3", "1.5", "many", "99999999999"})
    EXPECT_TRUE(says(QByteArray("network,variant,accuracy_pct,accuracy_images\nn,v,90,") + bad + '\n',
                     "give the number of test images"))
        << bad;
}

TEST(DesignCsv, refusesValuesThatCanNotBe) {
  for (const MetricInfo &m : allMetrics()) {
    const QByteArray header = QByteArray("network,variant,") + m.column + "\n";
    EXPECT_TRUE(says(header + "n,v,-1\n", std::string("line 2, column ") + m.column + ": -1 can not be; give "));
    EXPECT_EQ(errorOf(header + "n,v,0\n"), "");
  }
  EXPECT_TRUE(says("network,variant,accuracy_pct\nn,v,100\nn,w,100.1\n", "line 3, column accuracy_pct: 100.1 can not"));
}

TEST(DesignCsv, keepsEveryPartOfAKey) {
  DesignTable table;
  const auto row = table.append({.network = table.intern(QStringLiteral("a, \"b\"")),
                                 .variant = table.intern(QStringLiteral("v")),
                                 .dataset = table.intern(QStringLiteral("d")),
                                 .training = table.intern(QStringLiteral("t")),
                                 .platform = table.intern(QStringLiteral("p")),
                                 .profileHash = table.intern(QStringLiteral("h")),
                                 .bitsWeights = 1,
                                 .bitsActivations = 32,
                                 .scope = Scope::Head,
                                 .reference = true});
  const QStringList warnings{QStringLiteral("one"), QStringLiteral("two")};
  table.set(row, Metric::Energy, 1.0 / 3, table.intern(Provenance{Kind::Measured, QStringLiteral("s"), {}, warnings}));
  EXPECT_TRUE(readDesignCsv(toCsv(designReport(table)).toUtf8(), Place).sameAs(table));
}

TEST(DesignCsv, needsLittle) {
  const DesignTable table = readDesignCsv("energy_uj,variant,network\n1.5,v,n\n,w,n\n", Place);
  ASSERT_EQ(table.size(), 2U);
  EXPECT_EQ(table.id(0), QStringLiteral("n/v/whole"));
  EXPECT_EQ(table.at(0, Metric::Energy)->value, 1.5);
  EXPECT_EQ(table.kind(0, Metric::Energy), Kind::Estimated);
  EXPECT_EQ(sourcesOf(table, 0), QStringList(Place));
  EXPECT_FALSE(table.at(1, Metric::Energy));
}

TEST(DesignCsv, takesTheKindOfTheValueElseOfTheRow) {
  const DesignTable table =
      readDesignCsv("network,variant,energy_uj,power_w,energy_kind,kind\nn,v,1,2,measured,published\n", Place);
  EXPECT_EQ(table.kind(0, Metric::Energy), Kind::Measured);
  EXPECT_EQ(table.kind(0, Metric::Power), Kind::Published);
}

TEST(DesignCsv, namesWhatIsWrongWithTheHeader) {
  EXPECT_TRUE(
      says("network,variant,energy\nn,v,1\n", "line 1: unknown column \"energy\"; with its unit it is energy_uj"));
  EXPECT_TRUE(says("network,variant,energy_mj\nn,v,1\n", "unknown column \"energy_mj\"; did you mean \"energy_uj\""));
  EXPECT_TRUE(says("network,variant,energy_uj,energy_uj\n", "column energy_uj: stands twice"));
  EXPECT_TRUE(says("variant,energy_uj\n", "no column network"));
  EXPECT_TRUE(says("network,energy_uj\n", "no column variant"));
  EXPECT_TRUE(says("network,variant\n", "no metric"));
  EXPECT_TRUE(says("", "empty"));
}

TEST(DesignCsv, namesLineAndColumnOfABadCell) {
  const QByteArray header = "network,variant,bits_w,bits_a,scope,reference,energy_uj,energy_kind\n";
  const auto row = [&](const char *cells) { return header + "n,v,8,8,whole,0,1,derived\n" + cells + "\n"; };
  EXPECT_TRUE(says(row("n,w,,,,,x,"), "designs.csv, line 3, column energy_uj: \"x\" is not a number"));
  EXPECT_TRUE(says(row("n,w,,,,,inf,"), "column energy_uj"));
  EXPECT_TRUE(says(row("n,w,,,,,1,guessed"), "line 3, column energy_kind: unknown kind \"guessed\"; "));
  EXPECT_TRUE(says(row("n,w,,,,,,derived"), "column energy_kind: a kind without a value"));
  EXPECT_TRUE(says(row("n,w,99,8,,,1,"), "column bits_w: is \"99\""));
  EXPECT_TRUE(says(row("n,w,8,eight,,,1,"), "column bits_a: is \"eight\""));
  EXPECT_TRUE(says(row("n,w,,,tail,,1,"), "column scope: is \"tail\"; known: whole, head"));
  EXPECT_TRUE(says(row("n,w,,,,yes,1,"), "column reference: is \"yes\""));
  EXPECT_TRUE(says(row(",w,,,,,1,"), "column network: is empty"));
  EXPECT_TRUE(says(row("n,,,,,,1,"), "column variant: is empty"));
  EXPECT_TRUE(says(row("n,v,8,8,,,2,"), "line 3: a design that stands above already"));
  EXPECT_TRUE(says(row("n,v"), "line 3: 2 fields where the header has 8"));
}

TEST(DesignCsv, keepsToItsLimits) {
  CsvLimits limits;
  limits.rows = 1;
  EXPECT_NE(errorOf("network,variant,power_w\nn,v,1\nn,w,1\n", limits).find("more than 1 rows"), std::string::npos);
}

TEST(DesignCsv, aFileThatIsNotThereIsNamed) {
  try {
    static_cast<void>(openDesignCsv(QStringLiteral("nowhere.csv")));
    FAIL();
  } catch (const Error &error) {
    EXPECT_NE(error.message().indexOf(QStringLiteral("nowhere.csv: can not be read")), -1);
  }
}
