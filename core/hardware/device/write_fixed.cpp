// SPDX-License-Identifier: GPL-3.0-or-later
// Write current, pulse and stability as a profile gives them: cells of other technologies than spin-orbit torque, and
// those whose errors are not modelled.
#include "core/hardware/device/device.h"

namespace pimento {

namespace {

constexpr double GivenAt_k = 300;  // the temperature that fixed_stability is given at

DeviceState fixedState(const Device &d) {
  DeviceState s;
  s.write_pulse_ns = d.write_pulse_ns;
  s.stability = d.fixed_stability * GivenAt_k / d.temperature_k;
  s.instability_ua = d.fixed_write_current_ua;
  s.switching_ua = d.fixed_write_current_ua;
  s.write_current_ua = d.fixed_write_current_ua;
  return s;
}

constexpr const char *Own[] = {"fixed_write_current_ua", "fixed_stability"};

}  // namespace

constinit const WriteModelTraits FixedWrite{
    .name = "fixed",
    .meaning = "write current and pulse as given",
    .idleReason = "write current and stability are as given",
    .parameters = Own,
    .freeLayer = false,
    .noCurve = "write_model is fixed: current and pulse are as given, there is no curve.",
    .formula = "as given",
    .writeFormula = "supply, current and pulse as given",
    .currentKey = "fixed_write_current_ua",
    .errorRateKey = "write_error_target",
    .stabilityKey = "fixed_stability",
    .state = fixedState,
    .switchingCurrent_ua = [](const Device &d, double) { return d.fixed_write_current_ua; },
    .errorRate = [](const Device &d) { return d.write_error_target; },
    .validate = [](const Device &, const QString &) {}};

}  // namespace pimento
