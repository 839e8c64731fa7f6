// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/result_difference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/files/whole_file.h"

using namespace pimento;

namespace {

QByteArray file(const char *name) {
  return readWhole(QStringLiteral(PIMENTO_TEST_DATA "/nvsim_results/") + QString::fromLatin1(name), 1 << 20);
}

NvsimResult result(const char *name, NvsimScope scope = NvsimScope::Bank) {
  return readNvsimResult(file(name), QString::fromLatin1(name), scope);
}

double sum(const NvsimMetric &metric) {
  return std::accumulate(metric.parts.begin(), metric.parts.end(), 0.0,
                         [](double all, const NvsimResultPart &part) { return all + part.value; });
}

std::string errorOf(const QByteArray &data) {
  try {
    static_cast<void>(readNvsimResult(data, QStringLiteral("x.out")));
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST(NvsimResult, isReadWithItsParts) {
  const NvsimResult bank = result("b8norep.out");
  ASSERT_EQ(bank.metrics.size(), 6U);
  EXPECT_NEAR(bank.find(QStringLiteral("read_latency_ns"))->value, 3.120, 1e-9);
  EXPECT_NEAR(bank.find(QStringLiteral("read_energy_pj"))->value, 976.845, 1e-9);
  EXPECT_NEAR(bank.find(QStringLiteral("leakage_uw"))->value, 591.036, 1e-9);
  EXPECT_NEAR(bank.find(QStringLiteral("area_um2"))->value, 20.203e6, 1);
  for (const char *name : {"read_latency_ns", "write_latency_ns", "read_energy_pj", "write_energy_pj", "leakage_uw"}) {
    const NvsimMetric &metric = *bank.find(QString::fromLatin1(name));
    EXPECT_NEAR(sum(metric), metric.value, 2e-3 * metric.value) << name;  // three decimals are printed
    EXPECT_FALSE(metric.parts.empty()) << name;
  }
}

TEST(NvsimResult, countsMatsAsOftenAsTheBankNeeds) {
  const NvsimMetric leakage = *result("bank4.out").find(QStringLiteral("leakage_uw"));
  EXPECT_NEAR(sum(leakage), leakage.value, 2e-3 * leakage.value);
}

TEST(NvsimResult, givesTheSubarrayAlone) {
  const NvsimResult one = result("b8norep.out", NvsimScope::Subarray);
  EXPECT_NEAR(one.find(QStringLiteral("read_latency_ns"))->value, 1.294, 1e-9);
  EXPECT_NEAR(one.find(QStringLiteral("read_energy_pj"))->value, 79.586, 1e-9);
  EXPECT_NEAR(one.find(QStringLiteral("area_um2"))->value, 76772.641, 1e-6);
}

TEST(NvsimResult, refusesWhatIsNone) {
  EXPECT_NE(errorOf("nothing").find("x.out: has no read latency"), std::string::npos);
  EXPECT_NE(errorOf("RESULT\n - Read Latency = 3.1\n").find("x.out, line 2"), std::string::npos);
  EXPECT_NE(errorOf("RESULT\n - Read Latency = 3.1parsec\n").find("no value that NVSim prints"), std::string::npos);
  EXPECT_NE(errorOf("RESULT\n |--- Mat Latency = 3.1ns\n").find("a part of nothing"), std::string::npos);
  EXPECT_NE(errorOf(QByteArray((1 << 20) + 1, ' ')).find("larger than 1 MB"), std::string::npos);
  EXPECT_FALSE(isNvsimResult("RESULT"));
  EXPECT_TRUE(isNvsimResult(file("bank4.out")));
}

TEST(ResultDifference, addsUp) {
  const ExplainedResult a{QStringLiteral("a"), result("bank4.out")};
  const ExplainedResult b{QStringLiteral("b"), result("b8norep.out")};
  const ExplainedResult sub{QStringLiteral("sub"), result("b8norep.out", NvsimScope::Subarray)};
  const ExplainedResult own{QStringLiteral("own"), subarrayResult({})};
  for (const DesignDifference &d : {differenceOf(a, b), differenceOf(sub, own)}) {
    EXPECT_GE(d.metrics.size(), 5U);
    for (const MetricDifference &m : d.metrics) {
      double all = 0;
      for (const DifferencePart &part : m.parts) all += part.difference;
      EXPECT_NEAR(all, m.b - m.a, 1e-9 * std::max(m.a, m.b)) << m.metric.toStdString();
    }
  }
}
