// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/device.h"

#include <cmath>

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

double switchingCurrent_ua(const Device &d, double pulse_ns) {
  if (d.write_model == WriteModel::Fixed) return d.fixed_write_current_ua;
  const Magnetics m = magneticsOf(d);
  if (m.axis() == EasyAxis::Z) return instability_ua(m);
  return instability_ua(m) * firstOverdrive(reducedWrite(d, m, pulse_ns));
}

double writeErrorRate(const Device &d, double current_ua, double pulse_ns) {
  const Magnetics m = magneticsOf(d);
  const double overdrive = current_ua / instability_ua(m);
  if (m.axis() == EasyAxis::Z) return overdrive < 1 ? 1 : PerpendicularErrorRate;
  return failureRate(reducedWrite(d, m, pulse_ns), overdrive);
}

double writeErrorRate(const Device &d) {
  if (d.write_model == WriteModel::Fixed) return d.write_error_target;
  return writeErrorRate(d, deviceState(d).write_current_ua, d.write_pulse_ns);
}

double writeCurrent_ua(const Device &d, double pulse_ns, double rate) {
  const Magnetics m = magneticsOf(d);
  if (m.axis() == EasyAxis::Z) return instability_ua(m);
  return instability_ua(m) * overdriveFor(reducedWrite(d, m, pulse_ns), rate);
}

DeviceState deviceState(const Device &d) {
  DeviceState s;
  s.write_pulse_ns = d.write_pulse_ns;
  if (d.write_model == WriteModel::Sot) {
    const Magnetics m = magneticsOf(d);
    s.in_plane_field_a_per_m = m.hx_a_per_m;
    s.out_of_plane_field_a_per_m = m.hz_a_per_m;
    s.stability = m.stability();
    s.effective_spin_hall_angle = m.spin_hall_angle;
    s.metal_ohm = d.heavy_metal_resistivity_uohm_cm * 1e-8 * d.heavy_metal_length_nm * Nano /
                  (d.heavy_metal_width_nm * d.heavy_metal_thickness_nm * Nano * Nano);
    s.instability_ua = instability_ua(m);
    s.switching_ua = switchingCurrent_ua(d, d.write_pulse_ns);
    s.write_current_ua = writeCurrent_ua(d, d.write_pulse_ns, d.write_error_target);
    s.metal_fj =
        s.write_current_ua * s.write_current_ua * s.metal_ohm * d.heavy_metal_current_share * s.write_pulse_ns * 1e-6;
  } else {
    s.stability = d.fixed_stability * 300 / d.temperature_k;
    s.instability_ua = d.fixed_write_current_ua;
    s.switching_ua = d.fixed_write_current_ua;
    s.write_current_ua = d.fixed_write_current_ua;
  }
  s.write_fj = d.write_supply_v * s.write_current_ua * s.write_pulse_ns;
  return s;
}

double flipsPerDay(const DeviceState &state, double bits) {
  return bits * AttemptRate_hz * std::exp(-state.stability) * SecondsPerDay;
}

}  // namespace pimento
