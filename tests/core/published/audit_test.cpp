// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/published/audit.h"

#include <gtest/gtest.h>

#include <set>

#include "core/explore/design_report.h"
#include "core/published/claims.h"
#include "core/published/published.h"

using namespace pimento;

namespace {

Claim named(const std::vector<Claim> &claims, const char *id) {
  for (const Claim &claim : claims)
    if (claim.id == QLatin1String(id)) return claim;
  ADD_FAILURE() << "no claim " << id;
  return {};
}

std::string verdict(const std::vector<Claim> &claims, const char *id) {
  return named(claims, id).verdict.toStdString();
}

// Claims that depend on the hardware model, whose figures may change.
bool isEstimated(const Claim &claim) { return claim.explanation.startsWith(QStringLiteral("Estimated")); }

double ratio(const std::vector<Claim> &claims, const char *id) {
  return named(claims, id).recomputed.chopped(1).toDouble();
}

// The audit of tables in which one cell has another text.
std::vector<Claim> auditWith(const char *table, const char *row, const char *column, const char *text) {
  PaperTables tables = paperTables();
  setCell(tables, QString::fromLatin1(table), QString::fromLatin1(row), QString::fromLatin1(column),
          QString::fromLatin1(text));
  return audit(tables);
}

}  // namespace

TEST(Audit, contradictsExactlyWhatThePapersGetWrong) {
  const std::set<std::string> expected{"deco-table1.mobilenetv1-cm3",
                                       "deco-convention.mobilenetv1-cm1",
                                       "deco-convention.mobilenetv1-cm2",
                                       "deco-convention.mobilenetv1-cm3",
                                       "deco-convention.mobilenetv1-cm4",
                                       "deco-1.time",
                                       "deco-1.speedup",
                                       "deco-2.size",
                                       "deco-2.time",
                                       "deco-3.size",
                                       "deco-4.time",
                                       "deco-4.power",
                                       "deco-4.energy-per-mac",
                                       "deco-4.cycles",
                                       "deco-5.vgg16-cifar10",
                                       "deco-5.mobilenetv1-cifar10",
                                       "deco-5.vgg16-cifar100",
                                       "deco-5.mobilenetv1-cifar100",
                                       "deco-7.vgg16",
                                       "deco-7.mobilenetv1",
                                       "deco-gain.each",
                                       "deco-gain.more-pronounced",
                                       "dynamic-8.flops",
                                       "dynamic-8.background",
                                       "dynamic-8.smaller",
                                       "dynamic-9.unit",
                                       "dynamic-9.widths",
                                       "dynamic-10.multiplies"};
  std::set<std::string> found;
  for (const Claim &claim : audit())
    if (claim.verdict == QStringLiteral("contradicted") && !isEstimated(claim)) found.insert(claim.id.toStdString());
  EXPECT_EQ(found, expected);
}

TEST(Audit, everyClaimIsWholeAndNamedOnce) {
  std::set<QString> ids;
  int textual = 0;
  for (const Claim &claim : audit()) {
    EXPECT_TRUE(ids.insert(claim.id).second) << claim.id.toStdString();
    for (const QString &field : {claim.claim, claim.published, claim.source})
      EXPECT_FALSE(field.isEmpty()) << claim.id.toStdString();
    if (claim.verdict == QStringLiteral("textual")) {
      ++textual;
      continue;
    }
    EXPECT_TRUE(claim.verdict == QStringLiteral("holds") || claim.verdict == QStringLiteral("contradicted"));
    EXPECT_FALSE(claim.recomputed.isEmpty()) << claim.id.toStdString();
  }
  EXPECT_EQ(textual, 11);
}

TEST(Audit, recomputesTheFiguresOfTheContradictions) {
  const auto claims = audit();
  EXPECT_EQ(named(claims, "deco-1.speedup").recomputed, QStringLiteral("52.61x"));
  EXPECT_EQ(named(claims, "deco-speedup.table3").recomputed, QStringLiteral("313.6x"));
  EXPECT_EQ(named(claims, "deco-4.cycles").recomputed, QStringLiteral("33,504 full-chip AND cycles of 0.3462 ns"));
  EXPECT_EQ(named(claims, "deco-4.energy-per-mac").recomputed, QStringLiteral("0.001014 to 34.31 pJ: 33823x"));
  EXPECT_EQ(named(claims, "deco-4.time").recomputed,
            QStringLiteral("rank correlation 1.000 with GPU time, 0.624 with MACs, 0.370 with parameters"));
  EXPECT_TRUE(named(claims, "deco-4.power").recomputed.startsWith(QStringLiteral("log-log r 0.996 with GPU time")));
  EXPECT_EQ(named(claims, "deco-5.mobilenetv1-cifar100").recomputed, QStringLiteral("0.7 pp"));
  EXPECT_EQ(named(claims, "array.size").recomputed, QStringLiteral("4,096 sub-arrays, 2,097,152 columns"));
}

TEST(Audit, energyFallsWithTheWidthAsTheLayoutLetsIt) {
  const auto claims = audit();
  const double work = ratio(claims, "dynamic-10.multiplies");
  const double packed = ratio(claims, "dynamic-10.packed");
  for (const char *id : {"dynamic-10.unpacked", "dynamic-10.layout"}) {
    EXPECT_GT(ratio(claims, id), 1) << id;
    EXPECT_LT(ratio(claims, id), packed) << id << ": rows stay as they are while their patches shrink";
  }
  EXPECT_GT(ratio(claims, "dynamic-10.gated"), ratio(claims, "dynamic-10.unpacked"));
  EXPECT_LT(packed, 2 * work);
  EXPECT_GT(ratio(claims, "dynamic-10.regions"), 1);
}

TEST(Audit, averageGainsAreRelative) {
  const auto claims = audit();
  for (const char *id : {"deco-gain.vgg16-cifar10", "deco-gain.mobilenetv1-cifar10", "deco-gain.vgg16-cifar100",
                         "deco-gain.mobilenetv1-cifar100"})
    EXPECT_EQ(verdict(claims, id), "holds") << id;
}

TEST(Audit, verdictsFollowTheTables) {
  EXPECT_EQ(verdict(auditWith("deco-table1", "MobileNetV1 CM3", "conv_layers", "6"), "deco-table1.mobilenetv1-cm3"),
            "holds");
  EXPECT_EQ(verdict(auditWith("deco-table1", "VGG16 CM1", "fc_params", "3158027"), "deco-table1.vgg16-cm1"),
            "contradicted");
  EXPECT_EQ(verdict(auditWith("deco-table1", "VGG16 CM1", "fc_params", "3158027"), "deco-table1.totals"),
            "contradicted");
  EXPECT_EQ(verdict(auditWith("deco-table1", "VGG16 CM2", "module_size_mb", "1.766"), "deco-3.size"), "holds");
  EXPECT_EQ(verdict(auditWith("deco-table1", "VGG16 CM1", "module_size_mb", "71.6"), "deco-size.vgg16-cm1"),
            "contradicted");
  const auto time = auditWith("deco-table3", "MobileNetV1 CM1", "gpu_time_us", "2241");
  EXPECT_EQ(verdict(time, "deco-1.time"), "holds");
  EXPECT_EQ(verdict(time, "deco-speedup.table3"), "contradicted");
  EXPECT_EQ(verdict(auditWith("deco-table1", "MobileNetV1 CM4", "module_size_mb", "0.107"), "deco-2.size"), "holds");
  EXPECT_EQ(verdict(auditWith("deco-table3", "MobileNetV1 CM4", "gpu_time_us", "539"), "deco-2.time"), "holds");
  EXPECT_EQ(verdict(auditWith("deco-table3", "VGG16 CM1", "pim_time_us", "55"), "deco-4.cycles"), "holds");
  EXPECT_EQ(verdict(auditWith("facts", "deco-gain-vgg16-cifar10", "value", "0.58"), "deco-5.vgg16-cifar10"), "holds");
  EXPECT_EQ(verdict(auditWith("dynamic-table3", "Ours Parameters", "subnet3", "7"), "dynamic-8.smaller"),
            "contradicted");
  EXPECT_EQ(verdict(auditWith("dynamic-table2", "ResNet50 0.75", "ours", "74.8"), "dynamic-table2.best"),
            "contradicted");
  EXPECT_EQ(verdict(auditWith("facts", "deco-power-orders", "value", "5"), "deco-power.orders"), "contradicted");
  EXPECT_EQ(verdict(auditWith("facts", "dynamic-energy-ratio", "value", "15.5"), "dynamic-10.multiplies"), "holds");
}

TEST(Audit, explainsEveryBadgeOfThePublishedPoints) {
  const auto claims = audit();
  const DesignTable points = published();
  int badges = 0;
  for (std::uint32_t row = 0; row < points.size(); ++row)
    for (const QString &warning : warningsOf(points, row)) {
      const QString badge = badgeOf(warning);
      if (badge.isEmpty()) continue;
      ++badges;
      EXPECT_FALSE(claimsOf(claims, badge).empty()) << warning.toStdString();
    }
  EXPECT_GT(badges, 0);
  for (const Correction &correction : corrections())
    EXPECT_FALSE(claimsOf(claims, correction.badge).empty()) << correction.id.toStdString();
  for (const Claim &claim : claimsOf(claims, QStringLiteral("deco-1")))
    EXPECT_TRUE(claim.id.startsWith(QStringLiteral("deco-1."))) << "not deco-12 or deco-13";
}

TEST(Claims, agreeWhenRoundedOrCutToThePrintedDigits) {
  const auto agrees = [](const char *printed, double value) {
    return agreesAsPrinted(QString::fromLatin1(printed), value);
  };
  EXPECT_TRUE(agrees("6.68", 6.675352));  // rounded
  EXPECT_TRUE(agrees("3.05", 3.05588));   // cut
  EXPECT_FALSE(agrees("3.05", 3.06));
  EXPECT_FALSE(agrees("3.05", 3.0449));
  EXPECT_TRUE(agrees("8130", 8136));
  EXPECT_FALSE(agrees("8131", 8136));
  EXPECT_FALSE(agrees("8130", 8141));
  EXPECT_TRUE(agrees("314", 313.62));
  EXPECT_FALSE(agrees("76.0", 76.1));
}

TEST(Claims, correlationsAreThoseOfSpearmanAndPearson) {
  EXPECT_NEAR(rankCorrelation({1, 2, 3, 4}, {1, 4, 9, 16}), 1, 1e-12);
  EXPECT_NEAR(rankCorrelation({1, 2, 3, 4}, {4, 3, 2, 1}), -1, 1e-12);
  EXPECT_NEAR(rankCorrelation({1, 2, 2, 3}, {10, 20, 20, 30}), 1, 1e-12);  // ties share a rank
  EXPECT_NEAR(correlation({1, 2, 3}, {1, 3, 2}), 0.5, 1e-12);
}
