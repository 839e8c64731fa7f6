// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {
QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }
}  // namespace

TEST(PublishedVerb, filtersByDatasetTrainingScopeAndNetwork) {
  const CsvTable rows = csvOf(words("published --dataset cifar-100 --network deco-vgg16"));
  EXPECT_EQ(rows.rows.size(), 16U);
  EXPECT_TRUE(rowsWhere(rows, {QStringLiteral("training=independent")}).empty());
  EXPECT_EQ(field(rows, 0, "scope"), QStringLiteral("whole"));
  const auto found = rowsWhere(rows, {QStringLiteral("id=deco-vgg16/fe+cm2/cifar-100/joint/deco-pim/whole")});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(field(rows, found[0], "energy_uj"), QStringLiteral("34.9914"));
  EXPECT_EQ(field(rows, found[0], "energy_kind"), QStringLiteral("derived"));
  EXPECT_EQ(field(rows, found[0], "latency_us"), QStringLiteral("28.8"));
  EXPECT_EQ(field(rows, found[0], "accuracy_pct"), QStringLiteral("53.82"));
  EXPECT_EQ(field(rows, found[0], "area_mm2"), QString());
  EXPECT_EQ(csvOf(words("published --dataset cifar-100 --training all --scope head")).rows.size(), 32U);
  EXPECT_EQ(csvOf(words("published --dataset imagenet --training independent")).rows.size(), 25U);
}

TEST(PublishedVerb, appliesCorrectionsByName) {
  const char *id = "id=deco-mobilenetv1/fe+cm1/cifar-100/joint/deco-pim/whole";
  const CsvTable rows = csvOf(words("published --dataset cifar-100 --correct mobilenetv1-cm1-gpu-time"));
  const auto found = rowsWhere(rows, {QString::fromLatin1(id)});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(number(rows, found[0], "gpu_latency_us"), 7840 + 2241);
  EXPECT_TRUE(field(rows, found[0], "warnings").contains(QStringLiteral("corrected: ")));
  const CsvTable table = csvOf(words("published --table deco-table3 --correct all"));
  EXPECT_EQ(field(table, 9, "gpu_time_us"), QStringLiteral("539"));
  EXPECT_EQ(field(table, 0, "gpu_power_w"), QStringLiteral("350x2"));
}

TEST(PublishedVerb, refusesUnknownWords) {
  expectRefused(words("published --dataset cifar-11"), "did you mean \"cifar-10\"");
  expectRefused(words("published --training both"), "known: joint, independent, all");
  expectRefused(words("published --scope tail"), "whole");
  expectRefused(words("published --network deco-vgg19"), "did you mean \"deco-vgg16\"");
  expectRefused(words("published --correct nothing"), "known: mobilenetv1-cm1-gpu-time");
  expectRefused(words("published --table deco-table9"), "deco-table1");
}

TEST(AuditVerb, listsClaimsWithVerdictsAndSources) {
  const CsvTable claims = csvOf(words("audit"));
  EXPECT_EQ(claims.header.mid(0, 5), words("claim published recomputed verdict source"));
  const auto speedUp = rowsWhere(claims, {QStringLiteral("id=deco-1.speedup")});
  ASSERT_EQ(speedUp.size(), 1U);
  EXPECT_EQ(field(claims, speedUp[0], "verdict"), QStringLiteral("contradicted"));
  EXPECT_FALSE(rowsWhere(claims, {QStringLiteral("verdict=holds")}).empty());
  expectRefused(words("audit all"), "unexpected argument");
}
