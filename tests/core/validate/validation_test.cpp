// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validate/validation.h"

#include <gtest/gtest.h>

#include <QSet>
#include <algorithm>
#include <cmath>

using namespace pimento;

namespace {

const CheckResult &named(const std::vector<CheckResult> &results, const char *id) {
  const auto it = std::find_if(results.begin(), results.end(),
                               [&](const CheckResult &r) { return r.id == QString::fromLatin1(id); });
  EXPECT_NE(it, results.end()) << id;
  return *it;
}

void expectGroupsInOrder(const std::vector<CheckResult> &results) {
  QStringList groups;
  for (const CheckResult &r : results)
    if (groups.isEmpty() || groups.back() != r.group) groups << r.group;
  EXPECT_EQ(groups, checkGroups());
}

void expectSourcesAndReasons(const std::vector<CheckResult> &results) {
  QSet<QString> ids;
  for (const CheckResult &r : results) {
    EXPECT_FALSE(ids.contains(r.id)) << r.id.toStdString();
    ids.insert(r.id);
    EXPECT_FALSE(r.source.isEmpty()) << r.id.toStdString();
    EXPECT_TRUE(std::isfinite(r.ratio())) << r.id.toStdString();
    EXPECT_EQ(r.reason.isEmpty(), r.agrees()) << r.id.toStdString() << ": " << r.ours << " against " << r.theirs;
  }
}

// Device, margins, simulation and NVSim's runs agree within what was stated in advance.
void expectWhatIsModelledAlikeAgrees(const std::vector<CheckResult> &results) {
  for (const CheckResult &r : results) {
    const bool alike = r.id.startsWith(QStringLiteral("device.first")) || r.group == QStringLiteral("Sense") ||
                       r.group == QStringLiteral("Simulation") || r.source.startsWith(QStringLiteral("NVSim"));
    EXPECT_TRUE(!alike || r.agrees()) << r.id.toStdString() << ": " << r.ours << " against " << r.theirs;
  }
}

}  // namespace

// One test, as the checks take seconds.
TEST(Validation, givesEveryCheckItsSourceAndEveryDifferenceItsReason) {
  const std::vector<CheckResult> results = runChecks();
  expectGroupsInOrder(results);
  expectSourcesAndReasons(results);
  expectWhatIsModelledAlikeAgrees(results);
  EXPECT_NEAR(named(results, "networks.lenet.energy").ratio(), 1, 0.45);  // ours has line buffers that expand the maps
  EXPECT_LT(named(results, "networks.imce.1").ratio(), 0.5);              // stays visible
  const ReportTable table = checkReport(results);
  EXPECT_EQ(table.rows.size(), results.size());
  EXPECT_EQ(table.columns.mid(0, 6).join(QLatin1Char(',')), QStringLiteral("check,ours,theirs,ratio,source,reason"));
}

TEST(Validation, reportsProgressAndStops) {
  std::stop_source source;
  std::size_t last = 0;
  const auto some = runChecks(source.get_token(), [&](const std::vector<CheckResult> &done, std::size_t total) {
    EXPECT_EQ(done.size(), last + 1);
    EXPECT_GT(total, 90U);
    last = done.size();
    if (last == 5) source.request_stop();
  });
  EXPECT_EQ(some.size(), 5U);
}
