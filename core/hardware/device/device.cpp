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
  if (m.axis() == EasyAxis::Z) return current_ua < instability_ua(m) ? 1 : PerpendicularErrorRate;
  return failureRate(reducedWrite(d, m, pulse_ns), overdriveOf(m, current_ua));
}

double writeErrorRate(const Device &d) { return d.write_model->errorRate(d); }

double writeCurrent_ua(const Device &d, double pulse_ns, double rate) {
  const Magnetics m = magneticsOf(d);
  if (m.axis() == EasyAxis::Z) return instability_ua(m);
  return currentFor_ua(m, overdriveFor(reducedWrite(d, m, pulse_ns), rate));
}

WriteEnergy writeEnergy(const Device &d, double current_ua, double pulse_ns) {
  const double fall_ns = d.write_fall_ps * 1e-3;
  const double assist_pc = d.stt_assist_ua * (pulse_ns + fall_ns) * 1e-3;
  return {current_ua * current_ua * heavyMetal_ohm(d) * d.heavy_metal_current_share * (pulse_ns + fall_ns / 3) * 1e-6,
          d.write_supply_v * (current_ua * (pulse_ns + fall_ns / 2) + assist_pc * 1e3)};
}

DeviceState deviceState(const Device &d) {
  DeviceState s = d.write_model->state(d);
  s.write_ns = d.write_pulse_ns + d.write_fall_ps * 1e-3;
  s.write_fj = writeEnergy(d, s.write_current_ua, s.write_pulse_ns).supply_fj;
  return s;
}

double flipsPerDay(const DeviceState &state, double bits) {
  return bits * AttemptRate_hz * std::exp(-state.stability) * SecondsPerDay;
}

}  // namespace pimento
