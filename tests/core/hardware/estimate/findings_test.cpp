// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/findings.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "core/explore/design_report.h"
#include "core/hardware/estimate/estimate_table.h"
#include "core/hardware/estimate/validity_limits.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

using Change = void (*)(Accelerator &);

Accelerator changed(Change change) {
  Accelerator a;
  change(a);
  return a;
}

std::vector<Finding> findingsOf(const Accelerator &a) {
  static const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Machine machine = buildMachine(a);
  const Totals totals =
      estimateTotals(workOf(network, network.variants.front(), a.schedule.layout), machine, {8, 8}, Part::Whole);
  return findings(totals, a, machine);
}

Judgement judged(Change change) { return judge(findingsOf(changed(change))); }

// Wrong AND2 results of cells and amplifiers drawn at random, strobed at `developed` of the settled difference: the
// mean of one and of two ones, which lie beside the reference.
double drawnAnd2Errors(const Sensing &s, double developed) {
  constexpr int Trials = 400'000;
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  const auto parallel = [](double a, double b) { return a * b / (a + b); };
  const double low = s.parallel_resistance_ohm + s.access_ohm;
  const double high = s.parallel_resistance_ohm * (1 + s.tmr_pct / 100) + s.access_ohm;
  const double reference = (parallel(low, high) + parallel(high, high)) / 2;
  const auto cell = [&](bool one) {
    const double junction = s.parallel_resistance_ohm * (1 + s.resistance_sigma_pct / 100 * normal(random));
    const double tmr = s.tmr_pct / 100 * (1 + s.tmr_sigma_pct / 100 * normal(random));
    return junction * (one ? 1 + tmr : 1) + s.access_ohm;
  };
  int wrong = 0;
  for (int i = 0; i < Trials; ++i)
    for (const bool both : {false, true}) {
      const double difference_ohm = parallel(cell(true), cell(both)) - reference;
      const double seen_mv = developed * s.sense_current_ua * difference_ohm * 1e-3 + s.offset_mv * normal(random);
      wrong += (seen_mv > 0) != both ? 1 : 0;
    }
  return wrong / (2.0 * Trials);
}

}  // namespace

TEST(Findings, aSoundProfileIsValid) {
  const Judgement sound = judge(findingsOf(Accelerator{}));
  EXPECT_EQ(sound.validity, Validity::Valid);
  EXPECT_TRUE(sound.reason.isEmpty());
}

TEST(Findings, tooManyWrongResultsMakeADesignInvalid) {
  const Accelerator weak = changed([](Accelerator &a) { a.sensing.tmr_pct = 43; });
  const SenseCost sense = buildMachine(weak).array.at(SenseOp::And2);
  const double drawn = drawnAnd2Errors(weak.sensing, sense.developed);
  EXPECT_NEAR(sense.strobed_error_rate, drawn, 0.03 * drawn);
  ASSERT_GT(drawn, 0.1) << "of the ANDs";
  const std::vector<Finding> found = findingsOf(weak);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().level, WarningLevel::Invalid) << "the worst stands first";
  EXPECT_EQ(found.front().part, ChainPart::Sense);
  EXPECT_EQ(judge(found).validity, Validity::Invalid);
  EXPECT_TRUE(judge(found).reason.startsWith(QStringLiteral("AND2 errors of 0.1")))
      << judge(found).reason.toStdString();
  EXPECT_TRUE(judge(found).reason.endsWith(QStringLiteral("above 0.01")));
}

TEST(Findings, theOperationOfTheDataflowIsJudged) {
  const auto weak = [](Accelerator &a) {
    a.sensing.tmr_pct = 43;
    a.schedule.dataflow = Dataflow::Latched;
  };
  const SenseCost read = buildMachine(changed(weak)).array.at(SenseOp::Read);
  ASSERT_LT(read.strobed_error_rate, SenseErrorLimit.doubtful);
  EXPECT_EQ(judged(weak).validity, Validity::Valid) << "latched reads its weights and ANDs in logic";
  const Judgement atOnce = judged([](Accelerator &a) {
    a.sensing.sense_sigmas = 0;
    a.schedule.dataflow = Dataflow::Latched;
  });
  EXPECT_EQ(atOnce.validity, Validity::Invalid);
  EXPECT_TRUE(atOnce.reason.contains(QStringLiteral("READ errors")));
}

TEST(Findings, betweenTargetAndLimitADesignIsDoubtful) {
  const auto between = [](Accelerator &a) { a.sensing.tmr_pct = 100; };
  const double errors = buildMachine(changed(between)).array.at(SenseOp::And2).strobed_error_rate;
  ASSERT_GT(errors, SenseErrorLimit.doubtful);
  ASSERT_LT(errors, SenseErrorLimit.invalid);
  EXPECT_EQ(judged(between).validity, Validity::Doubtful);
  for (const Finding &finding : findingsOf(changed(between))) EXPECT_NE(finding.level, WarningLevel::Invalid);
}

TEST(Findings, failingWritesMakeADesignInvalid) {
  const Judgement failing = judged([](Accelerator &a) { a.device.write_error_target = 0.3; });
  EXPECT_EQ(failing.validity, Validity::Invalid);
  EXPECT_TRUE(failing.reason.contains(QStringLiteral("write errors of 0.3"))) << failing.reason.toStdString();
  EXPECT_EQ(judged([](Accelerator &a) { a.device.write_error_target = 0.005; }).validity, Validity::Valid)
      << "its own target is met";
}

TEST(Findings, powerOverTheCapMakesADesignInvalid) {
  const auto starved = [](Accelerator &a) {
    a.schedule.power_cap_w = 0.01;
    a.schedule.idle_gating = Toggle::Off;
  };
  const Judgement judgement = judged(starved);
  EXPECT_EQ(judgement.validity, Validity::Invalid);
  EXPECT_TRUE(judgement.reason.contains(QStringLiteral("above the cap of 0.01 W"))) << judgement.reason.toStdString();
}

// Arrhenius by hand: bits x 1 GHz x exp(-delta) flips a second.
TEST(Findings, aRetentionBelowItsTargetMakesADesignDoubtful) {
  Accelerator a;
  a.device.write_model = WriteModel::Fixed;
  a.device.fixed_stability = 50;
  const double first_flip_days = 1 / (512.0 * 1048576 * 1e9 * std::exp(-50.0) * 86400);
  ASSERT_LT(first_flip_days, 1);
  EXPECT_EQ(judge(findingsOf(a)).validity, Validity::Doubtful);
  EXPECT_TRUE(judge(findingsOf(a)).reason.startsWith(QStringLiteral("retention of ")));
  a.device.retention_target = first_flip_days * 0.99;
  EXPECT_EQ(judge(findingsOf(a)).validity, Validity::Valid);
  a.device.retention_target = first_flip_days * 1.01;
  EXPECT_EQ(judge(findingsOf(a)).validity, Validity::Doubtful);
}

TEST(Findings, everyWarningComesFromOneAndHasItsLevel) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  for (const Change change : {Change([](Accelerator &a) { a.sensing.tmr_pct = 43; }),
                              Change([](Accelerator &a) { a.schedule.power_cap_w = 0.1; }),
                              Change([](Accelerator &a) { a.device.temperature_k = 430; })}) {
    const Accelerator a = changed(change);
    const DesignTable table = estimateTable(network, {network.variants.front()}, a, {});
    const std::vector<Finding> found = findingsOf(a);
    EXPECT_EQ(table.at(0, Metric::Energy)->from->warnings, warningTexts(found));
    EXPECT_EQ(table.validity(0), judge(found).validity);
    const bool alarmed = levelOf(worstAlarm(warningTexts(found))) == WarningLevel::Invalid;
    EXPECT_EQ(alarmed, table.validity(0) == Validity::Invalid) << "alarm and validity are one";
    for (std::uint32_t row = 1; row < table.size(); ++row) EXPECT_EQ(table.validity(row), Validity::Valid);
  }
}

TEST(Findings, aDesignSaysItsProfileAndWhatWasSet) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const DesignTable table =
      estimateTable(network, {network.variants.front()}, changed([](Accelerator &a) { a.sensing.tmr_pct = 43; }), {});
  EXPECT_TRUE(table.validityReason(0).endsWith(QStringLiteral("; profile sot-mram (tmr_pct=43)")))
      << table.validityReason(0).toStdString();
  EXPECT_TRUE(validityText(table, 0).startsWith(QStringLiteral("invalid: AND2 errors of ")));
  Accelerator own;
  own.name = QStringLiteral("mine");
  EXPECT_EQ(profileText(own), QStringLiteral("profile mine"));
  Accelerator many = changed([](Accelerator &a) {
    a.sensing.tmr_pct = 100;
    a.sensing.offset_mv = 6;
    a.array.vdd_v = 1.1;
    a.schedule.batch = 4;
    a.chip.banks = 8;
  });
  EXPECT_TRUE(profileText(many).endsWith(QStringLiteral(", 2 more)"))) << profileText(many).toStdString();
}

// Hashes stand in files: a parameter that came later may not change those of designs that do not set it.
TEST(Findings, theRetentionTargetRenamesOnlyWhatSetsIt) {
  Accelerator a;
  const QString before = hash(a);
  EXPECT_EQ(before, QStringLiteral("acc67beb46"));
  a.device.retention_target = 3650;
  EXPECT_NE(hash(a), before);
}

TEST(Findings, whatCanNotBeComputedIsNotValid) {
  constexpr double Unknown = std::numeric_limits<double>::quiet_NaN();
  const Accelerator sound;
  const Machine machine = buildMachine(sound);
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const Totals totals =
      estimateTotals(workOf(network, network.variants.front(), sound.schedule.layout), machine, {8, 8}, Part::Whole);
  const auto judgedWith = [&](auto change) {
    Machine wrong = machine;
    Totals wrongTotals = totals;
    change(wrong.array, wrongTotals);
    return judge(findings(wrongTotals, sound, wrong));
  };
  ASSERT_EQ(judgedWith([](ArrayTable &, Totals &) {}).validity, Validity::Valid);
  const Judgement errors = judgedWith([](ArrayTable &a, Totals &) {
    for (SenseCost &sense : a.senses) sense.strobed_error_rate = Unknown;
  });
  EXPECT_EQ(errors.validity, Validity::Invalid);
  EXPECT_EQ(errors.reason, QStringLiteral("AND2 errors can not be computed"));
  EXPECT_EQ(judgedWith([](ArrayTable &, Totals &t) { t.energy_pj.front() = Unknown; }).validity, Validity::Invalid)
      << "power over its cap";
  EXPECT_EQ(judgedWith([](ArrayTable &a, Totals &) { a.device.stability = Unknown; }).validity, Validity::Doubtful)
      << "retention";
}
