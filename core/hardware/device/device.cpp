// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/device.h"

#include <cmath>

#include "core/hardware/device/geometry.h"
#include "core/hardware/device/magnetics.h"
#include "core/hardware/device/physical_constants.h"
#include "core/hardware/device/switching_fit.h"

namespace pimento {

namespace {

constexpr double AttemptRate_hz = 1e9;
constexpr double SecondsPerDay = 86400;

// The torque takes a perpendicular layer into its plane, whence it falls to either side as the current falls at once.
constexpr double PerpendicularErrorRate = 0.5;

}  // namespace

double switchingCurrent_ua(const Device &d, double pulse_ns) { return d.write_model->switchingCurrent_ua(d, pulse_ns); }

double writeErrorRate(const Device &d, double current_ua, double pulse_ns) {
  const Magnetics m = magneticsOf(d);
  const double overdrive = current_ua / instability_ua(m);
  if (m.axis() == EasyAxis::Z) return overdrive < 1 ? 1 : PerpendicularErrorRate;
  return failureRate(reducedWrite(d, m, pulse_ns), overdrive);
}

double writeErrorRate(const Device &d) { return d.write_model->errorRate(d); }

double writeCurrent_ua(const Device &d, double pulse_ns, double rate) {
  const Magnetics m = magneticsOf(d);
  if (m.axis() == EasyAxis::Z) return instability_ua(m);
  return instability_ua(m) * overdriveFor(reducedWrite(d, m, pulse_ns), rate);
}

DeviceState deviceState(const Device &d) {
  DeviceState s = d.write_model->state(d);
  s.write_fj = d.write_supply_v * s.write_current_ua * s.write_pulse_ns;
  return s;
}

double flipsPerDay(const DeviceState &state, double bits) {
  return bits * AttemptRate_hz * std::exp(-state.stability) * SecondsPerDay;
}

}  // namespace pimento
