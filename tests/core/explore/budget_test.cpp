// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/budget.h"

#include <gtest/gtest.h>

using namespace pimento;

namespace {

using Rows = std::vector<std::uint32_t>;

struct Design {
  const char *network;
  const char *variant;
  double accuracy, energy, latency;
};

// Joint learning on CIFAR-100: accuracy of DECO's Table II; energy and latency of FE and CM together from Table III.
DesignTable deco() {
  DesignTable t;
  const auto from = t.intern(Provenance{Kind::Derived, QStringLiteral("DECO, Tables II and III"), {}, {}});
  const auto add = [&](const Design &d) {
    const auto row = t.append({.network = t.intern(QString::fromLatin1(d.network)),
                               .variant = t.intern(QString::fromLatin1(d.variant)),
                               .dataset = t.intern(QStringLiteral("cifar-100"))});
    t.set(row, Metric::Accuracy, d.accuracy, from);
    t.set(row, Metric::Energy, d.energy, from);
    t.set(row, Metric::Latency, d.latency, from);
  };
  const double vgg = 1.433 * 24.2;
  const double mobile = 1.314 * 23.1;
  add({"deco-vgg16", "fe+cm1", 65.44, vgg + 0.211 * 11.6, 24.2 + 11.6});
  add({"deco-vgg16", "fe+cm2", 53.82, vgg + 0.068 * 4.6, 24.2 + 4.6});
  add({"deco-vgg16", "fe+cm3", 53.15, vgg + 0.059 * 3.8, 24.2 + 3.8});
  add({"deco-vgg16", "fe+cm4", 45.94, vgg + 0.036 * 2.9, 24.2 + 2.9});
  add({"deco-mobilenetv1", "fe+cm1", 64.33, mobile + 2.11 * 42.6, 23.1 + 42.6});
  add({"deco-mobilenetv1", "fe+cm2", 60.26, mobile + 0.236 * 14.7, 23.1 + 14.7});
  add({"deco-mobilenetv1", "fe+cm3", 55.09, mobile + 0.132 * 9.1, 23.1 + 9.1});
  add({"deco-mobilenetv1", "fe+cm4", 45.57, mobile + 0.036 * 2.6, 23.1 + 2.6});
  return t;
}

Rows all(const DesignTable &table) { return filteredRows(table, {}); }

std::string sentence(const DesignTable &table, const Budget &budget, const Rows &rows) {
  QString text = budgetSentence(table, budget, bestWithin(table, rows, budget));
  return text.replace(QChar(0x00a0), QLatin1Char(' ')).toStdString();
}

}  // namespace

TEST(Budget, findsTheBestDesignThatFits) {
  const DesignTable table = deco();
  const Budget energy{{Metric::Energy, 35}};
  const BudgetAnswer answer = bestWithin(table, all(table), energy);
  EXPECT_EQ(answer.best, 5U);  // of both networks MobileNetV1 CM2 is the more accurate under 35 µJ
  EXPECT_EQ(answer.fitting, 6U);
  EXPECT_FALSE(answer.nearest);
  EXPECT_EQ(sentence(table, energy, all(table)),
            "best accuracy within 35 µJ: deco-mobilenetv1 fe+cm2 (cifar-100) at 60.26 %, 33.82 µJ");
}

TEST(Budget, ofEnergyAndLatencyLeadsToVgg16) {
  const DesignTable table = deco();
  EXPECT_EQ(sentence(table, {{Metric::Energy, 35}, {Metric::Latency, 30}}, all(table)),
            "best accuracy within 35 µJ and 30 µs: deco-vgg16 fe+cm2 (cifar-100) at 53.82 %, 34.99 µJ, 28.8 µs");
}

TEST(Budget, thatNothingFitsNamesTheCheapest) {
  const DesignTable table = deco();
  const Budget budget{{Metric::Energy, 30}};
  EXPECT_EQ(bestWithin(table, all(table), budget).nearest, 7U);
  EXPECT_EQ(sentence(table, budget, all(table)),
            "no design fits 30 µJ; the cheapest is deco-mobilenetv1 fe+cm4 (cifar-100) at 30.45 µJ (1.49 % over)");
  EXPECT_EQ(sentence(table, budget, {0, 1, 2, 3}),
            "no design fits 30 µJ; the cheapest is deco-vgg16 fe+cm4 (cifar-100) at 34.78 µJ (15.94 % over)");
  EXPECT_EQ(sentence(table, {{Metric::Latency, 20}}, all(table)),
            "no design fits 20 µs; the fastest is deco-mobilenetv1 fe+cm4 (cifar-100) at 25.7 µs (28.5 % over)");
  EXPECT_EQ(sentence(table, {{Metric::Energy, 0.0060892}}, all(table)),
            "no design fits 6.089 nJ; the cheapest is deco-mobilenetv1 fe+cm4 (cifar-100) at 30.45 µJ (5,000 times the "
            "limit)");
  EXPECT_EQ(sentence(table, {{Metric::Accuracy, 70}}, all(table)),
            "no design fits at least 70 % accuracy; the highest is deco-vgg16 fe+cm1 (cifar-100) at 65.44 % (4.56 pp "
            "short)");
}

TEST(Budget, ofSeveralLimitsNamesTheNearest) {
  const DesignTable table = deco();
  EXPECT_EQ(sentence(table, {{Metric::Energy, 31}, {Metric::Accuracy, 54}}, all(table)),
            "no design fits 31 µJ and at least 54 % accuracy; the nearest is deco-mobilenetv1 fe+cm3 (cifar-100) at "
            "31.55 µJ (1.789 % over) and 55.09 %");
}

TEST(Budget, isInclusiveAndBreaksTiesByEnergy) {
  DesignTable table;
  const auto from = table.intern(Provenance{});
  for (const double energy : {9.0, 7.0, 8.0}) {
    const auto row = table.append(DesignKey{});
    table.set(row, Metric::Energy, energy, from);
    table.set(row, Metric::Accuracy, 50, from);
  }
  EXPECT_EQ(bestWithin(table, all(table), {{Metric::Energy, 9}}).best, 1U);
  EXPECT_EQ(bestWithin(table, all(table), {{Metric::Energy, 9}}).fitting, 3U);
  EXPECT_EQ(bestWithin(table, all(table), {}, objective(Metric::Energy)).best, 1U);
}

TEST(Budget, doesNotJudgeWhatIsAbsentNorReferences) {
  DesignTable table;
  const auto from = table.intern(Provenance{});
  const auto noEnergy = table.append(DesignKey{});
  table.set(noEnergy, Metric::Accuracy, 99, from);
  const auto gpu = table.append(DesignKey{.reference = true});
  table.set(gpu, Metric::Accuracy, 99, from);
  table.set(gpu, Metric::Energy, 1, from);
  const auto answer = bestWithin(table, all(table), {{Metric::Energy, 10}});
  EXPECT_FALSE(answer.best || answer.nearest);
  EXPECT_EQ(sentence(table, {{Metric::Energy, 10}}, all(table)), "no design here has a value for accuracy and energy");
}

TEST(Budget, ofZeroStillNamesTheCheapest) {
  const DesignTable table = deco();
  EXPECT_EQ(bestWithin(table, all(table), {{Metric::Energy, 0}}).nearest, 7U);
  EXPECT_NE(sentence(table, {{Metric::Energy, 0}}, all(table)).find("30.45 µJ (over)"), std::string::npos);
}

TEST(Budget, asAFilterPassesWhatFits) {
  const DesignTable table = deco();
  Filter filter;
  filter.bounds[index(Metric::Energy)].max = 34;
  const Filter tight = within(filter, {{Metric::Energy, 35}, {Metric::Accuracy, 50}});
  EXPECT_EQ(filteredRows(table, tight), (Rows{5, 6}));
}

TEST(Budget, anInvalidDesignIsNoAnswerUnlessAskedFor) {
  DesignTable table = deco();
  const Budget budget{{Metric::Energy, 40}};
  table.setValidity(0, Validity::Invalid, QStringLiteral("errs; profile p"));  // VGG16 FE+CM1, the most accurate
  const auto left = bestWithin(table, all(table), budget);
  EXPECT_EQ(left.best, 5U) << "MobileNetV1 FE+CM2, the next";
  EXPECT_EQ(left.invalid, 1U);
  EXPECT_TRUE(QString::fromStdString(sentence(table, budget, all(table)))
                  .endsWith(QStringLiteral("; 1 invalid design is left out")));
  const auto taken = bestWithin(table, all(table), budget, objective(Metric::Accuracy), InvalidDesigns::TakePart);
  EXPECT_EQ(taken.best, 0U);
  EXPECT_EQ(taken.invalid, 0U);
  EXPECT_TRUE(budgetSentence(table, budget, taken).endsWith(QStringLiteral(", invalid: errs; profile p")));
  for (std::uint32_t row = 0; row < table.size(); ++row) table.setValidity(row, Validity::Invalid, {});
  EXPECT_EQ(sentence(table, budget, all(table)),
            "every design here that has a value for accuracy and energy is invalid (8)");
}

TEST(Budget, aDoubtfulAnswerSaysSo) {
  DesignTable table = deco();
  table.setValidity(0, Validity::Doubtful, QStringLiteral("fades; profile p"));
  EXPECT_TRUE(QString::fromStdString(sentence(table, {{Metric::Energy, 40}}, all(table)))
                  .endsWith(QStringLiteral(", doubtful: fades; profile p")));
}
