// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/idle_parameters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/hardware/estimate/estimate_table.h"
#include "core/hardware/profile/device_presets.h"
#include "core/hardware/profile/profiles.h"
#include "core/hardware/report/device_report.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

// All that is said of an accelerator and of a network on it, as text; empty if its parameters contradict each other.
QString everythingOf(const Accelerator &accelerator) {
  static const NetworkSpec network = makeNetwork(QStringLiteral("lenet5"));
  try {
    validate(accelerator, QStringLiteral("test"));
    QString text;
    const DesignTable table =
        estimateTable(network, network.variants, accelerator, {8, 8}, {.scopes = Scopes::Whole, .gpuPower = {}});
    for (std::uint32_t row = 0; row < table.size(); ++row) {
      text += table.validityReason(row).section(QStringLiteral("; profile"), 0, 0);  // which names what was changed
      for (const MetricInfo &m : allMetrics())
        if (const auto value = table.at(row, m.metric))
          text += QString::number(value->value, 'g', 17) + value->from->formula +
                  value->from->warnings.join(QLatin1Char('\n'));
    }
    const DeviceState state = deviceState(accelerator.device);
    for (const double value : {state.stability, state.switching_ua, state.write_current_ua, state.write_fj,
                               writeErrorRate(accelerator.device)})
      text += QString::number(value, 'g', 17);
    return text;
  } catch (const Error &) {
    return {};
  }
}

// Values of a parameter that differ from what it is.
std::vector<double> otherValues(const Accelerator &accelerator, const Parameter &p) {
  const double now = p.get(accelerator);
  constexpr double Little = 1.005;  // the demagnetising factors add up to one, to a hundredth
  std::vector<double> values;
  for (const double value : {now * 1.1, now * 0.8, now * Little, now * 2, now * 0.5, p.minimum, p.maximum}) {
    const double bounded = std::clamp(p.whole ? std::round(value) : value, p.minimum, p.maximum);
    if (bounded != now) values.push_back(bounded);
  }
  return values;
}

bool changesSomething(const Accelerator &accelerator, const Parameter &p) {
  const QString before = everythingOf(accelerator);
  for (const double value : otherValues(accelerator, p)) {
    Accelerator changed = accelerator;
    p.put(changed, value);
    if (const QString after = everythingOf(changed); !after.isEmpty() && after != before) return true;
  }
  return false;
}

Accelerator withModel(WriteModel model) {
  Accelerator accelerator;
  accelerator.device.write_model = model;
  return accelerator;
}

// A perpendicular free layer, which the bias field switches, and whose retention misses its target.
Accelerator perpendicularWithModel(WriteModel model) {
  Accelerator accelerator;
  applyDevicePreset(accelerator, QStringLiteral("ut-austin"));
  accelerator.device.write_model = model;
  return accelerator;
}

}  // namespace

TEST(IdleParameters, areThoseOfTheDeviceThatChangeNothing) {
  for (const WriteModel model : {WriteModel::Sot, WriteModel::Fixed}) {
    const Accelerator accelerator = withModel(model);
    const Accelerator perpendicular = perpendicularWithModel(model);
    ASSERT_FALSE(everythingOf(accelerator).isEmpty());
    ASSERT_FALSE(everythingOf(perpendicular).isEmpty());
    std::size_t idle = 0;
    for (const Parameter &p : parameters()) {
      if (QLatin1String(p.section) != QLatin1String("device") || !p.words.empty()) continue;
      const bool said = !whyIdle(accelerator, p).isEmpty();
      idle += said ? 1 : 0;
      EXPECT_EQ(changesSomething(accelerator, p) || changesSomething(perpendicular, p), !said) << p.key;
    }
    EXPECT_EQ(idle, model == WriteModel::Sot ? 5U : 19U);
  }
}

TEST(IdleParameters, areOfTheDeviceAlone) {
  for (const Parameter &p : parameters()) {
    const bool device = QLatin1String(p.section) == QLatin1String("device");
    EXPECT_TRUE(device || whyIdle(withModel(WriteModel::Fixed), p).isEmpty()) << p.key;
  }
}
