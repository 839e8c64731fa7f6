// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/report/device_report.h"

#include <array>
#include <optional>

#include "core/base/format.h"
#include "core/hardware/device/geometry.h"
#include "core/hardware/device/magnetics.h"
#include "core/hardware/device/retention.h"
#include "core/hardware/profile/junction.h"
#include "core/hardware/profile/parameters.h"

namespace pimento {

namespace {

QStringList names(std::initializer_list<const char *> list) {
  QStringList out;
  for (const char *name : list) out << QString::fromLatin1(name);
  return out;
}

Cell cellOf(std::optional<double> value) { return value ? Cell{*value} : Cell{}; }

// Rows of the headline table.
class DeviceLines {
 public:
  DeviceLines(const Accelerator &accelerator, ReportTable &table)
      : m_accelerator(accelerator),
        m_device(accelerator.device),
        m_model(*m_device.write_model),
        m_state(deviceState(m_device)),
        m_table(table) {}

  void addMagnet() {
    const Magnetics m = magneticsOf(m_device);
    constexpr double ToMt = VacuumPermeability * 1e3;
    const DemagnetisingFactors n = demagnetisingFactors(m_device);
    const bool byHand = demagnetisedByHand(m_device);
    const char *from = byHand ? "given by hand" : "elliptic cylinder, Beleggia et al. 2005";
    const char *note = byHand ? "by hand: does not follow the free layer's size" : "of the free layer's size";
    add("demagnetising factor x", n.x, "", Kind::Derived, from, note);
    add("demagnetising factor y", n.y, "", Kind::Derived, from, note);
    add("demagnetising factor z", n.z, "", Kind::Derived, from, note);
    add("in-plane field Hx", m.hx_a_per_m * ToMt, "mT", Kind::Derived, Model, "µ0 Ms (Nx - Ny)");
    add("out-of-plane field Hz", m.hz_a_per_m * ToMt, "mT", Kind::Derived, Model, "µ0 Ms (Nz - Ny) - 2 Ki / (Ms t)");
    add("thermal stability", m_state.stability, "", Kind::Derived, Model, "µ0 Ms Hk V / 2 k T");
    add("effective spin Hall angle", m_state.effective_spin_hall_angle, "", Kind::Derived, Model,
        "θ (1 - sech(t / λ))");
    add("heavy metal", m_state.metal_ohm, "Ω", Kind::Derived, Model, "ρ l / (w t)");
    add("instability current", m_state.instability_ua, "µA", Kind::Derived, Model,
        m.axis() == EasyAxis::Y ? "Hs = a (Hx + Hz) / 2" : "Hs = Hk / 2 - Hb / √2");
  }

  void addSwitching() {
    const std::array<double, 1> pulse{m_device.write_pulse_ns};
    const SwitchingPoint point = switchingCurve(m_device, pulse).front();
    add("first switching current", point.current_ua, "µA", Kind::Derived, Equation, "0 K, at the pulse");
    add("always switching current", point.always_current_ua, "µA", Kind::Derived, Equation,
        "0 K; none fails from here to three times the first");
    add("first switching current, fit", m_state.switching_ua, "µA", Kind::Estimated, Fit,
        point.current_ua
            ? QStringLiteral("equation / fit = %1").arg(fourDigits(*point.current_ua / m_state.switching_ua))
            : QString());
  }

  void addWrite() {
    addGivenOr(m_model.currentKey, "write current", m_state.write_current_ua, "µA",
               QStringLiteral("for an error rate of %1").arg(fourDigits(m_device.write_error_target)));
    addParameter("write pulse", m_state.write_pulse_ns, "ns", "write_pulse_ns");
    addGivenOr(m_model.errorRateKey, "write error rate", writeErrorRate(m_device), "", errorNote());
    if (m_model.freeLayer) {
      add("write energy in the metal", m_state.metal_fj, "fJ", Kind::Estimated, Fit, "I² R t, a third of the fall");
      add("voltage over the metal", m_state.write_current_ua * m_state.metal_ohm * 1e-6, "V", Kind::Estimated, Fit,
          metalNote());
    }
    add("write energy from the supply", m_state.write_fj, "fJ", Kind::Estimated, m_model.writeFormula,
        "V I t, half of the fall; the assisting current with it");
    addParameter("endurance", m_device.endurance_cycles, "writes", "endurance_cycles");
  }

  void addJunction() {
    addParameter("parallel resistance", parallelResistance_ohm(m_accelerator), "Ω", "parallel_resistance_ohm");
    addParameter("resistance-area product", resistanceArea_ohm_um2(m_accelerator), "Ω·µm²", "ra_ohm_um2");
  }

  void addRetention(double scrubTarget) {
    const double bits = m_accelerator.chip.bits();
    const Retention r = retention(m_state, bits, scrubTarget, m_device.retention_target);
    const QString where = QStringLiteral("%1 Mbit at %2 K")
                              .arg(fourDigits(m_accelerator.chip.capacity_mbit), fourDigits(m_device.temperature_k));
    if (!m_model.freeLayer) addGivenOr(m_model.stabilityKey, "thermal stability", m_state.stability, "", {});
    add("flips", r.flips_per_day, "1/day", Kind::Estimated, Arrhenius, where);
    add("time to the first flip", r.first_flip_s, "s", Kind::Estimated, Arrhenius,
        r.weak ? where + QStringLiteral("; weak: less than retention_target = %1 days")
                             .arg(fourDigits(m_device.retention_target))
               : where);
    add("scrub interval", r.scrub_interval_s, "s", Kind::Estimated, Arrhenius,
        QStringLiteral("until %1 of the cells are expected to have flipped").arg(fourDigits(scrubTarget)));
  }

 private:
  static constexpr const char *Model = "macrospin, closed formula";
  static constexpr const char *Equation = "macrospin, equation of motion";
  static constexpr const char *Fit = "macrospin, fitted formula";
  static constexpr const char *Arrhenius = "Arrhenius, 1 GHz (assumption)";

  void add(const char *quantity, std::optional<double> value, const char *unit, Kind kind, const QString &source,
           const QString &note) {
    m_table.rows.push_back({QString::fromUtf8(quantity), cellOf(value), QString::fromUtf8(unit), kindName(kind), source,
                            value ? note : QStringLiteral("none found; ") + note});
  }
  void add(const char *quantity, std::optional<double> value, const char *unit, Kind kind, const char *source,
           const QString &note) {
    add(quantity, value, unit, kind, QString::fromUtf8(source), note);
  }
  void add(const char *quantity, std::optional<double> value, const char *unit, Kind kind, const char *source,
           const char *note) {
    add(quantity, value, unit, kind, QString::fromUtf8(source), QString::fromUtf8(note));
  }
  void addParameter(const char *quantity, double value, const char *unit, const char *key) {
    const Parameter &p = requireParameter(QString::fromLatin1(key), QStringLiteral("device"));
    add(quantity, value, unit, kindOf(m_accelerator, p), sourceOf(m_accelerator, p), QString::fromUtf8(p.meaning));
  }

  // As the parameter of that key gives it; computed by the write model where there is none.
  void addGivenOr(const char *key, const char *quantity, double value, const char *unit, const QString &note) {
    if (*key != '\0')
      addParameter(quantity, value, unit, key);
    else
      add(quantity, value, unit, Kind::Estimated, m_model.formula, note);
  }

  QString errorNote() const {
    return m_model.freeLayer && magneticsOf(m_device).axis() == EasyAxis::Z
               ? QStringLiteral("weak: the torque leaves the layer in its plane, and it falls to either side")
               : QStringLiteral("at the write current and pulse");
  }
  QString metalNote() const {
    return m_state.write_current_ua * m_state.metal_ohm * 1e-6 > m_device.write_supply_v
               ? QStringLiteral("weak: more than the supply of %1 V").arg(fourDigits(m_device.write_supply_v))
               : QStringLiteral("of a supply of %1 V").arg(fourDigits(m_device.write_supply_v));
  }

  const Accelerator &m_accelerator;
  const Device &m_device;
  const WriteModelTraits &m_model;
  DeviceState m_state;
  ReportTable &m_table;
};

}  // namespace

ReportTable deviceReport(const Accelerator &accelerator, double scrubTarget) {
  ReportTable table;
  table.columns = names({"quantity", "value", "unit", "kind", "source", "note"});
  DeviceLines lines(accelerator, table);
  if (accelerator.device.write_model->freeLayer) {
    lines.addMagnet();
    lines.addSwitching();
  }
  lines.addWrite();
  lines.addJunction();
  lines.addRetention(scrubTarget);
  return table;
}

ReportTable switchingReport(const Device &device, std::span<const double> pulses_ns, WriteStart start) {
  ReportTable table;
  table.columns = names({"pulse_ns", "current_ua", "always_current_ua", "energy_fj", "metal_fj", "fit_ua",
                         "equation_over_fit", "write_current_ua"});
  for (const SwitchingPoint &point : switchingCurve(device, pulses_ns, {}, start)) {
    const double fit = switchingCurrent_ua(device, point.pulse_ns);
    table.rows.push_back({point.pulse_ns, cellOf(point.current_ua), cellOf(point.always_current_ua),
                          cellOf(point.energy_fj), cellOf(point.metal_fj), fit,
                          point.current_ua ? Cell{*point.current_ua / fit} : Cell{},
                          writeCurrent_ua(device, point.pulse_ns, device.write_error_target)});
  }
  return table;
}

ReportTable failureReport(const Device &device, std::span<const double> pulses_ns, std::span<const double> currents_ua,
                          std::int64_t trials, std::uint64_t seed) {
  ReportTable table;
  table.columns =
      names({"pulse_ns", "current_ua", "trials", "failures", "rate", "rate_low", "rate_high", "fitted_rate"});
  for (const double pulse : pulses_ns) {
    const std::array<double, 1> own{writeCurrent_ua(device, pulse, device.write_error_target)};
    for (const double current : currents_ua.empty() ? std::span<const double>(own) : currents_ua) {
      const WriteFailures found = writeFailures(device, current, pulse, trials, seed);
      table.rows.push_back({pulse, current, qint64(found.trials), qint64(found.failures), found.fraction(),
                            found.rate.low, found.rate.high, writeErrorRate(device, current, pulse)});
    }
  }
  return table;
}

}  // namespace pimento
