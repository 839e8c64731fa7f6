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

TEST(DesignCsv, correctedValuesStayMarked) {
  const DesignTable table = published({QStringLiteral("mobilenetv1-cm1-gpu-time")});
  const QString written = toCsv(designReport(table));
  EXPECT_TRUE(written.contains(QStringLiteral(",gpu_latency+gpu_energy+gpu_speedup+gpu_energy_ratio,")));
  const DesignTable back = readDesignCsv(written.toUtf8(), Place);
  int corrected = 0;
  for (std::uint32_t row = 0; row < table.size(); ++row)
    for (const MetricInfo &m : allMetrics())
      if (const auto value = table.at(row, m.metric)) {
        EXPECT_EQ(back.at(row, m.metric)->from->corrected, value->from->corrected);
        corrected += value->from->corrected ? 1 : 0;
      }
  EXPECT_GT(corrected, 0);
  EXPECT_TRUE(says("network,variant,energy_uj,corrected\na,b,1,latency\n",
                   "designs.csv, line 2, column corrected: \"latency\" is no metric with a value"));
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
  EXPECT_TRUE(
      says("network,variant,energy_mj\nn,v,1\n",
           "unknown column \"energy_mj\"; energy is read in µJ: convert the numbers and call the column energy_uj"));
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

TEST(DesignCsv, otherUnitsAndSeparatorsAreNamed) {
  const auto of = [](const char *column) { return errorOf(QByteArray("network,variant,") + column + "\nn,v,1\n"); };
  for (const char *column : {"energy_mj", "Energy (mJ)", "energy [nJ]", "ENERGY_PJ"})
    EXPECT_NE(of(column).find("energy is read in µJ: convert the numbers and call the column energy_uj"),
              std::string::npos)
        << of(column);
  EXPECT_NE(of("gpu_latency_ms").find("call the column gpu_latency_us"), std::string::npos) << of("gpu_latency_ms");
  EXPECT_NE(of("Energy").find("with its unit it is energy_uj"), std::string::npos) << of("Energy");
  EXPECT_NE(errorOf("network;variant;energy_uj\nn;v;1,5\n").find("separated by semicolons"), std::string::npos);
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

TEST(DesignCsv, keepsTheValidityOfEveryDesign) {
  const QByteArray csv =
      "network,variant,energy_uj,validity,validity_reason\nn,a,1,invalid,\"errs, much; profile "
      "p\"\nn,b,2,doubtful,fades\n"
      "n,c,3,valid,\nn,d,4,,\n";
  const DesignTable table = readDesignCsv(csv, Place);
  EXPECT_EQ(table.validity(0), Validity::Invalid);
  EXPECT_EQ(table.validityReason(0), QStringLiteral("errs, much; profile p"));
  EXPECT_EQ(table.validity(1), Validity::Doubtful);
  EXPECT_EQ(table.validity(2), Validity::Valid);
  EXPECT_EQ(table.validity(3), Validity::Valid);
  const QString written = toCsv(designReport(table));
  const DesignTable back = readDesignCsv(written.toUtf8(), Place);
  EXPECT_EQ(toCsv(designReport(back)), written);
  EXPECT_EQ(back.validityReason(0), table.validityReason(0));
  EXPECT_TRUE(readDesignCsv("network,variant,energy_uj\nn,a,1\n", Place).allValid()) << "a file from before";
  EXPECT_TRUE(says("network,variant,energy_uj,validity\nn,a,1,broken\n", "line 2, column validity: is \"broken\""));
  EXPECT_TRUE(says("network,variant,energy_uj,validity_reason\nn,a,1,errs\n", "line 2, column validity_reason"));
}

TEST(DesignCsv, keepsTheIntervalOfAnEstimate) {
  const QByteArray csv = "network,variant,energy_uj,latency_us,energy_p5_uj,energy_p95_uj\nn,v,5,7,2,9\nn,w,5,7,,\n";
  const DesignTable table = readDesignCsv(csv, Place);
  EXPECT_EQ(table.at(0, Metric::Energy)->interval, (Interval{2, 9}));
  EXPECT_FALSE(table.at(0, Metric::Latency)->interval);
  EXPECT_FALSE(table.at(1, Metric::Energy)->interval);
  const ReportTable report = designReport(table);
  EXPECT_EQ(report.columns.mid(report.columns.size() - 2).join(QLatin1Char(' ')),
            QStringLiteral("energy_p5_uj energy_p95_uj"));
  EXPECT_EQ(toCsv(designReport(readDesignCsv(toCsv(report).toUtf8(), Place))), toCsv(report));
  const std::string start = "network,variant,energy_uj,energy_p5_uj,energy_p95_uj\nn,v,5,";
  EXPECT_TRUE(says(QByteArray::fromStdString(start + "9,2\n"), "column energy_p5_uj: is no end of an interval"));
  EXPECT_TRUE(says(QByteArray::fromStdString(start + "2,\n"), "give both ends"));
  EXPECT_TRUE(
      says("network,variant,energy_uj,energy_p95_uj\nn,v,5,9\n", "column energy_p95_uj: is no end of an interval"));
}
