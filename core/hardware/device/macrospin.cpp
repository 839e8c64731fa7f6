// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/macrospin.h"

#include <atomic>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/wilson.h"
#include "core/hardware/device/device.h"
#include "core/hardware/device/macrospin_lanes.h"
#include "core/hardware/device/switching_fit.h"

namespace pimento {

namespace {

constexpr int BisectionRounds = 2;  // of eight lanes each: a ScanStep of 0.5 % becomes 0.006 %

Magnetics requireMacrospin(const Device &device) {
  if (const WriteModelTraits &model = *device.write_model; !model.freeLayer)
    throw Error(QStringLiteral("device"),
                QStringLiteral("write_model = %1 has no equation of motion").arg(QString::fromLatin1(model.name)),
                QStringLiteral("its write current and pulse are given; use write_model = sot"));
  const Magnetics m = magneticsOf(device);
  if (m.barrier_a_per_m() <= 0)
    throw Error(QStringLiteral("device"), QStringLiteral("the free layer has no two stable states"),
                QStringLiteral("change its shape, interface anisotropy or bias field"));
  return m;
}

// The state sqrt(1/2Δ) off the bottom of the well, the same in all lanes.
SpinState startOf(const Magnetics &m, WriteStart start) {
  const double angle = std::sqrt(1 / (2 * m.stability()));
  const double side = start == WriteStart::InPlane ? 1 : std::numbers::sqrt2 / 2;
  const double other = start == WriteStart::InPlane ? 0 : std::numbers::sqrt2 / 2;
  double u = std::sin(angle) * side + m.bias_a_per_m / m.stiffness_u();
  double v = std::sin(angle) * other;
  const double across = std::hypot(u, v);
  if (across > 0.99) {
    u *= 0.99 / across;
    v *= 0.99 / across;
  }
  const double w = -std::sqrt(1 - u * u - v * v);
  SpinState state;
  state.x.fill(u);
  state.y.fill(m.axis() == EasyAxis::Y ? w : v);
  state.z.fill(m.axis() == EasyAxis::Y ? v : w);
  return state;
}

WritePulse pulseOf(const Device &device, double pulse_ns) {
  WritePulse pulse;
  pulse.length_s = pulse_ns * 1e-9;
  pulse.rise_s = device.write_rise_ps * 1e-12;
  pulse.fall_s = device.write_fall_ps * 1e-12;
  return pulse;
}

// Below it no pulse switches: an easy axis y has its instability; z needs an effort of the order of its field.
double lowestCurrent_ua(const Magnetics &m) {
  constexpr double Share = 0.1;
  return m.axis() == EasyAxis::Y ? instability_ua(m) : Share * m.stiffness_u() / m.field_a_per_m_per_ua;
}

// Finds the currents of one pulse.
class Scan {
 public:
  Scan(const Device &device, const Magnetics &magnetics, double pulse_ns, WriteStart start)
      : m_magnetics(magnetics), m_start(startOf(magnetics, start)), m_lowest(lowestCurrent_ua(magnetics)) {
    m_pulse = pulseOf(device, pulse_ns);
  }

  // Fills the two currents; leaves them absent if stopped.
  void find(SwitchingPoint &point, const std::stop_token &stop) {
    double first = 0;    // lowest scanned current that switches
    double failing = 0;  // highest that does not
    double failed = 0;   // highest that does not and lies below the first
    double current = m_lowest;
    for (;;) {
      if (stop.stop_requested()) return;
      LaneValues currents;
      for (double &lane : currents) lane = std::exchange(current, current * (1 + ScanStep));
      const std::uint32_t switched = run(currents);
      for (std::size_t lane = 0; lane < SpinLanes; ++lane) {
        if (first > 0 && currents[lane] > ScanBound * first) continue;
        if ((switched >> lane & 1) == 0) {
          failing = currents[lane];
          if (first == 0) failed = failing;
        } else if (first == 0) {
          first = currents[lane];
        }
      }
      if (first > 0 ? current > ScanBound * first : current > ScanMost * m_lowest) break;
    }
    if (first == 0) return;
    const double edge = failed > 0 ? bisect(failed, first) : first;
    point.current_ua = edge;
    if (failing < first)
      point.always_current_ua = edge;
    else if (failing * (1 + ScanStep) <= ScanBound * first)
      point.always_current_ua = bisect(failing, failing * (1 + ScanStep));
  }

 private:
  std::uint32_t run(const LaneValues &currents_ua) {
    for (std::size_t lane = 0; lane < SpinLanes; ++lane)
      m_pulse.field_a_per_m[lane] = currents_ua[lane] * m_magnetics.field_a_per_m_per_ua;
    return runPulse(m_magnetics, m_pulse, m_start);
  }

  // The lowest current that switches between one that does not and one that does, by sections of nine.
  double bisect(double failing, double switching) {
    for (int round = 0; round < BisectionRounds; ++round) {
      const double step = (switching - failing) / (SpinLanes + 1);
      LaneValues currents;
      for (std::size_t lane = 0; lane < SpinLanes; ++lane) currents[lane] = failing + step * double(lane + 1);
      const std::uint32_t switched = run(currents);
      std::size_t lane = 0;
      while (lane < SpinLanes && (switched >> lane & 1) == 0) ++lane;
      if (lane < SpinLanes) switching = currents[lane];
      if (lane > 0) failing = currents[lane - 1];
    }
    return switching;
  }

  Magnetics m_magnetics;
  SpinState m_start;
  double m_lowest;
  WritePulse m_pulse;
};

}  // namespace

std::vector<SwitchingPoint> switchingCurve(const Device &device, std::span<const double> pulses_ns,
                                           const std::stop_token &stop, WriteStart start) {
  const Magnetics magnetics = requireMacrospin(device);
  std::vector<SwitchingPoint> points(pulses_ns.size());
  parallelFor(points.size(), stop, [&](std::size_t i) {
    SwitchingPoint &point = points[i];
    point.pulse_ns = pulses_ns[i];
    Scan(device, magnetics, pulses_ns[i], start).find(point, stop);
    if (!point.always_current_ua) return;
    const double current = *point.always_current_ua;
    const WriteEnergy energy = writeEnergy(device, current, point.pulse_ns);
    point.energy_fj = energy.supply_fj;
    point.metal_fj = energy.metal_fj;
  });
  for (std::size_t i = 0; i < points.size(); ++i) points[i].pulse_ns = pulses_ns[i];
  return points;
}

WriteFailures writeFailures(const Device &device, double current_ua, double pulse_ns, std::int64_t trials,
                            std::uint64_t seed, const std::stop_token &stop) {
  const Magnetics magnetics = requireMacrospin(device);
  WritePulse pulse = pulseOf(device, pulse_ns);
  pulse.field_a_per_m.fill(current_ua * magnetics.field_a_per_m_per_ua);
  constexpr auto Lanes = static_cast<std::int64_t>(SpinLanes);
  std::atomic<std::int64_t> done = 0;
  std::atomic<std::int64_t> failures = 0;
  parallelFor(static_cast<std::size_t>((trials + Lanes - 1) / Lanes), stop, [&](std::size_t batch) {
    SpinState state;
    LaneStreams streams;
    const std::int64_t first = static_cast<std::int64_t>(batch) * Lanes;
    for (std::size_t lane = 0; lane < SpinLanes; ++lane) {
      Random random(seed, 0, static_cast<std::uint64_t>(first) + lane);
      streams.seed(lane, random);
      drawThermalStart(magnetics, state, random, lane);
    }
    const std::uint32_t switched = runThermalPulse(magnetics, pulse, state, streams);
    const std::int64_t count = std::min(Lanes, trials - first);
    std::int64_t failed = 0;
    for (std::int64_t lane = 0; lane < count; ++lane) failed += (switched >> lane & 1) == 0 ? 1 : 0;
    done += count;
    failures += failed;
  });
  WriteFailures result{done, failures, {}};
  result.rate = wilson(result.failures, result.trials);
  return result;
}

}  // namespace pimento
