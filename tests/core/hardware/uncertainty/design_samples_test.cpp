// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/design_samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/hardware/profile/profiles.h"
#include "core/hardware/uncertainty/drawn_machine.h"
#include "core/hardware/uncertainty/sensitivity.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

std::vector<UncertainDesign> widths(const Accelerator &accelerator) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  std::vector<UncertainDesign> designs;
  for (const Variant &variant : network.variants)
    designs.push_back({0, workOf(network, variant, accelerator.schedule.layout), {}, Part::Whole});
  return designs;
}

}  // namespace

TEST(UncertainParameter, quantilesKeepToTheirShape) {
  UncertainParameter p;
  p.value = 2;
  p.optimistic = 8;
  p.pessimistic = 1;
  for (const RangeShape shape : {RangeShape::Uniform, RangeShape::LogUniform, RangeShape::Triangular}) {
    p.shape = shape;
    double last = 1;
    for (double u = 0.001; u < 1; u += 0.001) {
      EXPECT_GT(p.quantile(u), last);
      last = p.quantile(u);
      EXPECT_LT(last, 8);
    }
  }
  p.shape = RangeShape::Uniform;
  EXPECT_DOUBLE_EQ(p.quantile(0.5), 4.5);
  p.shape = RangeShape::LogUniform;
  EXPECT_DOUBLE_EQ(p.quantile(1.0 / 3), 2);
  p.shape = RangeShape::Triangular;
  EXPECT_DOUBLE_EQ(p.quantile(1.0 / 7), 2) << "below the peak lies (2 - 1) / (8 - 1)";
}

TEST(UncertainParameters, followTheProfileAndLeaveOutWhatIsIdle) {
  const Accelerator sot;
  const auto list = uncertainParameters(sot);
  const auto find = [](const auto &all, const char *key) {
    return std::ranges::find_if(
        all, [&](const UncertainParameter &p) { return QLatin1String(p.parameter->key) == QLatin1String(key); });
  };
  EXPECT_NE(find(list, "spin_hall_angle"), list.end());
  EXPECT_EQ(find(list, "fixed_write_current_ua"), list.end()) << "the macrospin model gives it";
  Accelerator other;
  other.sensing.tmr_pct = 200;
  const auto changed = uncertainParameters(other);
  const auto tmr = find(changed, "tmr_pct");
  EXPECT_DOUBLE_EQ(tmr->optimistic / find(list, "tmr_pct")->optimistic, 200 / sot.sensing.tmr_pct);
  const auto given = uncertainParameters(sot, {{QStringLiteral("tmr_pct"), {150, 100, RangeShape::Uniform}}});
  EXPECT_EQ(find(given, "tmr_pct")->optimistic, 150);
}

TEST(DesignSamples, mapsDoNotDependOnWhatIsDrawn) {
  for (const QString &name : builtInProfiles()) {
    const Accelerator accelerator = builtInProfile(name);
    const auto designs = widths(accelerator);
    const auto all = mapped(std::span(&accelerator, 1), designs);
    DrawnMachine machine(accelerator, uncertainParameters(accelerator));
    for (const double u : {0.02, 0.5, 0.9}) {
      if (!machine.draw([&](std::size_t i) { return std::fmod(u + 0.37 * static_cast<double>(i), 1) * 0.98 + 0.01; }))
        continue;
      for (std::size_t d = 0; d < designs.size(); ++d) {
        const Totals fast = all[d].totals(machine.machine());
        const Totals whole = estimateTotals(designs[d].works, buildMachine(machine.accelerator()), designs[d].bits);
        EXPECT_EQ(fast.energy_pj, whole.energy_pj) << name.toStdString();
        EXPECT_EQ(fast.latency_ns, whole.latency_ns);
        EXPECT_EQ(fast.area_mm2, whole.area_mm2);
      }
    }
  }
}

TEST(DesignSamples, areTheSameForEqualSeedsAndHoldTheEstimate) {
  const Accelerator accelerator;
  const auto designs = widths(accelerator);
  const DesignSamples a = sampleDesigns(std::span(&accelerator, 1), designs, {256, 5, {}});
  const DesignSamples b = sampleDesigns(std::span(&accelerator, 1), designs, {256, 5, {}});
  const DesignSamples c = sampleDesigns(std::span(&accelerator, 1), designs, {256, 6, {}});
  const Machine machine = buildMachine(accelerator);
  for (std::size_t d = 0; d < designs.size(); ++d) {
    EXPECT_TRUE(std::ranges::equal(a.values(d, 0), b.values(d, 0)));
    EXPECT_FALSE(std::ranges::equal(a.values(d, 0), c.values(d, 0)));
    const auto nominal = sampledValues(estimateTotals(designs[d].works, machine, designs[d].bits));
    for (std::size_t m = 0; m < SampledMetrics.size(); ++m) {
      const auto interval = a.interval(d, m);
      ASSERT_TRUE(interval);
      EXPECT_LT(interval->low, interval->high);
      EXPECT_LT(interval->low, 1.3 * nominal[m]) << d << " " << m;
      EXPECT_GT(interval->high, nominal[m] / 1.3) << d << " " << m;
      EXPECT_NEAR(interval->low / c.interval(d, m)->low, 1, 0.1);
    }
  }
}

TEST(DesignSamples, narrowWithNarrowRanges) {
  const Accelerator accelerator;
  const auto designs = widths(accelerator);
  SamplingOptions options{256, 1, {}};
  const Interval wide = *sampleDesigns(std::span(&accelerator, 1), designs, options).interval(0, 0);
  for (const UncertainParameter &p : uncertainParameters(accelerator)) {
    const double sign = p.optimistic < p.pessimistic ? 1 : -1;
    const auto bounded = [&](double v) { return std::clamp(v, p.parameter->minimum, p.parameter->maximum); };
    options.ranges[QString::fromLatin1(p.parameter->key)] = {bounded(p.value * (1 - sign * 1e-4)),
                                                             bounded(p.value * (1 + sign * 1e-4))};
  }
  const Interval narrow = *sampleDesigns(std::span(&accelerator, 1), designs, options).interval(0, 0);
  EXPECT_LT((narrow.high - narrow.low) / narrow.low, 0.01);
  EXPECT_GT((wide.high - wide.low) / wide.low, 0.1);
}

TEST(Sensitivity, findsWhatAMetricHangsOn) {
  const Accelerator accelerator;
  const std::vector<UncertainDesign> designs{widths(accelerator).front()};
  const Sensitivity sensitivity = sensitivityOf(accelerator, designs, {128, 1, 20});
  const auto at = [&](const char *key, Metric metric) {
    for (std::size_t i = 0; i < sensitivity.parameters.size(); ++i)
      if (QLatin1String(sensitivity.parameters[i].parameter->key) == QLatin1String(key))
        return sensitivity.at(0, *sampledIndex(metric), i).total;
    return -1.0;
  };
  EXPECT_GT(at("full_adder_fj", Metric::Energy), 0.002);
  for (const Metric metric : SampledMetrics) EXPECT_EQ(at("endurance_cycles", metric), 0) << "it moves no metric";
  EXPECT_GT(at("cell_width_um", Metric::Area), 0.01);
  double totals = 0;
  for (std::size_t i = 0; i < sensitivity.parameters.size(); ++i) totals += sensitivity.at(0, 3, i).total;
  EXPECT_GT(totals, 0.8) << "all of the variance has a cause";
}

TEST(DesignSamples, stopWhenAsked) {
  const Accelerator accelerator;
  const auto designs = widths(accelerator);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_ANY_THROW(static_cast<void>(sampleDesigns(std::span(&accelerator, 1), designs, {}, {stop.get_token(), {}})));
}
