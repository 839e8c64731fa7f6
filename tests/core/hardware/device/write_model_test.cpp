// SPDX-License-Identifier: GPL-3.0-or-later
// A write model that only this file knows: everything that is asked of a device answers for it.
#include "core/hardware/device/write_model.h"

#include <gtest/gtest.h>

#include <array>

#include "core/base/error.h"
#include "core/hardware/device/device.h"
#include "core/hardware/device/macrospin.h"
#include "core/hardware/device/read_disturb.h"
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/profile/idle_parameters.h"
#include "core/hardware/profile/profile_json.h"
#include "core/hardware/report/device_report.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

constexpr double Charge_fc = 12;  // that the toy cell takes for a write, whatever the pulse
constexpr double Stability = 70;
constexpr double ErrorRate = 1e-6;

DeviceState chargedState(const Device &d) {
  DeviceState s;
  s.write_pulse_ns = d.write_pulse_ns;
  s.stability = Stability;
  s.write_current_ua = Charge_fc / d.write_pulse_ns;
  s.switching_ua = s.write_current_ua;
  s.instability_ua = s.write_current_ua;
  return s;
}

constexpr WriteModelTraits ChargeWrite{
    .name = "charge",
    .meaning = "a charge a write",
    .idleReason = "a write takes its charge",
    .parameters = {},
    .freeLayer = false,
    .noCurve = "A charge knows no switching curve.",
    .formula = "toy charge",
    .writeFormula = "toy charge times the supply",
    .currentKey = "",
    .errorRateKey = "",
    .stabilityKey = "",
    .state = chargedState,
    .switchingCurrent_ua = [](const Device &, double pulse_ns) { return Charge_fc / pulse_ns; },
    .errorRate = [](const Device &) { return ErrorRate; },
    .validate =
        [](const Device &d, const QString &place) {
          if (d.write_pulse_ns > 50) throw Error(place, QStringLiteral("the charge leaks away"));
        }};

Accelerator charged() {
  Accelerator a;
  a.device.write_model = ChargeWrite;
  return a;
}

Totals totalsOn(const Accelerator &a) {
  const NetworkSpec network = makeNetwork(QStringLiteral("lenet5"));
  return estimateTotals(workOf(network, network.variants.front()), buildMachine(a), {});
}

}  // namespace

TEST(WriteModel, oneThatNoTableListsIsEstimated) {
  const Accelerator toy = charged();
  const DeviceState state = deviceState(toy.device);
  EXPECT_EQ(state.write_current_ua, Charge_fc / toy.device.write_pulse_ns);
  EXPECT_DOUBLE_EQ(state.write_fj, Charge_fc * toy.device.write_supply_v);
  EXPECT_EQ(writeErrorRate(toy.device), ErrorRate);
  EXPECT_EQ(switchingCurrent_ua(toy.device, 4), 3);
  // The same numbers given to the fixed model cost the same.
  Accelerator given;
  given.device.write_model = WriteModel::Fixed;
  given.device.fixed_write_current_ua = state.write_current_ua;
  given.device.fixed_stability = Stability;
  given.device.write_error_target = ErrorRate;
  EXPECT_EQ(totalsOn(toy).energy_uj(), totalsOn(given).energy_uj());
  EXPECT_NE(totalsOn(toy).energy_uj(), totalsOn(Accelerator{}).energy_uj());
}

TEST(WriteModel, oneThatNoTableListsIsReportedByItsName) {
  const Accelerator toy = charged();
  EXPECT_NO_THROW(toy.device.write_model->validate(toy.device, QStringLiteral("test")));
  const ReportTable report = deviceReport(toy, 1e-4);
  int told = 0;
  for (const auto &row : report.rows) {
    const QString source = std::get<QString>(row[4]);
    told += source == QStringLiteral("toy charge") || source == QStringLiteral("toy charge times the supply") ? 1 : 0;
  }
  EXPECT_EQ(told, 4) << "current, error rate, energy and stability";
  const Parameter &damping = requireParameter(QStringLiteral("damping"), QStringLiteral("test"));
  EXPECT_EQ(whyIdle(toy, damping), QStringLiteral("write_model is charge: a write takes its charge"));
  const Parameter &model = requireParameter(QStringLiteral("write_model"), QStringLiteral("test"));
  EXPECT_EQ(valueText(model, toy), QStringLiteral("charge"));
  EXPECT_NE(hash(toy), hash(Accelerator{}));
  const QJsonObject device = profileToJson(toy).value(QStringLiteral("device")).toObject();
  EXPECT_EQ(device.value(QStringLiteral("write_model")).toString(), QStringLiteral("charge"));
}

TEST(WriteModel, withoutFreeLayerThereIsNoEquationOfMotion) {
  const Accelerator toy = charged();
  const std::array<double, 1> pulse{2};
  try {
    static_cast<void>(switchingCurve(toy.device, pulse));
    FAIL() << "solved an equation that it has not";
  } catch (const Error &error) {
    EXPECT_TRUE(error.message().contains(QStringLiteral("write_model = charge"))) << error.what();
  }
  EXPECT_EQ(readDisturb(toy.device, 120, 20, 2).probability, 0);
}

TEST(WriteModel, profilesNameThoseOfTheTableAlone) {
  Accelerator toy = charged();
  toy.name = QStringLiteral("toy");
  EXPECT_THROW(static_cast<void>(readProfile(writeProfile(toy), QStringLiteral("toy.json"))), Error);
  for (const WriteModel &model : writeModels()) {
    toy.device.write_model = model;
    EXPECT_EQ(readProfile(writeProfile(toy), QStringLiteral("toy.json")).device.write_model, model) << model->name;
  }
}
