// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/design_difference.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/hardware/estimate/estimate.h"
#include "core/hardware/profile/profiles.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

ExplainedDesign widthOn(const Accelerator &accelerator, const char *width = "1.0", Bits bits = {}) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  return {accelerator.name, network, findVariant(network, QString::fromLatin1(width)), accelerator, bits, false};
}

void expectSums(const DesignDifference &difference) {
  for (const MetricDifference &m : difference.metrics) {
    double sum = 0;
    for (const DifferencePart &part : m.parts) sum += part.difference;
    EXPECT_NEAR(sum, m.b - m.a, 1e-9 * std::max(std::abs(m.a), std::abs(m.b))) << m.metric.toStdString();
  }
}

const DifferencePart *find(const MetricDifference &m, const char *part) {
  for (const DifferencePart &p : m.parts)
    if (p.part == QLatin1String(part)) return &p;
  return nullptr;
}

}  // namespace

TEST(DesignDifference, ofOneParameterIsAllItsOwn) {
  Accelerator changed;
  changed.array.full_adder_fj *= 2;
  const DesignDifference d = differenceOf(widthOn({}), widthOn(changed), DifferenceBy::Parameters);
  ASSERT_EQ(d.metrics.size(), 4U);
  ASSERT_EQ(d.metrics[0].parts.size(), 1U);
  EXPECT_EQ(d.metrics[0].parts[0].part, QStringLiteral("full_adder_fj"));
  EXPECT_GT(d.metrics[0].parts[0].difference, 0);
  EXPECT_EQ(d.metrics[0].parts[0].to.toDouble(), changed.array.full_adder_fj);
  expectSums(d);
}

TEST(DesignDifference, addsUpBetweenAllBuiltInProfiles) {
  for (const QString &a : builtInProfiles())
    for (const QString &b : builtInProfiles()) {
      const DesignDifference d =
          differenceOf(widthOn(builtInProfile(a)), widthOn(builtInProfile(b)), DifferenceBy::Parameters);
      expectSums(d);
      if (a == b) {
        EXPECT_TRUE(d.metrics[0].parts.empty());
      } else {
        EXPECT_FALSE(d.metrics[0].parts.empty());
      }
    }
}

TEST(DesignDifference, tellsNetworkAndBitsFromParameters) {
  Accelerator changed;
  changed.schedule.power_cap_w = 1;
  const DesignDifference d = differenceOf(widthOn({}), widthOn(changed, "0.25", {4, 8}), DifferenceBy::Parameters);
  expectSums(d);
  ASSERT_EQ(d.metrics[0].parts.size(), 3U);
  EXPECT_LT(find(d.metrics[0], "network")->difference, 0);
  EXPECT_LT(find(d.metrics[0], "bits")->difference, 0);
  EXPECT_GT(find(d.metrics[1], "power_cap_w")->difference, 0) << "less power takes longer";
  EXPECT_EQ(find(d.metrics[1], "power_cap_w")->from, QStringLiteral("2"));
}

TEST(DesignDifference, takesParametersTogetherThatContradictEachOther) {
  // 64 columns with groups of 64, against 512 with 512: 64 columns with groups of 512 are no accelerator.
  Accelerator narrow;
  narrow.array.columns = 64;
  narrow.schedule.gating_group_columns = 64;
  narrow.array.write_columns = 64;
  Accelerator wide;
  wide.schedule.gating_group_columns = 512;
  const DesignDifference d = differenceOf(widthOn(narrow), widthOn(wide), DifferenceBy::Parameters);
  expectSums(d);
  EXPECT_FALSE(d.note.isEmpty());
}

TEST(DesignDifference, byComponentsAddsUpByItself) {
  const DesignDifference d =
      differenceOf(widthOn({}), widthOn(builtInProfile(QStringLiteral("reram"))), DifferenceBy::Components);
  ASSERT_EQ(d.metrics.size(), 2U);
  expectSums(d);
  EXPECT_NE(find(d.metrics[0], "AND-compute"), nullptr);
  EXPECT_NE(find(d.metrics[1], "sub-arrays"), nullptr);
}

TEST(DesignDifference, reportsSharesOfOne) {
  Accelerator changed;
  changed.sensing.offset_mv = 3;
  changed.array.shift_pj = 0.3;
  const ReportTable report = differenceReport(differenceOf(widthOn({}), widthOn(changed), DifferenceBy::Parameters));
  EXPECT_EQ(report.columns.mid(0, 4), (QStringList{QStringLiteral("part"), QStringLiteral("metric"),
                                                   QStringLiteral("share"), QStringLiteral("difference")}));
  double shares = 0;
  for (const auto &row : report.rows)
    if (std::get<QString>(row[1]) == QStringLiteral("energy_uj")) shares += std::get<double>(row[2]);
  EXPECT_NEAR(shares, 1, 1e-9);
}
