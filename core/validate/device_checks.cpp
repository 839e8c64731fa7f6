// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cmath>

#include "core/hardware/device/device.h"
#include "core/hardware/device/macrospin.h"
#include "core/hardware/device/magnetics.h"
#include "core/hardware/device/switching_fit.h"
#include "core/validate/checks.h"

namespace pimento {

namespace {

constexpr double Trials = 4000;
constexpr double TheirTrials = 5000;

// A number of the closed formulas.
Check formula(const char *id, const char *name, double theirs, const char *unit, const char *preset,
              double (*of)(const Device &)) {
  return {.id = QString::fromLatin1(id),
          .name = QString::fromUtf8(name),
          .theirs = theirs,
          .unit = unit,
          .tolerance = 0.02,
          .source = CheckSetSource,
          .compute = [=](const std::stop_token &) { return Ours{of(withDevice(preset).device)}; }};
}

SwitchingPoint pointOf(const Device &device, double pulse_ns, WriteStart start, const std::stop_token &stop) {
  const std::array<double, 1> pulse{pulse_ns};
  return switchingCurve(device, pulse, stop, start)[0];
}

Check first(const char *id, const char *name, double pulse_ns, double theirs, WriteStart start = WriteStart::Tilted) {
  return {.id = QString::fromLatin1(id),
          .name = QString::fromUtf8(name),
          .theirs = theirs,
          .unit = "µA",
          .tolerance = 0.05,
          .source = CheckSetSource,
          .compute = [=](const std::stop_token &stop) {
            return Ours{pointOf(withDevice("check").device, pulse_ns, start, stop).current_ua.value_or(0)};
          }};
}

Check always(const char *id, const char *name, double pulse_ns, double theirs) {
  return {
      .id = QString::fromLatin1(id),
      .name = QString::fromUtf8(name),
      .theirs = theirs,
      .unit = "µA",
      .tolerance = 0.05,
      .source = CheckSetSource,
      .compute =
          [=](const std::stop_token &stop) {
            return Ours{
                pointOf(withDevice("check").device, pulse_ns, WriteStart::Tilted, stop).always_current_ua.value_or(0)};
          },
      .reason = "our scan in steps of 0.5 % finds narrow bands that do not switch above theirs"};
}

Check failures(const char *id, const char *name, double pulse_ns, double current_ua, double theirs) {
  return {.id = QString::fromLatin1(id),
          .name = QString::fromUtf8(name),
          .theirs = theirs / TheirTrials,
          .tolerance = 0,
          .source = CheckSetSource,
          .compute = [=](const std::stop_token &stop) {
            const auto found =
                writeFailures(withDevice("check").device, current_ua, pulse_ns, std::int64_t(Trials), 1, stop);
            const double rate = theirs / TheirTrials;
            return Ours{found.fraction(), std::sqrt(rate * (1 - rate) * (1 / Trials + 1 / TheirTrials))};
          }};
}

// The fitted error rate against the equation it is fitted to.
Check fittedRate(const char *id, const char *name, double pulse_ns, double current_ua, double theirs, double samples) {
  return {.id = QString::fromLatin1(id),
          .name = QString::fromUtf8(name),
          .theirs = theirs,
          .tolerance = 0.36,
          .source = "our own equation of motion, thermal trials at 300 K",
          .compute = [=](const std::stop_token &) {
            return Ours{writeErrorRate(withDevice("check").device, current_ua, pulse_ns), std::sqrt(theirs / samples)};
          }};
}

double millitesla(double a_per_m) { return a_per_m * VacuumPermeability * 1e3; }

void addFormulas(Checks &checks) {
  checks.push_back(formula("device.field", "in-plane field, check device", 48.5, "mT", "check",
                           [](const Device &d) { return millitesla(magneticsOf(d).hx_a_per_m); }));
  checks.push_back(formula("device.stability", "thermal stability, check device", 43.0, "", "check",
                           [](const Device &d) { return deviceState(d).stability; }));
  checks.push_back(formula("device.hall", "effective spin Hall angle", 0.220, "", "check",
                           [](const Device &d) { return deviceState(d).effective_spin_hall_angle; }));
  checks.push_back(formula("device.metal", "resistance of the heavy metal", 593, "Ω", "check",
                           [](const Device &d) { return deviceState(d).metal_ohm; }));
  checks.push_back(formula("device.instability", "instability current, check device", 34.2, "µA", "check",
                           [](const Device &d) { return deviceState(d).instability_ua; }));
  checks.push_back(formula("device.cylinder.field", "in-plane field, default device", 76.8, "mT", "default",
                           [](const Device &d) { return millitesla(magneticsOf(d).hx_a_per_m); }));
  checks.push_back(formula("device.cylinder.stability", "thermal stability, default device", 68.2, "", "default",
                           [](const Device &d) { return deviceState(d).stability; }));
  checks.push_back(formula("device.cylinder.instability", "instability current, default device", 31.3, "µA", "default",
                           [](const Device &d) { return deviceState(d).instability_ua; }));
}

void addCurrents(Checks &checks) {
  checks.push_back(first("device.first.0.5", "first switching current, 0.5 ns", 0.5, 235.5));
  checks.push_back(first("device.first.1", "first switching current, 1 ns", 1, 126.4));
  checks.push_back(first("device.first.2", "first switching current, 2 ns", 2, 78.8));
  checks.push_back(first("device.first.3", "first switching current, 3 ns", 3, 66.1));
  checks.push_back(first("device.first.5", "first switching current, 5 ns", 5, 52.6));
  checks.push_back(first("device.first.10", "first switching current, 10 ns", 10, 43.6));
  checks.push_back(
      first("device.flat.1", "first switching current, 1 ns, in-plane start", 1, 179, WriteStart::InPlane));
  checks.push_back(always("device.always.0.5", "always switching current, 0.5 ns", 0.5, 295));
  checks.push_back(always("device.always.1", "always switching current, 1 ns", 1, 141));
}

void addWrites(Checks &checks) {
  checks.push_back(failures("device.failures.1.200", "failed writes at 300 K, 1 ns, 200 µA", 1, 200, 1118));
  checks.push_back(failures("device.failures.1.300", "failed writes at 300 K, 1 ns, 300 µA", 1, 300, 55));
  checks.push_back(failures("device.failures.2.150", "failed writes at 300 K, 2 ns, 150 µA", 2, 150, 85));
  checks.push_back(failures("device.failures.2.200", "failed writes at 300 K, 2 ns, 200 µA", 2, 200, 2));
  // 65 of 100,000 and 626 of 50,000 trials with seed 11.
  checks.push_back(fittedRate("device.fit.2.200", "fitted error rate, 2 ns, 200 µA", 2, 200, 6.5e-4, 1e5));
  checks.push_back(fittedRate("device.fit.1.300", "fitted error rate, 1 ns, 300 µA", 1, 300, 0.01252, 5e4));
  checks.push_back(formula("device.write", "write energy from the supply, 2 ns", 440, "fJ", "check",
                           [](const Device &d) { return deviceState(d).write_fj; }));
  checks.push_back(formula("device.metal.energy", "energy in the metal, 200 µA and 2 ns", 47, "fJ", "check",
                           [](const Device &d) { return 0.04 * deviceState(d).metal_ohm * 2; }));
  checks.push_back({.id = QStringLiteral("device.flips"),
                    .name = QStringLiteral("flips an hour in 512 Mb, check device"),
                    .theirs = 409,
                    .unit = "1/h",
                    .tolerance = 0.05,
                    .source = CheckSetSource,
                    .compute =
                        [](const std::stop_token &) {
                          return Ours{flipsPerDay(deviceState(withDevice("check").device), 512 * 1048576.0) / 24};
                        },
                    .reason = "exponential in the stability: 43.05 against 43.0"});
}

}  // namespace

Checks deviceChecks() {
  Checks checks;
  addFormulas(checks);
  addCurrents(checks);
  addWrites(checks);
  return checks;
}

}  // namespace pimento
