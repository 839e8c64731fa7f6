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

// Silicon, then published simulation, then verification, and the groups in order within each.
void expectOrder(const std::vector<CheckResult> &results) {
  QStringList seen;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!seen.contains(results[i].group)) seen << results[i].group;
    if (i == 0) continue;
    const CheckResult &before = results[i - 1];
    EXPECT_LE(before.evidence, results[i].evidence) << results[i].id.toStdString();
    if (before.evidence == results[i].evidence) {
      EXPECT_LE(checkGroups().indexOf(before.group), checkGroups().indexOf(results[i].group));
    }
  }
  EXPECT_EQ(seen.size(), checkGroups().size());
}

// What a row is evidence of: measured chips, papers' designs that nobody built, and computations.
void expectEvidence(const std::vector<CheckResult> &results) {
  for (const CheckResult &r : results) {
    const std::string id = r.id.toStdString();
    if (r.source.startsWith(QStringLiteral("measured"))) {
      EXPECT_EQ(r.evidence, Evidence::Silicon) << id;
    }
    if (r.source.startsWith(QStringLiteral("simulated")) || r.id.startsWith(QStringLiteral("networks.deco"))) {
      EXPECT_EQ(r.evidence, Evidence::Simulation) << id;
    }
    if (r.kind == Kind::Derived) {
      EXPECT_EQ(r.evidence, Evidence::Verification) << id;
    } else {
      EXPECT_NE(r.evidence, Evidence::Verification) << id;
    }
  }
}

void expectTheWholeTableOfDeco(const std::vector<CheckResult> &results) {
  const auto rows = std::count_if(results.begin(), results.end(), [](const CheckResult &r) {
    return r.id.startsWith(QStringLiteral("networks.deco.")) && r.scored;
  });
  EXPECT_EQ(rows, 20);
  EXPECT_EQ(named(results, "networks.deco.vgg16-cm2.pim_time_us").theirs, 4.6);
  EXPECT_EQ(named(results, "networks.deco.mobilenetv1-fe.pim_power_w").theirs, 1.314);
}

// One row with the range of the whole search.
void expectOneRatioWithItsRange(const std::vector<CheckResult> &results) {
  const CheckResult &ratio = named(results, "mapping.ratio");
  ASSERT_TRUE(ratio.oursRange);
  EXPECT_LT(ratio.oursRange->low, ratio.oursRange->high);
  EXPECT_GE(ratio.ours, ratio.oursRange->low);
  EXPECT_LE(ratio.ours, ratio.oursRange->high);
  EXPECT_TRUE(ratio.reason.contains(QStringLiteral("120 of them")) || ratio.agrees()) << ratio.reason.toStdString();
}

void expectSourcesAndReasons(const std::vector<CheckResult> &results) {
  QSet<QString> ids;
  for (const CheckResult &r : results) {
    EXPECT_FALSE(ids.contains(r.id)) << r.id.toStdString();
    ids.insert(r.id);
    EXPECT_FALSE(r.source.isEmpty()) << r.id.toStdString();
    EXPECT_TRUE(std::isfinite(r.ratio()) || !r.scored) << r.id.toStdString();
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
  expectOrder(results);
  expectEvidence(results);
  expectTheWholeTableOfDeco(results);
  expectOneRatioWithItsRange(results);
  expectSourcesAndReasons(results);
  expectWhatIsModelledAlikeAgrees(results);
  EXPECT_NEAR(named(results, "networks.lenet.energy").ratio(), 1, 0.45);  // ours has line buffers that expand the maps
  EXPECT_FALSE(named(results, "networks.imce").scored) << "without its widths";
  EXPECT_FALSE(named(results, "silicon.cai-2023.efficiency").scored) << "without its precision";
  EXPECT_TRUE(std::isnan(named(results, "silicon.cai-2023.efficiency").ours));
  const ReportTable table = checkReport(results);
  EXPECT_EQ(table.rows.size(), results.size());
  EXPECT_EQ(table.columns.mid(0, 6).join(QLatin1Char(',')), QStringLiteral("check,ours,theirs,ratio,source,reason"));
  EXPECT_TRUE(table.columns.contains(QStringLiteral("evidence")));
  EXPECT_TRUE(table.columns.contains(QStringLiteral("group")));
}

TEST(CheckResult, agreesWithinTheEndsOfARange) {
  CheckResult r;
  r.theirs = 4;
  r.theirsRange = Interval{2, 8};
  r.tolerance = 0.3;
  for (const auto &[ours, agrees] : {std::pair{1.3, false}, std::pair{1.5, true}, std::pair{5.0, true},
                                     std::pair{10.3, true}, std::pair{10.5, false}}) {
    r.ours = ours;
    EXPECT_EQ(r.agrees(), agrees) << ours;
  }
  r.theirsRange = Interval{0, 8};
  r.ours = 0.001;
  EXPECT_TRUE(r.agrees()) << "at most";
  r.theirsRange = Interval{2, INFINITY};
  r.ours = 1e9;
  EXPECT_TRUE(r.agrees()) << "at least";
  r.ours = 1.3;
  EXPECT_FALSE(r.agrees());
  r.scored = false;
  r.ours = 4;
  EXPECT_FALSE(r.agrees()) << "shown alone";
  r.scored = true;
  r.ours = NAN;
  EXPECT_FALSE(r.agrees());
}

TEST(Validation, countsByEvidenceSiliconFirst) {
  const auto result = [](Evidence evidence, double ours, bool scored = true) {
    CheckResult r;
    r.evidence = evidence;
    r.ours = ours;
    r.theirs = 1;
    r.scored = scored;
    return r;
  };
  const std::vector<CheckResult> results{result(Evidence::Silicon, 1), result(Evidence::Silicon, 2),
                                         result(Evidence::Silicon, 2, false), result(Evidence::Verification, 1)};
  EXPECT_EQ(agreementText(results), QStringLiteral("1 of 2 figures of silicon agree within their tolerance (1 more are "
                                                   "not scored), 1 of 1 of verification."));
  EXPECT_EQ(agreementText({}), QString());
}

TEST(Validation, runsOneKindOfEvidenceAlone) {
  const auto silicon = runChecks(Evidence::Silicon);
  EXPECT_GE(silicon.size(), 20U);
  for (const CheckResult &r : silicon) EXPECT_EQ(r.evidence, Evidence::Silicon) << r.id.toStdString();
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
